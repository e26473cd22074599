"""Where the records of a JSON dump begin and end: the lines of JSON lines, the members of an array or of an object.

Nothing is decoded and nothing checked here: a span may hold damaged JSON. `json_resync.py` finds the records behind a
damaged one.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from assets.parse.json_structure import NEWLINE, STEP, WINDOW, Events, State, scan
from assets.parse.paragraphs import first_visible
from assets.parse.reader import BATCH_BYTES, Content
from assets.parse.spans import Offsets, Spans

CLOSED_BY = {ord("{"): ord("}"), ord("["): ord("]")}
BLANKS = b" \t\r\n"
ROUNDS = 24
"""Blanks at the ends of spans that are stepped over in bulk; longer runs are left to one search for each span."""
MOST_IN_BATCH = 1 << 18
"""Records in a batch, however small they are: bounds the memory that empty ones ask for."""
MOST_HOLDERS = 100_000
"""Arrays and objects that hold members, side by side; no dump has thousands, and each costs time."""
LONGEST_KEY = 4096
KEY = re.compile(rb'\s*("(?:[^"\\]|\\.)*+")\s*:\s*')
IS_BLANK = np.zeros(256, dtype=np.bool_)
IS_BLANK[list(BLANKS)] = True
NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Members:
    """What was found in a JSON text, in order."""

    spans: Spans
    """Values of an array; in an object the members, from the quotation mark of the key to the end of the value."""
    holders: Offsets
    """For each the index in `names` of what holds it; -1 where it stands outside."""
    names: list[str | None]
    """Keys of the arrays and objects that hold the members; None for the top-level value."""


@dataclass
class _Search:
    """What a search for members has seen so far."""

    content: Content
    path: tuple[str, ...] | None
    """Keys that lead to the members; None for those of everything that the top-level value holds."""
    level: int
    """Depth of the members."""
    last: tuple[int, int] = (-1, 0)
    """Offset of the last event, and the depth after it."""
    opened: int = 0
    """Number of arrays and objects opened that are not deeper than the members."""
    keys: list[str | None] = field(default_factory=list)
    """Key of what is open at each depth from 2 on."""
    names: list[str | None] = field(default_factory=lambda: [None])
    """Keys of what was opened at the level; the first stands for nothing."""
    kinds: list[int] = field(default_factory=lambda: [0])
    """With which bracket; 0 where its members are not wanted."""
    starts: list[Offsets] = field(default_factory=lambda: [NONE])
    ends: list[Offsets] = field(default_factory=lambda: [NONE])
    holders: list[Offsets] = field(default_factory=lambda: [NONE])


def line_spans(content: Content) -> Iterator[Spans]:
    """Yields the lines that are not blank, without the blanks round them, in batches of about BATCH_BYTES."""
    begin = first = first_visible(content)
    batch: list[Spans] = []
    for offset in range(begin, len(content), WINDOW):
        stop = min(offset + WINDOW, len(content))
        breaks = offset + np.flatnonzero(np.frombuffer(content, np.uint8, stop - offset, offset) == NEWLINE)
        if stop == len(content):
            breaks = np.append(breaks, stop)
        if len(breaks):
            batch.append(trim(content, Spans(np.concatenate(([begin], breaks[:-1] + 1)), breaks)))
            begin = int(breaks[-1]) + 1
        if begin - first >= BATCH_BYTES or (stop == len(content) and batch):
            lines = Spans(*(np.concatenate([getattr(part, side) for part in batch]) for side in ("starts", "ends")))
            for row in range(0, len(lines), MOST_IN_BATCH):
                yield Spans(lines.starts[row : row + MOST_IN_BATCH], lines.ends[row : row + MOST_IN_BATCH])
            first, batch = begin, []


def whole_span(content: Content) -> Spans:
    """The whole content, without the blanks round it, as one span; none where nothing can be seen."""
    return trim(content, Spans(np.array([first_visible(content)]), np.array([len(content)])))


def find_members(content: Content, path: tuple[str, ...] = ()) -> Members:
    """Finds what the array or object under a path of keys holds.

    Args:
        content: A JSON text, or several, one after another.
        path: Keys that lead from the top-level object to the array or object; () for the top-level value itself.

    Returns:
        Its members, damaged ones among them. What stands beside the top-level value is a member too, so that nothing
        is lost, and so is all that follows a bracket that closes what was never opened.
    """
    return _find(_Search(content, path, len(path) + 1))


def find_grandchildren(content: Content) -> Members:
    """Finds what the members of the top-level object hold: `{name: {key: value, ...}, ...}`.

    A member of the top-level object that holds nothing (a number, a string) is found itself, without a holder.
    """
    return _find(_Search(content, None, 2))


def trim(content: Content, spans: Spans) -> Spans:
    """Leaves out the blanks at both ends of spans, and the spans that are blank."""
    starts, ends = _trimmed(content, spans.starts, spans.ends)
    left = starts < ends
    return Spans(starts[left], ends[left])


def in_batches(spans: Spans) -> Iterator[Spans]:
    """Cuts spans into runs of about BATCH_BYTES of the dump, or MOST_IN_BATCH; a longer span is a run of its own."""
    row = 0
    while row < len(spans):
        stop = int(np.searchsorted(spans.ends, spans.starts[row] + BATCH_BYTES, side="right"))
        stop = min(max(stop, row + 1), row + MOST_IN_BATCH)
        yield Spans(spans.starts[row:stop], spans.ends[row:stop])
        row = stop


def _find(search: _Search) -> Members:
    """Runs a search to the end of the content, or to where brackets stop making sense."""
    content, begin = search.content, first_visible(search.content)
    search.last = (begin - 1, 0)
    for events in scan(content, State(), search.level, begin):
        if len(events.positions) and not _take(search, events):
            break
    at, depth = search.last
    if depth == 0 or (depth == 1 and search.path is None):
        _add(search, np.array([at + 1]), np.array([len(content)]), np.array([0]))
    elif depth == search.level and search.kinds[-1]:
        _add(search, np.array([at + 1]), np.array([len(content)]), np.array([len(search.names) - 1]))
    starts, ends, holders = (np.concatenate(parts) for parts in (search.starts, search.ends, search.holders))
    return Members(Spans(starts, ends), holders - 1, search.names[1:])


def _take(search: _Search, events: Events) -> bool:
    """Adds the members that end in one window; says whether to go on."""
    positions, depths, step = events.positions, events.depths, STEP[events.kinds]
    begins = np.concatenate(([search.last[0]], positions[:-1])) + 1
    before = np.concatenate(([search.last[1]], depths[:-1]))
    known, stop = len(search.names) - 1, len(positions)
    opened = np.flatnonzero((step > 0) & (depths <= search.level))
    room = max(0, MOST_HOLDERS - search.opened)
    if len(opened) > room:
        stop, opened = int(opened[room]), opened[:room]
    search.opened += len(opened)
    for row in opened.tolist():
        _enter(search, int(depths[row]), int(events.kinds[row]), int(begins[row]), int(positions[row]))
    entered = opened[depths[opened] == search.level]
    holders = known + np.searchsorted(entered, np.arange(len(positions)), side="left")
    kinds = np.array(search.kinds, dtype=np.uint8)[holders]
    closed = np.flatnonzero((step < 0) & (depths == search.level - 1) & (kinds > 0))
    for row in closed[closed < stop].tolist():
        if not _closes_well(search, int(kinds[row]), int(events.kinds[row]), int(positions[row])):
            stop = row + 1
            goes_on = False
            break
    else:
        goes_on = stop == len(positions)
    is_loose = (before == 0) | ((before == 1) & (step <= 0) & (search.path is None))
    rows = np.flatnonzero((((before == search.level) & (kinds > 0)) | is_loose)[:stop])
    _add(search, begins[rows], positions[rows], np.where(is_loose, 0, holders)[rows])
    if stop:
        search.last = (int(positions[stop - 1]), int(depths[stop - 1]))
    if not goes_on:
        search.last = (search.last[0], 0)
    return goes_on


def _enter(search: _Search, depth: int, kind: int, begin: int, position: int) -> None:
    """Notes the key of what opens, and whether its members are wanted."""
    del search.keys[max(0, depth - 2) :]
    if depth > 1:
        search.keys.append(_key(search.content, begin, position))
    if depth == search.level:
        is_wanted = search.path is None or tuple(search.keys) == search.path
        search.names.append(search.keys[-1] if search.keys else None)
        search.kinds.append(kind if is_wanted else 0)


def _key(content: Content, begin: int, end: int) -> str | None:
    """The key before a value; None where there is none, or it is larger than any key."""
    found = KEY.fullmatch(content[begin:end]) if end - begin < LONGEST_KEY else None
    try:
        return str(json.loads(found[1])) if found else None
    except ValueError:
        return None


def _closes_well(search: _Search, opened_by: int, kind: int, position: int) -> bool:
    """Whether a bracket closes what holds the members, and is not a stray one within a member."""
    if CLOSED_BY[opened_by] != kind:
        return False
    following = search.content[position + 1 : position + 1 + LONGEST_KEY].lstrip(BLANKS)[:1]
    return following in ((b"", b"[", b"{") if search.level == 1 else (b"", b",", b"}", b"]"))


def _add(search: _Search, starts: Offsets, ends: Offsets, holders: Offsets) -> None:
    """Adds members but for those that are blank."""
    starts, ends = _trimmed(search.content, starts, ends)
    left = starts < ends
    for parts, values in ((search.starts, starts), (search.ends, ends), (search.holders, holders)):
        parts.append(values[left])


def _trimmed(content: Content, starts: Offsets, ends: Offsets) -> tuple[Offsets, Offsets]:
    """Starts and ends without the blanks there; equal where all is blank."""
    data = np.frombuffer(content, dtype=np.uint8)
    starts, ends = starts.copy(), ends.copy()
    for _ in range(ROUNDS if len(data) else 0):
        at_start = (starts < ends) & IS_BLANK[data[np.minimum(starts, len(data) - 1)]]
        starts += at_start
        at_end = (starts < ends) & IS_BLANK[data[ends - 1]]
        ends -= at_end
        if not (at_start.any() or at_end.any()):
            return starts, ends
    for row in np.flatnonzero(starts < ends).tolist():
        visible = np.flatnonzero(~IS_BLANK[data[starts[row] : ends[row]]])
        first, last = (visible[0], visible[-1] + 1) if len(visible) else (0, 0)
        starts[row], ends[row] = starts[row] + first, starts[row] + last
    return starts, ends
