"""The kernels of signatures, compiled by numba: one pass over the bytes of the texts, without a string or a list.

Imported on first need only (see `shingles.kernels`). Compiled code is kept beside this file or in the user's cache. It
holds the scheme's numbers as constants; they never change without this file's version of the scheme.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]  # ships no types
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from assets.dedupe.signatures.shingles import FIRST, MIX, SECOND, SEED, SHINGLE_WORDS, THIRD, WORD, WORD_BYTES, Packed

Function = TypeVar("Function", bound=Callable[..., Any])
U32, U64 = np.uint32, np.uint64
LOW = U64(0x7F7F7F7F7F7F7F7F)
ABOVE_SPACE = U64(0x5F5F5F5F5F5F5F5F)
HIGH = U64(0x8080808080808080)
"""Added to the lower seven bits of a byte, ABOVE_SPACE carries into the high bit just where the byte is above 0x20."""
PLACES = U64(0x0001020304050607)
"""Multiplied by the lowest bit of byte i, it has i in its highest byte."""
NOTHING = U32(0xFFFFFFFF)
HALF = U64(32)


def _compiled(function: Function) -> Function:
    return cast(Function, njit(nogil=True, cache=True, boundscheck=False)(function))


def _load(_context: object, data: object, place: object) -> Any:  # noqa: ANN401  # what numba's compiler asks for
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> object:  # noqa: ANN401  # its objects
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        address = builder.bitcast(builder.gep(array.data, [arguments[1]]), ir.IntType(64).as_pointer())
        return builder.load(address, align=1)

    return types.uint64(cast(Any, data), cast(Any, place)), generate


_eight_bytes = cast(Callable[[NDArray[np.uint8], np.int64], np.uint64], intrinsic(_load))
"""Reads eight bytes as one little-endian number, from any address."""


@_compiled
def _shingle(first: np.uint64, second: np.uint64, third: np.uint64) -> np.uint64:
    mixed = first * FIRST + second * SECOND + third * THIRD
    mixed = (mixed ^ (mixed >> HALF)) * MIX
    mixed = (mixed ^ (mixed >> HALF)) * MIX
    return mixed ^ (mixed >> HALF)


@_compiled
def _read(data: NDArray[np.uint8], begin: np.int64, end: np.int64, found: NDArray[np.uint64]) -> int:
    """Writes the hashes of a text's shingles, repeated ones as often as they occur, and returns its words."""
    words = 0
    first = second = U64(0)
    word, taken = SEED, np.int64(0)
    place = begin
    while place < end:
        if place + 8 <= end:
            chunk = _eight_bytes(data, place)
        else:  # the zeros behind the text divide words, as every byte up to 0x20 does
            chunk = U64(0)
            for i in range(end - place):
                chunk |= U64(data[place + i]) << U64(8 * i)
        breaks = ~(((chunk & LOW) + ABOVE_SPACE) | chunk) & HIGH
        length = np.int64(8)
        if breaks != U64(0):
            lowest = (breaks & (~breaks + U64(1))) >> U64(7)
            length = np.int64((lowest * PLACES) >> U64(56))
            chunk &= lowest - U64(1)
        if length > 0:
            if taken < WORD_BYTES:
                word = (word ^ chunk) * WORD
                word ^= word >> HALF
            taken += length
        place += length
        if breaks != U64(0) or place >= end:
            if taken > 0:
                if words >= SHINGLE_WORDS - 1:
                    found[words - SHINGLE_WORDS + 1] = _shingle(first, second, word)
                first, second = second, word
                words += 1
                word, taken = SEED, np.int64(0)
            place += 1
    return words


@_compiled
def _longest(offsets: NDArray[np.int64]) -> int:
    """Room for the shingles of any of the texts."""
    longest = 0
    for i in range(len(offsets) - 1):
        longest = max(longest, offsets[i + 1] - offsets[i])
    return longest // 2 + 1


@_compiled
def _sign(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    multipliers: NDArray[np.uint32],
    increments: NDArray[np.uint32],
    signed: NDArray[np.uint32],
    words: NDArray[np.int64],
) -> None:
    found = np.empty(_longest(offsets), np.uint64)
    for text in range(len(offsets) - 1):
        words[text] = _read(data, offsets[text], offsets[text + 1], found)
        least = signed[text]
        for i in range(len(multipliers)):
            least[i] = NOTHING
        for j in range(words[text] - SHINGLE_WORDS + 1):
            shingle = U32(found[j] >> HALF)
            for i in range(len(multipliers)):
                least[i] = min(least[i], U32(shingle * multipliers[i] + increments[i]))


def sign(
    texts: Packed, multipliers: NDArray[np.uint32], increments: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """As `shingles.Kernels.sign` says."""
    count = len(texts.offsets) - 1
    signed = np.empty((count, len(multipliers)), np.uint32)
    words = np.empty(count, np.int64)
    _sign(texts.data, texts.offsets, multipliers, increments, signed, words)
    return signed, words


@_compiled
def _slots(count: int) -> int:
    """Slots of a table for so many entries: a power of two, at most half full."""
    slots = 16
    while slots < 2 * count:
        slots *= 2
    return slots


@_compiled
def _find(table: NDArray[np.uint64], slots: int, shingle: np.uint64) -> np.int64:
    """The slot that holds the shingle, or the empty one where it belongs. Zero marks an empty slot."""
    slot = np.int64(shingle & U64(slots - 1))
    while table[slot] != U64(0) and table[slot] != shingle:
        slot = (slot + 1) & (slots - 1)
    return slot


@_compiled
def _collect(found: NDArray[np.uint64], count: int, table: NDArray[np.uint64], slots: int) -> int:
    """Puts shingles into an empty table, moves the different ones to the front and returns their number."""
    table[:slots] = U64(0)
    different = 0
    for j in range(count):
        shingle = max(found[j], U64(1))
        slot = _find(table, slots, shingle)
        if table[slot] == U64(0):
            table[slot] = shingle
            found[different] = shingle
            different += 1
    return different


@_compiled
def _overlaps(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    room = _longest(offsets)
    found = np.empty(room, np.uint64)
    of_left, of_right = np.empty(_slots(room), np.uint64), np.empty(_slots(room), np.uint64)
    slots = different = 0
    known = -1
    for pair in range(len(left)):
        if left[pair] != known:  # pairs come sorted: a text that stands in many is read once
            known = left[pair]
            total = max(0, _read(data, offsets[known], offsets[known + 1], found) - SHINGLE_WORDS + 1)
            slots = _slots(total)
            different = _collect(found, total, of_left, slots)
        other = right[pair]
        total = max(0, _read(data, offsets[other], offsets[other + 1], found) - SHINGLE_WORDS + 1)
        others = _collect(found, total, of_right, _slots(total))
        shared = 0
        for j in range(others):
            if of_left[_find(of_left, slots, found[j])] != U64(0):
                shared += 1
        counts[pair, 0], counts[pair, 1], counts[pair, 2] = different, others, shared


def overlaps(texts: Packed, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """As `shingles.Kernels.overlaps` says."""
    counts = np.empty((len(left), 3), np.int64)
    _overlaps(texts.data, texts.offsets, left, right, counts)
    return counts
