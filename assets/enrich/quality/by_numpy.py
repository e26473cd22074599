"""The kernels of quality in NumPy: many texts in one stroke, no loop over them. `by_numba` computes the same."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from assets.enrich.quality.portions import Bytes, Floats, Ints, Portion
from assets.enrich.quality.repetition import LEAST_COPY, POINTER, REACH
from assets.enrich.quality.surprise import ALPHABET, LEAN, LEAST_CHARACTERS, LEAST_READ, SCALE, SYMBOLS, Totals
from assets.enrich.quality.words import FOLD, LEAST_TITLE_BYTES, PASSAGE, SPACE, STEM_BYTES, WINDOW

Hashes = NDArray[np.uint64]

BASE = np.uint64(0x9E3779B97F4A7C15)
INVERSE = np.uint64(pow(int(BASE), -1, 1 << 64))
OWNER = np.uint64(0x8CB92BA72F3D8DD7)
MIX = np.uint64(0xD6E8FEB86659FD93)
HALF = np.uint64(32)


def _mixed(keys: Hashes) -> Hashes:
    """Spreads keys over all 64 bits, by a fixed function without collisions."""
    for _ in range(2):
        keys = (keys ^ (keys >> HALF)) * MIX
    return keys ^ (keys >> HALF)


def _of_owners(hashes: Hashes, owners: Ints) -> Hashes:
    """Hashes that are equal within one text only."""
    return _mixed(hashes ^ (owners.astype(np.uint64) * OWNER))


@cache
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """Powers of BASE and of its inverse, 0 to size - 1, modulo 2^64."""
    factors = np.full((2, size), [[BASE], [INVERSE]], np.uint64)
    factors[:, 0] = 1
    up, down = np.multiply.accumulate(factors, axis=1)
    return up, down


def _stretches(values: Hashes, begins: Ints, ends: Ints) -> Hashes:
    """Hashes stretches of a sequence without a 0: equal ones have the same hash, wherever they stand."""
    up, down = _powers(1 << len(values).bit_length())
    running = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * up[: len(values)], out=running[1:])
    return _mixed((running[ends] - running[begins]) * down[begins])


def _previous(keys: Hashes) -> Ints:
    """For each place, the nearest one before it with the same key, or -1."""
    places = np.arange(len(keys), dtype=np.uint64)
    low = np.uint64((1 << len(keys).bit_length()) - 1)
    order = (np.sort((keys & ~low) | places) & low).astype(np.int64)  # the high bits of a key, then its place
    before = np.full(len(keys), -1, np.int64)
    again = keys[order[1:]] == keys[order[:-1]]
    before[order[1:][again]] = order[:-1][again]
    return before


def _sums(values: NDArray[np.generic], offsets: Ints) -> Ints:
    """Adds up whole numbers or truth values from each offset to the next."""
    running = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=running[1:])
    return running[offsets[1:]] - running[offsets[:-1]]


def _owners(offsets: Ints) -> Ints:
    """The number of the text that each place belongs to."""
    return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))


def _words(portion: Portion) -> tuple[Hashes, Hashes, Ints, Ints]:
    """Hash, hash of the stem and length in bytes of each word, and where the words of each text begin."""
    data: Bytes = FOLD[portion.data]
    inside = data != SPACE
    edges = portion.offsets[:-1][
        np.diff(portion.offsets) > 0
    ]  # the last word of a text and the next one's first are two
    is_begin, is_end = inside.copy(), inside.copy()
    is_begin[1:] &= ~inside[:-1]
    is_end[:-1] &= ~inside[1:]
    is_begin[edges] = inside[edges]
    is_end[edges[1:] - 1] = inside[edges[1:] - 1]
    begins, ends = np.flatnonzero(is_begin), np.flatnonzero(is_end) + 1
    values = data.astype(np.uint64)
    stems = _stretches(values, begins, np.minimum(ends, begins + STEM_BYTES))
    return _stretches(values, begins, ends), stems, ends - begins, np.searchsorted(begins, portion.offsets)


def vocabulary(portion: Portion) -> Floats:
    """As `words.vocabulary` says, of texts in pairs."""
    hashes, stems, lengths, offsets = _words(portion)
    counts, owners = np.diff(offsets), _owners(offsets)
    keys = _of_owners(stems, owners // 2)
    of_text = owners % 2 == 1
    asked = ~of_text & (lengths >= LEAST_TITLE_BYTES)
    found = np.zeros(len(keys), np.bool_)
    found[asked] = np.isin(keys[asked], keys[of_text])
    with np.errstate(invalid="ignore", divide="ignore"):
        repeated = _repeated(hashes, owners, offsets) / counts
        shared = _sums(found, offsets)[0::2] / _sums(asked, offsets)[0::2]
    shared[counts[1::2] == 0] = np.nan
    average = _moving_average(_of_owners(hashes, owners), owners, offsets)
    return np.stack([counts[0::2], counts[1::2], average[1::2], repeated[1::2], shared], axis=1)


def _moving_average(keys: Hashes, owners: Ints, offsets: Ints) -> Floats:
    """Mean share of different words in all windows of WINDOW words.

    A word is counted in the windows that hold it and not its last occurrence before: those that begin after that one,
    and neither too early nor too late to hold the word itself.
    """
    places = np.arange(len(keys))
    first, last = offsets[:-1][owners], offsets[1:][owners] - WINDOW
    earliest = np.maximum(np.maximum(_previous(keys) + 1, places - WINDOW + 1), first)
    counted = np.maximum(np.minimum(places, last) - earliest + 1, 0)
    windows = np.diff(offsets) - WINDOW + 1
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(windows > 0, _sums(counted, offsets) / (windows * WINDOW), np.nan)


def _repeated(hashes: Hashes, owners: Ints, offsets: Ints) -> Ints:
    """Words of each text that stand in passages that stood in it before."""
    begins = np.arange(max(len(hashes) - PASSAGE + 1, 0))
    begins = begins[owners[begins] == owners[begins + PASSAGE - 1]]
    passages = _of_owners(_stretches(hashes | np.uint64(1), begins, begins + PASSAGE), owners[begins])
    covered = np.zeros(len(hashes), np.bool_)
    again = begins[_previous(passages) >= 0]
    for step in range(PASSAGE):
        covered[again + step] = True
    return _sums(covered, offsets)


def compression(portion: Portion) -> Floats:
    """As `repetition.compression` says, shape (texts, 1)."""
    owners = _owners(portion.offsets)
    begins = np.arange(max(len(owners) - LEAST_COPY + 1, 0))
    begins = begins[owners[begins] == owners[begins + LEAST_COPY - 1]]
    keys = _stretches(portion.data.astype(np.uint64) + np.uint64(1), begins, begins + LEAST_COPY)
    before = _previous(_of_owners(keys, owners[begins]))
    distance = np.zeros(len(owners) + 1, np.int64)
    distance[begins] = np.where(before >= 0, begins - begins[before], 0)
    distance[distance > REACH] = 0
    copies = (distance[:-1] > 0) & (np.diff(distance[:-1], prepend=0) != 0)
    covered = np.zeros(len(owners), np.bool_)
    for step in range(LEAST_COPY):
        covered[step:] |= distance[: len(owners) - step] > 0
    short = _sums(~covered, portion.offsets) + POINTER * _sums(copies, portion.offsets)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.diff(portion.offsets) / short)[:, np.newaxis]


def _triples(portion: Portion) -> tuple[Ints, Ints]:
    """Every three symbols in a row within a text, as one number, and the text of each."""
    is_last = np.ones(len(portion.data), np.bool_)
    is_last[:-1] = (portion.data[1:] & 0xC0) != 0x80  # of a character of several bytes, the last one counts
    symbols = SYMBOLS[portion.data[is_last]].astype(np.int64)
    owners = _owners(portion.offsets)[is_last]
    whole = owners[2:] == owners[:-2]
    rows = (symbols[:-2] * ALPHABET + symbols[1:-1]) * ALPHABET + symbols[2:]
    return rows[whole], owners[2:][whole]


def triples(portion: Portion) -> Ints:
    """How often each three symbols stand in a row within a text, shape (ALPHABET ** 3,)."""
    return np.bincount(_triples(portion)[0], minlength=ALPHABET**3)


def surprise(totals: Totals, portion: Portion) -> Floats:
    """As `surprise.Model.surprise` says, shape (texts, 1)."""
    rows, owners = _triples(portion)
    read = np.bincount(owners, minlength=portion.texts)
    keys = np.sort(owners * ALPHABET**3 + rows)
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    own_abc = np.diff(starts, append=len(keys))
    owner, abc = np.divmod(keys[starts], ALPHABET**3)
    ab, c = np.divmod(abc, ALPHABET)
    b, bc = ab % ALPHABET, abc % ALPHABET**2
    contexts = np.flatnonzero(np.diff(owner * ALPHABET**2 + ab, prepend=-1))
    own_ab = np.repeat(_sums(own_abc, np.append(contexts, len(ab))), np.diff(contexts, append=len(ab)))
    own_bc = np.bincount(owners * ALPHABET**2 + rows % ALPHABET**2, minlength=portion.texts * ALPHABET**2)
    own_b = own_bc.reshape(portion.texts, ALPHABET, ALPHABET).sum(axis=2)
    own_c = own_bc.reshape(portion.texts, ALPHABET, ALPHABET).sum(axis=1)
    others = totals.c.sum() - read
    chance = (totals.c[c] - own_c[owner, c] + 1) / (others[owner] + ALPHABET)
    chance = (totals.bc[bc] - own_bc[owner * ALPHABET**2 + bc] + LEAN * chance) / (totals.b[b] - own_b[owner, b] + LEAN)
    chance = (totals.abc[abc] - own_abc + LEAN * chance) / (totals.ab[ab] - own_ab + LEAN)
    bits = np.rint(-np.log2(chance) * SCALE).astype(np.int64) * own_abc
    told = _sums(bits, np.searchsorted(owner, np.arange(portion.texts + 1))) / (SCALE * np.maximum(read, 1))
    return np.where((read >= LEAST_CHARACTERS) & (others >= LEAST_READ), told, np.nan)[:, np.newaxis]
