"""What a link leads to and whether it is there yet: from its host, its path and the words around it.

The host decides where it serves one thing only. A repository holds code, unless its sentence says that only data lie
there or that it is a reading list. Pages of projects and hosts of one's own are what their sentence says of them.
"""

import polars as pl

from assets import hosts
from assets.enrich.links import phrases
from schemas.enrich_vocabulary import LinkFlag, LinkKind, LinkStatus


def with_kinds(links: pl.DataFrame) -> pl.DataFrame:
    """Adds to each link what it leads to and whether that is there yet.

    Args:
        links: Columns host, path, repository, flags, before, after, title, and any others.

    Returns:
        The same rows, in order, with columns kind (`LinkKind`) and status (`LinkStatus`).
    """
    # what follows a link in brackets is the next subject of the sentence, not what the brackets hold
    after = pl.when(pl.col("after").str.contains(r"^\s*[)\]]")).then(pl.lit("")).otherwise("after")
    words = pl.when(_speaks("before")).then("before").otherwise(pl.concat_str("before", pl.lit(" "), after))
    described = links.with_columns(words=words).select(kind=_kind(), status=_status())
    return links.hstack(described)


def is_known_host() -> pl.Expr:
    """Whether the host of a link tells what it leads to, without a word around it."""
    serving = (
        hosts.HUB_HOST,
        hosts.DATA_HOST,
        hosts.PAPER_HOST,
        hosts.MODEL_HOST,
        hosts.VIDEO_HOST,
        hosts.DEMO_HOST,
        hosts.CODE_HOST,
        hosts.TALK_HOST,
        hosts.PROJECT_HOST,
    )
    short = pl.col("flags").list.contains(str(LinkFlag.SHORT_LINK))
    return ~short & pl.any_horizontal(_host(pattern) for pattern in serving)


def _literal(member: LinkKind | LinkStatus) -> pl.Expr:
    return pl.lit(str(member))


def _speaks(column: str) -> pl.Expr:
    """Whether the words name anything that a link may lead to."""
    named = (phrases.CODE, phrases.DATA, phrases.MODEL, phrases.DEMO, phrases.PROJECT, phrases.PAPER)
    return pl.any_horizontal(pl.col(column).str.contains(pattern) for pattern in named)


def _says(pattern: str) -> pl.Expr:
    return pl.col("words").str.contains(pattern)


def _only(wanted: str, *others: str) -> pl.Expr:
    return _says(wanted) & ~pl.any_horizontal(_says(other) for other in others)


def _host(pattern: str) -> pl.Expr:
    return pl.col("host").str.contains(pattern)


def _path(pattern: str) -> pl.Expr:
    return pl.col("path").str.contains(pattern)


def _status() -> pl.Expr:
    # after the link only what qualifies it counts: in "link, and more will be released" the rest is something else
    qualifier = pl.col("after").str.replace(r"(?i)(?:,|;|\band\b|\bwhile\b).*$", "")
    clause = pl.col("before").str.replace(phrases.PRESENT_CLAUSE, "${1}")
    promised = (
        clause.str.contains(phrases.FUTURE)
        | pl.col("before").str.contains(phrases.CONDITION)
        | qualifier.str.contains(phrases.CONDITION)
        | pl.col("after").str.contains(phrases.FUTURE_AFTER)
    )
    return pl.when(promised).then(_literal(LinkStatus.PROMISED)).otherwise(_literal(LinkStatus.STATED))


def _kind() -> pl.Expr:
    short = pl.col("flags").list.contains(str(LinkFlag.SHORT_LINK))
    data_doi = _host(r"(?:^|\.)doi\.org$") & (
        _path(hosts.DATA_DOI) | _says(phrases.DATA_RELEASED) & ~_says(phrases.PAPER)
    )
    return (
        pl.when(_host(hosts.HUB_HOST))
        .then(_kind_in_hub())
        .when(data_doi | _host(hosts.DATA_HOST))
        .then(_kind_in_archive())
        .when(_host(hosts.PAPER_HOST) | _host(hosts.CODE_HOST) & _path(r"(?i)\.pdf$"))
        .then(_literal(LinkKind.PAPER))
        .when(_host(hosts.MODEL_HOST))
        .then(_literal(LinkKind.MODEL))
        .when(_host(hosts.NOTEBOOK_HOST) & _only(phrases.SOURCE_CODE, phrases.DEMO))
        .then(_literal(LinkKind.CODE))
        .when(_host(hosts.VIDEO_HOST) | _path(r"(?i)\.(?:mp4|webm|mov|avi|mkv)$"))
        .then(_literal(LinkKind.VIDEO))
        .when(_host(hosts.DEMO_HOST))
        .then(_literal(LinkKind.DEMO))
        .when(_host(hosts.CODE_HOST) & ~short)
        .then(_kind_of_repository())
        .when(_host(hosts.TALK_HOST))
        .then(_literal(LinkKind.OTHER))
        .when(_host(hosts.PROJECT_HOST))
        .then(
            pl.when(_plays())
            .then(_literal(LinkKind.VIDEO))
            .when(_shows())
            .then(_literal(LinkKind.DEMO))
            .otherwise(_literal(LinkKind.PROJECT))
        )
        .when(_host(hosts.STORAGE_HOST))
        .then(_kind_by_words(several=LinkKind.DATA, nothing=LinkKind.OTHER))
        .otherwise(_kind_by_words(several=LinkKind.PROJECT, nothing=LinkKind.PROJECT))
    )


def _kind_in_hub() -> pl.Expr:
    """On a hub the path says whether data, a demo or a model lies there; on an owner's page the words do."""
    owner = pl.col("repository").is_null()
    return (
        pl.when(_path(r"^/datasets/"))
        .then(_literal(LinkKind.DATA))
        .when(_path(r"^/(?:spaces|studios)/"))
        .then(_literal(LinkKind.DEMO))
        .when(_path(r"^/papers/"))
        .then(_literal(LinkKind.PAPER))
        .when(_path(r"^/(?:blog|docs|learn|tasks)/"))
        .then(_literal(LinkKind.PROJECT))
        .when(owner & _only(phrases.DATA, phrases.MODEL))
        .then(_literal(LinkKind.DATA))
        .when(owner & _only(phrases.DEMO, phrases.MODEL, phrases.DATA))
        .then(_literal(LinkKind.DEMO))
        .otherwise(_literal(LinkKind.MODEL))
    )


def _kind_in_archive() -> pl.Expr:
    """Archives keep data, and at times the code of a paper."""
    return (
        pl.when(_path(r"^/models/"))
        .then(_literal(LinkKind.MODEL))
        .when(_path(r"^/code/") | _only(phrases.SOURCE_CODE, phrases.DATA))
        .then(_literal(LinkKind.CODE))
        .otherwise(_literal(LinkKind.DATA))
    )


def _kind_of_repository() -> pl.Expr:
    name = pl.col("repository").fill_null("").str.extract(r"([^/]*)$")
    survey = name.str.contains(phrases.SURVEY_NAME) | pl.col("title").fill_null("").str.contains(phrases.SURVEY_TITLE)
    only_data = _only(phrases.DATA_RELEASED, phrases.CODE, phrases.MODEL, phrases.DEMO)
    listed = name.str.contains(phrases.LIST_NAME) | ~_says(phrases.SOURCE_CODE) & (
        _says(phrases.READING_LIST) | survey & ~_says(phrases.DATA_RELEASED) & ~_says(phrases.MODEL)
    )
    return (
        pl.when(listed)
        .then(_literal(LinkKind.OTHER))
        .when(only_data)
        .then(_literal(LinkKind.DATA))
        .otherwise(_literal(LinkKind.CODE))
    )


def _shows() -> pl.Expr:
    """Whether the words say that there is something to see; with two other things, it is the page of a project."""
    things = (phrases.CODE, phrases.DATA, phrases.MODEL, phrases.DEMO)
    named = pl.sum_horizontal(_says(thing).cast(pl.Int8) for thing in things)
    return _only(phrases.DEMO, phrases.PROJECT) & (named <= 2)


def _plays() -> pl.Expr:
    """Whether the words say that there are videos to watch, and nothing else."""
    rest = pl.col("words").str.replace_all(phrases.VIDEO, " ")
    named = (phrases.CODE, phrases.DATA, phrases.MODEL, phrases.DEMO, phrases.PROJECT, phrases.PAPER)
    things = (*named, phrases.MORE_THAN_VIDEOS)
    return _says(phrases.VIDEO) & ~pl.any_horizontal(rest.str.contains(thing) for thing in things)


def _kind_by_words(*, several: LinkKind, nothing: LinkKind) -> pl.Expr:
    """A link whose host says nothing is what its sentence names.

    Args:
        several: What it is where the sentence names several things, or the page itself.
        nothing: What it is where the sentence names none.
    """
    many = _says(phrases.PROJECT) | _says(phrases.DEMO) | _says(phrases.SOURCE_CODE) & _says(phrases.DATA)
    return (
        pl.when(_plays())
        .then(_literal(LinkKind.VIDEO))
        .when(_shows())
        .then(_literal(LinkKind.DEMO))
        .when(many)
        .then(_literal(several))
        .when(_says(phrases.SOURCE_CODE))
        .then(_literal(LinkKind.CODE))
        .when(_says(phrases.DATA))
        .then(_literal(LinkKind.DATA))
        .when(_says(phrases.MODEL_RELEASED))
        .then(_literal(LinkKind.MODEL))
        .when(_says(phrases.PAPER) | _path(r"(?i)\.pdf$"))
        .then(_literal(LinkKind.PAPER))
        .otherwise(_literal(nothing))
    )
