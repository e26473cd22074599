"""Intake: what readers state becomes listings in the cache, validated on the way.

A large dump is written batch by batch. Small ones are put into one form and checked together, and divided again: that
costs 0.1 s a time, whether it is for one record or for thousands, and a folder may hold thousands of small files.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from assets.contracts import broken_rules
from assets.hashing import blake2b_hex
from assets.parse.cache import Cache
from assets.parse.reader import BATCH_BYTES, RefusalError
from assets.parse.statements import read_statements
from assets.spill import SpillWriter, told
from schemas.listings import Listings
from schemas.render import polars_schema
from schemas.vocabulary import DumpReason

LISTING_ID_DIGITS = 32
SMALL_ROWS = 10_000
"""Records up to which a dump waits for others."""
TOGETHER_ROWS = 50_000
"""Records that are put into one form at once."""
MOST_RECORDS = 20_000_000
"""More than any dump has (all of arXiv: 3 million); bounds what a hostile file can ask for."""


class ListingError(Exception):
    """A reader handed over what is no listing: a fault of the program, not of the dump."""


@dataclass(frozen=True)
class Taken:
    """What a dump as a whole turned out to hold."""

    page_count: int
    page_date_raw: str | None
    listing_count: int


@dataclass
class Intake:
    """The way into one cache; `flush` after the last dump."""

    cache: Cache
    held: list[tuple[str, str, pl.DataFrame]] = field(default_factory=list)
    """Key, dump_id and statements of the small dumps that wait."""

    def take(self, key: str, dump_id: str, frames: Iterator[pl.DataFrame]) -> Taken:
        """Takes in what a reader states of a dump.

        Args:
            key: Key of the dump in the cache.
            dump_id: The dump.
            frames: Frames of STATEMENT_SCHEMA.

        Returns:
            What the dump holds.

        Raises:
            RefusalError: As the reader raises it; TOO_LARGE, if there are more records than any dump has.
            ListingError: If the reader broke the contract of listings.
            SpillError: If the cache cannot be written.
        """
        count, seen = _Count(), list[pl.DataFrame]()
        frames = ahead(frames)
        for frame in frames:
            seen.append(count.see(frame))
            if count.rows > SMALL_ROWS or count.size > BATCH_BYTES:
                self._write(key, dump_id, seen, (count.see(later) for later in frames))
                return count.taken()
        if count.rows:
            self.held.append((key, dump_id, pl.concat(seen)))
            self.cache.pending.add(key)
        if sum(one.height for _, _, one in self.held) > TOGETHER_ROWS or self._held_bytes() > 2 * BATCH_BYTES:
            self.flush()
        return count.taken()

    def _held_bytes(self) -> float:
        return sum(one.estimated_size() for _, _, one in self.held)

    def _write(self, key: str, dump_id: str, seen: list[pl.DataFrame], later: Iterator[pl.DataFrame]) -> None:
        """Writes a large dump."""
        aside = _aside(self.cache.path(key))
        with SpillWriter(aside, Listings) as writer:
            while seen:
                writer.write(listings_of(seen.pop(0), dump_id))
            for frame in later:
                writer.write(listings_of(frame, dump_id))
        _stop_at(writer.faults)
        aside.replace(self.cache.path(key))

    def flush(self) -> None:
        """Writes the small dumps that wait, each to a file of its own."""
        if not self.held:
            return
        ids = [pl.Series([dump_id]).new_from_index(0, frame.height) for _, dump_id, frame in self.held]
        rows = listings_of(pl.concat([frame for _, _, frame in self.held]), pl.concat(ids))
        broken = broken_rules(rows, Listings)
        _stop_at([str(one) for one in broken.head(1).to_dicts()])
        start = 0
        for key, _, frame in self.held:
            path = self.cache.path(key)
            aside = _aside(path)
            with told(path):
                aside.parent.mkdir(parents=True, exist_ok=True)
                rows.slice(start, frame.height).write_parquet(aside, compression="zstd", compression_level=1)
                aside.replace(path)
            start += frame.height
        self.held.clear()
        self.cache.pending.clear()


def ahead(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Lets a reader make its next frame while the last one is being taken in, which keeps a second core busy.

    Args:
        frames: What a reader yields.

    Yields:
        The same frames; whatever the reader raises is raised in its place.
    """
    with ThreadPoolExecutor(1) as thread:
        pending = thread.submit(next, frames, None)
        while (frame := pending.result()) is not None:
            pending = thread.submit(next, frames, None)
            yield frame


@dataclass
class _Count:
    """What has been seen of a dump so far."""

    rows: int = 0
    size: float = 0
    page_count: int = 0
    page_date_raw: str | None = None

    def see(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Looks at a frame on its way."""
        self.rows += frame.height
        if self.rows > MOST_RECORDS:
            raise RefusalError(DumpReason.TOO_LARGE, f"The dump has more than {MOST_RECORDS:,} records.")
        self.size += frame.estimated_size()
        pages, dates = frame["page"], frame["page_date_raw"].drop_nulls()
        self.page_count = max(self.page_count, int(pages[-1]) if len(pages) else 0)
        self.page_date_raw = self.page_date_raw or (dates[0] if len(dates) else None)
        return frame

    def taken(self) -> Taken:
        return Taken(self.page_count, self.page_date_raw, self.rows)


def listings_of(statements: pl.DataFrame, dump_id: str | pl.Series) -> pl.DataFrame:
    """Makes rows of `listings` from what a reader states; the place of a record in its dump is what identifies it.

    Args:
        statements: Rows of STATEMENT_SCHEMA.
        dump_id: The dump, or that of each row.

    Returns:
        The rows, in the same order.
    """
    rows = read_statements(statements).with_columns(
        dump_id=pl.lit(dump_id) if isinstance(dump_id, str) else dump_id.alias("dump_id")
    )
    places = rows.select(pl.concat_str("dump_id", pl.lit(":"), "locator").alias("listing_id")).to_series()
    return rows.with_columns(blake2b_hex(places, digits=LISTING_ID_DIGITS)).select(polars_schema(Listings).names())


def _aside(path: Path) -> Path:
    """Where a file is written before it is moved to its place."""
    return path.with_suffix(f".{os.getpid()}.tmp")


def _stop_at(faults: list[str]) -> None:
    if faults:
        raise ListingError(f"a reader broke the contract of listings: {faults[0]}")
