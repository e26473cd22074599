"""Overlap of two texts' shingles, against plain Python sets."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.signatures import by_numba, by_numpy, shingles
from assets.dedupe.signatures.overlap import overlap, overlaps, shingle_overlap

WORDS = st.lists(st.sampled_from(["a", "b", "lattice", "naïve", "x" * 20]), max_size=9).map(" ".join)
TEXTS = st.lists(st.none() | WORDS, min_size=1, max_size=8)


def sets(text: str | None) -> set[tuple[str, ...]]:
    words = (text or "").split()
    return set(zip(words, words[1:], words[2:], strict=False))


@settings(deadline=None)  # the first call may compile
@given(texts=TEXTS, data=st.data())
def test_equals_the_overlap_of_sets(texts: list[str | None], data: st.DataObject) -> None:
    rows = st.lists(st.integers(0, len(texts) - 1), max_size=12)
    ends = data.draw(rows.flatmap(lambda left: st.tuples(st.just(left), st.permutations(left))))
    left, right = (np.array(end, np.int64) for end in ends)
    series = pl.Series("text", texts, pl.String)
    expected = [
        [len(sets(texts[a])), len(sets(texts[b])), len(sets(texts[a]) & sets(texts[b]))]
        for a, b in zip(left, right, strict=True)
    ]
    assert overlaps(series, left, right).tolist() == expected
    packed = shingles.pack(series)
    for backend in (by_numba, by_numpy):
        assert backend.overlaps(packed, left, right).tolist() == expected


@pytest.mark.parametrize(
    ("one", "other", "jaccard", "containment"),
    [
        pytest.param("a b c d", "a b c d", 1, 1, id="equal"),
        pytest.param("a b c d", "a b c d e f", 0.5, 1, id="a part of the other"),
        pytest.param("a b c d", "d c b a", 0, 0, id="other order"),
        pytest.param("a b c a b c a b c", "a b c a b c", 1, 1, id="repeated shingles count once"),
        pytest.param("a b", "a b", None, None, id="no shingle"),
        pytest.param(None, "a b c", None, None, id="no text"),
    ],
)
def test_jaccard_and_containment(one: str | None, other: str, jaccard: float | None, containment: float | None) -> None:
    texts = pl.Series("a", [one], pl.String), pl.Series("b", [other], pl.String)
    assert overlap(*texts).rows() == [(jaccard, containment)]
    told = shingle_overlap(pl.concat([texts[0], texts[1].alias("a")]), np.array([0]), np.array([1]))
    assert math.isnan(told[0]) if jaccard is None else told[0] == jaccard


def test_batches_of_pairs_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    texts = pl.Series([" ".join(rng.choice(list("abcdef"), rng.integers(0, 30))) for _ in range(60)])
    left, right = rng.integers(0, 60, (2, 500))
    once = overlaps(texts, left, right)
    monkeypatch.setattr(shingles, "BATCH_BYTES", 100)
    monkeypatch.setattr(by_numpy, "PAIR_SHINGLES", 50)
    assert np.array_equal(overlaps(texts, left, right), once)
    assert np.array_equal(by_numpy.overlaps(shingles.pack(texts), left, right), once)


def test_no_pair() -> None:
    none = np.zeros(0, np.int64)
    assert overlaps(pl.Series([], dtype=pl.String), none, none).shape == (0, 3)
    assert overlap(pl.Series([], dtype=pl.String), pl.Series([], dtype=pl.String)).shape == (0, 2)
