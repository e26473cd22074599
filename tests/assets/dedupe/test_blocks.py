"""Blocks: all records that have one key, each once, and the pairs of them."""

from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.dedupe import blocks
from assets.dedupe.blocks import NEIGHBOURS, Blocks, of_numbers, of_texts, pairs

KEYED = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=60)
"""Places and keys; a place may have several keys, and one key twice."""


def members(found: Blocks) -> list[list[int]]:
    """The records of each block."""
    return sorted(one.tolist() for one in np.split(found.places, np.cumsum(found.sizes)) if one.size)


def told(keyed: list[tuple[int, int]]) -> list[list[int]]:
    """The same, said simply."""
    by_key = {key: sorted({place for place, one in keyed if one == key}) for _, key in keyed}
    return sorted(one for one in by_key.values() if len(one) > 1)


@given(keyed=KEYED)
def test_a_block_is_all_records_with_one_key(keyed: list[tuple[int, int]]) -> None:
    frame = pl.DataFrame(keyed, {"place": pl.UInt32, "key": pl.Int64}, orient="row")
    assert members(of_texts(frame.with_columns(pl.col("key").cast(pl.String)))) == told(keyed)


@given(keyed=KEYED)
def test_keys_that_share_a_half_are_told_apart(keyed: list[tuple[int, int]]) -> None:
    once = dict(keyed)
    places, keys = np.array(list(once), np.int64), np.array(list(once.values()), np.uint64)
    halves = (keys // np.uint64(2) << blocks.HALF) | keys
    assert members(of_numbers(halves, places)) == told(list(once.items()))


@pytest.mark.parametrize("cap", [1, 2, 3, 80])
@given(keyed=KEYED)
def test_small_blocks_are_paired_and_large_ones_with_what_follows(cap: int, keyed: list[tuple[int, int]]) -> None:
    frame = pl.DataFrame(keyed, {"place": pl.UInt32, "key": pl.Int64}, orient="row")
    left, right = pairs(of_texts(frame), cap)
    expected = [
        (one, other)
        for block in told(keyed)
        for (i, one), (j, other) in combinations(enumerate(block), 2)
        if len(block) <= cap or j - i <= NEIGHBOURS
    ]
    assert sorted(zip(left.tolist(), right.tolist(), strict=True)) == sorted(expected)


def test_no_key_at_all() -> None:
    none = of_texts(pl.DataFrame(schema={"place": pl.UInt32, "key": pl.String}))
    assert (len(none.places), len(none.sizes)) == (0, 0)
    assert [len(end) for end in pairs(none, 80)] == [0, 0]
