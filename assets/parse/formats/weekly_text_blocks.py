"""Blocks of a weekly text: where each begins and ends, and where its labelled values are.

Bytes only: labels are found by comparing the beginnings of all lines of a batch at once, and nothing is decoded.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assets.parse.paragraphs import first_visible, release
from assets.parse.reader import BATCH_BYTES, Content
from assets.parse.spans import Offsets, Spans

Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

LF, DASH = 0x0A, 0x2D
LABELS = (b"Title:", b"PDF:", b"Summary:", b"---")
TITLE, LINK, SUMMARY, CLOSING = range(4)
"""Kinds of marks, in the order of LABELS: the labels, and a line of dashes."""
TRIMMED = b"\x00\t\n\x0b\x0c\r "
"""What is cut from both ends of a value."""
IS_TRIMMED = np.zeros(256, dtype=np.bool_)
IS_TRIMMED[list(TRIMMED)] = True
IS_DASHES = IS_TRIMMED.copy()
IS_DASHES[DASH] = True
FEW, STEP = 64, 4096
"""Stretches that are looked at one by one, and how many bytes of one in one go."""
WINDOW = 4 << 20
"""Bytes looked at in one go: a hostile one of nothing but line ends needs 200 MB."""
MOST_MARKS = 1_000_000
"""Labels that are kept at a time; a block with more is cut off: it has more megabytes than a record may have."""


@dataclass(frozen=True)
class Blocks:
    """Blocks in the order of the dump, one value each; a value that a block lacks has an empty span."""

    whole: Spans
    title: Spans
    link: Spans
    summary: Spans
    has_title: Bools
    has_link: Bools
    has_summary: Bools
    begins_badly: Bools
    """Whether a block begins with anything but its title."""
    is_doubled: Bools
    """Whether a label stands twice before the summary."""
    is_open: bool
    """Whether the dump ends with the last of these blocks and no line of dashes closes it."""


@dataclass(frozen=True)
class _Marks:
    """Labelled lines and lines of dashes, in order."""

    at: Offsets
    """Offset of the first byte of the line."""
    after: Offsets
    """Offset after the label, or after the line of dashes."""
    kind: Offsets

    def __len__(self) -> int:
        """Number of marks."""
        return len(self.at)

    def __getitem__(self, rows: slice | Bools) -> "_Marks":
        """Some of the marks."""
        return _Marks(self.at[rows], self.after[rows], self.kind[rows])


def blocks_of_batches(content: Content) -> Iterator[Blocks]:
    """Yields the blocks of a dump, so many at a time as BATCH_BYTES hold.

    Args:
        content: The dump after unpacking.

    Yields:
        At least one block each time; together they hold every labelled line of the dump.
    """
    data = np.frombuffer(content, dtype=np.uint8)
    begin = done = first_visible(content)
    none = np.empty(0, dtype=np.int64)
    marks = _Marks(none, none, none)
    for offset in range(begin, len(data), WINDOW):
        stop = min(offset + WINDOW, len(data))
        marks = _joined(data, marks, _marks(content, data, max(offset, begin), stop, is_first=offset == begin))
        first = np.flatnonzero(_starts_block(marks))
        if stop == len(data):
            if len(first):
                yield _as_blocks(data, marks, first, is_last=True)
        elif len(first) > 1 and (stop - done >= BATCH_BYTES or len(marks) > MOST_MARKS):
            yield _as_blocks(data, marks, first, is_last=False)
            # The line of dashes before the last block shows where that begins.
            marks, done = marks[int(first[-1]) - (marks.kind[first[-1] - 1] == CLOSING) :], stop
        elif len(first) == 1 and len(marks) > MOST_MARKS:
            last = int(np.flatnonzero(marks.kind != CLOSING)[-1])
            yield _as_blocks(data, marks, np.append(first, last), is_last=False)
            marks = marks[last:]
        release(content, offset, stop)


def _marks(content: Content, data: Bytes, offset: int, stop: int, *, is_first: bool) -> _Marks:
    """The marks of the lines that begin in a window: all labels, and all lines of three dashes at least."""
    breaks = offset + np.flatnonzero(data[offset:stop] == LF)
    starts = breaks + 1
    if is_first:
        starts = np.concatenate(([offset], starts))
    at: list[Offsets] = []
    for label in LABELS:
        found = starts[starts + len(label) <= len(data)]
        for place, byte in enumerate(label):
            found = found[data[found + place] == byte]
        at.append(found)
    following = content.find(b"\n", stop)
    line_ends = np.append(breaks, len(data) if following < 0 else following)
    dashes_end = line_ends[np.searchsorted(line_ends, at[CLOSING])]
    is_whole = _skip(data, IS_DASHES, at[CLOSING], dashes_end) == dashes_end
    at[CLOSING] = at[CLOSING][is_whole]
    after = [found + len(label) for found, label in zip(at, LABELS, strict=True)]
    after[CLOSING] = dashes_end[is_whole]
    kind = np.repeat(np.arange(len(LABELS)), [len(found) for found in at])
    order = np.argsort(np.concatenate(at), kind="stable")
    return _Marks(np.concatenate(at)[order], np.concatenate(after)[order], kind[order])


def _joined(data: Bytes, marks: _Marks, more: _Marks) -> _Marks:
    """Appends marks, and makes one of lines of dashes that have only blanks between them."""
    parts = ((marks.at, more.at), (marks.after, more.after), (marks.kind, more.kind))
    marks = _Marks(*(np.concatenate(part) for part in parts))
    both = np.flatnonzero((marks.kind[1:] == CLOSING) & (marks.kind[:-1] == CLOSING)) + 1
    repeats = both[_skip(data, IS_TRIMMED, marks.after[both - 1], marks.at[both]) == marks.at[both]]
    if not len(repeats):
        return marks
    is_first = np.ones(len(marks), dtype=np.bool_)
    is_first[repeats] = False
    last = np.append(np.flatnonzero(is_first)[1:], len(marks)) - 1
    return _Marks(marks.at[is_first], marks.after[last], marks.kind[is_first])


def _starts_block(marks: _Marks) -> Bools:
    """Says of each mark whether a block begins with it: a label after a line of dashes, or a title before a link."""
    is_label = marks.kind != CLOSING
    before = np.concatenate(([CLOSING], marks.kind[:-1]))
    following = np.append(marks.kind[1:], CLOSING)
    begins: Bools = is_label & ((before == CLOSING) | ((marks.kind == TITLE) & (following == LINK)))
    return begins


def _extents(data: Bytes, marks: _Marks, first: Offsets) -> tuple[Offsets, Offsets]:
    """Where blocks begin and end, given the mark that each begins with.

    What stands between a line of dashes and the first label belongs to the block that begins there.
    """
    is_after_dashes = np.concatenate(([False], marks.kind[:-1] == CLOSING))[first]
    begins = _skip(
        data, IS_TRIMMED, np.where(is_after_dashes, marks.after[first - 1], marks.at[first]), marks.at[first]
    )
    ends = np.where(is_after_dashes, marks.at[first - 1], marks.at[first])[1:]
    is_closed = marks.kind[-1] == CLOSING and _skip(data, IS_TRIMMED, marks.after[-1:], np.array([len(data)])) == len(
        data
    )
    return begins, np.append(ends, marks.at[-1] if is_closed else len(data))


def _as_blocks(data: Bytes, marks: _Marks, first: Offsets, *, is_last: bool) -> Blocks:
    """Puts blocks together: the first of each label holds, and what stands after the summary's is part of it.

    Args:
        data: The dump.
        marks: All marks from the first of the blocks on.
        first: The mark that each block begins with.
        is_last: Whether the dump ends with the last block; if not, that one may go on and is left out.
    """
    begins, ends = _extents(data, marks, first)
    is_open = is_last and ends[-1] == len(data)
    if not is_last:
        marks, first, begins, ends = marks[: int(first[-1])], first[:-1], begins[:-1], ends[:-1]
    none = len(marks)
    summary, _ = _first_of(SUMMARY, marks, first, np.full(len(first), none))
    title, title_count = _first_of(TITLE, marks, first, summary)
    link, link_count = _first_of(LINK, marks, first, summary)
    following = np.append(marks.at, len(data))
    return Blocks(
        whole=Spans(begins, _trim_right(data, begins, ends)),
        title=_values(data, marks, title, np.minimum(following[np.minimum(title + 1, none)], ends)),
        link=_values(data, marks, link, np.minimum(following[np.minimum(link + 1, none)], ends)),
        summary=_values(data, marks, summary, ends),
        has_title=title < none,
        has_link=link < none,
        has_summary=summary < none,
        begins_badly=(marks.kind[first] != TITLE) | (marks.at[first] != begins),
        is_doubled=(title_count > 1) | (link_count > 1),
        is_open=bool(is_open),
    )


def _first_of(kind: int, marks: _Marks, first: Offsets, before: Offsets) -> tuple[Offsets, Offsets]:
    """The first mark of a kind in each block that stands before another one, and how many there are.

    Returns:
        Index of the mark, their number in all where a block has none; and the count.
    """
    rows = np.flatnonzero(marks.kind == kind)
    block = np.searchsorted(first, rows, side="right") - 1
    is_one = (block >= 0) & (rows < before[block])
    rows, block = rows[is_one], block[is_one]
    place = np.full(len(first), len(marks.kind))
    found, at = np.unique(block, return_index=True)
    place[found] = rows[at]
    return place, np.bincount(block, minlength=len(first))


def _values(data: Bytes, marks: _Marks, place: Offsets, ends: Offsets) -> Spans:
    """What stands after the mark of each block, without blanks around it; an empty span without a mark."""
    starts = np.minimum(np.append(marks.after, len(data))[place], ends)
    starts = _skip(data, IS_TRIMMED, starts, ends)
    return Spans(starts, _trim_right(data, starts, ends))


def _trim_right(data: Bytes, starts: Offsets, ends: Offsets) -> Offsets:
    """Moves ends to the left, to just after the last byte that is not blank."""
    return len(data) - _skip(data[::-1], IS_TRIMMED, len(data) - ends, len(data) - starts)


def _skip(data: Bytes, table: Bools, starts: Offsets, ends: Offsets) -> Offsets:
    """Moves starts to the right, to the first byte that is not in a table, or the end.

    One byte of all stretches at a time while there are many, then each of the few that are left.
    """
    starts = starts.copy()
    rows = np.arange(len(starts))
    while len(rows) > FEW:
        rows = rows[starts[rows] < ends[rows]]
        rows = rows[table[data[starts[rows]]]]
        starts[rows] += 1
    for row in rows.tolist():
        at, end = int(starts[row]), int(ends[row])
        while at < end and table[data[at : at + STEP]].all():
            at += STEP
        if at < end:
            at += int(np.argmin(table[data[at : at + STEP]]))
        starts[row] = min(at, end)
    return starts
