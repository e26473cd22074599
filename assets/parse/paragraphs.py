"""Paragraphs: where runs of lines between blank lines begin and end, found at the speed of memory.

The content is looked at in windows, so that a single line of gigabytes needs no more memory than a page of text.
Nothing is decoded here: offsets in bytes are all that comes out.
"""

import mmap
import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from assets.parse.reader import Content, RefusalError
from assets.parse.spans import Offsets, Spans
from schemas.vocabulary import DumpReason

Bytes = npt.NDArray[np.uint8]

WINDOW = 1 << 20
"""Bytes looked at in one go: a multiple of the page size, small enough for the cache of a laptop."""
MOST_PARAGRAPHS = 10_000_000
"""More than any dump has (a dump of 4 GB has 5 million); bounds the memory that a hostile file can ask for."""
LF, CR = 0x0A, 0x0D

SPACES = re.compile(
    rb"(?:[\x00\t\n\x0b\x0c\r ]++|\xc2[\x85\xa0]|\xe2\x80[\x80-\x8f\xa8\xa9\xaf]|\xe2\x81[\x9f\xa0]|\xe3\x80\x80"
    rb"|\xef\xbb\xbf)*+"
)
"""What a blank line may hold: spaces of ASCII and Unicode, zero-width ones, a byte-order mark, NUL."""
TRIMMED = b"\x00\t\n\x0b\x0c\r "
"""What is cut from the end of a paragraph."""
MAY_BE_SPACE = np.zeros(256, dtype=np.bool_)
MAY_BE_SPACE[list(TRIMMED + b"\xc2\xe2\xe3\xef")] = True
IS_TRIMMED = np.zeros(256, dtype=np.bool_)
IS_TRIMMED[list(TRIMMED)] = True


def first_visible(content: Content) -> int:
    """Offset of the first byte that is not blank; the length of the content where all of it is."""
    return _blank_until(content, 0, len(content))


def find_paragraphs(content: Content) -> Spans:
    """Finds the paragraphs of a text: lines that are not blank, between lines that are.

    Lines end with LF, CR LF or CR. Blank lines hold nothing, or characters that cannot be seen. Blanks at both ends
    of a paragraph are left out; everything between stays, line breaks of a wrapped paragraph included.

    Args:
        content: Any bytes.

    Returns:
        The paragraphs, in order; each is at least one byte long, and no two touch.

    Raises:
        RefusalError: TOO_LARGE, if there are more than MOST_PARAGRAPHS.
    """
    data = np.frombuffer(content, dtype=np.uint8)
    starts: list[Offsets] = []
    ends: list[Offsets] = []
    count, in_paragraph, last_end = 0, False, 0
    for line_starts, line_ends in _lines(content, data):
        visible_starts = _visible_starts(content, data, line_starts, line_ends)
        visible = visible_starts < line_ends
        before = np.concatenate(([in_paragraph], visible[:-1]))
        previous_ends = np.concatenate(([last_end], line_ends[:-1]))
        starts.append(visible_starts[visible & ~before])
        ends.append(previous_ends[before & ~visible])
        in_paragraph, last_end = bool(visible[-1]), int(line_ends[-1])
        count += len(starts[-1])
        if count > MOST_PARAGRAPHS:
            raise RefusalError(DumpReason.TOO_LARGE, f"The text has more than {MOST_PARAGRAPHS:,} paragraphs.")
    if in_paragraph:
        ends.append(np.array([last_end], dtype=np.int64))
    none = np.empty(0, dtype=np.int64)
    return Spans(np.concatenate([none, *starts]), _trim_ends(content, data, np.concatenate([none, *ends])))


def release(content: Content, start: int, end: int) -> None:
    """Gives back the memory of a stretch of mapped content that will not be looked at again soon."""
    if isinstance(content, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        page = start - start % mmap.PAGESIZE
        content.madvise(mmap.MADV_DONTNEED, page, end - page)


def _lines(content: Content, data: Bytes) -> Iterator[tuple[Offsets, Offsets]]:
    """Yields starts and ends of lines, window by window; a line that crosses windows comes with the later one."""
    begin = 0
    for offset in range(0, len(data), WINDOW):
        stop = min(offset + WINDOW, len(data))
        window = data[offset:stop]
        breaks = offset + np.flatnonzero(window == LF)
        if content.find(b"\r", offset, stop) >= 0:
            breaks = _with_lone_returns(data, breaks, offset + np.flatnonzero(window == CR))
        if len(breaks):
            yield np.concatenate(([begin], breaks[:-1] + 1)), breaks
            begin = int(breaks[-1]) + 1
        release(content, offset, stop)
    if begin < len(data):
        yield np.array([begin], dtype=np.int64), np.array([len(data)], dtype=np.int64)


def _with_lone_returns(data: Bytes, feeds: Offsets, returns: Offsets) -> Offsets:
    """Adds the carriage returns that no line feed follows: each of them ends a line too."""
    following = data[np.minimum(returns + 1, len(data) - 1)]
    lone = returns[following != LF]
    return np.sort(np.concatenate((feeds, lone))) if len(lone) else feeds


def _visible_starts(content: Content, data: Bytes, line_starts: Offsets, line_ends: Offsets) -> Offsets:
    """Offset of the first visible byte of each line; the end of the line where it is blank."""
    first = data[np.minimum(line_starts, len(data) - 1)]
    lengths = line_ends - line_starts
    visible_starts = np.where((lengths == 1) & IS_TRIMMED[first], line_ends, line_starts)
    for row in np.flatnonzero((visible_starts < line_ends) & MAY_BE_SPACE[first]).tolist():
        visible_starts[row] = _blank_until(content, int(line_starts[row]), int(line_ends[row]))
    return visible_starts


def _blank_until(content: Content, start: int, end: int) -> int:
    """Offset of the first byte from start on that is not blank, or end."""
    while start < end:
        stop = min(start + WINDOW, end)
        found = SPACES.match(content, start, stop)
        if found is None or found.end() == start:
            break
        if stop < end:
            release(content, start, found.end())
        start = found.end()
    return start


def _trim_ends(content: Content, data: Bytes, ends: Offsets) -> Offsets:
    """Moves the end of each paragraph to just after its last byte that is not blank."""
    ends = ends - IS_TRIMMED[data[ends - 1]]  # most have none, or the carriage return of CR LF
    for row in np.flatnonzero(IS_TRIMMED[data[ends - 1]]).tolist():
        end = int(ends[row])
        while not (tail := content[max(0, end - 4096) : end].rstrip(TRIMMED)):
            end -= 4096
        ends[row] = max(0, end - 4096) + len(tail)
    return ends
