"""Texts: stretches of a dump's bytes become strings, in bulk and without a copy of each.

What is not UTF-8 is decoded with U+FFFD and reported; what is larger than any paragraph of a paper is cut and reported.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.parse.reader import Content
from assets.parse.spans import Offsets, Spans

LARGEST_TEXT = 1_000_000
"""Bytes of a paragraph beyond which it is taken for something else: the longest abstracts have 6,000."""
KEPT_BYTES = 65_536
"""Bytes that are kept of such a paragraph: enough to see what it is."""
LONGEST_CHARACTER = 4
DECODED_ONE_BY_ONE = 256

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Texts:
    """The paragraphs of a dump as strings."""

    values: pl.Series
    """String, one per paragraph, never null; independent of the file."""
    is_invalid: Bools
    """Whether the bytes were not valid UTF-8."""
    is_cut: Bools
    """Whether only the beginning was kept."""


def decode_spans(content: Content, paragraphs: Spans) -> Texts:
    """Decodes paragraphs.

    Args:
        content: The dump that the offsets refer to.
        paragraphs: In order and without overlap.

    Returns:
        One string per paragraph, with what is wrong with it.
    """
    is_cut = paragraphs.lengths > LARGEST_TEXT
    starts, ends = paragraphs.starts, paragraphs.ends.copy()
    for row in np.flatnonzero(is_cut).tolist():
        ends[row] = _character_boundary(content, int(starts[row]) + KEPT_BYTES)
    data, shift = _kept_bytes(content, starts, ends, is_cut)
    binary = _as_binary(data, starts - shift, ends - shift)
    values, is_invalid = _as_strings(binary)
    return Texts(values, is_invalid, is_cut)


def ends_inside_character(data: bytes) -> bool:
    """Whether bytes are valid UTF-8 but for a last character that is not complete."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.end == len(data) and error.reason == "unexpected end of data"
    return False


def _as_strings(binary: pl.Series) -> tuple[pl.Series, Bools]:
    """Strings, and which of them were not valid UTF-8.

    Polars says that some of a series are invalid, not which; so ever smaller parts are tried, and only what is left is
    decoded one by one.
    """
    try:
        return binary.cast(pl.String), np.zeros(len(binary), dtype=np.bool_)
    except pl.exceptions.ComputeError:
        if len(binary) > DECODED_ONE_BY_ONE:
            half = len(binary) // 2
            (left, left_invalid), (right, right_invalid) = _as_strings(binary[:half]), _as_strings(binary[half:])
            return pl.concat([left, right]), np.concatenate((left_invalid, right_invalid))
    raw: list[bytes] = binary.to_list()
    decoded = [one.decode(errors="replace") for one in raw]
    is_invalid = [text.encode() != one for text, one in zip(decoded, raw, strict=True)]
    return pl.Series(decoded, dtype=pl.String), np.array(is_invalid, dtype=np.bool_)


def _as_binary(data: bytes, starts: Offsets, ends: Offsets) -> pl.Series:
    """One binary value per stretch, all of them views of `data`: paragraphs and what is between them, alternately."""
    offsets = np.stack((starts, ends), axis=1).ravel()
    if not len(offsets):
        return pl.Series(dtype=pl.Binary)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    both = pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(offsets) - 1, buffers)
    return pl.Series(values=both, dtype=pl.Binary).gather_every(2)


def _kept_bytes(content: Content, starts: Offsets, ends: Offsets, is_cut: Bools) -> tuple[bytes, Offsets]:
    """A copy of the content without its large gaps, and by how much each paragraph moved to the left.

    Gaps are the tails that were cut, and long stretches of blanks. Content that is in memory already and lost nothing
    is not copied.
    """
    if isinstance(content, bytes) and not is_cut.any():
        return content, np.zeros(len(starts), dtype=np.int64)
    if not len(starts):
        return b"", starts
    is_gap = starts[1:] - ends[:-1] > KEPT_BYTES
    begins = starts[np.concatenate(([True], is_gap))]
    stops = ends[np.concatenate((is_gap, [True]))]
    sizes = stops - begins
    removed = begins - np.concatenate(([0], np.cumsum(sizes)[:-1]))
    stretches = [content[begin:stop] for begin, stop in zip(begins.tolist(), stops.tolist(), strict=True)]
    return b"".join(stretches), removed[np.searchsorted(begins, starts, side="right") - 1]


def _character_boundary(content: Content, end: int) -> int:
    """The nearest offset at or before `end` at which a character may begin."""
    for back in range(LONGEST_CHARACTER):
        if content[end - back] & 0xC0 != 0x80:
            return end - back
    return end
