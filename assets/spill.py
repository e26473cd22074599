"""Spill: a table too large for memory, written to a Parquet file batch by batch.

The next batch is made while the one before is being compressed; each is checked against the table's model on the way,
so that what lies on the disk has been validated without ever being in memory as a whole.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types

from assets.contracts import broken_rules, strange_items
from schemas.base import Table
from schemas.catalog import metadata
from schemas.render import arrow_schema, column_facts, polars_schema

BATCH = 50_000
"""Rows of a piece: a row group of the file."""
MADE_OF = "papersheaf.made_of"
MOST_FAULTS = 10
"""Faults that are told of one table; after them its rows are still written and no longer checked."""


class SpillError(Exception):
    """A table cannot be written. No OSError, which would be taken for a fault of the file that is being read."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Makes an error of the system while a file is written a SpillError.

    Args:
        path: The file.

    Raises:
        SpillError: With what the system says.
    """
    try:
        yield
    except OSError as error:
        raise SpillError(f"{path.parent} cannot be written: {error.strerror or error}") from error


@dataclass(frozen=True)
class Spill:
    """A finished table on the disk."""

    path: Path
    """Its Parquet file; whoever takes the table over moves or removes it."""
    rows: int
    """Its length."""
    faults: tuple[str, ...] = ()
    """What breaks the model, one sentence each."""

    def scan(self) -> pl.LazyFrame:
        """The rows, read when they are needed."""
        return pl.scan_parquet(self.path, glob=False)

    def remove(self) -> None:
        """Removes the file of a table that was only a step on the way to another."""
        with told(self.path):
            self.path.unlink()


def made_of(path: Path) -> str:
    """What the rows of a file were made of, as its writer was told; empty where there is no such file."""
    try:
        return pl.read_parquet_metadata(path).get(MADE_OF, "")
    except (OSError, pl.exceptions.PolarsError):
        return ""


def batches(rows: pl.LazyFrame, size: int = BATCH) -> Iterator[pl.DataFrame]:
    """Reads a table piece by piece.

    Args:
        rows: A scan of a Parquet file.
        size: Rows of a piece.

    Yields:
        The rows, in order; at least one piece, which may be empty.
    """
    height = rows.select(pl.len()).collect().item()
    for start in range(0, max(height, 1), size):
        yield rows.slice(start, size).collect()


@dataclass
class SpillWriter:
    """Writes one table; used as a context, it leaves no half file behind."""

    path: Path
    model: type[Table]
    made_of: str = ""
    """What the rows were made of and how, kept in the file; see `made_of`."""
    rows: int = 0
    faults: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Opens the file."""
        with told(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self._schema = polars_schema(self.model)
        self._arrow = arrow_schema(self.model)
        with told(self.path):
            self._file = pq.ParquetWriter(
                self.path, self._arrow, compression="zstd", compression_level=1, use_dictionary=_repeated(self.model)
            )
            if self.made_of:
                self._file.add_key_value_metadata({MADE_OF: self.made_of})
        self._thread = ThreadPoolExecutor(1)
        self._pending: Future[None] | None = None
        return self

    def write(self, rows: pl.DataFrame) -> None:
        """Adds rows, in any column order, which is set to that of the model.

        Raises:
            SpillError: If the rows before these could not be written.
        """
        if rows.is_empty():
            return
        ordered = rows.select(self._schema.names())
        if len(self.faults) < MOST_FAULTS:
            broken = broken_rules(ordered, self.model).head(MOST_FAULTS - len(self.faults))
            self.faults += [f"{one['column']}: {one['check']} fails for {one['value']!r}" for one in broken.to_dicts()]
            self.faults += strange_items(ordered, self.model)
        self._wait()
        self.rows += ordered.height
        self._pending = self._thread.submit(self._append, ordered)

    def _append(self, rows: pl.DataFrame) -> None:
        with told(self.path):
            self._file.write_table(rows.to_arrow().cast(self._arrow))

    def _wait(self) -> None:
        if self._pending is not None:
            self._pending.result()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Closes the file, and removes it after an error."""
        is_whole = False
        try:
            if kind is None:
                self._wait()
                is_whole = True
        finally:
            self._thread.shutdown()
            with told(self.path):
                self._file.close()
            if not is_whole:
                self.path.unlink(missing_ok=True)

    def done(self) -> Spill:
        """The table, once the context has ended."""
        return Spill(self.path, self.rows, tuple(self.faults))


def _repeated(model: type[Table]) -> list[str]:
    """The columns that are worth a dictionary: those with a closed vocabulary, and foreign keys.

    For texts that are all different the writer would begin one, fill it and give it up, in a third of its time.
    """
    keys = {name for name in metadata(model)["foreign_keys"] if name not in metadata(model)["primary_key"]}
    return [facts.name for facts in column_facts(model) if facts.vocabulary is not None or facts.name in keys]
