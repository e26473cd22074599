"""Windows: a text in stretches that fit in memory, each of which begins with a record."""

from collections.abc import Callable, Iterator

from assets.parse.paragraphs import first_visible
from assets.parse.reader import Content


def windows(
    content: Content, size: int, needle: bytes, is_beginning: Callable[[Content, int], bool]
) -> Iterator[tuple[int, int]]:
    """Cuts a text before records.

    Args:
        content: The dump after unpacking.
        size: Bytes of a window, at least 1.
        needle: What every record begins with; an offset where it stands is asked about.
        is_beginning: Whether a record begins at such an offset.

    Yields:
        Start and stop of windows of at most `size` bytes; only a record that is larger makes a larger one. The first
        begins with the first byte that is not blank, and may begin with something else than a record.
    """
    start = first_visible(content)
    while start < len(content):
        stop = len(content)
        if stop - start > size:
            stop = _before(content, start, start + size, needle, is_beginning)
            stop = stop or _after(content, start + size, needle, is_beginning)
        yield start, stop
        start = stop


def _before(
    content: Content, start: int, stop: int, needle: bytes, is_beginning: Callable[[Content, int], bool]
) -> int:
    """Offset of the last record that begins after `start` and before `stop`; 0 without one."""
    while (stop := content.rfind(needle, start + 1, stop)) > 0:
        if is_beginning(content, stop):
            return stop
    return 0


def _after(content: Content, start: int, needle: bytes, is_beginning: Callable[[Content, int], bool]) -> int:
    """Offset of the first record that begins at `start` or later; the end of the content without one."""
    while (start := content.find(needle, start)) >= 0:
        if is_beginning(content, start):
            return start
        start += 1
    return len(content)
