"""A walk through a window of a delimited table in which quotation marks do not pair: one record after the other.

A record that cannot be read ends before the next line from which a sound record begins. Every step looks at a bounded
number of fields, so that no arrangement of quotation marks makes it slow.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from assets.parse.formats.delimited_window import CR, LF, NO_SPANS, QUOTE, Rows, Window
from assets.parse.spans import Spans
from schemas.vocabulary import RejectReason

MOST_EXTRA = 64
"""Fields beyond the width of the table after which a record is given up."""


class Status(Enum):
    """What became of an attempt to read a record."""

    WHOLE = 0
    """It was read to its line end, or to the end of the dump."""
    INCOMPLETE = 1
    """It goes on beyond the window."""
    BROKEN = 2
    """A quotation mark stands where it cannot."""
    UNTERMINATED = 3
    """A quotation mark is not closed before the end of the dump."""


@dataclass
class Walk:
    """A window and what is looked up in it again and again."""

    window: Window
    is_literal: bool = False
    """Whether a quotation mark that is not closed within the window is taken for a character."""
    data: bytes = field(init=False)
    breaks: list[int] = field(init=False)
    """Delimiters and line ends, quoted or not."""
    lines: list[int] = field(init=False)
    """Line ends alone."""
    runs: list[int] = field(init=False)
    """Where quotation marks in a row begin."""
    run_ends: list[int] = field(init=False)
    """The last mark of each."""
    odd: list[int] = field(init=False)
    """Rows of the runs that have an odd number of marks: the last mark of such a run closes what is open."""

    def __post_init__(self) -> None:
        window, dialect = self.window, self.window.dialect
        self.data = window.data.tobytes()
        self.breaks = window.positions(dialect.delimiter, dialect.line_end).tolist()
        self.lines = window.positions(dialect.line_end).tolist()
        quotes = window.positions(QUOTE)
        begins = np.flatnonzero(np.diff(quotes, prepend=-2) != 1)
        lengths = np.diff(begins, append=len(quotes))
        self.runs = quotes[begins].tolist()
        self.run_ends = (quotes[begins] + lengths - 1).tolist()
        self.odd = np.flatnonzero(lengths % 2).tolist()

    def closing(self, at: int) -> int | None:
        """The mark that closes the field that begins with a mark; null where there is none in the window."""
        row = bisect_left(self.runs, at)
        if (self.run_ends[row] - at) % 2:
            return self.run_ends[row]
        following = bisect_right(self.odd, row)
        return self.run_ends[self.odd[following]] if following < len(self.odd) else None

    def field_end(self, at: int) -> int | Status:
        """Where the field that begins at an offset ends: at a delimiter, a line end, or the end of the dump."""
        if at < len(self.data) and self.data[at] == QUOTE:
            end = self._enclosed_end(at)
            if end is not None:
                return end
        row = bisect_left(self.breaks, at)
        if row < len(self.breaks):
            return self.breaks[row]
        return len(self.data) if self.window.is_last else Status.INCOMPLETE

    def _enclosed_end(self, at: int) -> int | Status | None:
        """The same for a field that begins with a quotation mark; null where the mark encloses nothing."""
        size, dialect, close = len(self.data), self.window.dialect, self.closing(at)
        if close is None:
            if dialect.has_literal_quotes and (self.window.is_last or self.is_literal):
                return None
            return Status.UNTERMINATED if self.window.is_last else Status.INCOMPLETE
        after = close + 1
        if self.data[after : after + 1] == bytes([CR]) and self.data[after + 1 : after + 2] in (b"", bytes([LF])):
            after += 1
        if after == size and not self.window.is_last:
            return Status.INCOMPLETE
        if after == size or self.data[after] in (dialect.delimiter, dialect.line_end):
            return after
        return None if dialect.has_literal_quotes else Status.BROKEN

    def record(self, at: int) -> tuple[Status, list[int]]:
        """Reads the record that begins at an offset: the ends of its fields."""
        ends: list[int] = []
        most = self.window.dialect.width + MOST_EXTRA
        while len(ends) < most:
            end = self.field_end(at)
            if isinstance(end, Status):
                return end, ends
            ends.append(end)
            if end == len(self.data) or self.data[end] == self.window.dialect.line_end:
                return Status.WHOLE, ends
            at = end + 1
        return Status.BROKEN, ends

    def next_line(self, at: int) -> int | None:
        """Where the line after an offset begins; null where there is none in the window."""
        row = bisect_left(self.lines, at)
        return self.lines[row] + 1 if row < len(self.lines) else None

    def resume(self, at: int) -> tuple[int, bool]:
        """The first line after a broken record that begins a sound one, and whether there is one in the window."""
        line, last = self.next_line(at), at
        while line is not None and line < len(self.data):
            status, ends = self.record(line)
            if status is Status.INCOMPLETE or (status is Status.WHOLE and self.fits(line, ends)):
                return line, True
            last, line = line, self.next_line(line)
        return (line or (len(self.data) if self.window.is_last else last)), False

    def fits(self, start: int, ends: list[int]) -> bool:
        """Whether a record has as many fields as the table has columns; empty ones at its end do no harm."""
        width = self.window.dialect.width
        end = self.trimmed(start, ends[-1])
        return len(ends) == width or (len(ends) > width and end - ends[width - 1] == len(ends) - width)

    def trimmed(self, start: int, end: int) -> int:
        """The end of a line without the CR before its LF."""
        has_return = self.window.dialect.line_end == LF and end > start and self.data[end - 1] == CR
        return end - has_return


@dataclass
class _Found:
    """Records found so far."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    field_starts: list[int] = field(default_factory=list)
    field_ends: list[int] = field(default_factory=list)
    broken: list[tuple[int, int]] = field(default_factory=list)
    defects: list[RejectReason] = field(default_factory=list)

    def add(self, walk: Walk, start: int, ends: list[int]) -> None:
        """Adds a record that was read to its end."""
        end = walk.trimmed(start, ends[-1])
        if end == start:
            return
        if walk.fits(start, ends):
            width = walk.window.dialect.width
            fields = [start, *(end + 1 for end in ends[: width - 1])]
            self.starts.append(start)
            self.ends.append(end)
            self.field_starts += fields
            self.field_ends += [*ends[: width - 1], min(ends[width - 1], end)]
            return
        is_cut = ends[-1] == len(walk.data) and len(ends) < walk.window.dialect.width
        self.turn_away(start, end, RejectReason.TRUNCATED_RECORD if is_cut else RejectReason.MALFORMED_RECORD)

    def turn_away(self, start: int, end: int, defect: RejectReason) -> None:
        """Adds a record that is no good."""
        self.broken.append((start, end))
        self.defects.append(defect)

    def rows(self, offset: int) -> Rows:
        """The records, in offsets of the dump."""
        broken = _spans(offset, [start for start, _ in self.broken], [end for _, end in self.broken])
        fields = _spans(offset, self.field_starts, self.field_ends)
        return Rows(_spans(offset, self.starts, self.ends), fields, broken, tuple(self.defects))


def walk(window: Window, *, is_first_broken: bool = False) -> tuple[Rows, int]:
    """Finds the records of a window one by one.

    Args:
        window: Begins with a record.
        is_first_broken: Whether it is known that the first record cannot be read.

    Returns:
        The records, and the number of bytes that they and the blank lines between them take; the next window begins
        there. None and 0, if not even the first record ends in the window.
    """
    steps, found, at = Walk(window, is_literal=is_first_broken), _Found(), 0
    while at < len(steps.data):
        status, ends = steps.record(at)
        if is_first_broken and not window.dialect.has_literal_quotes and at == 0:
            status = Status.BROKEN
        if status is Status.INCOMPLETE:
            break
        if status is Status.WHOLE:
            found.add(steps, at, ends)
            at = ends[-1] + 1
            continue
        line, is_sound = steps.resume(at)
        if line == at:
            break
        is_cut = status is Status.UNTERMINATED and not is_sound
        end = line - 1 if steps.data[line - 1] == window.dialect.line_end and line > at + 1 else line
        found.turn_away(
            at, steps.trimmed(at, end), RejectReason.TRUNCATED_RECORD if is_cut else RejectReason.MALFORMED_RECORD
        )
        at = line
    return found.rows(window.offset), min(at, len(steps.data))


def _spans(offset: int, starts: list[int], ends: list[int]) -> Spans:
    if not starts:
        return NO_SPANS
    return Spans(offset + np.array(starts, dtype=np.int64), offset + np.array(ends, dtype=np.int64))
