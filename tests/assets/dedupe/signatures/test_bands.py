"""Keys of signatures: the same for ever, shared as often as the curve says."""

import numpy as np
import polars as pl
import pytest

from assets.dedupe.signatures.bands import BANDS, ROWS, band_keys
from assets.dedupe.signatures.minhash import signatures

ABSTRACT = "we map river sediment with an adaptive lattice of quiet sensors and correct the drift of every buoy"


def drawn(rng: np.random.Generator, shared: int, other: int) -> tuple[str, str]:
    """Two texts of which `shared / (shared + 2 * other)` of the shingles are in both."""
    words = [f"w{number}" for number in rng.integers(0, 1 << 40, shared + 2 + 2 * other)]
    one, rest = words[: shared + 2 + other], words[shared + 2 + other :]
    return " ".join(one), " ".join(one[: shared + 2] + rest)


def test_keys_never_change() -> None:
    keys = band_keys(pl.Series(["a"]), signatures(pl.Series([ABSTRACT])))
    assert keys.schema == {"listing_id": pl.String, "key": pl.UInt64}
    assert keys.height == keys["key"].n_unique() == BANDS
    assert keys["key"][:2].to_list() == [2605981821978095733, 2862073401422564963]


def test_order_of_the_input_does_not_show() -> None:
    ids, texts = pl.Series(["b", "c", "a", "d"]), pl.Series([ABSTRACT, None, ABSTRACT + " and more", "two words"])
    keys = band_keys(ids, signatures(texts))
    order = [3, 1, 0, 2]
    assert band_keys(ids.gather(order), signatures(texts.gather(order))).equals(keys)
    assert keys["listing_id"].unique().sort().to_list() == ["a", "b"]


def test_shared_keys_are_those_of_two_records() -> None:
    ids, texts = pl.Series(["a", "b", "c"]), pl.Series([ABSTRACT, ABSTRACT + " and more", "something else entirely"])
    keys, shared = band_keys(ids, signatures(texts)), band_keys(ids, signatures(texts), shared_only=True)
    assert shared.equals(keys.filter(pl.col("key").is_duplicated()))
    assert 0 < shared.height < keys.height


def test_no_signature_no_key() -> None:
    assert band_keys(pl.Series(["a"]), signatures(pl.Series(["two words"]))).is_empty()
    assert band_keys(pl.Series([], dtype=pl.String), signatures(pl.Series([], dtype=pl.String))).is_empty()


@pytest.mark.parametrize(("shared", "other"), [(10, 45), (40, 30), (60, 20), (80, 10)])
def test_the_curve_holds(shared: int, other: int) -> None:
    rng, count = np.random.default_rng(11), 1_000
    texts = [text for _ in range(count) for text in drawn(rng, shared, other)]
    keys = band_keys(pl.Series([f"{i:06}" for i in range(len(texts))]), signatures(pl.Series(texts)), shared_only=True)
    pairs = keys.select(pl.col("listing_id").cast(pl.Int64) // 2, "key").filter(pl.struct(pl.all()).is_duplicated())
    similarity = shared / (shared + 2 * other)
    expected = 1 - (1 - similarity**ROWS) ** BANDS
    assert (
        abs(pairs["listing_id"].n_unique() / count - expected) < 4 * (expected * (1 - expected) / count) ** 0.5 + 0.001
    )
