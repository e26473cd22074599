"""Buckets: the rows of a table brought together by a key, through the disk, without the table ever being in memory.

Rows come in the order of the dumps and are needed in the order of papers. Each goes to the file of its bucket as it
comes; the buckets are then read one after another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.spill import batches, told

COMPRESSED = pa.ipc.IpcWriteOptions(compression="lz4")


@dataclass(frozen=True)
class Bucket:
    """The rows of one bucket."""

    number: int
    rows: pl.DataFrame
    """In the order in which they came."""


def in_buckets(rows: pl.LazyFrame, numbers: pl.DataFrame, folder: Path) -> Iterator[Bucket]:
    """Brings rows into the order of their buckets.

    Args:
        rows: A scan of a Parquet file with a column listing_id.
        numbers: Columns listing_id, bucket (0, 1, …); rows of no bucket are left out.
        folder: Where the files of the buckets may be; emptied before and removed at the end.

    Yields:
        Each bucket that has rows, in order of their numbers.

    Raises:
        SpillError: If a file cannot be written.
    """
    with told(folder / "bucket"):
        rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    try:
        for number in _distribute(rows, numbers, folder):
            path = folder / str(number)
            with pa.OSFile(str(path)) as source, pa.ipc.open_stream(source) as stream:
                found = pl.from_arrow(stream.read_all())
            path.unlink()
            assert isinstance(found, pl.DataFrame)  # noqa: S101 a table makes a frame
            yield Bucket(number, found)
    finally:
        rmtree(folder, ignore_errors=True)


def _distribute(rows: pl.LazyFrame, numbers: pl.DataFrame, folder: Path) -> list[int]:
    """Writes the rows to the files of their buckets; returns the buckets that have any, in order."""
    writers: dict[int, pa.ipc.RecordBatchStreamWriter] = {}
    try:
        for batch in batches(rows):
            numbered = batch.join(numbers.select("listing_id", "bucket"), on="listing_id", maintain_order="left")
            for (number,), part in numbered.partition_by("bucket", as_dict=True, maintain_order=True).items():
                content = part.drop("bucket").to_arrow(compat_level=pl.CompatLevel.oldest())
                with told(folder / str(number)):
                    if number not in writers:
                        path = str(folder / str(number))
                        writers[number] = pa.ipc.new_stream(path, content.schema, options=COMPRESSED)
                    writers[number].write_table(content)
    finally:
        for writer in writers.values():
            writer.close()
    return sorted(writers)
