"""Delimited: the columns of `papers` as RFC 4180 has it, safe to open in a spreadsheet, and without loss.

Records end with CRLF, the first names the columns, every text is quoted and every quotation mark in it doubled; UTF-8
without a byte order mark. Numbers, dates (ISO 8601) and `true` and `false` stand as they are, lists are JSON arrays.

A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula, whatever quotes it, and some look behind
spaces and at full-width signs too. Such a text gets one apostrophe before it, and so does a text that begins with an
apostrophe, and an empty one. A field without any character is one without a value. So whoever takes one apostrophe
away from the beginning of the texts that have one has every value back exactly.
"""

import polars as pl

from assets.release.formats.stream import TextFile, batches
from assets.release.layout import FORMAT_FILES
from assets.release.manifest import Written
from assets.release.snapshot import Snapshot
from schemas.catalog import TABLES
from schemas.release_vocabulary import FileRole, ReleaseFormat
from schemas.render import ColumnFacts, column_facts
from schemas.render.sql import identifier, literal

END = "\r\n"

NEEDS_APOSTROPHE = (
    r"^$|^[\s\pZ\pC]*[=+\-@|%'\t\r\n"
    "\uff1d\uff0b\uff0d\uff20\uff5c\uff05\uff07\u2212"  # the same signs in full width, and the minus of mathematics
    "]"
)
"""Texts that a program might not take as they are: formulas, and what could be taken for a marked one."""


def write(snapshot: Snapshot) -> list[Written]:
    """Writes the papers as comma-separated values.

    Args:
        snapshot: The release, with its table `papers`.

    Returns:
        The one file.

    Raises:
        duckdb.Error: If the table cannot be read.
        OSError: If the file cannot be written.
    """
    path = FORMAT_FILES[ReleaseFormat.CSV]
    columns = column_facts(TABLES["papers"])
    cells = ", ',', ".join(cell(one) for one in columns)
    header = ",".join(_quoted(one.name) for one in columns)
    with snapshot.connect() as connection, TextFile(snapshot.folder / path) as file:
        file.write((header + END).encode())
        for batch in batches(connection, f"SELECT concat({cells}, chr(13), chr(10)) AS line FROM papers"):
            file.add(batch["line"])
    return [Written(path, FileRole.DATA, file.rows, "papers")]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def cell(column: ColumnFacts) -> str:
    """SQL for a value as a field; null, and so nothing, where there is none."""
    value = identifier(column.name)
    kind = column.dtype.base_type()
    if kind == pl.String:
        text = f"CASE WHEN regexp_matches({value}, {literal(NEEDS_APOSTROPHE)}) THEN '''' || {value} ELSE {value} END"
    elif kind in {pl.List, pl.Array}:
        text = f"to_json({value})::VARCHAR"
    elif kind == pl.Datetime:
        return f"strftime({value}, '%Y-%m-%dT%H:%M:%S.%fZ')"
    else:
        return f"{value}::VARCHAR"
    return f"'\"' || replace({text}, '\"', '\"\"') || '\"'"
