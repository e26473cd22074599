"""The usable form of a link: its address, host and repository, and what to know before following it.

Only what the text damaged is undone. The path keeps its case and its closing slash, http stays http.
"""

import polars as pl

from assets import hosts
from assets.addresses import IP_HOST, NAMED_HOST, canonical_url, repository_name
from assets.enrich.links.spans import INVISIBLE
from schemas.enrich_vocabulary import LinkFlag


def usable(spans: pl.DataFrame) -> pl.DataFrame:
    """Gives each span its usable form and drops those whose host is none.

    Args:
        spans: Columns head and body, as `spans.find_spans` returns them, and any others.

    Returns:
        The rows that are links, in order, with further columns url, authority, host, path, canonical_url and repository
        (both null where there is none), and flags (sorted).
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
        .with_columns(
            canonical_url=canonical_url(pl.col("url")),
            repository=repository_name(pl.col("host"), pl.col("path")),
            flags=_flags(),
        )
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
