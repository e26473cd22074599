"""The kernels of quality, compiled by numba: a few passes over the bytes of each text, in tables that are used again.

Imported on first need only (see `portions.kernels`). Compiled code is kept beside this file or in the user's cache; it
holds the numbers of `words`, `repetition` and `surprise` as constants.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

from assets.enrich.quality.portions import Bytes, Floats, Ints, Portion
from assets.enrich.quality.repetition import LEAST_COPY, POINTER, REACH
from assets.enrich.quality.surprise import ALPHABET, LEAN, LEAST_CHARACTERS, LEAST_READ, SCALE, SYMBOLS, Totals
from assets.enrich.quality.words import FOLD, LEAST_TITLE_BYTES, PASSAGE, SPACE, STEM_BYTES, WINDOW

Function = TypeVar("Function", bound=Callable[..., Any])
Hashes = NDArray[np.uint64]
U64 = np.uint64
SEED = U64(0x243F6A8885A308D3)
FACTOR = U64(0x9E3779B97F4A7C15)
MIX = U64(0xD6E8FEB86659FD93)
HALF = U64(32)
BYTE = U64(8)
COPY_MASK = U64((1 << (8 * LEAST_COPY)) - 1)
PAIRS, TRIPLES = ALPHABET**2, ALPHABET**3


def _compiled(function: Function) -> Function:
    return cast(Function, njit(nogil=True, cache=True, boundscheck=False)(function))


@_compiled
def _mixed(key: np.uint64) -> np.uint64:
    key = (key ^ (key >> HALF)) * MIX
    key = (key ^ (key >> HALF)) * MIX
    return key ^ (key >> HALF)


@_compiled
def _slots(offsets: Ints) -> int:
    """Slots of a table that is at most half full with the places of any of the texts."""
    longest = 0
    for i in range(len(offsets) - 1):
        longest = max(longest, offsets[i + 1] - offsets[i])
    slots = 16
    while slots < 2 * longest:
        slots *= 2
    return slots


@_compiled
def _slot(keys: Hashes, owners: Ints, owner: int, key: np.uint64) -> np.int64:
    """The slot that holds a key of this owner, or the one where it belongs; what others left behind is free."""
    slot = np.int64(key & U64(len(keys) - 1))
    while owners[slot] == owner and keys[slot] != key:
        slot = (slot + 1) & (len(keys) - 1)
    return slot


@_compiled
def _read_words(data: Bytes, begin: int, end: int, hashes: Hashes, stems: Hashes, lengths: Ints) -> int:
    """Writes hash, hash of the stem and length of each word, and returns their number."""
    count, length, word, stem = 0, 0, SEED, SEED
    for place in range(begin, end + 1):
        symbol = FOLD[data[place]] if place < end else SPACE
        if symbol != SPACE:
            word = (word ^ U64(symbol)) * FACTOR
            word ^= word >> HALF
            length += 1
            if length <= STEM_BYTES:
                stem = word
        elif length > 0:
            hashes[count], stems[count], lengths[count] = _mixed(word), _mixed(stem), length
            count, length, word, stem = count + 1, 0, SEED, SEED
    return count


@_compiled
def _vocabulary(data: Bytes, offsets: Ints, told: Floats) -> None:
    slots = _slots(offsets)
    hashes, stems, lengths = np.empty(slots, np.uint64), np.empty(slots, np.uint64), np.empty(slots, np.int64)
    of_title, title_stems, title_lengths = np.empty_like(hashes), np.empty_like(stems), np.empty_like(lengths)
    keys, owners, last = np.empty(slots, np.uint64), np.full(slots, -1, np.int64), np.empty(slots, np.int64)
    passages, passage_owners = np.empty(slots, np.uint64), np.full(slots, -1, np.int64)
    known, known_owners = np.empty(slots, np.uint64), np.full(slots, -1, np.int64)
    for i in range(len(told)):
        title_words = _read_words(data, offsets[2 * i], offsets[2 * i + 1], of_title, title_stems, title_lengths)
        words = _read_words(data, offsets[2 * i + 1], offsets[2 * i + 2], hashes, stems, lengths)
        windows = words - WINDOW + 1
        counted = repeated = covered = 0
        for place in range(words):
            slot = _slot(keys, owners, i, hashes[place])
            before = last[slot] if owners[slot] == i else -1
            keys[slot], owners[slot], last[slot] = hashes[place], i, place
            earliest = max(before + 1, place - WINDOW + 1)
            counted += max(0, min(place, words - WINDOW) - earliest + 1)
            if place >= PASSAGE - 1:
                passage = SEED
                for back in range(PASSAGE):
                    passage = _mixed((passage ^ hashes[place - back]) * FACTOR)
                slot = _slot(passages, passage_owners, i, passage)
                if passage_owners[slot] == i:
                    repeated += place + 1 - max(covered, place + 1 - PASSAGE)
                    covered = place + 1
                passages[slot], passage_owners[slot] = passage, i
            slot = _slot(known, known_owners, i, stems[place])
            known[slot], known_owners[slot] = stems[place], i
        asked = found = 0
        for place in range(title_words):
            if title_lengths[place] >= LEAST_TITLE_BYTES:
                asked += 1
                found += known_owners[_slot(known, known_owners, i, title_stems[place])] == i
        told[i, 0], told[i, 1] = title_words, words
        told[i, 2] = counted / (windows * WINDOW) if windows > 0 else np.nan
        told[i, 3] = repeated / words if words > 0 else np.nan
        told[i, 4] = found / asked if asked > 0 and words > 0 else np.nan


def vocabulary(portion: Portion) -> Floats:
    """As `words.vocabulary` says, of texts in pairs."""
    told = np.empty((portion.texts // 2, 5))
    _vocabulary(portion.data, portion.offsets, told)
    return told


@_compiled
def _compression(data: Bytes, offsets: Ints, told: Floats) -> None:
    slots = _slots(offsets)
    keys, owners, last = np.empty(slots, np.uint64), np.full(slots, -1, np.int64), np.empty(slots, np.int64)
    for i in range(len(told)):
        begin, end = offsets[i], offsets[i + 1]
        value = U64(0)
        last_distance = copies = copied = 0
        covered = begin
        for place in range(begin, end):
            value = ((value << BYTE) | U64(data[place])) & COPY_MASK
            start = place + 1 - LEAST_COPY
            if start < begin:
                continue
            slot = np.int64(_mixed(value) & U64(slots - 1))
            while owners[slot] == i and keys[slot] != value:
                slot = (slot + 1) & (slots - 1)
            distance = start - last[slot] if owners[slot] == i else 0
            keys[slot], owners[slot], last[slot] = value, i, start
            if distance > REACH:
                distance = 0
            if distance > 0:
                copies += distance != last_distance
                copied += place + 1 - max(covered, start)
                covered = place + 1
            last_distance = distance
        size = end - begin
        told[i, 0] = size / (size - copied + POINTER * copies) if size > 0 else np.nan


def compression(portion: Portion) -> Floats:
    """As `repetition.compression` says, shape (texts, 1)."""
    told = np.empty((portion.texts, 1))
    _compression(portion.data, portion.offsets, told)
    return told


@_compiled
def _read_triples(data: Bytes, begin: int, end: int, rows: Ints) -> int:
    """Writes every three symbols in a row, as one number, and returns how many there are."""
    symbols = 0
    row = np.int64(0)
    for place in range(begin, end):
        if place + 1 < end and (data[place + 1] & 0xC0) == 0x80:
            continue
        row = (row % PAIRS) * ALPHABET + SYMBOLS[data[place]]
        symbols += 1
        if symbols >= 3:
            rows[symbols - 3] = row
    return max(symbols - 2, 0)


@_compiled
def _count(data: Bytes, offsets: Ints, counts: Ints) -> None:
    rows = np.empty(_slots(offsets), np.int64)
    for i in range(len(offsets) - 1):
        for place in range(_read_triples(data, offsets[i], offsets[i + 1], rows)):
            counts[rows[place]] += 1


def triples(portion: Portion) -> Ints:
    """How often each three symbols stand in a row within a text, shape (ALPHABET ** 3,)."""
    counts = np.zeros(TRIPLES, np.int64)
    _count(portion.data, portion.offsets, counts)
    return counts


@_compiled
def _surprise(abc: Ints, ab: Ints, bc: Ints, b: Ints, c: Ints, data: Bytes, offsets: Ints, told: Floats) -> None:
    everything = c.sum()
    rows = np.empty(_slots(offsets), np.int64)
    own_abc, own_ab, own_bc = np.zeros(TRIPLES, np.int32), np.zeros(PAIRS, np.int32), np.zeros(PAIRS, np.int32)
    own_b, own_c = np.zeros(ALPHABET, np.int32), np.zeros(ALPHABET, np.int32)
    for i in range(len(told)):
        read = _read_triples(data, offsets[i], offsets[i + 1], rows)
        others = everything - read
        if read < LEAST_CHARACTERS or others < LEAST_READ:
            told[i, 0] = np.nan
            continue
        for place in range(read):
            row = rows[place]
            own_abc[row] += 1
            own_ab[row // ALPHABET] += 1
            own_bc[row % PAIRS] += 1
        own_b[:], own_c[:] = 0, 0
        for place in range(read):
            row = rows[place]
            own_b[row // ALPHABET % ALPHABET] += 1
            own_c[row % ALPHABET] += 1
        bits = np.int64(0)
        for place in range(read):
            row = rows[place]
            count = own_abc[row]
            if count == 0:  # seen further ahead
                continue
            own_abc[row] = 0
            first, middle, third, second = row // ALPHABET, row // ALPHABET % ALPHABET, row % ALPHABET, row % PAIRS
            chance = (c[third] - own_c[third] + 1) / (others + ALPHABET)
            chance = (bc[second] - own_bc[second] + LEAN * chance) / (b[middle] - own_b[middle] + LEAN)
            chance = (abc[row] - count + LEAN * chance) / (ab[first] - own_ab[first] + LEAN)
            bits += np.int64(np.rint(-np.log2(chance) * SCALE)) * count
        for place in range(read):
            own_ab[rows[place] // ALPHABET] = 0
            own_bc[rows[place] % PAIRS] = 0
        told[i, 0] = bits / (SCALE * read)


def surprise(totals: Totals, portion: Portion) -> Floats:
    """As `surprise.Model.surprise` says, shape (texts, 1)."""
    told = np.empty((portion.texts, 1))
    _surprise(*totals, portion.data, portion.offsets, told)
    return told
