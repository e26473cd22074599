"""Rows: the files of one table in a delta, and the query that gives the later table from the earlier one and them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from assets.release.delta.compare import CHANGE, FIELDS, MARKS, Columns, scan
from assets.release.delta.plan import TablePlan
from assets.release.layout import row_group_rows
from schemas.catalog import TABLES, metadata
from schemas.release_vocabulary import RowChange
from schemas.render import column_facts
from schemas.render.sql import identifier, literal


def part(name: str, change: RowChange) -> str:
    """The name of the file that holds the rows of a table with which one thing happened."""
    return f"{name}.{change}.parquet"


def whole(name: str) -> str:
    """The name of the file that holds a table whole."""
    return f"{name}.parquet"


def copy_rows(connection: duckdb.DuckDBPyConnection, query: str, path: Path, meaning: str, groups: int) -> int:
    """Writes rows that are in their order.

    Args:
        connection: Where they are.
        query: What gives them.
        path: The file.
        meaning: What a row is, for the metadata of the file.
        groups: Rows of a row group.

    Returns:
        Rows written; where there are none, there is no file either.
    """
    told = f"KV_METADATA {{description: {literal(meaning)}}}"
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {groups}, WRITE_EMPTY_FILE false, {told}"
    row = connection.execute(f"COPY ({query}) TO {literal(str(path))} ({options})").fetchone()
    return int(row[0]) if row else 0


def write_rows(
    connection: duckdb.DuckDBPyConnection, name: str, after: Path, columns: Columns, found: TablePlan, folder: Path
) -> dict[str, int]:
    """Writes the rows of a table that the delta needs.

    Args:
        connection: Where the marks of its comparison are.
        name: The table.
        after: Its file in the later release.
        columns: Its columns.
        found: What became of it.
        folder: The delta.

    Returns:
        Name of every file -> its rows.
    """
    written = {}
    for change, query, meaning in _queries(after, columns, found):
        file = part(name, change)
        rows = copy_rows(connection, query, folder / file, meaning.format(name=name), row_group_rows(name))
        if rows:
            written[file] = rows
    return written


def _queries(after: Path, columns: Columns, found: TablePlan) -> Iterator[tuple[RowChange, str, str]]:
    """What gives the rows of every kind, in the order of their key, and what they are."""
    keys = ", ".join(map(identifier, columns.key))
    if found.removed:
        gone = f"SELECT {keys} FROM {MARKS} WHERE {CHANGE} = '{RowChange.REMOVED}' ORDER BY {keys}"
        yield RowChange.REMOVED, gone, "One row of {name} that is no more: its key."
    if found.added:
        marks = f"(FROM {MARKS} WHERE {CHANGE} = '{RowChange.ADDED}')"
        yield (
            RowChange.ADDED,
            f"SELECT n.* FROM {scan(after)} n SEMI JOIN {marks} m USING ({keys}) ORDER BY {keys}",
            "One row of {name} that is new.",
        )
    if found.changed:
        marks = f"(FROM {MARKS} WHERE {CHANGE} = '{RowChange.CHANGED}')"
        values = ", ".join(
            f"CASE WHEN list_contains(m.{FIELDS}, {literal(column)}) THEN n.{identifier(column)} END "
            f"AS {identifier(column)}"
            for column in columns.common
            if column in found.fields
        )
        yield (
            RowChange.CHANGED,
            f"SELECT {keys}, {FIELDS}, {values} FROM {scan(after)} n JOIN {marks} m USING ({keys}) ORDER BY {keys}",
            "One row of {name} that changed: its key, the columns that did, and their new values; others are empty.",
        )


def rebuilt(name: str, before: Path, delta: Path, fields: Sequence[str]) -> str:
    """The query that gives the rows of a table in the later release, in the order of its columns.

    Args:
        name: The table.
        before: Its file in the earlier release.
        delta: The folder of the delta.
        fields: Columns in which rows changed.
    """
    model = TABLES[name]
    keys = ", ".join(map(identifier, metadata(model)["primary_key"]))
    columns = [facts.name for facts in column_facts(model)]
    removed, changed, added = (
        delta / part(name, change) for change in (RowChange.REMOVED, RowChange.CHANGED, RowChange.ADDED)
    )
    query = f"FROM {scan(before)}"
    if removed.exists():
        query = f"FROM ({query}) b ANTI JOIN {scan(removed)} r USING ({keys})"
    if changed.exists():
        values = ", ".join(
            f"CASE WHEN list_contains(c.{FIELDS}, {literal(column)}) THEN c.{{0}} ELSE b.{{0}} END AS {{0}}".format(
                identifier(column)
            )
            if column in fields
            else f"b.{identifier(column)}"
            for column in columns
        )
        on = " AND ".join(f"b.{identifier(key)} = c.{identifier(key)}" for key in metadata(model)["primary_key"])
        query = f"SELECT {values} FROM ({query}) b LEFT JOIN {scan(changed)} c ON {on}"
    if added.exists():
        query = f"FROM ({query}) UNION ALL FROM {scan(added)}"
    return f"SELECT {', '.join(map(identifier, columns))} FROM ({query})"
