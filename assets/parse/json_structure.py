"""The structure of a JSON text: its brackets and commas outside strings, found at the speed of memory.

The text is looked at in windows; nothing is decoded and nothing checked here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assets.parse.paragraphs import release
from assets.parse.reader import Content
from assets.parse.spans import Offsets

Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

WINDOW = 4 << 20
"""Bytes looked at in one go: a hostile one of nothing but brackets needs 200 MB."""
QUOTE, NEWLINE, BACKSLASH, COMMA = b'"\n\\,'
OPENING, CLOSING = b"{[", b"}]"

IS_EVENT = np.zeros(256, dtype=np.bool_)
IS_EVENT[[QUOTE, NEWLINE, COMMA, *OPENING, *CLOSING]] = True
STEP = np.zeros(256, dtype=np.int8)
"""What a byte adds to the depth."""
STEP[list(OPENING)], STEP[list(CLOSING)] = 1, -1
IS_STRUCTURE = STEP != 0
IS_STRUCTURE[COMMA] = True


@dataclass
class State:
    """Where a scan stands at the border of two windows."""

    depth: int = 0
    in_string: int = 0
    is_escaped: bool = False


@dataclass
class Events:
    """Brackets, and the commas between members, that are outside strings and not too deep."""

    positions: Offsets
    kinds: Bytes
    depths: Offsets
    """Depth after each."""


def scan(content: Content | memoryview, state: State, level: int, begin: int = 0) -> Iterator[Events]:
    """Yields brackets that open or close what is at most `level` deep, and the commas there, window by window."""
    for offset in range(begin, len(content), WINDOW):
        stop = min(offset + WINDOW, len(content))
        window = np.frombuffer(content, np.uint8, stop - offset, offset)
        places = np.flatnonzero(IS_EVENT[window])
        kinds = window[places]
        structural = _outside_strings(window, places, kinds, state)
        places, kinds = places[structural], kinds[structural]
        depths = state.depth + np.cumsum(STEP[kinds], dtype=np.int64)
        depths -= np.minimum(np.minimum.accumulate(depths), 0)  # what was never opened closes nothing
        if len(depths):
            state.depth = int(depths[-1])
        shallow = depths + (STEP[kinds] < 0) <= level
        yield Events(offset + places[shallow], kinds[shallow], depths[shallow])
        if not isinstance(content, memoryview):
            release(content, offset, stop)


def is_unfinished(text: bytes) -> bool:
    """Whether a JSON text stops inside a string, an array or an object."""
    state = State()
    for _ in scan(text, state, 0):
        pass
    return bool(state.in_string or state.depth)


def _outside_strings(window: Bytes, places: Offsets, kinds: Bytes, state: State) -> Bools:
    """Which of the bytes at some places are brackets or commas outside strings.

    No string holds a raw line break, so each line begins outside: a lost quotation mark spoils one line.
    """
    is_quote = kinds == QUOTE
    is_quote[is_quote] = ~_escaped(window, places[is_quote], state)
    quotes = state.in_string + np.cumsum(is_quote)
    at_line = np.maximum.accumulate(np.where(kinds == NEWLINE, quotes, 0))
    in_string = (quotes - at_line) & 1
    if len(in_string):
        state.in_string = int(in_string[-1])
    structural: Bools = IS_STRUCTURE[kinds] & (in_string == 0)
    return structural


def _escaped(window: Bytes, quotes: Offsets, state: State) -> Bools:
    """Which quotation marks an odd run of backslashes precedes; notes the run at the end of the window."""
    escaped = np.zeros(len(quotes), dtype=np.bool_)
    if len(quotes) and quotes[0] == 0:
        escaped[0] = state.is_escaped
    near = np.flatnonzero((quotes > 0) & (window[quotes - 1] == BACKSLASH))
    if len(near) or window[-1] == BACKSLASH:
        slashes = np.flatnonzero(window == BACKSLASH)
        begins = np.concatenate(([True], np.diff(slashes) != 1))
        run = slashes[np.maximum.accumulate(np.where(begins, np.arange(len(slashes)), 0))]
        odd = (slashes - run) % 2 == (0 if not state.is_escaped else np.where(run == 0, 1, 0))
        escaped[near] = odd[np.searchsorted(slashes, quotes[near] - 1)]
        state.is_escaped = bool(window[-1] == BACKSLASH and odd[-1])
    else:
        state.is_escaped = False
    return escaped
