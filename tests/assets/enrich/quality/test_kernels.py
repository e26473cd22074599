"""The compiled kernels and those of NumPy compute the same."""

import random

import numpy as np
import polars as pl
import pytest

from assets.dedupe.signatures.shingles import pack
from assets.enrich.quality import by_numba, by_numpy, portions
from assets.enrich.quality.portions import Portion
from assets.enrich.quality.surprise import ALPHABET, Totals
from tests.works import abstract

ALPHABETS = ("ab ", "abcdefghijklmnopqrstuvwxyz      .,-", "aé潮ж🌊 .", "0123456789 \n\t$\\{}")


def texts(seed: int) -> list[str]:
    chance = random.Random(seed)
    noise = ["".join(chance.choices(chance.choice(ALPHABETS), k=chance.randint(0, 400))) for _ in range(40)]
    prose = [abstract(chance) for _ in range(20)]
    doubled = [text + " " + text[: chance.randint(0, 900)] for text in prose[:5]]
    mixed = [*noise, *prose, *doubled, "", "x" * 30_000, ""]
    chance.shuffle(mixed)
    return mixed


@pytest.mark.parametrize("seed", range(3))
def test_the_same(seed: int) -> None:
    packed = pack(pl.Series(texts(seed)))
    portion = Portion(packed.data, packed.offsets)
    counts = by_numpy.triples(portion)
    np.testing.assert_array_equal(counts, by_numba.triples(portion))
    cube = counts.reshape(ALPHABET, ALPHABET, ALPHABET)
    pairs = cube.sum(axis=0)
    totals = Totals(counts, cube.sum(axis=2).ravel(), pairs.ravel(), pairs.sum(axis=1), pairs.sum(axis=0))
    np.testing.assert_array_equal(by_numpy.vocabulary(portion), by_numba.vocabulary(portion))
    np.testing.assert_array_equal(by_numpy.compression(portion), by_numba.compression(portion))
    np.testing.assert_allclose(by_numpy.surprise(totals, portion), by_numba.surprise(totals, portion), rtol=1e-12)


@pytest.mark.parametrize("together", [1, 2])
def test_portions_hold_every_text_once(monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(portions, "PORTION_BYTES", 1000)
    monkeypatch.setattr(portions, "PORTION_TEXTS", 7)
    rows = pl.Series(texts(7)[:66])
    sizes = portions.measure(
        rows, lambda _, portion: np.diff(portion.offsets[::together])[:, np.newaxis].astype(float), 1, together=together
    )
    expected = rows.str.len_bytes().to_numpy().reshape(-1, together).sum(axis=1)
    np.testing.assert_array_equal(sizes[:, 0], expected)
