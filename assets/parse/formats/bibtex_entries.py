"""Where the entries of a BibTeX text are: bytes in, places out, nothing decoded.

An entry ends with the brace that balances the one after its type. One that is not balanced before the next line that
begins with `@type{` never ends: it stops there, and the rest of the text is read as if nothing had happened.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from assets.parse.reader import Content
from assets.parse.spans import Offsets

Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

BEGINS = re.compile(rb"@[ \t]{0,20}([A-Za-z][\w.+:-]{0,100})\s{0,100}[{(]")
BLANKS = b" \t\r\n\x0b\x0c\x00"
AT, OPEN, CLOSE, BACKSLASH = b"@{}\\"
INDENT = 200
"""Blanks that may stand before an entry on its line."""
_BRACE = re.compile(rb"[{}]")
_IN_PARENTHESES = re.compile(rb"\\.|[{}\")]", re.DOTALL)


class Kind(IntEnum):
    """What a block of a BibTeX text is."""

    ENTRY = 0
    MACRO = 1
    """`@string`."""
    OTHER = 2
    """`@preamble` and `@comment`: no records."""


KINDS = {b"string": Kind.MACRO, b"preamble": Kind.OTHER, b"comment": Kind.OTHER}


@dataclass(frozen=True, slots=True)
class Block:
    """One block; offsets refer to the text it was found in."""

    kind: Kind
    start: int
    """Its `@`."""
    end: int
    """After its closing brace; where it has none, after its last byte that is not blank."""
    is_closed: bool


def find_blocks(data: bytes) -> list[Block]:
    """Finds all blocks of a text, in order and without overlap.

    Args:
        data: A text that begins outside of any entry.

    Returns:
        Entries, macros and others. Text between them is nobody's: that is how BibTeX has comments.
    """
    array = np.frombuffer(data, dtype=np.uint8)
    begins = _begins(data, array)
    closings = _closings(array, [opening for _, opening, _, _ in begins if data[opening] == OPEN])
    resumed = [start for start, _, _, is_at_line_start in begins if is_at_line_start] + [len(data)]
    blocks: list[Block] = []
    end, following = 0, 0
    for start, opening, kind, is_at_line_start in begins:
        if start < end:
            continue
        while resumed[following] <= start:
            following += 1
        limit = resumed[following]
        close = closings.get(opening, -1) if data[opening] == OPEN else _parenthesis(data, opening, limit)
        if not 0 <= close < limit:
            close = _unescaped_closing(data, opening, limit) if data[opening] == OPEN else -1
        is_closed = close >= 0
        if not is_closed and not is_at_line_start:
            continue  # `@` in some text between the entries
        end = close + 1 if is_closed else start + len(data[start:limit].rstrip(BLANKS))
        blocks.append(Block(kind, start, end, is_closed))
    return blocks


def begins_line(content: Content, at: int) -> bool:
    """Whether a line begins with a block, whose `@` is at an offset, and with blanks before it."""
    return BEGINS.match(content, at) is not None and _is_at_line_start(content, at)


def _begins(data: bytes, array: Bytes) -> list[tuple[int, int, Kind, bool]]:
    """Where blocks can begin: their `@`, their opening brace, their kind, and whether a line begins with them."""
    found = []
    for at in np.flatnonzero(array == AT).tolist():
        match = BEGINS.match(data, at)
        if match:
            is_at_line_start = _is_at_line_start(data, at)
            if is_at_line_start or not data[at - 1 : at].isalnum():
                found.append((at, match.end() - 1, KINDS.get(match[1].lower(), Kind.ENTRY), is_at_line_start))
    return found


def _is_at_line_start(content: Content, at: int) -> bool:
    before = content[max(0, at - INDENT) : at].rstrip(b" \t")
    return at == 0 or before[-1:] in (b"\n", b"\r") or (not before and at <= INDENT)


def _closings(array: Bytes, openings: list[int]) -> dict[int, int]:
    """Offsets of opening braces -> offsets of the closing ones that balance them; escaped braces do not count.

    The depth of a brace is the number of groups it stands in. Of the braces of one depth every other opens a group,
    and the next one closes it; so sorting by depth pairs all of them at once.
    """
    braces = np.flatnonzero((array == OPEN) | (array == CLOSE))
    braces = braces[~_is_escaped(array, braces)]
    is_open = array[braces] == OPEN
    depths = np.cumsum(np.where(is_open, 1, -1)) + ~is_open
    order = np.argsort(depths, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    wanted = np.searchsorted(braces, np.array(openings, dtype=np.int64))
    closings: dict[int, int] = {}
    for opening, row in zip(openings, wanted.tolist(), strict=True):
        after = int(place[row]) + 1 if row < len(braces) and braces[row] == opening else len(order)
        if after < len(order) and depths[order[after]] == depths[row]:
            closings[opening] = int(braces[order[after]])
    return closings


def _is_escaped(array: Bytes, places: Offsets) -> Bools:
    """Whether an odd number of backslashes stands before each place."""
    is_escaped: Bools = (array[places - 1] == BACKSLASH) & (places > 0)
    for row in np.flatnonzero(is_escaped & (array[places - 2] == BACKSLASH) & (places > 1)).tolist():
        before = array[max(0, int(places[row]) - 1000) : int(places[row])]
        others = np.flatnonzero(before != BACKSLASH)
        run = len(before) - (int(others[-1]) + 1 if len(others) else 0)
        is_escaped[row] = run % 2 == 1
    return is_escaped


def _unescaped_closing(data: bytes, opening: int, limit: int) -> int:
    r"""The closing brace where a backslash escapes nothing, as in `file = {C:\dir\}`; -1 if there is none."""
    segment = data[opening:limit]
    if b"\\{" not in segment and b"\\}" not in segment:
        return -1
    depth = 0
    for brace in _BRACE.finditer(segment):
        depth += 1 if brace[0] == b"{" else -1
        if depth == 0:
            return opening + brace.start()
    return -1


def _parenthesis(data: bytes, opening: int, limit: int) -> int:
    """The parenthesis that closes a block, outside of groups and quotation marks; -1 if there is none."""
    depth, is_quoted = 0, False
    for mark in _IN_PARENTHESES.finditer(data, opening + 1, limit):
        if mark[0] == b"{":
            depth += 1
        elif mark[0] == b"}":
            depth -= 1
        elif mark[0] == b'"' and depth == 0:
            is_quoted = not is_quoted
        elif mark[0] == b")" and depth == 0 and not is_quoted:
            return mark.start()
    return -1
