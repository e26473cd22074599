"""The header of a result page: its lines, and where in a dump they start a page.

A page begins with a badge, a box for a mailing list, a line of credit and a date. Any of them may be missing or
repeated, and single ones turn up among the records. A paper may also have a title that reads like one of them; what
stands around a line tells the two apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import polars as pl

from assets.parse.spans import Offsets

LONGEST_HEADER = 240
"""Bytes of all header lines together, with room to spare."""
ABSTRACT_LIKE = 200
"""Bytes from which on a paragraph beside a header line may be an abstract; titles of papers end at about 200."""
MOST_LOOSE = 3
"""Spans that may stand between the lines of one header and still not be taken for records."""


class Line(IntEnum):
    """A line of the header, in the order of the page."""

    BADGE = 0
    MAILING_LIST = 1
    SUBSCRIBE = 2
    CREDIT = 3
    DATE = 4


UNMISTAKABLE = frozenset({Line.MAILING_LIST, Line.CREDIT})
"""Lines that are no paper's title."""

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_DATE = (
    rf"{_WEEKDAY}(?:{_MONTH}\s+{_DAY}(?:,?\s+[12][0-9]{{3}})?|{_DAY}\s+{_MONTH}(?:,?\s+[12][0-9]{{3}})?"
    r"|[12][0-9]{3}-[0-9]{2}-[0-9]{2}|[12][0-9]{3}/[0-9]{2}/[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][12][0-9]{3})"
)
PATTERNS = {
    Line.MAILING_LIST: r"get\s+trending\s+papers\s+in\s+your\s+e-?mail\s+inbox[!.]?",
    Line.CREDIT: r"by\s*@?[a-z0-9_]{1,30}\s+and\s+the\s+research\s+community",
    Line.SUBSCRIBE: r"subscribe",
    Line.BADGE: r"new",
    Line.DATE: _DATE,
}
_ANY = "|".join(f"(?:{pattern})" for pattern in PATTERNS.values())
HEADER_PARAGRAPH = rf"(?i)^(?:{_ANY})(?:\s+(?:{_ANY}))*$"
"""A paragraph of header lines and nothing else; usually one, several where a copy lost the blank lines."""
HEADER_LINE = re.compile(
    "|".join(rf"(?P<{line.name}>\b{pattern}(?!\S))" for line, pattern in PATTERNS.items()), re.IGNORECASE
)


@dataclass(frozen=True)
class Block:
    """Header lines that follow each other with nothing between."""

    start: int
    """Index of its first paragraph."""
    stop: int
    """Index after its last paragraph."""
    lines: tuple[Line, ...]
    """What it says, in order."""
    date_raw: str | None
    """Its last date, verbatim."""

    @property
    def kinds(self) -> frozenset[Line]:
        """The different lines in it."""
        return frozenset(self.lines)


@dataclass
class Section:
    """Spans that are paired with each other: from the end of a header to the next."""

    start: int
    """Index of its first paragraph."""
    page: int
    """Number of its page, from 1."""
    date_raw: str | None = None
    kinds: frozenset[Line] = field(default_factory=frozenset)
    """Header lines of the page so far."""
    is_loose: bool = False
    """Whether it stands within the header of a page, so that its paragraphs are no records."""


def find_blocks(texts: pl.Series, lengths: Offsets) -> list[Block]:
    """Finds the header lines of a dump.

    Args:
        texts: String, one per paragraph.
        lengths: Bytes of each.

    Returns:
        Runs of header lines, in order; a line that is a title by all that surrounds it is not among them.
    """
    short = np.flatnonzero(lengths <= LONGEST_HEADER)
    is_header = texts.gather(short).str.contains(HEADER_PARAGRAPH).to_numpy()
    rows = short[is_header].tolist()
    blocks = []
    for at, row in enumerate(rows):
        if at and rows[at - 1] == row - 1:
            continue
        stop = row + 1
        while stop - row < len(rows) - at and rows[at + stop - row] == stop:
            stop += 1
        block = _block(texts, row, stop)
        if _ends_with_title(block, texts, lengths):
            block = _block(texts, row, stop - 1)
        if block.lines:
            blocks.append(block)
    return blocks


def find_sections(blocks: Sequence[Block], body: Offsets, lengths: Offsets) -> list[Section]:
    """Says where pages begin, and which paragraphs belong to which.

    A block of header lines begins a page if it has two different lines, or a date other than that of the page before.
    A single line among records is a stray one: the page goes on.

    Args:
        blocks: The header lines, in order.
        body: Indices of the paragraphs that are no header lines, ascending.
        lengths: Bytes of each paragraph.

    Returns:
        The sections, in order; the first begins with the dump.
    """
    sections = [Section(start=0, page=1)]
    for block in blocks:
        current = sections[-1]
        if len(block.kinds) < 2 and block.date_raw in (None, current.date_raw) and block.start:
            continue
        first, last = np.searchsorted(body, (current.start, block.start)).tolist()
        is_within_header = last - first <= MOST_LOOSE and not (current.kinds & block.kinds)
        if first == last:
            current.start, current.kinds, current.date_raw = block.stop, block.kinds, block.date_raw
        elif is_within_header and (lengths[body[first:last]] < ABSTRACT_LIKE).all():
            current.is_loose = True
            date_raw = block.date_raw or current.date_raw
            sections.append(Section(block.stop, current.page, date_raw, current.kinds | block.kinds))
        else:
            sections.append(Section(block.stop, current.page + 1, block.date_raw, block.kinds))
    return sections


def is_certain(blocks: Sequence[Block]) -> bool:
    """Whether header lines prove that a text is a copy of result pages: one that is unmistakable, or two in a row."""
    return any(block.kinds & UNMISTAKABLE or len(block.kinds) > 1 for block in blocks)


def _block(texts: pl.Series, start: int, stop: int) -> Block:
    found = [match for row in range(start, stop) for match in HEADER_LINE.finditer(texts[row])]
    dates = [match[0] for match in found if match.lastgroup == Line.DATE.name]
    lines = tuple(Line[str(match.lastgroup)] for match in found)
    return Block(start, stop, lines, dates[-1] if dates else None)


def _ends_with_title(block: Block, texts: pl.Series, lengths: Offsets) -> bool:
    """Whether the last line of a block is the title of the abstract that follows it.

    Only if what follows is long, and followed by something shorter or nothing; and then
    - among records: if an abstract stands before the line, and a date is named in the abstract after it;
    - at the top of a page: if the line is out of the order of the header and named in the abstract.
    """
    last, after, next_title = block.stop - 1, block.stop, block.stop + 1
    is_one_line = bool(HEADER_LINE.fullmatch(texts[last]))
    if block.lines[-1] in UNMISTAKABLE or not is_one_line or after >= len(lengths) or lengths[after] < ABSTRACT_LIKE:
        return False
    if next_title < len(lengths) and 2 * lengths[next_title] > lengths[after]:
        return False
    is_named = texts[last].lower() in texts[after].lower()
    if block.stop - block.start == 1 and last > 0:
        return bool(lengths[last - 1] >= ABSTRACT_LIKE) and (is_named or block.lines[-1] is not Line.DATE)
    return is_named and any(line >= block.lines[-1] for line in block.lines[:-1])
