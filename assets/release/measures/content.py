"""Content: how many rows a release has, what its columns hold, and what became of the dumps that went in."""

from collections.abc import Iterator

import duckdb

from assets.release.documents.queries import answers
from assets.release.draft import Draft
from assets.release.manifest import Manifest
from assets.release.measures.change import compared
from assets.release.measures.reading import Reading, share
from assets.release.measures.structure import structure
from schemas.release_vocabulary import Measure
from schemas.vocabulary import DumpStatus, Role


def read(draft: Draft, before: Manifest | None) -> list[Reading]:
    """Measures a release.

    Args:
        draft: The release; its tables are written.
        before: The last release of the same selection; None where there is none to compare it with.

    Returns:
        The readings; what cannot be measured, because its tables are not part of the release, is left out.
    """
    with draft.snapshot.connect() as connection:
        found = [*_counted(draft), *_taken_in(connection, draft), *_agreeing(connection, draft)]
        found += structure(connection, draft.snapshot)
        if before is not None:
            found += compared(connection, draft, before)
    return found


def _counted(draft: Draft) -> Iterator[Reading]:
    for name in draft.snapshot.selection.tables:
        rows = draft.snapshot.rows[name]
        yield Reading(Measure.ROWS, name, rows, rows, rows)
    for row in answers(draft.snapshot).rows("fill"):
        yield from share(Measure.FILLED, row["field"], row["filled"], draft.snapshot.rows["papers"])


def _taken_in(connection: duckdb.DuckDBPyConnection, draft: Draft) -> Iterator[Reading]:
    """What became of the dumps and of their records."""
    if "dumps" in draft.snapshot.rows:
        for role in Role:
            query = f"SELECT count(*), count(*) FILTER (status = '{DumpStatus.READ}') FROM dumps WHERE role = '{role}'"
            whole, part = connection.execute(query).fetchall()[0]
            yield from share(Measure.READ, role, part, whole)
            yield from share(Measure.TURNED_AWAY, role, whole - part, whole)
    for name, counts in draft.origin.funnel.items():
        yield from share(Measure.ACCEPTED, name, counts["found"] - counts["rejected"], counts["found"])
        yield from share(Measure.REJECTED, name, counts["rejected"], counts["found"])
    feed = draft.origin.funnel[Role.FEED]
    yield from share(Measure.BALANCED, Role.FEED, feed["papers"] + feed["merged"] + feed["rejected"], feed["found"])


def _agreeing(connection: duckdb.DuckDBPyConnection, draft: Draft) -> Iterator[Reading]:
    """How far listings of one paper agree, field by field and in all."""
    if "papers" in draft.snapshot.rows:
        query = """
            SELECT count(*), count(*) FILTER (conflict_count > 0) FROM papers WHERE listing_count + reference_count > 1
        """
        whole, part = connection.execute(query).fetchall()[0]
        yield from share(Measure.AGREEING, "papers", whole - part, whole)
        yield from share(Measure.CONFLICTING, "papers", part, whole)
    if "paper_values" in draft.snapshot.rows:
        rows = connection.execute(
            """
            SELECT field, count(*), count(*) FILTER (differing) FROM (
                SELECT field, bool_or(differs) AS differing FROM paper_values
                GROUP BY paper_id, field HAVING count(*) > 1
            ) GROUP BY field ORDER BY field
            """
        ).fetchall()
        for field, whole, part in rows:
            yield from share(Measure.AGREEING, field, whole - part, whole)
            yield from share(Measure.CONFLICTING, field, part, whole)
