"""Papers: what became of papers and of their identifiers, for people to read.

An old value is told only while every listing of its paper is still in the data: what is gone must be gone from here
too, and nothing else tells which listing a value came from.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from assets.release.delta.compare import CHANGE, FIELDS, MARKS, Columns, scan, types_of
from assets.release.delta.rows import copy_rows
from schemas.release_vocabulary import PaperFate, RowChange
from schemas.render.sql import identifier, literal

PAPERS, LISTINGS, ALIASES = "papers", "paper_listings", "paper_aliases"
NEEDED = {PAPERS: ("paper_id",), LISTINGS: ("paper_id", "listing_id"), ALIASES: ("old_paper_id", "paper_id")}
"""Tables that tell what became of identifiers -> the columns that do."""
GROUP = 30_720
"""Rows of a row group: values may be long texts."""

CHANGES_MEANING = (
    "What became of a paper, one row per field where it changed: paper_id, change (added, changed, removed), field, "
    "old_value and new_value as JSON. An old value is empty where a listing of the paper is no longer in the data."
)
ALIASES_MEANING = (
    "What became of an identifier that is no paper any more, or led elsewhere before: paper_id, fate (merged, split, "
    "gone), and now_paper_id, where its listings are now; one row for each such paper."
)


def write_changes(
    connection: duckdb.DuckDBPyConnection,
    before: Mapping[str, Path],
    after: Mapping[str, Path],
    columns: Columns,
    path: Path,
) -> int:
    """Writes which papers were added and removed, and which field of which paper changed from what to what.

    Args:
        connection: Where the marks of the comparison of papers are.
        before: Name of every table of the earlier release -> its file.
        after: The same of the later.
        columns: The columns of papers.
        path: The file.

    Returns:
        Its rows; where there are none, there is no file either.
    """
    tells = tells_old_values(connection, before, after)
    robbed = _robbed(before, after) if tells else f"SELECT paper_id AS robbed FROM {scan(before[PAPERS])}"
    query = changes(before[PAPERS], after[PAPERS], columns, robbed)
    return copy_rows(connection, query, path, CHANGES_MEANING, GROUP)


def changes(before: Path, after: Path, columns: Columns, robbed: str = "SELECT NULL AS robbed") -> str:
    """The query for what became of papers, from the marks of their comparison.

    Args:
        before: The file of papers in the earlier release.
        after: That in the later.
        columns: Their columns.
        robbed: Query for the papers whose old values are not told.

    Returns:
        One row per paper and field, in order: paper_id, change, field, old_value, new_value.
    """
    fields = ", ".join(
        f"CASE WHEN list_contains(m.{FIELDS}, {literal(name)}) THEN {{'field': {literal(name)}, "
        f"'old_value': CASE WHEN g.robbed IS NULL THEN {_json('b', name)} END, 'new_value': {_json('n', name)}}} END"
        for name in columns.common
    )
    kept = f"FROM {MARKS} WHERE {CHANGE} <> '{RowChange.CHANGED}'"
    return f"""
        SELECT paper_id, {CHANGE} AS change, NULL::VARCHAR AS field, NULL::VARCHAR AS old_value,
            NULL::VARCHAR AS new_value {kept}
        UNION ALL
        SELECT paper_id, '{RowChange.CHANGED}', one.field, one.old_value, one.new_value FROM (
            SELECT m.paper_id, unnest(list_filter([{fields}], lambda one: one IS NOT NULL)) AS one
            FROM (FROM {MARKS} WHERE {CHANGE} = '{RowChange.CHANGED}') m
            JOIN {scan(before)} b USING (paper_id) JOIN {scan(after)} n USING (paper_id)
            LEFT JOIN ({robbed}) g ON m.paper_id = g.robbed
        )
        ORDER BY paper_id, field
        """


def tells_old_values(
    connection: duckdb.DuckDBPyConnection, before: Mapping[str, Path], after: Mapping[str, Path]
) -> bool:
    """Whether it can be told which papers still have all their listings: both releases say whose they are."""
    return all(_have(connection, LISTINGS, side) for side in (before, after))


def tells_aliases(connection: duckdb.DuckDBPyConnection, before: Mapping[str, Path], after: Mapping[str, Path]) -> bool:
    """Whether both releases have the tables that tell what became of an identifier."""
    return all(_have(connection, name, side) for side in (before, after) for name in NEEDED)


def _have(connection: duckdb.DuckDBPyConnection, name: str, paths: Mapping[str, Path]) -> bool:
    """Whether a release has a table, with the columns that are asked of it here."""
    if name not in paths:
        return False
    return all(types_of(connection, paths[name]).get(column) == "VARCHAR" for column in NEEDED[name])


def _json(side: str, name: str) -> str:
    """A value as JSON text; a missing one is `null`, so that it differs from one that is not told."""
    return f"coalesce(to_json({side}.{identifier(name)})::VARCHAR, 'null')"


def _robbed(before: Mapping[str, Path], after: Mapping[str, Path]) -> str:
    """The papers of the earlier release of which a listing is in no paper any more."""
    gone = f"FROM {scan(before[LISTINGS])} b ANTI JOIN {scan(after[LISTINGS])} n USING (listing_id)"
    return f"SELECT DISTINCT b.paper_id AS robbed {gone}"


def write_aliases(
    connection: duckdb.DuckDBPyConnection, before: Mapping[str, Path], after: Mapping[str, Path], path: Path
) -> int:
    """Writes what became of every identifier that was a paper or an alias before and leads elsewhere now.

    Args:
        connection: Any database.
        before: Name of every table of the earlier release -> its file.
        after: The same of the later.
        path: The file.

    Returns:
        Its rows; where there are none, there is no file either.
    """
    old, new = scan(before[ALIASES]), scan(after[ALIASES])
    papers = scan(after[PAPERS])
    query = f"""
        WITH merged AS (
            SELECT old_paper_id AS paper_id, paper_id AS now_paper_id FROM {new}
            EXCEPT SELECT old_paper_id, paper_id FROM {old}
        ), ended AS (
            SELECT paper_id FROM {scan(before[PAPERS])} UNION SELECT old_paper_id FROM {old}
            EXCEPT SELECT paper_id FROM {papers} EXCEPT SELECT old_paper_id FROM {new}
        ), split AS (
            SELECT DISTINCT b.paper_id, n.paper_id AS now_paper_id FROM {scan(before[LISTINGS])} b
            JOIN {scan(after[LISTINGS])} n USING (listing_id) WHERE b.paper_id IN (FROM ended)
        )
        SELECT paper_id, '{PaperFate.MERGED}' AS fate, now_paper_id FROM merged
        UNION ALL SELECT paper_id, '{PaperFate.SPLIT}', now_paper_id FROM split
        UNION ALL SELECT paper_id, '{PaperFate.GONE}', NULL FROM ended e ANTI JOIN split s USING (paper_id)
        ORDER BY paper_id, now_paper_id
        """
    return copy_rows(connection, query, path, ALIASES_MEANING, GROUP)
