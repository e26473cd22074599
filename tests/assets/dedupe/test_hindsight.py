"""Hindsight: two records are seen as a run would see them, whatever their keys."""

import polars as pl
import pytest

from assets.dedupe.hindsight import as_if_compared, bits_of, keys_of_two
from assets.dedupe.linkage import compare_records
from assets.dedupe.records import of_listings
from assets.dedupe.weights import WEIGHTS
from tests.frames import clean, listing_id

TITLE = "Sorting Letters by Candlelight in Small Rooms"


def two(other: dict[str, object]) -> pl.DataFrame:
    return of_listings(clean({"id": "a", "title": TITLE, "year": 2020}, {"id": "b", **other}).lazy())


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"title": TITLE, "year": 2021}, id="equal titles"),
        pytest.param({"title": f"{TITLE}: A Survey", "abstract": None}, id="a longer title"),
    ],
)
def test_a_pair_that_shares_keys_is_seen_as_in_a_run(other: dict[str, object]) -> None:
    records = two(other)
    assert as_if_compared(records).equals(compare_records(records).pairs)


def test_a_pair_that_shares_no_key_is_compared_all_the_same() -> None:
    records = two({"title": "Tide Tables", "abstract": "On the sea."})
    assert compare_records(records).pairs.is_empty()
    row = as_if_compared(records).row(0, named=True)
    assert (row["decision"], row["blocked_by"]) == ("no_match", [])
    assert (row["listing_a"], row["listing_b"]) == tuple(sorted((listing_id("a"), listing_id("b"))))


def test_shared_keys_come_first() -> None:
    keys = keys_of_two(two({"title": TITLE, "abstract": None}))
    counts = keys["listings"].list.len().to_list()
    assert counts == sorted(counts, reverse=True)
    assert {2, 1} == set(counts)


def test_bits() -> None:
    field, weights = next(iter(WEIGHTS.items()))
    value, bits = next(iter(weights.items()))
    assert bits_of(f"{field}_agreement", value) == bits
    assert bits_of("score", 0.5) is None
