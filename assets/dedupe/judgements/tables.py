"""Judgement CSV: judgements as a table that people edit in a spreadsheet, out and in again.

A text that a spreadsheet would run as a formula gets an apostrophe in front, and loses it when it comes back.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from assets.dedupe.judgements import store as judgements
from assets.dedupe.judgements.lines import (
    Judgement,
    JudgementError,
    as_moment,
    as_text,
    judgement,
    line_of,
    mark_of,
)
from schemas.judgements import Judgements
from schemas.render import polars_schema

COLUMNS = tuple(polars_schema(Judgements))
"""Columns that are written; of those that are read, only NEEDED must be there."""
NEEDED = ("listing_a", "listing_b", "verdict")
FREE_TEXT = ("author", "note")
"""Columns that people write in their own words."""
DELIMITERS = (",", ";", "\t")
"""What may stand between the cells: spreadsheets choose by the language of the computer."""

FORMULA = re.compile(r"'*\s*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]")
DISARMED = re.compile(r"'+\s*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]")


@dataclass(frozen=True)
class Refused:
    """A row that cannot be a judgement."""

    line: int
    """Line of the file on which the row ends, from 1."""
    reason: str
    """Why not, in one sentence."""


@dataclass(frozen=True)
class Imported:
    """What came of an import."""

    new: int
    """Judgements that were not known."""
    taken_back: int
    """Known judgements that the file says were taken back."""
    known: int
    """Rows that say nothing new."""
    refused: list[Refused]
    """Rows that are no judgements; where there is one, and none may be skipped, nothing was kept."""


def to_csv(rows: pl.DataFrame) -> str:
    """Writes judgements as CSV.

    Args:
        rows: Rows of `judgements`.

    Returns:
        A heading line and one line per judgement, moments in UTC.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows.select(COLUMNS).iter_rows(named=True):
        writer.writerow([_cell(name, row[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(name: str, value: str | datetime | None) -> str:
    if isinstance(value, datetime):
        return as_text(value)
    text = value or ""
    return f"'{text}" if name in FREE_TEXT and FORMULA.match(text) else text


def import_csv(
    folder: Path, content: bytes, *, author: str, skip_bad: bool = False, now: datetime | None = None
) -> Imported:
    """Keeps the judgements of a CSV file that are not known yet.

    Args:
        folder: The home.
        content: The file: columns listing_a, listing_b, verdict, and any others of `judgements`, under a heading line.
        author: Who decided, where a row does not say.
        skip_bad: Whether the good rows are kept although others are refused.
        now: The moment, with its zone; the clock's when absent.

    Returns:
        How many rows were new, known and refused.

    Raises:
        JudgementError: If the file is no such table, or the home's own file has a line that is no judgement.
        OSError: If the judgements cannot be written; none of them was kept then.
    """
    table = _table(content)
    moment = now or datetime.now(UTC)

    def plan(known: list[Judgement]) -> tuple[list[bytes], Imported]:
        reading = _Reading(known, author, moment)
        for number, row in table:
            reading.take(number, row)
        refused = reading.refused
        lines = [] if refused and not skip_bad else reading.lines
        kept = (0, 0) if refused and not skip_bad else (reading.new, reading.taken_back)
        return lines, Imported(*kept, reading.known_count, refused)

    return judgements.change(folder, plan)


def _table(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file, each with the number of the line on which it ends."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise JudgementError("it is not UTF-8; save it as CSV UTF-8") from None
    heading = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = _names(next(reader, []))
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as wrong:
        raise JudgementError(f"line {reader.line_num} is no CSV: {wrong}") from None
    short = [number for number, row in rows if len(row) != len(names)]
    if short:
        raise JudgementError(f"line {short[0]} has not as many cells as the heading line")
    return [(number, dict(zip(names, row, strict=True))) for number, row in rows]


def _names(heading: list[str]) -> list[str]:
    """The columns that a heading line names."""
    names = [name.strip().lower() for name in heading]
    wrong = [f"has no column {name}" for name in NEEDED if name not in names]
    wrong += [f"has the column {name!a}" for name in names if name not in COLUMNS]
    wrong += [f"names {name} twice" for name in COLUMNS if names.count(name) > 1]
    if wrong:
        raise JudgementError(
            f"its heading line {wrong[0]}; columns are {', '.join(COLUMNS)}, of which {', '.join(NEEDED)} must be there"
        )
    return names


class _Reading:
    """Goes through the rows of a file: what each adds to what is known."""

    def __init__(self, known: list[Judgement], author: str, moment: datetime) -> None:
        self.by_id = {one.judgement_id: one for one in known}
        self.author = author
        self.moment = moment
        self.undated: dict[tuple[str, str], tuple[int, str]] = {}
        self.holding: dict[tuple[str, str], Judgement] = {}
        for one in known:  # they are in order: the last one that was not taken back remains
            if one.deleted_at is None:
                self.holding[one.pair] = one
        self.latest = {one.pair: one.judged_at for one in known}
        self.lines: list[bytes] = []
        self.refused: list[Refused] = []
        self.new = self.taken_back = self.known_count = 0

    def take(self, number: int, row: Mapping[str, str]) -> None:
        """Takes in one row."""
        try:
            self._add(number, {name: _plain(name, cell) for name, cell in row.items()})
        except JudgementError as wrong:
            self.refused.append(Refused(number, str(wrong)))

    def _add(self, number: int, row: Mapping[str, str]) -> None:
        dated = row.get("judged_at", "")
        judged_at = self._past(dated) if dated else self.moment
        deleted_at = self._past(row["deleted_at"]) if row.get("deleted_at") else None
        one = judgement(
            row["listing_a"],
            row["listing_b"],
            row["verdict"],
            row.get("author") or self.author,
            row.get("note"),
            judged_at,
            deleted_at,
        )
        if not dated:
            if row.get("judgement_id") or deleted_at:
                raise JudgementError("it is not new and does not say when it was judged (judged_at)")
            one = self._dated(number, one)
        elif row.get("judgement_id", one.judgement_id) not in ("", one.judgement_id):
            raise JudgementError("its judgement_id is that of another judgement; leave it empty for a new one")
        self._keep(one)

    def _past(self, text: str) -> datetime:
        moment = as_moment(text)
        if moment > self.moment + timedelta(days=1):  # a day for clocks that are set to another zone
            raise JudgementError(f"{as_text(moment)} has not come yet")
        return moment

    def _dated(self, number: int, one: Judgement) -> Judgement:
        """A judgement without a moment is made now, unless it holds already."""
        line, verdict = self.undated.setdefault(one.pair, (number, one.verdict))
        if verdict != one.verdict:
            raise JudgementError(f"line {line} judges the same pair otherwise, and neither says when (judged_at)")
        held = self.holding.get(one.pair)
        if held and (held.verdict, held.author) == (one.verdict, one.author):
            return held
        latest = self.latest.get(one.pair)
        return one if latest is None else replace(one, judged_at=max(one.judged_at, latest + timedelta(microseconds=1)))

    def _keep(self, one: Judgement) -> None:
        before = self.by_id.get(one.judgement_id)
        if before is None:
            self.new += 1
            self.lines.append(line_of(one))
            self.latest[one.pair] = max(one.judged_at, self.latest.get(one.pair, one.judged_at))
        elif one.deleted_at and not before.deleted_at:
            self.taken_back += 1
            self.lines.append(mark_of(one.judgement_id, one.deleted_at))
        else:
            self.known_count += 1
            return
        self.by_id[one.judgement_id] = one
        held = self.holding.get(one.pair)
        if one.deleted_at is None and (held is None or held.rank < one.rank):
            self.holding[one.pair] = one
        elif one.deleted_at and held == before:
            self.holding.pop(one.pair, None)


def _plain(name: str, cell: str) -> str:
    """A cell without spaces around it, and without the apostrophe that keeps a spreadsheet from running it."""
    if name in FREE_TEXT and DISARMED.match(cell):
        return cell[1:].strip()
    return cell.strip()
