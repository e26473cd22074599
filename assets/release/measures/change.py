"""Change: what is different from the last release of the same selection."""

from collections.abc import Iterable, Iterator

import duckdb

from assets.release.documents.queries import answers
from assets.release.draft import Draft
from assets.release.manifest import Manifest
from assets.release.measures.earlier import Earlier
from assets.release.measures.reading import Reading, share
from schemas.release_vocabulary import Measure
from schemas.render.sql import identifier

IDENTIFIERS = ("arxiv_id", "doi", "acl_id", "openreview_id", "pmid", "dblp_key", "s2_id", "openalex_id")
"""Columns of `papers` of which a work has one value of its own."""
LETTERS = "regexp_replace(lower(strip_accents({})), '[^\\p{{L}}\\p{{N}}]', '', 'g')"
"""What is left of a title in SQL when it is compared: letters and digits."""


def compared(connection: duckdb.DuckDBPyConnection, draft: Draft, before: Manifest) -> Iterator[Reading]:
    """What has changed since an earlier release.

    Args:
        connection: The tables of the release.
        draft: The release.
        before: The earlier one, which lies beside it.

    Yields:
        The readings.

    Raises:
        ReleaseError: If the statistics of the earlier release cannot be read.
    """
    earlier = Earlier(connection, draft, before)
    for name in draft.snapshot.selection.tables:
        yield from share(Measure.GROWTH, name, draft.snapshot.rows[name], earlier.rows(name))
    yield from _kept(draft, earlier)
    papers = earlier.table("papers")
    if "papers" in draft.snapshot.rows and papers is not None:
        yield from _same(connection, papers)


def _kept(draft: Draft, earlier: Earlier) -> Iterator[Reading]:
    """The values of each column, beside those of the release before."""
    rows = answers(draft.snapshot).rows("fill")
    if not rows:
        return
    had = earlier.filled()
    papers, papers_before = draft.snapshot.rows["papers"], earlier.rows("papers")
    for row in rows:
        filled, filled_before = row["filled"], had.get(row["field"], 0)
        yield from share(Measure.KEPT, row["field"], filled, filled_before)
        if papers and papers_before:
            fall = 100 * (filled_before / papers_before - filled / papers)
            yield Reading(Measure.THINNED, row["field"], fall, filled, filled_before)


def _same(connection: duckdb.DuckDBPyConnection, old: str) -> Iterator[Reading]:
    """Whether identifiers stand for the works that they stood for: another one has other identifiers and title."""
    columns = {row[0] for row in connection.execute(f"DESCRIBE FROM {old}").fetchall()}
    known = [name for name in IDENTIFIERS if name in columns]
    if not known:
        return
    agree = _any_of(f"old.{identifier(name)} = new.{identifier(name)}" for name in known)
    differ = _any_of(f"old.{identifier(name)} <> new.{identifier(name)}" for name in known)
    titles = f"{LETTERS.format('old.title')} <> {LETTERS.format('new.title')}"
    query = f"""
        SELECT count(*), count(*) FILTER ({differ} AND NOT {agree} AND {titles})
        FROM {old} AS old JOIN papers AS new USING (paper_id)
    """
    whole, strange = connection.execute(query).fetchall()[0]
    yield from share(Measure.SAME, "papers", whole - strange, whole)


def _any_of(conditions: Iterable[str]) -> str:
    """The condition that one of several holds; an empty value makes none of them hold."""
    return "(" + " OR ".join(f"coalesce({one}, false)" for one in conditions) + ")"
