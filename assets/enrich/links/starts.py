"""Where a link may begin: behind a scheme however damaged, at `www.`, or at a host without either.

A domain is not a link. `wikipedia.org` in a sentence is a name, `llama.cpp` a program, `DALL.E` a model. Without a
scheme, a host counts as a link where it is one of a service known for links and a path follows, where it is a
project's own host on a service for pages, or where the words before it announce an address.
"""

import polars as pl

from assets.hosts import PAGE_NAME, PATH_NAME, TLD

MARK = "\ufdd0"
"""Stands at each beginning: a code point that Unicode reserves for such use inside programs."""

_EDGE = r"(?-u:\b)"
"""An edge of a word in ASCII: the Unicode one makes the engine twenty times slower wherever a text is not ASCII."""
_DOMAIN = r"(?:[\p{L}\p{N}_-]+\.)+\p{L}{2,}"
_SCHEMES = (
    # a link inside a link: an archived page, a parameter
    r"https?://[^\s{}<>()\[\]\"|]*(?:/web/[0-9a-z_*]{4,20}/|[?&]\w+=)https?://",
    # a space after the scheme, or inside it
    rf"(?:https?|ftp)://\s{{1,2}}(?:{_DOMAIN}|\d+\.\d+\.\d+\.\d+)",
    rf"h?t{{1,3}}p{{1,2}}s{{0,2}}\s?[:;]\s?[/\\]{{1,4}}\s?{_DOMAIN}",
    r"(?:git\+)?https?://",
    r"ftp://",
    # a colon or both slashes lost, a colon set as mathematics
    rf"https?:{_DOMAIN}",
    rf"https?//{_DOMAIN}",
    r"https?\$:\$//",
    rf"(?:git|ssh)://(?:git@)?{_DOMAIN}",
    rf"git@{_DOMAIN}:[\w.-]+/[\w.-]",
)
HEAD = r"^(?i:(?:git\+)?(?:git|ssh|h?t{1,3}p{1,2}s{0,2}|ftp)(?:\s?[:;]\s?[/\\]{1,4}|\$:\$//|//|:)\s{0,2}|git@|:?//)"
"""What stands for the scheme at the beginning of a link."""

_BARE = (
    rf"(?i:www\.(?:[\p{{L}}\p{{N}}-]+\.|\s{_DOMAIN}))",
    # a known host and a path; the path may have lost its first space: `github.com/ owner/name`
    rf"(?i:(?::?//)?(?:[a-z0-9-]+\.)*{PATH_NAME}(?::\d+)?/(?:[\p{{L}}\p{{N}}~@]|\s[\w-]+/[\w-]))",
    rf"(?i:[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.{PAGE_NAME}{_EDGE})",
    # an unknown host in lower case, and a path that is more than one word: `booking.com/flights` may be two names
    rf"(?:[a-z0-9-]+\.)+(?:{TLD})/~?[\w.-]*(?:[/?=_~]\w|\d)",
)
_BEFORE_BARE = r"^|[^\p{L}\p{N}./@_\\-]"
_FIRST = rf"((?i:{'|'.join(_SCHEMES)}))|({_BEFORE_BARE})({'|'.join(_BARE)})"
"""One expression for both, so that the host behind a damaged scheme does not begin a second link."""

_RELEASED = (
    "available|accessible|accessed|released|found|hosted|viewed|published|provided|maintained|located|deployed|shared"
    "|browsed|public|online|open-?sourced|visited|obtained|downloaded|seen|documented|demonstrated|live"
)
_PAGE_WORD = (
    "pages?|web ?pages?|web ?sites?|home ?pages?|sites?|urls?|links?|codes?|code-?bases?|demos?|apps?|data|datasets?"
    "|repository|samples|models?|videos?|projects?|benchmarks?|leaderboard|tool|documentation"
)
_CUES = (
    rf"{_EDGE}(?:{_RELEASED})(?:\s+[\p{{L}}-]+){{0,4}}?\s+(?:at|via|through|here|under)\s?:?\s",
    rf"{_EDGE}(?:{_PAGE_WORD})(?:\s+(?:is|are))?(?:\s+at|\s?:)\s?:?\s",
    rf"{_EDGE}(?:visit|at:)\s",
)
_HOST = rf"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:{TLD})"
_CUED = rf"((?i:{'|'.join(_CUES)})\s*[\[({{<]?)({_HOST}(?:/[\p{{L}}\p{{N}}~]|[\s.,;:!?)\]}}>]|$))"
_BRACKETED = rf"([(\[])({_HOST}(?:/[\w./~-]+)?[)\]])"
"""A host alone in brackets, as behind the name of what it serves."""

_ANY = r"(?i)(?:ttp|www\.|ftp:|git@|[a-z0-9]\.[a-z]{2,}[/.,;:!?)\]}>\s]|\.[a-z]{2,}$)"
"""A cheap look: texts without it hold no link."""


def mark_starts(texts: pl.DataFrame) -> pl.DataFrame:
    """Cuts each text at every place where a link may begin.

    Args:
        texts: Columns `row` and `text` (String, may be null).

    Returns:
        Column row, and `pieces`: a list of at least two texts, which together are the text; every piece but the
        first begins with a link, or with what looks like one. Texts where no link begins are left out.
    """
    marked = (
        pl.col("text")
        .str.replace_all(MARK, "\ufffd", literal=True)
        .str.replace_all(_FIRST, f"${{2}}{MARK}${{1}}${{3}}")
        .str.replace_all(_CUED, f"${{1}}{MARK}${{2}}")
        .str.replace_all(_BRACKETED, f"${{1}}{MARK}${{2}}")
    )
    return (
        texts.filter(pl.col("text").str.contains(_ANY))
        .select("row", pieces=marked.str.split(MARK))
        .filter(pl.col("pieces").list.len() > 1)
    )
