"""The usable form of a link: its address, host and repository, and what to know before following it.

Only what the text damaged is undone. The path keeps its case and its closing slash, http stays http.
"""

import polars as pl

from assets.enrich.links import hosts
from assets.enrich.links.spans import INVISIBLE
from schemas.enrich_vocabulary import LinkFlag

LABEL = r"[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?"
NAMED_HOST = rf"^(?:{LABEL}\.)+(?:\p{{L}}{{2,24}}|xn--[a-z0-9-]+)$"
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
IP_HOST = rf"^(?:{_BYTE}(?:\.{_BYTE}){{3}}|\[[0-9a-f:.]*:[0-9a-f:.]*\])$"

_OWNER, _NAME = r"[A-Za-z0-9][\w.-]*", r"[\w.-]+"
_NO_OWNER = (
    r"^/(?:orgs|topics|features|sponsors|settings|marketplace|search|explore|apps|collections|login|about|site|users"
    r"|stars|trending|groups|dashboard|help)(?:/|$)"
)
_NO_HUB_OWNER = (
    r"^/(?:papers|collections|blog|docs|tasks|learn|join|models|datasets|spaces|organizations|posts|search)(?:/|$)"
)


def usable(spans: pl.DataFrame) -> pl.DataFrame:
    """Gives each span its usable form and drops those whose host is none.

    Args:
        spans: Columns head and body, as `spans.find_spans` returns them, and any others.

    Returns:
        The rows that are links, in order, with further columns url, authority, host, path, repository (null where there
        is none) and flags (sorted).
    """
    return (
        spans.with_columns(address=_address())
        .with_columns(
            # user name and password are never published, and what stands before the @ is not the host
            authority=pl.col("address").str.extract(r"^([^/?#]*)").str.replace(r"^.*@", "").str.to_lowercase(),
            path=pl.col("address").str.replace(r"^[^/?#]*", ""),
        )
        .with_columns(authority=pl.col("authority").str.replace(r"\.?(:\d+)$", "${1}").str.strip_chars_end(".:"))
        .with_columns(host=pl.col("authority").str.replace(r":\d*$", ""))
        .filter(pl.col("host").str.contains(NAMED_HOST) | pl.col("host").str.contains(IP_HOST))
        .with_columns(host=pl.col("host").str.replace(r"^www\.", ""))
        .filter(pl.col("head").ne("") | ~_only_names())
        .with_columns(path=_path())
        .with_columns(url=pl.concat_str(_scheme(), pl.lit("://"), "authority", "path"))
        .with_columns(repository=_repository(), flags=_flags())
    )


def _address() -> pl.Expr:
    """The body without line breaks, invisible characters and TeX escapes."""
    plain = (
        pl.col("body")
        .str.replace_all(rf"[\s{INVISIBLE}]", "")
        .str.replace_all(r"\\-|\\allowbreak", "")
        .str.replace_all(r"\$\\sim\$|\\textasciitilde(?:\{\})?|\{\\?~(?:\{\})?\}|\\~(?:\{\})?", "~")
        .str.replace_all(r"\{\\?([_%&#])(?:\{\})?\}|\\([_%&#/])(?:\{\})?", "${1}${2}")
        .str.replace_all("&amp;", "&", literal=True)
    )
    return pl.when(pl.col("head").str.to_lowercase() == "git@").then(plain.str.replace(":", "/")).otherwise(plain)


def _only_names() -> pl.Expr:
    """Whether a bare host is the name of a service, or two names: `(huggingface.co)`, `booking.com/expedia.com`."""
    service = pl.col("host").str.contains(rf"^{hosts.PATH_NAME}$|{hosts.PAPER_HOST}|{hosts.TALK_HOST}")
    www = pl.col("authority").str.starts_with("www.")
    two = pl.col("path").str.contains(rf"^/[\w-]+\.(?:{hosts.TLD})(?:/|$)")
    return ~www & pl.when(service).then(pl.col("path").str.len_chars() < 2).otherwise(two)


def _scheme() -> pl.Expr:
    """Plain http or ftp only where the text says so, https otherwise."""
    head = pl.col("head").str.to_lowercase()
    said = head.str.extract(r"^(?:git\+)?(h?t+p+s*|ftp)").fill_null("")
    return (
        pl.when(said.str.starts_with("ftp"))
        .then(pl.lit("ftp"))
        .when((said != "") & ~said.str.contains("s"))
        .then(pl.lit("http"))
        .otherwise(pl.lit("https"))
    )


def _path() -> pl.Expr:
    code = pl.col("host").str.contains(hosts.CODE_HOST)
    return pl.when(code).then(pl.col("path").str.replace(r"\.git/?$", "")).otherwise("path")


def _repository() -> pl.Expr:
    """`owner/name`; on GitLab, where groups nest, all of them."""
    host, path = pl.col("host"), pl.col("path").str.replace_all("/{2,}", "/")
    pair = path.str.extract(rf"^/({_OWNER}/{_NAME})")
    hub = path.str.extract(rf"^/(?:(?:datasets|spaces)/)?({_OWNER}/{_NAME})")
    nested = path.str.replace(r"/-/.*$|/(?:tree|blob|raw|issues)/.*$|[?#].*$", "").str.extract(
        rf"^/({_OWNER}(?:/{_NAME})+)"
    )
    in_hub = pl.col("path").str.contains(r"^/(?:datasets|spaces)/[^/]+/") | ~path.str.contains(_NO_HUB_OWNER)
    found = (
        pl.when(host.str.contains(hosts.HUB_HOST))
        .then(pl.when(in_hub).then(hub))
        .when(host.str.contains(r"(?:^|\.)gitlab\."))
        .then(pl.when(~path.str.contains(_NO_OWNER)).then(nested))
        .when(host.str.contains(hosts.REPOSITORY_HOST) & ~host.str.contains(r"^(?:gist|docs|pages|api)\."))
        .then(pl.when(~path.str.contains(_NO_OWNER)).then(pair))
        .when(host == "raw.githubusercontent.com")
        .then(pair)
    )
    return found.str.replace(r"\.git$", "")


def _flags() -> pl.Expr:
    host = pl.col("host")
    conditions = {
        LinkFlag.ANONYMOUS_HOST: host.str.contains(hosts.ANONYMOUS_HOST)
        | pl.col("path").str.contains(r"[?&]view_only="),
        LinkFlag.IP_HOST: host.str.contains(IP_HOST),
        LinkFlag.SHORT_LINK: host.str.contains(hosts.SHORT_HOST),
        LinkFlag.NO_SCHEME: pl.col("head").is_in(["", "git@", "//", "://"]),
    }
    columns = [pl.when(conditions[flag]).then(pl.lit(str(flag))) for flag in sorted(conditions)]
    return pl.concat_list(columns).list.drop_nulls()
