"""Links that a line break tore apart, and when it is certain that the next word belongs to them.

`https://github. com/owner/name` and `https://github.com/ owner/name` are certain: nothing before the space is an
address, or nothing but an address can follow. `https://project.org/ shows` is not, and stays as it is.
"""

import polars as pl

from assets.hosts import REPOSITORY_HOST, SHORT_HOST, TLD

DISTINCT = r"[\d_-]|[a-z][A-Z]|[A-Z]{2}"
"""What the name of a repository or page has and an ordinary word has not."""
ORDINARY = r"(?i)^(?:soon|now|here|today|online|publicly|freely|respectively|upon|too|later|instead|as well)\b"
CONTINUED_HOST = rf"^\.?(?:[\w-]+\.)*(?:{TLD})"
HOME_HOST = r"\.edu$|\.ac\.|\.edu\.|^people\.|^pages\."
"""Where addresses hold `~name`: TeX makes a space of a tilde, and no joining brings it back."""

BODY = pl.col("body").str.replace_all(r"\s", "")
TOKEN, REST = pl.col("token"), pl.col("rest")


def may_be_torn() -> pl.Expr:
    """A cheap look at `body` and the `rest` of the text: where it fails, `torn` fails as well."""
    return BODY.str.contains(r"[/._=-]$") & REST.str.contains(r"^\s\s?\S") | REST.str.contains(r"^\s\s?[./]")


def torn() -> pl.Expr:
    """Whether two stretches of text are one link.

    Returns:
        A condition on the columns `body` (a link so far, without its scheme), `token` (the next word, as far as it
        could stand in a link; "" where there is none) and `rest` (what follows the token).
    """
    named = ~TOKEN.str.contains(ORDINARY) & (_lost_after_slash() | _lost_after_hyphen())
    return (BODY != "") & (TOKEN != "") & (_lost_in_host() | _lost_before_path() | named)


def _host() -> pl.Expr:
    return BODY.str.extract(r"^([^/?#]*)").fill_null("").str.to_lowercase()


def _inner_slash() -> pl.Expr:
    return TOKEN.str.contains(r"^[\w~.-]+/[\w.-]")


def _distinct() -> pl.Expr:
    return TOKEN.str.contains(DISTINCT)


def _closing() -> pl.Expr:
    """Whether the sentence ends with the token."""
    return TOKEN.str.contains(r"[.!?]$") | REST.str.contains(r"^\s*(?:$|[.)}\]])")


def _lost_in_host() -> pl.Expr:
    """`github. com/x`, `project. github.io`, `www. project.org`: no host before the space, or a path after it."""
    whole = TOKEN.str.contains(rf"{CONTINUED_HOST}(?:[/:?#]|[.,;:!?]*$)")
    with_path = TOKEN.str.contains(rf"{CONTINUED_HOST}/\w") & BODY.str.contains(r"[.-]$")
    without_domain = ~BODY.str.strip_chars_end(".-").str.contains(rf"(?i)\.(?:{TLD})$") & (
        BODY.str.contains(r"[.-]$") | TOKEN.str.starts_with(".")
    )
    after_www = BODY.str.contains(r"^(?i:www)\.$")
    repeated = BODY.str.ends_with(".github.") & TOKEN.str.contains(r"^io\b") | (
        _host().str.ends_with(".github.io") & BODY.str.ends_with(".") & TOKEN.str.contains(r"^github\.io\b")
    )
    return repeated | whole & ~BODY.str.contains("/") & (with_path | without_domain | after_www)


def _lost_before_path() -> pl.Expr:
    """`https://project.org /path`."""
    return BODY.str.contains(r"\w$") & TOKEN.str.contains(r"^/[\w~]")


def _lost_after_slash() -> pl.Expr:
    """`github.com/ owner/name`, `github.com/owner/ name`, `project.github.io/ name.`."""
    host = _host()
    depth = BODY.str.replace(r"/(?:datasets|spaces)/", "/").str.count_matches(r"/[^/\s]+")
    repository = host.str.contains(REPOSITORY_HOST)
    in_repository = (
        pl.when(depth == 0)
        .then(_inner_slash())
        .when(depth == 1)
        .then(_distinct() | _closing() & TOKEN.str.contains(r"^[\w.-]+$"))
        .otherwise(BODY.str.contains(r"/(?:tree|blob|resolve)/") & (_inner_slash() | _distinct()))
    )
    in_page = (
        pl.when(host.str.contains(SHORT_HOST))
        .then((depth == 0) & _distinct())
        .otherwise(_closing() & (_distinct() | _inner_slash() | TOKEN.str.contains(r"/\.?$")))
    )
    identified = (host.str.ends_with("doi.org") & TOKEN.str.contains(r"^10\.\d{4}")) | (
        BODY.str.contains(r"arxiv\.org/(?:abs|pdf)/$") & TOKEN.str.contains(r"^\d{4}\.\d{4}")
    )
    elsewhere = ~repository & ~host.str.contains(HOME_HOST) & in_page
    return BODY.str.ends_with("/") & (repository & in_repository | elsewhere | identified)


def _lost_after_hyphen() -> pl.Expr:
    """`github.com/owner- team/name`, `?id= 3fb2`: a path that ends as none does, and a word that goes on as one."""
    unfinished = BODY.str.contains(r"[/?].*[-_=]$")
    return unfinished & (_inner_slash() | BODY.str.ends_with("=") & _distinct())
