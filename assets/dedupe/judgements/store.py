"""Judgements: what people decided on pairs of listings, kept from run to run.

They live in `HOME/judgements.jsonl`, one line each, and so outlive the published file. The file only grows: taking a
judgement back adds a line. Writers wait for each other, and a line is on the disk before a call returns; a line that a
crash cut short was never promised to anybody, and the next writer puts it aside.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import polars as pl

from assets import journal
from assets.dedupe.judgements.lines import Judgement, JudgementError, fold, is_torn, judgement, line_of, mark_of
from schemas.judgements import Judgements
from schemas.render import polars_schema

FILE = "judgements.jsonl"
"""Name of the file in its home."""
TORN = FILE + journal.TORN
"""Where lines go that a crash cut short."""

Result = TypeVar("Result")


class NothingToUndoError(LookupError):
    """There is no judgement that could be taken back."""


@dataclass(frozen=True)
class Undone:
    """What came of taking a judgement back."""

    taken_back: Judgement
    """The judgement that holds no more."""
    holds: Judgement | None
    """The earlier judgement on the pair, which holds again."""


def read(folder: Path) -> pl.DataFrame:
    """Reads all judgements of a home.

    Args:
        folder: The home; without a file there are no judgements.

    Returns:
        Rows of `judgements`, also those that were taken back, sorted by judged_at, judgement_id.

    Raises:
        JudgementError: If a line is no judgement; the message names the file and the line.
        OSError: If the file cannot be read.
    """
    return as_rows(stored(folder))


def stored(folder: Path) -> list[Judgement]:
    """Reads all judgements of a home, as `read` does, as values."""
    return _judgements(journal.read(folder / FILE, is_torn), folder)


def as_rows(judgements: Sequence[Judgement]) -> pl.DataFrame:
    """Judgements as rows of `judgements`, in the same order."""
    schema = polars_schema(Judgements)
    return pl.DataFrame({name: [getattr(one, name) for one in judgements] for name in schema}, schema=schema)


def active(rows: pl.DataFrame) -> pl.DataFrame:
    """The judgement that holds for each pair: the last one that was not taken back.

    Args:
        rows: Rows of `judgements`, in any order.

    Returns:
        Columns listing_a, listing_b, verdict, judged_at; one row per pair, sorted. Where judgements on several pairs
        contradict each other, the moment says which is later.
    """
    return (
        rows.filter(pl.col("deleted_at").is_null())
        .sort("judged_at", "judgement_id")
        .unique(["listing_a", "listing_b"], keep="last", maintain_order=True)
        .select("listing_a", "listing_b", "verdict", "judged_at")
        .sort("listing_a", "listing_b")
    )


def holding(judgements: Sequence[Judgement], pair: tuple[str, str]) -> Judgement | None:
    """The judgement that holds for a pair; None where there is none."""
    live = [one for one in judgements if one.pair == pair and one.deleted_at is None]
    return max(live, key=lambda one: one.rank, default=None)


def record(
    folder: Path,
    listing_a: str,
    listing_b: str,
    verdict: str,
    *,
    author: str,
    note: str | None = None,
    now: datetime | None = None,
) -> Judgement:
    """Keeps a judgement; it replaces an earlier one on the pair.

    Args:
        folder: The home.
        listing_a: The one listing.
        listing_b: The other listing, in either order.
        verdict: `same` or `different`.
        author: Who decided.
        note: Why.
        now: The moment, with its zone; the clock's when absent. Moved on where an earlier judgement on the pair has a
            later one, because a clock that went back must not make the old judgement win.

    Returns:
        The judgement as it was kept.

    Raises:
        JudgementError: If it cannot be one, or the file has a line that is none.
        OSError: If it cannot be written; nothing was kept then.
    """

    def plan(known: list[Judgement]) -> tuple[list[bytes], Judgement]:
        one = judgement(listing_a, listing_b, verdict, author, note, now or datetime.now(UTC))
        one = replace(one, judged_at=after(known, one.pair, one.judged_at))
        return [line_of(one)], one

    return change(folder, plan)


def undo(folder: Path, pair: tuple[str, str] | None = None, *, now: datetime | None = None) -> Undone:
    """Takes back the judgement that holds for a pair, or the last judgement of all; an earlier one then holds again.

    Args:
        folder: The home.
        pair: The two listings, in either order; without them, the last judgement of all.
        now: The moment, with its zone; the clock's when absent.

    Returns:
        What was taken back, and what holds now.

    Raises:
        NothingToUndoError: If there is no such judgement.
        JudgementError: If the file has a line that is no judgement.
        OSError: If the mark cannot be written.
    """
    wanted = None if pair is None else (min(pair), max(pair))

    def plan(known: list[Judgement]) -> tuple[list[bytes], Undone]:
        live = [one for one in known if one.deleted_at is None and wanted in (None, one.pair)]
        if not live:
            raise NothingToUndoError("there is no judgement to take back")
        last = max(live, key=lambda one: one.rank)
        earlier = [one for one in known if one != last]
        mark = mark_of(last.judgement_id, now or datetime.now(UTC))
        return [mark], Undone(last, holding(earlier, last.pair))

    return change(folder, plan)


def after(known: Sequence[Judgement], pair: tuple[str, str], moment: datetime) -> datetime:
    """A moment, or the first one after all judgements on the pair if that is later."""
    return max([moment, *(one.judged_at + timedelta(microseconds=1) for one in known if one.pair == pair)])


def change(folder: Path, plan: Callable[[list[Judgement]], tuple[list[bytes], Result]]) -> Result:
    """Adds lines to the file while no other process changes it.

    Args:
        folder: The home.
        plan: Gets the judgements that are there; returns the lines to add, and what to hand back.

    Returns:
        What the plan handed back; the lines are on the disk then.

    Raises:
        JudgementError: If the file has a line that is no judgement.
        OSError: If the lines cannot be written; none of them was kept then.
    """
    return journal.change(folder / FILE, is_torn, lambda content: plan(_judgements(content, folder)))


def _judgements(content: bytes, folder: Path) -> list[Judgement]:
    try:
        return fold(enumerate(content.split(b"\n"), 1))
    except JudgementError as wrong:
        raise JudgementError(f"{folder / FILE}:{wrong}; mend or remove that line") from None
