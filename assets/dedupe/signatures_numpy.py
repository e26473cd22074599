"""The kernels of signatures in plain numpy: for small inputs, and for machines without numba.

The results equal those of `signatures_numba` bit by bit. Words are hashed eight bytes at a time, all of a batch at
once; memory is a few dozen bytes for each byte of the batch.
"""

import numpy as np
from numpy.typing import NDArray

from assets.dedupe.shingles import FIRST, MIX, SECOND, SEED, SHINGLE_WORDS, THIRD, WORD, WORD_BYTES, Packed

HALF = np.uint64(32)
PIECE = 1 << 15
"""Shingles of which the least values are taken at a time: they stay in the processor's cache."""
PAIR_SHINGLES = 1 << 22
"""Shingles of the pairs that are compared at a time."""


def _words(texts: Packed) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes all words; returns the hashes and the number of words of each text."""
    begin, end = texts.offsets[0], texts.offsets[-1]
    data = texts.data[begin:end]
    edges = texts.offsets - begin
    inside = np.zeros(len(data) + 1, np.bool_)
    inside[:-1] = data > 0x20
    follows = np.zeros_like(inside)
    follows[1:] = inside[:-1]
    follows[edges] = False  # a word ends where its text ends
    starts = np.flatnonzero(inside & ~follows)
    breaks = ~inside
    breaks[edges] = True
    stops = np.flatnonzero(breaks)
    lengths = np.minimum(stops[np.searchsorted(stops, starts, side="right")] - starts, WORD_BYTES)
    padded = np.zeros(len(data) + 8, np.uint8)
    padded[: len(data)] = data
    eights = np.ndarray((len(data) + 1,), "<u8", padded.data, strides=(1,))
    hashes = np.full(len(starts), SEED)
    longer = np.arange(len(starts))
    for done in range(0, WORD_BYTES, 8):
        longer = longer[lengths[longer] > done]
        if not len(longer):
            break
        spare = np.maximum(8 - (lengths[longer] - done), 0).astype(np.uint64) * np.uint64(8)
        chunk = eights[starts[longer] + done] & (np.uint64(0xFFFFFFFFFFFFFFFF) >> spare)
        mixed = (hashes[longer] ^ chunk) * WORD
        hashes[longer] = mixed ^ (mixed >> HALF)
    return hashes, np.diff(np.searchsorted(starts, edges))


def _shingles(texts: Packed) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Hashes all shingles; returns the hashes, the text of each and the number of words of each text."""
    hashes, words = _words(texts)
    if len(hashes) < SHINGLE_WORDS:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64), words
    mixed = hashes[:-2] * FIRST + hashes[1:-1] * SECOND + hashes[2:] * THIRD
    mixed = (mixed ^ (mixed >> HALF)) * MIX
    mixed = (mixed ^ (mixed >> HALF)) * MIX
    mixed ^= mixed >> HALF
    owner = np.repeat(np.arange(len(words)), words)
    in_one_text = owner[:-2] == owner[2:]
    return mixed[in_one_text], owner[:-2][in_one_text], words


def sign(
    texts: Packed, multipliers: NDArray[np.uint32], increments: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """As `shingles.Kernels.sign` says."""
    hashes, owner, words = _shingles(texts)
    shingles = (hashes >> HALF).astype(np.uint32)
    signed = np.full((len(words), len(multipliers)), 0xFFFFFFFF, np.uint32)
    for begin in range(0, len(shingles), PIECE):
        piece, owners = shingles[begin : begin + PIECE], owner[begin : begin + PIECE]
        firsts = np.flatnonzero(np.diff(owners, prepend=-1))
        least = np.empty((len(multipliers), len(firsts)), np.uint32)
        for i, (multiplier, increment) in enumerate(zip(multipliers, increments, strict=True)):
            np.minimum.reduceat(piece * multiplier + increment, firsts, out=least[i])
        signed[owners[firsts]] = np.minimum(signed[owners[firsts]], least.T)
    return signed, words


def overlaps(texts: Packed, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """As `shingles.Kernels.overlaps` says."""
    hashes, owner, words = _shingles(texts)
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
