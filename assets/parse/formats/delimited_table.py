"""Delimited table: a header line, then one record a line, commas, semicolons, tabs or bars between the values.

What the columns state is told by their names, or by the manifest. Values are text and nothing else: what a spreadsheet
takes for a formula is copied as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from assets.parse.formats.delimited_scan import scan
from assets.parse.formats.delimited_walk import Status, Walk
from assets.parse.formats.delimited_window import CR, LF, QUOTE, Dialect, Rows, Window
from assets.parse.formats.table_columns import DELIVERED, TableColumns, are_hinted, are_of_papers, assign
from assets.parse.formats.table_values import state
from assets.parse.name_lists import guess_separator
from assets.parse.reader import Content, Head, Hints, Reader, RefusalError, statements
from assets.parse.selective import change_some
from assets.parse.spans import Spans
from assets.parse.texts import decode_spans
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

DELIMITERS = b",;\t|"
LONGEST_HEADER = 64 << 10
"""Bytes in which the header ends."""
MOST_COLUMNS = 1000
LINES_TRIED = 50
"""Lines after the header, one of which must be a record."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MISSING = ("NA", "N/A", "<NA>", "NaN", "nan", "NULL", "null", "None", r"\N")
"""What programs write, without quotation marks, where there is no value."""
FIRST_END = re.compile(rb"\r\n?|\n")
EXCEL_HINT = b"sep="
"""With this and a delimiter, a first line tells Excel how the table is written."""


@dataclass(frozen=True)
class Header:
    """The header line of a table."""

    names: tuple[str, ...]
    end: int
    """Offset after it, its line end included."""
    dialect: Dialect


def recognises(head: Head) -> bool:
    """Whether a dump begins with a header line that names what a table of papers has."""
    return any(are_of_papers(header.names) and _has_records(head, header) for header in _headers(head.data))


def recognises_columns(head: Head, hints: Hints) -> bool:
    """Whether a dump begins with a header line that names the columns that the manifest names."""
    return any(are_hinted(header.names, hints) for header in _headers(head.data))


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all records of a delimited table.

    Args:
        content: The dump after unpacking.
        hints: What the manifest says of its columns.

    Yields:
        One statement per line that is not blank, after the header. A line with another number of values than the
        header has names is malformed, and so is one in which quotation marks do not pair; the last line is truncated
        then, if nothing follows it.

    Raises:
        RefusalError: MALFORMED_SYNTAX or NO_RECORDS.
    """
    header = _header(content, hints)
    columns = assign(header.names, hints)
    separator, position = hints.separator, 1
    for rows in scan(content, header.end, header.dialect):
        if not len(rows.sound) and not len(rows.broken):
            continue
        table, defects = _table(content, rows, columns)
        if separator is None and "authors" in columns.stating:
            separator = guess_separator(table[columns.stating["authors"][0]])
        frame = _placed(rows, {**state(table, columns, separator), "defect": defects}, position)
        position += frame.height
        yield frame
    if position == 1:
        raise RefusalError(DumpReason.NO_RECORDS, "The table has a header and no records.")


def _header(content: Content, hints: Hints) -> Header:
    """The header that says most of papers."""
    found = list(_headers(content[:LONGEST_HEADER]))
    told = [header for header in found if are_hinted(header.names, hints)]
    headers = told or [header for header in found if are_of_papers(header.names)]
    if not headers:
        raise RefusalError(DumpReason.MALFORMED_SYNTAX, "The table has no header line that names its columns.")
    return max(headers, key=lambda header: len(assign(header.names, hints).stating))


def _headers(data: bytes) -> Iterator[Header]:
    """The first line of a table, as each of the delimiters makes it."""
    data = data[:LONGEST_HEADER]
    begin = len(BYTE_ORDER_MARK) if data.startswith(BYTE_ORDER_MARK) else 0
    begin += len(data[begin:]) - len(data[begin:].lstrip(b"\r\n"))
    first_end = FIRST_END.search(data, begin)
    line_end = CR if first_end and first_end[0] == b"\r" else LF
    if data[begin : begin + len(EXCEL_HINT)].lower() == EXCEL_HINT:
        begin = data.find(bytes([line_end]), begin) + 1
    for delimiter in DELIMITERS:
        dialect = Dialect(delimiter, line_end, MOST_COLUMNS)
        steps = Walk(Window(np.frombuffer(data, np.uint8)[begin:], begin, len(data) < LONGEST_HEADER, dialect))
        status, ends = steps.record(0)
        if status is not Status.WHOLE or not 1 < len(ends) <= MOST_COLUMNS:
            continue
        starts = [0, *(end + 1 for end in ends[:-1])]
        names = tuple(_name(steps.data[start:end]) for start, end in zip(starts, ends, strict=True))
        yield Header(names, begin + ends[-1] + 1, Dialect(delimiter, line_end, len(names)))


def _has_records(head: Head, header: Header) -> bool:
    """Whether one of the first lines after the header has as many values, or nothing follows."""
    data = np.frombuffer(head.data[header.end : header.end + LONGEST_HEADER], np.uint8)
    is_last = head.is_whole and header.end + len(data) == len(head.data)
    steps = Walk(Window(data, 0, is_last, header.dialect))
    line: int | None = 0
    for _ in range(LINES_TRIED):
        if line is None or line >= len(data):
            return line == 0
        status, ends = steps.record(line)
        if status is Status.INCOMPLETE or (status is Status.WHOLE and steps.fits(line, ends)):
            return True
        line = steps.next_line(line)
    return False


def _name(raw: bytes) -> str:
    """The name of a column, without quotation marks."""
    name = raw.decode(errors="replace").strip("\r\ufeff ")
    return name[1:-1].replace('""', '"') if len(name) > 1 and name[0] == name[-1] == '"' else name


def _table(content: Content, rows: Rows, columns: TableColumns) -> tuple[pl.DataFrame, pl.Series]:
    """The values of the sound records by the names of their columns, null where they are empty, and their defects."""
    width, fields = len(columns.names), rows.fields
    data = np.frombuffer(content, np.uint8)
    is_enclosed = fields.ends - fields.starts > 1
    ends_in_mark = data[fields.ends[is_enclosed] - 1] == QUOTE
    is_enclosed[is_enclosed] = ends_in_mark & (data[fields.starts[is_enclosed]] == QUOTE)
    texts = decode_spans(content, Spans(fields.starts + is_enclosed, fields.ends - is_enclosed))
    is_missing = (texts.values == "") | (texts.values.is_in(MISSING) & ~pl.Series(is_enclosed))
    values = texts.values.set(is_missing, None)
    doubled = pl.Series(is_enclosed) & values.str.contains('""', literal=True)
    values = change_some(values, doubled, lambda some: some.str.replace_all('""', '"', literal=True))
    table = pl.DataFrame([values.gather_every(width, at).alias(name) for at, name in enumerate(columns.names)])
    is_cut, is_invalid = texts.is_cut.reshape(-1, width).any(axis=1), texts.is_invalid.reshape(-1, width).any(axis=1)
    defects = pl.Series([None], dtype=pl.String).new_from_index(0, table.height)
    defects = defects.set(pl.Series(is_invalid), str(RejectReason.INVALID_ENCODING))
    return table, defects.set(pl.Series(is_cut), str(RejectReason.RECORD_TOO_LARGE))


def _placed(rows: Rows, stated: dict[str, pl.Series], position: int) -> pl.DataFrame:
    """Sound and broken records in the order of the dump."""
    sound = {"byte_start": rows.sound.starts, "byte_end": rows.sound.ends, "position": np.zeros(len(rows.sound))}
    frame = statements({**sound, **stated})
    if len(rows.broken):
        spans = {"byte_start": rows.broken.starts, "byte_end": rows.broken.ends, "position": np.zeros(len(rows.broken))}
        turned_away = statements({**spans, "defect": list(map(str, rows.defects))})
        frame = pl.concat([frame, turned_away]).sort("byte_start")
    return frame.with_columns(position=np.arange(position, position + frame.height))


READER = Reader(
    Format.DELIMITED_TABLE,
    version=2,
    recognises=recognises,
    read=read,
    detection=(
        "The first line, split at commas, semicolons, tabs or bars, names a title, and authors, abstract, journal or "
        "an identifier; or it names the columns that the manifest does."
    ),
    delivers=DELIVERED,
    definition="RFC 4180: Common Format and MIME Type for CSV Files, https://www.rfc-editor.org/rfc/rfc4180",
)
