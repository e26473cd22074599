"""Database: all tables of a release as one DuckDB file, whose bytes follow from the rows alone.

Left to itself DuckDB writes another file every time. What is set here, and why, was found by comparing files block by
block; each setting takes one reason away. The last reason is memory: a block is written as it lies there, with what was
in it before behind its values. It is the same every time if one thread does the same steps in memory that was empty at
the beginning, and if nothing ever has to make room. Rows therefore come in portions, each in an instance of DuckDB of
its own, whose memory they do not fill.

No table has an index for its primary key: the index would not be the same every time, and doubles a small file. Rows
lie in the order of their key, by which DuckDB finds them as well.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types

from assets.publish.contents import create_questions, create_tables, insert_rows
from assets.publish.warehouse import STORAGE_VERSION, open_private
from assets.release.layout import FORMAT_FILES, INNER
from assets.release.manifest import ReleaseError, Written
from assets.release.snapshot import Snapshot
from schemas.release_vocabulary import FileRole, ReleaseFormat
from schemas.render.sql import literal

BLOCKS = "1500MB"
"""Memory from which blocks are taken, empty at first and never given back before the end. Without it they come from
the heap, with what others left there; with less of it than DuckDB may use, some of them do."""
SETTINGS = {
    "memory_limit": BLOCKS,
    "threads": "1",  # two give another order of blocks every time; one is as fast, without the methods below
}
"""How DuckDB is opened."""
STEADY = {
    "async_threads": "0",  # reading ahead takes blocks at moments of its own
    "read_ahead_depth": "0",
    "disabled_compression_methods": "fsst,bitpacking",  # one samples at random, one writes what lies behind nulls
    "checkpoint_threshold": "1TB",  # one checkpoint, at the end of a portion
    "fsync_mode": "NONE",  # a whole release is brought to the disk before anybody sees it
}
"""What is set then, as far as this version of DuckDB knows it."""
TOGETHER = 122_880
"""Rows that DuckDB compresses together. A portion that ends between is written twice: 12 s of work instead of 8."""
PORTION = 400_000_000
"""Bytes of rows in a portion, as they lie in the Parquet file before compression."""
OVERHEAD = 24
"""Bytes that a value takes beside its own, about."""


@dataclass(frozen=True)
class Part:
    """Rows of one table that follow each other."""

    table: str
    first: int
    end: int
    """The row after the last."""
    size: int
    """Bytes in memory, about."""


def write(snapshot: Snapshot) -> list[Written]:
    """Writes `papers.duckdb`: tables with comments, and the views, macros and search that they are enough for.

    Args:
        snapshot: The tables.

    Returns:
        The file.

    Raises:
        ReleaseError: If the machine has too little memory.
        duckdb.Error: If a table does not fit its declaration, or the file cannot be written.
    """
    name = FORMAT_FILES[ReleaseFormat.DUCKDB]
    portions = list(_portions(part for table, path in snapshot.tables.items() for part in _parts(table, path)))
    for at, portion in enumerate(portions):
        with _opened(snapshot.folder / name, snapshot.work) as connection:
            if at == 0:
                connection.begin()
                create_tables(connection, snapshot.tables, with_keys=False)
                connection.commit()
            for part in portion:  # not in one transaction, which writes its tables in the order of their addresses
                insert_rows(connection, part.table, snapshot.tables[part.table], (part.first, part.end))
            if at == len(portions) - 1:
                create_questions(connection, is_complete=set(INNER) <= set(snapshot.tables))
    return [Written(name, FileRole.DATA)]


@contextmanager
def _opened(path: Path, work: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens the file to add to it, in an instance of its own; it is whole again in the end."""
    with open_private(None, temp_directory=str(work / "spill"), **SETTINGS) as connection:
        try:  # as a setting at the start, one that is too large ends the process
            connection.execute(f"SET block_allocator_memory = {literal(BLOCKS)}")
        except duckdb.InvalidInputException as error:
            raise ReleaseError(
                f"{path.name} needs a machine with 2 GB of memory; leave it out with --formats"
            ) from error
        known = {name for (name,) in connection.execute("SELECT name FROM duckdb_settings()").fetchall()}
        for name, value in STEADY.items():
            if name in known:
                connection.execute(f"SET {name} = {literal(value)}")
        connection.execute(f"ATTACH {literal(str(path))} AS release (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE release")
        yield connection
        connection.execute("CHECKPOINT release")
        connection.execute("USE memory")
        connection.execute("DETACH release")


def _parts(table: str, path: Path) -> Iterator[Part]:
    """The rows of a Parquet file, as many at a time as DuckDB keeps together; fewer where they are very long."""
    told = pq.read_metadata(path)
    groups = [told.row_group(at) for at in range(told.num_row_groups)]
    first, rows, size = 0, 0, 0
    for at, group in enumerate(groups, 1):
        rows += group.num_rows
        size += group.total_byte_size + group.num_rows * OVERHEAD * told.num_columns
        if at == len(groups) or (first + rows) % TOGETHER == 0 or size >= PORTION:
            yield Part(table, first, first + rows, size)
            first, rows, size = first + rows, 0, 0


def _portions(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Puts parts together as long as they are small; parts of one table that follow each other become one."""
    portion: list[Part] = []
    for part in parts:
        if portion and sum(one.size for one in portion) + part.size > PORTION:
            yield portion
            portion = []
        if portion and portion[-1].table == part.table:
            before = portion.pop()
            portion.append(Part(part.table, before.first, part.end, before.size + part.size))
        else:
            portion.append(part)
    yield portion
