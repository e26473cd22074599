"""JSON lines: one object a paper, with the columns of `papers` in their order.

Every column is in every line, null where it is empty; dates as ISO 8601 has them, lists as arrays. Numbers are written
with as many digits as bring back the same number. Lines are in the order of paper_id and end with a line feed alone.
"""

from collections.abc import Sequence

import polars as pl

from assets.release.formats.stream import TextFile, batches
from assets.release.layout import FORMAT_FILES
from assets.release.manifest import Written
from assets.release.snapshot import Snapshot
from schemas.catalog import TABLES
from schemas.release_vocabulary import FileRole, ReleaseFormat
from schemas.render import ColumnFacts, column_facts
from schemas.render.sql import identifier, literal


def write(snapshot: Snapshot) -> list[Written]:
    """Writes the papers as JSON lines.

    Args:
        snapshot: The release, with its table `papers`.

    Returns:
        The one file.

    Raises:
        duckdb.Error: If the table cannot be read.
        OSError: If the file cannot be written.
    """
    path = FORMAT_FILES[ReleaseFormat.JSONL]
    paper = json_text(json_struct(column_facts(TABLES["papers"]), "papers"))
    with snapshot.connect() as connection, TextFile(snapshot.folder / path) as file:
        for batch in batches(connection, f"SELECT {paper} || chr(10) AS line FROM papers"):
            file.add(batch["line"])
    return [Written(path, FileRole.DATA, file.rows, "papers")]


def json_struct(columns: Sequence[ColumnFacts], table: str) -> str:
    """SQL for a row as a struct whose fields JSON can hold.

    Args:
        columns: Those that become fields, in their order.
        table: Name of the table in the query.
    """
    return "{" + ", ".join(f"{literal(one.name)}: {_json_value(one, table)}" for one in columns) + "}"


def json_text(struct: str) -> str:
    """SQL for a struct as a text of JSON, on one line."""
    return f"to_json({struct})::VARCHAR"


def _json_value(column: ColumnFacts, table: str) -> str:
    """SQL for a value as JSON can hold it: it knows no infinities, and no points in time but as text."""
    value = f"{identifier(table)}.{identifier(column.name)}"
    if column.dtype.base_type() in {pl.Float32, pl.Float64}:
        return f"CASE WHEN isfinite({value}) THEN {value} END"
    if column.dtype.base_type() == pl.Datetime:
        return f"strftime({value}, '%Y-%m-%dT%H:%M:%S.%fZ')"
    return value
