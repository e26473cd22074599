"""Shingles: what a word and a shingle are, which hashes stand for them, and which kernel computes them.

A word is a run of bytes above 0x20, so every control character and the space divide words and all other characters of
UTF-8 belong to them; a shingle is three words in a row. The hashes are ours, fixed for ever, and the same on every
machine: signatures that were stored last year can be compared with those of today.

    word     h = SEED; for each 8 bytes c (little endian, zeros behind): h = (h ^ c) * WORD; h ^= h >> 32
    shingle  s = mix(first * FIRST + second * SECOND + third * THIRD)
    mix      twice s ^= s >> 32, s *= MIX; then s ^= s >> 32

All of it is arithmetic modulo 2^64. `by_numba` and `by_numpy` both compute it, with equal results.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.backends import backend

SHINGLE_WORDS = 3
"""Words of a shingle; a text with fewer has none."""
SIGNATURE_LENGTH = 128
"""Values of a signature: the similarity that two of them tell has a standard error of .044 at most, as measured."""
WORD_BYTES = 256
"""A longer word is told by its first bytes, so that a megabyte without a space costs no more than any other."""

SEED = np.uint64(0x243F6A8885A308D3)
WORD = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0x8CB92BA72F3D8DD7)
SECOND = np.uint64(0xA0761D6478BD642F)
THIRD = np.uint64(0xE7037ED1A0B428DB)
MIX = np.uint64(0xD6E8FEB86659FD93)
"""The fixed odd numbers of the scheme; the numba kernel keeps them in its compiled form."""

BATCH_BYTES = 1 << 21
"""Text that one thread copies and signs at a time: it stays in the cache, and threads share a small input."""
BATCH_TEXTS = 1 << 15
"""Texts that one thread signs at a time, however short they are."""
ROOM = "assets.dedupe.signatures"
NUMBA_BYTES = 50_000_000
"""Text from which on numba pays for its import: for a kilobyte numpy takes 15 us and numba 4, but .55 s before that."""


@dataclass(frozen=True)
class Packed:
    """Texts as Arrow holds them."""

    data: NDArray[np.uint8]
    """The bytes of all texts, one after another."""
    offsets: NDArray[np.int64]
    """Where each text begins and the last one ends, shape (texts + 1,)."""


class Kernels(Protocol):
    """What a backend computes; both of them bit by bit the same."""

    def sign(
        self, texts: Packed, multipliers: NDArray[np.uint32], increments: NDArray[np.uint32]
    ) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The signatures, shape (texts, values), and the number of words of each text."""

    def overlaps(self, texts: Packed, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
        """Shingles of the left text, of the right one, and in both, each counted once; shape (pairs, 3)."""


def pack(texts: pl.Series) -> Packed:
    """Lays texts end to end.

    Args:
        texts: Strings in any number of chunks; a null counts as empty.

    Returns:
        The bytes and offsets.
    """
    array = texts.fill_null("").to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = array.buffers()
    starts = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1] if offsets else np.zeros(1)
    return Packed(
        np.frombuffer(data, np.uint8) if data and data.size else np.zeros(0, np.uint8), starts.astype(np.int64)
    )


def byte_sizes(texts: pl.Series) -> NDArray[np.int64]:
    """Counts the bytes of each text; a null has none."""
    return texts.str.len_bytes().fill_null(0).cast(pl.Int64).to_numpy()


def batches(sizes: NDArray[np.int64]) -> Iterator[slice]:
    """Cuts texts into runs of bounded size.

    Args:
        sizes: Bytes of each text.

    Yields:
        Consecutive slices, each of at most BATCH_TEXTS texts and, unless it is a single text, BATCH_BYTES bytes.
    """
    ends = np.cumsum(sizes)
    begin = 0
    while begin < len(sizes):
        before = ends[begin - 1] if begin else 0
        fitting = int(np.searchsorted(ends, before + BATCH_BYTES, side="right"))
        end = min(max(fitting, begin + 1), begin + BATCH_TEXTS)
        yield slice(begin, end)
        begin = end


def each(work: Callable[[slice], None], parts: Iterator[slice]) -> None:
    """Does the parts of a task, several at a time; each writes to its own place, so their order shows nowhere.

    Args:
        work: What to do with a part; it releases the interpreter's lock for most of the time.
        parts: The parts.
    """
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        for _ in pool.map(work, parts):
            pass


def kernels(size: int) -> Kernels:
    """Chooses between equals: numba is four times as fast, once it is imported.

    Args:
        size: Bytes of text to come.

    Returns:
        The backend.
    """
    return cast(Kernels, backend(ROOM, size, NUMBA_BYTES))
