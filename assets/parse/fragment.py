"""Fragment: the original of one record, found again by the place that its listing names."""

import io
import json

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types

from assets.parse.reader import Content


def fragment(content: Content, byte_start: int | None, byte_end: int | None, locator: str) -> bytes:
    """Cuts a record out of its dump.

    Args:
        content: The dump, unpacked.
        byte_start: Its first byte; None where the record has no bytes of its own.
        byte_end: After its last byte.
        locator: Its place, as `listings.locator` has it.

    Returns:
        The bytes as they are; for a row of a Parquet file, the row as JSON.
    """
    if byte_start is not None and byte_end is not None:
        return content[byte_start:byte_end]
    return _row(content, int(locator.removeprefix("row ")))


def _row(content: Content, row: int) -> bytes:
    """A row of a Parquet file as JSON; only the row group that holds it is read."""
    file = pq.ParquetFile(io.BytesIO(content[:]))
    for group in range(file.num_row_groups):
        count = file.metadata.row_group(group).num_rows
        if row < count:
            (found,) = file.read_row_group(group).slice(row, 1).to_pylist()
            return json.dumps(found, ensure_ascii=False, default=str).encode()
        row -= count
    return b""
