"""Where the records and fields of a delimited table begin and end, by RFC 4180, at the speed of memory.

Quotation marks are paired for a whole window at once. Only a window in which they do not pair as they should is walked
through record by record.
"""

from collections.abc import Iterator

import numpy as np

from assets.parse.formats.delimited_walk import walk
from assets.parse.formats.delimited_window import CR, LF, NO_SPANS, QUOTE, Bytes, Dialect, Rows, Window, broken
from assets.parse.paragraphs import release
from assets.parse.reader import Content
from assets.parse.spans import Offsets, Spans
from schemas.vocabulary import RejectReason

WINDOW = 4 << 20
"""Bytes looked at in one go; a record that does not end within is too large for a paper."""


def scan(content: Content, begin: int, dialect: Dialect) -> Iterator[Rows]:
    """Finds the records of a table.

    Args:
        content: The dump.
        begin: Where the first record begins, after the header.
        dialect: How the table is written.

    Yields:
        The records of each window. Blank lines are none.
    """
    while begin < len(content):
        stop = min(begin + WINDOW, len(content))
        window = Window(np.frombuffer(content, np.uint8, stop - begin, begin), begin, stop == len(content), dialect)
        rows, used = _paired(window) or walk(window)
        if not used:
            rows, used = _long(content, window)
        yield rows
        release(content, begin, begin + used)
        begin += used


def _paired(window: Window) -> tuple[Rows, int] | None:
    """The records of a window in which every quotation mark has its partner, and the bytes that they take."""
    marks = window.positions(QUOTE, window.dialect.delimiter, window.dialect.line_end)
    is_quote = window.data[marks] == QUOTE
    quotes = marks[is_quote]
    if (window.is_last and len(quotes) % 2) or not _stand_well(window.data, quotes, window.dialect):
        return None
    is_outside = np.cumsum(is_quote) % 2 == 0
    return _records(window, marks[~is_quote & is_outside])


def _stand_well(data: Bytes, quotes: Offsets, dialect: Dialect, *, begin: int = 0, is_inside: bool = False) -> bool:
    """Whether quotation marks open where a field begins and close where it ends, or stand in twos within it.

    Args:
        data: Any bytes.
        quotes: Where marks are in them.
        dialect: How the table is written.
        begin: Where a record begins.
        is_inside: Whether the first mark closes what was opened before.
    """
    is_border = np.zeros(256, dtype=np.bool_)
    is_border[[QUOTE, dialect.delimiter, dialect.line_end]] = True
    opening, closing = quotes[int(is_inside) :: 2], quotes[int(not is_inside) :: 2]
    after = closing[closing < len(data) - 1] + 1
    is_return = (data[after] == CR) & ((after + 1 == len(data)) | (data[np.minimum(after + 1, len(data) - 1)] == LF))
    opens_well = is_border[data[opening - 1]] | (opening == begin)
    return bool(opens_well.all() and (is_border[data[after]] | is_return).all())


def _records(window: Window, breaks: Offsets) -> tuple[Rows, int]:
    """Records between the delimiters and line ends that stand outside quotation marks."""
    data, width, size = window.data, window.dialect.width, len(window.data)
    is_end = data[breaks] == window.dialect.line_end
    is_open = window.is_last and (not len(breaks) or breaks[-1] != size - 1 or not is_end[-1])
    if is_open:
        breaks, is_end = np.append(breaks, size), np.append(is_end, np.True_)
    last = np.flatnonzero(is_end)
    if not len(last):
        return Rows(NO_SPANS, NO_SPANS, NO_SPANS, ()), 0
    breaks = breaks[: last[-1] + 1]
    begins = np.concatenate(([0], breaks[:-1] + 1))
    first = np.concatenate(([0], last[:-1] + 1))
    count, starts = last - first + 1, begins[first]
    ends = _trimmed(data, starts, breaks[last], window.dialect)
    used, breaks[last] = int(min(breaks[-1] + 1, size)), ends
    is_sound = count == width
    wide = np.flatnonzero(count > width)
    is_sound[wide] = ends[wide] - breaks[first[wide] + width - 1] == count[wide] - width
    is_broken = ~is_sound & (ends > starts)
    is_cut = is_open & (np.arange(len(last)) == len(last) - 1) & (count < width)
    fields = (first[is_sound][:, None] + np.arange(width)).ravel()
    at = window.offset
    rows = Rows(
        Spans(at + starts[is_sound], at + ends[is_sound]),
        Spans(at + begins[fields], at + breaks[fields]),
        Spans(at + starts[is_broken], at + ends[is_broken]),
        tuple(
            RejectReason.TRUNCATED_RECORD if cut else RejectReason.MALFORMED_RECORD
            for cut in is_cut[is_broken].tolist()
        ),
    )
    return rows, used


def _trimmed(data: Bytes, starts: Offsets, ends: Offsets, dialect: Dialect) -> Offsets:
    """Ends of lines without the CR before their LF."""
    if dialect.line_end != LF:
        return ends
    return np.where((ends > starts) & (data[ends - 1] == CR), ends - 1, ends)


def _long(content: Content, window: Window) -> tuple[Rows, int]:
    """The one record with which a window begins and that does not end in it, or what can be saved of it."""
    start, line_end = window.offset, bytes([window.dialect.line_end])
    end = _end_of_long(content, window)
    if end is not None:
        return broken(start, 0, end - start, RejectReason.RECORD_TOO_LARGE), min(end + 1, len(content)) - start
    rows, used = walk(window, is_first_broken=True)
    if used:
        return rows, used
    end = content.find(line_end, start)
    end = len(content) if end < 0 else end
    return broken(start, 0, end - start, RejectReason.MALFORMED_RECORD), min(end + 1, len(content)) - start


def _end_of_long(content: Content, window: Window) -> int | None:
    """Where a record ends that goes on beyond its window; null where a quotation mark stands where it cannot."""
    data, dialect, is_inside = np.frombuffer(content, np.uint8), window.dialect, False
    for begin in range(window.offset, len(content), WINDOW):
        stop = min(begin + WINDOW, len(content))
        part = Window(data[begin:stop], begin, stop == len(content), dialect)
        marks = part.positions(QUOTE, dialect.line_end)
        is_quote = part.data[marks] == QUOTE
        is_outside = (np.cumsum(is_quote) + is_inside) % 2 == 0
        ends = np.flatnonzero(~is_quote & is_outside)[:1]
        quotes = marks[: ends[0]][is_quote[: ends[0]]] if len(ends) else marks[is_quote]
        if not _stand_well(data, begin + quotes, dialect, begin=window.offset, is_inside=is_inside):
            return None
        if len(ends):
            return begin + int(marks[ends[0]])
        is_inside ^= len(quotes) % 2 == 1
        release(content, begin, stop)
    return None if is_inside else len(content)
