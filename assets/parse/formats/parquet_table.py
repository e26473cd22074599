"""Parquet table: one record a row, what the columns state told by their names, or by the manifest.

A record has no bytes of its own; the number of its row finds it again. A row group that cannot be read costs its own
rows, each of which is turned away.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from assets.parse.formats.parquet_values import author_names, unfolded, unfolded_bytes
from assets.parse.formats.table_columns import DELIVERED, TableColumns, are_hinted, are_of_papers, assign
from assets.parse.formats.table_values import state
from assets.parse.name_lists import guess_separator
from assets.parse.reader import BATCH_BYTES, Content, Head, Hints, Reader, RefusalError, statements
from assets.parse.texts import KEPT_BYTES, LARGEST_TEXT
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

MAGIC = b"PAR1"
BATCH_ROWS = 16_384
MOST_COLUMNS = 1000
MOST_VALUES_PER_BYTE = 64
"""Values of a column for a byte of the file, beyond which it is made to fill the memory; real ones have below one."""
LARGEST_NAME, MOST_NAMES = 1 << 20, 1 << 20
"""Bytes of a text of the footer, and items of a list in it."""
LARGEST_ROW = 8 * LARGEST_TEXT
ERRORS = (pa.ArrowException, OSError, ValueError, MemoryError)
SHOWN_COLUMNS = 5


def recognises(head: Head) -> bool:
    """Whether a dump is a Parquet file."""
    return head.data.startswith(MAGIC)


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all rows of a Parquet file.

    Args:
        content: The dump after unpacking.
        hints: What the manifest says of its columns.

    Yields:
        One statement per row.

    Raises:
        RefusalError: MALFORMED_SYNTAX, UNKNOWN_FORMAT, TOO_LARGE or NO_RECORDS.
    """
    file = _open(content)
    header = [file.schema_arrow.field(at).name for at in range(len(file.schema_arrow))]
    if not (are_of_papers(header) or are_hinted(header, hints)):
        shown = ", ".join(ascii(name[:40]) for name in header[:SHOWN_COLUMNS])
        detail = f"No column of the Parquet file is known to state a title and something else; the first are {shown}."
        raise RefusalError(DumpReason.UNKNOWN_FORMAT, detail)
    columns, separator, row = assign(header, hints), hints.separator, 0
    for group in range(file.num_row_groups):
        end = row + file.metadata.row_group(group).num_rows
        for batch in _batches(file, group):
            for piece in _pieces(batch):
                table, defects = _table(piece, columns)
                if separator is None:
                    separator = _separator(table, columns)
                yield _placed(row, {**state(table, columns, separator), "defect": defects})
                row += table.height
        for begin in range(row, end, BATCH_ROWS):  # what could not be read
            yield _turned_away(begin, min(begin + BATCH_ROWS, end), RejectReason.MALFORMED_RECORD)
        row = end


def _open(content: Content) -> pq.ParquetFile:
    """The file, its footer read and found to be sound."""
    limits = {"thrift_string_size_limit": LARGEST_NAME, "thrift_container_size_limit": MOST_NAMES}
    try:
        source = pa.py_buffer(content)
        schema = pq.ParquetFile(pa.BufferReader(source), **limits).schema
        leaves = [schema.column(at) for at in range(len(schema))]
        texts = [leaf.path for leaf in leaves if leaf.physical_type == "BYTE_ARRAY"]
        file = pq.ParquetFile(pa.BufferReader(source), read_dictionary=texts, **limits)
        _check(file, len(content))
    except ERRORS as error:
        detail = f"The Parquet file cannot be read: {str(error).splitlines()[0][:200] if str(error) else 'no reason'}"
        raise RefusalError(DumpReason.MALFORMED_SYNTAX, detail) from error
    return file


def _check(file: pq.ParquetFile, size: int) -> None:
    metadata, most = file.metadata, MOST_VALUES_PER_BYTE * size
    if metadata.num_columns > MOST_COLUMNS:
        raise RefusalError(DumpReason.TOO_LARGE, f"The Parquet file has {metadata.num_columns:,} columns.")
    groups = [metadata.row_group(at) for at in range(metadata.num_row_groups)]
    rows = [group.num_rows for group in groups]
    values = [group.column(at).num_values for group in groups for at in range(group.num_columns)]
    if min(rows + values, default=0) < 0 or sum(rows) > most or max(values, default=0) > most:
        raise RefusalError(DumpReason.TOO_LARGE, f"The Parquet file states more values than {size:,} bytes can hold.")
    if not sum(rows):
        raise RefusalError(DumpReason.NO_RECORDS, "The Parquet file has no rows.")


def _batches(file: pq.ParquetFile, group: int) -> Iterator[pa.RecordBatch]:
    """Runs of rows of a group, up to where it cannot be read."""
    try:
        yield from file.iter_batches(BATCH_ROWS, row_groups=[group], use_threads=True)
    except ERRORS:
        return


def _pieces(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Cuts a batch in halves until what each part states fits into memory, or is one row."""
    size = sum(unfolded_bytes(column) for column in batch.columns)
    if size <= BATCH_BYTES or batch.num_rows == 1:
        yield batch
        return
    half = batch.num_rows // 2
    yield from _pieces(batch.slice(0, half))
    yield from _pieces(batch.slice(half))


def _table(piece: pa.RecordBatch, columns: TableColumns) -> tuple[pl.DataFrame, pl.Series]:
    """The columns as JSON could hold them, and the defects of the rows."""
    height = piece.num_rows
    if height == 1 and sum(unfolded_bytes(column) for column in piece.columns) > LARGEST_ROW:
        empty = pl.DataFrame([pl.Series(name, [None], dtype=pl.String) for name in columns.names])
        return empty, pl.Series([str(RejectReason.RECORD_TOO_LARGE)])
    found = [unfolded(column) for column in piece.columns]
    table = pl.DataFrame([values.alias(name) for (values, _), name in zip(found, columns.names, strict=True)])
    defects = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    for name, (values, is_invalid) in zip(columns.names, found, strict=True):
        if is_invalid:
            texts = values.alias("value").to_frame().select(pl.struct("value").struct.json_encode()).to_series()
            defects = defects.set(texts.str.contains("\ufffd", literal=True), str(RejectReason.INVALID_ENCODING))
        if values.dtype == pl.String:
            is_large = values.str.len_bytes().fill_null(0) > LARGEST_TEXT
            if is_large.any():
                defects = defects.set(is_large, str(RejectReason.RECORD_TOO_LARGE))
                table = table.with_columns(
                    pl.when(is_large).then(pl.col(name).str.head(KEPT_BYTES)).otherwise(name).alias(name)
                )
    return table, defects


def _separator(table: pl.DataFrame, columns: TableColumns) -> str | None:
    """What stands between the names of authors, where one text holds them all."""
    for name in columns.stating.get("authors", ()):
        if author_names(table[name]) is None and table[name].dtype == pl.String:
            return guess_separator(table[name])
    return None


def _placed(row: int, stated: dict[str, pl.Series]) -> pl.DataFrame:
    rows = np.arange(row, row + len(stated["source_fields"]))
    return statements({"position": rows + 1, "row": rows, **stated})


def _turned_away(begin: int, end: int, defect: RejectReason) -> pl.DataFrame:
    rows = np.arange(begin, end)
    return statements({"position": rows + 1, "row": rows, "defect": [str(defect)] * len(rows)})


READER = Reader(
    Format.PARQUET_TABLE,
    version=2,
    recognises=recognises,
    read=read,
    detection="The first bytes are `PAR1`, and the columns have names as in a delimited table.",
    delivers=DELIVERED,
    definition="Apache Parquet, https://parquet.apache.org/docs/file-format/",
    locates_rows=True,
)
