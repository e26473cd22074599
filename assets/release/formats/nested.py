"""Nested: one JSON object a paper, with all that other tables have of it inside; and samples of it.

An object has the columns of `papers`, as in `papers.jsonl.zst`, and then one key for each table that belongs to papers
(`belongings.py`): a list in the order of the table's key, or one object where a paper has one row at most. Every key is
in every object, as an empty list or null where there is nothing.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pyarrow.compute as pc  # type: ignore[import-untyped]

from assets.release.formats.belongings import Belonging, belongings
from assets.release.formats.lines import json_struct, json_text
from assets.release.formats.parquet import copy_table
from assets.release.formats.samples import RANKED, part_of, ranking, sample_path
from assets.release.formats.stream import TextFile, batches
from assets.release.layout import FORMAT_FILES, ROWS_OF_TEXT, SAMPLE_SIZES
from assets.release.manifest import Written
from assets.release.snapshot import Snapshot
from schemas.catalog import TABLES
from schemas.release_vocabulary import FileRole, ReleaseFormat
from schemas.render import column_facts
from schemas.render.sql import identifier, literal, named

RANGE = 10_000
"""Papers that are put together at once."""

LINES = ".jsonl.zst"
PARQUET = ".parquet"


def write(snapshot: Snapshot) -> list[Written]:
    """Writes the papers with all that belongs to them, and samples of them.

    Args:
        snapshot: The release, with its table `papers`.

    Returns:
        The whole and its samples; the samples as Parquet too, where the release has Parquet files.

    Raises:
        duckdb.Error: If a table cannot be read.
        OSError: If a file cannot be written.
    """
    whole = FORMAT_FILES[ReleaseFormat.NESTED]
    paths = {sample_path(name, LINES): size for name, size in SAMPLE_SIZES.items()}
    with snapshot.connect() as connection, ExitStack() as stack:
        file = stack.enter_context(TextFile(snapshot.folder / whole))
        parts = {path: stack.enter_context(TextFile(snapshot.folder / path)) for path in paths}
        connection.execute(ranking())
        for batch in _papers(connection, snapshot):
            file.add(batch["line"])
            for path, size in paths.items():
                parts[path].add(batch["line"].filter(pc.less_equal(batch["rank"], size)))  # a null is left out too
        written = [Written(whole, FileRole.DATA, file.rows)]
        written += [Written(path, FileRole.SAMPLE, part.rows) for path, part in parts.items()]
        if ReleaseFormat.PARQUET in snapshot.selection.formats:
            written += _tables(connection, snapshot)
    return written


def _tables(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> list[Written]:
    """The samples as Parquet: the columns of `papers` alone."""
    found = []
    for name, size in SAMPLE_SIZES.items():
        path = sample_path(name, PARQUET)
        rows = copy_table(connection, "papers", part_of(size), snapshot.folder / path)
        found.append(Written(path, FileRole.SAMPLE, rows))
    return found


def _papers(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> Iterator[pa.RecordBatch]:
    """All papers in their order: `line`, and `rank` where one is in a sample."""
    belonging = belongings(snapshot.selection.tables)
    for one in belonging:
        _prepare(connection, snapshot, one)
    places = "SELECT paper_id, row_number() OVER () - 1 AS place FROM papers"
    starts = connection.execute(
        f"SELECT paper_id FROM ({places}) WHERE place % {RANGE} = 0 ORDER BY paper_id"
    ).fetchall()
    bounds = [literal(start) for (start,) in starts]
    for place, start in enumerate(bounds):
        within = f"paper_id >= {start}"
        if place + 1 < len(bounds):
            within += f" AND paper_id < {bounds[place + 1]}"
        yield from batches(connection, _query(belonging, within))


def _prepare(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, one: Belonging) -> None:
    """Makes the view from which the rows of a table are read, in the order of papers.

    One that is in another order, or is told with columns of others, is written anew: it would be read as a whole for
    every range of papers otherwise.
    """
    view = f"CREATE TEMP VIEW {_view(one)} AS FROM"
    if one.is_by_paper:
        connection.execute(f"{view} main.{identifier(one.table)}")
        return
    query = f"SELECT own.paper_id, {', '.join(_column(one, facts.name) for facts in one.columns())}"
    query += f" FROM {identifier(one.table)} AS own"
    for detail in one.details:
        key = identifier(detail.key)
        query += (
            f" LEFT JOIN {identifier(detail.table)} ON {identifier(detail.table)}.{key} = {_column(one, detail.key)}"
        )
    path = snapshot.work / f"nested-{one.table}.parquet"
    order = ", ".join(identifier(key) for key in dict.fromkeys(("paper_id", *one.keys)))
    target = literal(str(path))
    connection.execute(f"COPY ({query} ORDER BY {order}) TO {target} (FORMAT parquet, ROW_GROUP_SIZE {ROWS_OF_TEXT})")
    connection.execute(f"{view} read_parquet({named(path)})")


def _column(one: Belonging, name: str) -> str:
    """A column of a row, in its own table or in that of a detail."""
    told = next((detail.table for detail in one.details if name in detail.columns), None)
    return f"{identifier(told) if told else 'own'}.{identifier(name)}"


def _view(one: Belonging) -> str:
    return identifier(f"nested {one.table}")


def _query(belonging: Sequence[Belonging], within: str) -> str:
    """The papers of a range with all that belongs to them, put together as text: a third less work than as structs."""
    paper = json_text(json_struct(column_facts(TABLES["papers"]), "papers"))
    parts = "".join(
        f", {literal(f',{json.dumps(one.name)}:')}, coalesce({_view(one)}.rows, '{'null' if one.is_single else '[]'}')"
        for one in belonging
    )
    joins = "".join(f" LEFT JOIN ({_rows(one, within)}) AS {_view(one)} USING (paper_id)" for one in belonging)
    return (
        f"SELECT concat(left({paper}, -1){parts}, '}}', chr(10)) AS line, {RANKED}.rank"
        f" FROM (FROM papers WHERE {within}) AS papers"
        f" LEFT JOIN {RANKED} USING (paper_id){joins} ORDER BY papers.paper_id"
    )


def _rows(one: Belonging, within: str) -> str:
    """What the papers of a range have of a table, as JSON."""
    row = json_text(json_struct(one.columns(), "own"))
    source = f"FROM temp.{_view(one)} AS own WHERE {within}"
    if one.is_single:
        return f"SELECT paper_id, {row} AS rows {source}"
    order = ", ".join(identifier(key) for key in one.keys)
    return f"SELECT paper_id, '[' || string_agg({row}, ',' ORDER BY {order}) || ']' AS rows {source} GROUP BY paper_id"
