"""The kernels of signatures in plain numpy: for small inputs, and for machines without numba.

The results equal those of `by_numba` bit by bit. Words are hashed eight bytes at a time, all of a batch at
once; memory is a few dozen bytes for each byte of the batch.
"""

import numpy as np
from numpy.typing import NDArray

from assets.dedupe.signatures.shingles import FIRST, MIX, SECOND, SEED, SHINGLE_WORDS, THIRD, WORD, WORD_BYTES, Packed

HALF = np.uint64(32)
SEGMENT = 512
"""Shingles of a text that are looked at together: its signature is the least of what its segments have."""
CELLS = 1 << 17
"""Shingles of which the least values are taken at a time: they stay in the processor's cache."""
PAIR_SHINGLES = 1 << 22
"""Shingles of the pairs that are compared at a time."""
FIRST_BYTES = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)
"""Number of bytes -> the mask that keeps so many of eight."""


def _words(texts: Packed) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes all words; returns the hashes and the number of words of each text."""
    begin, end = texts.offsets[0], texts.offsets[-1]
    edges = texts.offsets - begin
    data = np.zeros(end - begin + 8, np.uint8)
    data[: end - begin] = texts.data[begin:end]
    inside = np.zeros(end - begin + 2, np.bool_)  # of the byte before, so that the first word begins somewhere
    np.greater(data[: end - begin], 0x20, out=inside[1:-1])
    turns = np.flatnonzero(inside[1:] != inside[:-1])
    glued = np.repeat(np.unique(edges[inside[edges] & inside[edges + 1]]), 2)  # a word ends where its text ends
    turns = np.insert(turns, np.searchsorted(turns, glued), glued)
    starts, lengths = turns[::2], turns[1::2] - turns[::2]
    eights = np.ndarray((len(data) - 7,), "<u8", data.data, strides=(1,))
    hashes = np.full(len(starts), SEED)
    longer = np.arange(len(starts))
    for done in range(0, WORD_BYTES, 8):
        at: slice | NDArray[np.int64] = longer if done else slice(None)
        left = lengths[at] - done
        mixed = (hashes[at] ^ (eights[starts[at] + done] & FIRST_BYTES[np.minimum(left, 8)])) * WORD
        hashes[at] = mixed ^ (mixed >> HALF)
        longer = longer[left > 8]
        if not len(longer):
            break
    return hashes, np.diff(np.searchsorted(starts, edges))


def _shingles(texts: Packed) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes all shingles; returns the hashes and the number of words of each text."""
    hashes, words = _words(texts)
    if len(hashes) < SHINGLE_WORDS:
        return np.zeros(0, np.uint64), words
    mixed = hashes[:-2] * FIRST + hashes[1:-1] * SECOND + hashes[2:] * THIRD
    for _ in range(2):
        mixed ^= mixed >> HALF
        mixed *= MIX
    mixed ^= mixed >> HALF
    in_one_text = np.ones(len(hashes), np.bool_)
    ends = np.cumsum(words)
    for word in range(1, SHINGLE_WORDS):
        in_one_text[ends[words >= word] - word] = False
    return mixed[in_one_text[:-2]], words


def _counts(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Shingles of texts of so many words."""
    return np.maximum(words - (SHINGLE_WORDS - 1), 0)


def _least(
    shingles: NDArray[np.uint32],
    counts: NDArray[np.int64],
    multipliers: NDArray[np.uint32],
    increments: NDArray[np.uint32],
) -> NDArray[np.uint32]:
    """The least values of runs of shingles, none of them empty: side by side, those of about one length together.

    Returns:
        Values, shape (runs, multipliers).
    """
    least = np.empty((len(counts), len(multipliers)), np.uint32)
    starts = np.cumsum(counts) - counts
    by_length = np.argsort(counts, kind="stable")
    end = len(by_length)
    while end:
        longest = counts[by_length[end - 1]]
        begin = max(0, end - CELLS // longest)
        runs = by_length[begin:end]
        within = np.minimum(np.arange(longest)[:, np.newaxis], counts[runs] - 1)  # a shorter run repeats its last
        cells = shingles[starts[runs] + within]
        values, columns = np.empty_like(cells), np.empty((len(multipliers), len(runs)), np.uint32)
        for i, (multiplier, increment) in enumerate(zip(multipliers, increments, strict=True)):
            np.multiply(cells, multiplier, out=values)
            np.add(values, increment, out=values)
            np.minimum.reduce(values, axis=0, out=columns[i])
        least[runs] = columns.T
        end = begin
    return least


def sign(
    texts: Packed, multipliers: NDArray[np.uint32], increments: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """As `shingles.Kernels.sign` says."""
    hashes, words = _shingles(texts)
    signed = np.full((len(words), len(multipliers)), 0xFFFFFFFF, np.uint32)
    counts = _counts(words)
    has_some = np.flatnonzero(counts)
    if not len(has_some):
        return signed, words
    segments = -(-counts[has_some] // SEGMENT)
    first = np.cumsum(segments) - segments
    sizes = np.full(segments.sum(), SEGMENT)
    sizes[first + segments - 1] = counts[has_some] - (segments - 1) * SEGMENT
    least = _least((hashes >> HALF).astype(np.uint32), sizes, multipliers, increments)
    signed[has_some] = least if len(least) == len(has_some) else np.minimum.reduceat(least, first, axis=0)
    return signed, words


def overlaps(texts: Packed, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """As `shingles.Kernels.overlaps` says."""
    hashes, words = _shingles(texts)
    owner = np.repeat(np.arange(len(words)), _counts(words))
    order = np.lexsort((hashes, owner))
    hashes, owner = hashes[order], owner[order]
    if len(hashes):
        is_new = np.append(True, (hashes[1:] != hashes[:-1]) | (owner[1:] != owner[:-1]))
        hashes, owner = hashes[is_new], owner[is_new]
    sizes = np.bincount(owner, minlength=len(words))
    starts = np.cumsum(sizes) - sizes
    counts = np.zeros((len(left), 3), np.int64)
    counts[:, 0], counts[:, 1] = sizes[left], sizes[right]
    ends = np.cumsum(sizes[left] + sizes[right])
    begin = 0
    while begin < len(left):
        before = ends[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, before + PAIR_SHINGLES, side="right")))
        pairs = np.concatenate([np.arange(begin, end)] * 2)
        members = np.concatenate([left[begin:end], right[begin:end]])
        pair = np.repeat(pairs, sizes[members])
        within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes[members]) - sizes[members], sizes[members])
        shingle = hashes[np.repeat(starts[members], sizes[members]) + within]
        order = np.lexsort((shingle, pair))
        shingle, pair = shingle[order], pair[order]
        is_shared = (shingle[1:] == shingle[:-1]) & (pair[1:] == pair[:-1])
        counts[begin:end, 2] = np.bincount(pair[1:][is_shared] - begin, minlength=end - begin)
        begin = end
    return counts
