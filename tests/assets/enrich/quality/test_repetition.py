"""How far texts shrink when what is repeated is pointed at."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.enrich.quality.repetition import compression
from tests.assets.enrich.quality import plain

LINE = "The old harbour keeps its ledgers dry. "
OTHER = "Nobody saw 47 umbrellas vanish quietly!"


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        pytest.param(OTHER, 1.0, id="nothing repeated"),
        pytest.param(LINE + LINE, 2 * len(LINE) / (len(LINE) + 3), id="twice: one pointer"),
        pytest.param("a" * 100, 100 / 4, id="one letter"),
        pytest.param("".join(map(chr, range(0x100, 0x400))), 1.0, id="letters of two bytes"),
        pytest.param("x", 1.0, id="one character"),
        pytest.param("", math.nan, id="empty"),
        pytest.param(None, math.nan, id="none"),
    ],
)
def test_compression(text: str | None, ratio: float) -> None:
    assert compression(pl.Series([text], dtype=pl.String))[0] == pytest.approx(ratio, nan_ok=True)


def test_what_is_far_back_is_out_of_reach() -> None:
    between = "".join(f"{number:03}" for number in range(700))
    near, far = compression(pl.Series([LINE + between[:300] + LINE, LINE + between + LINE]))
    assert near > 1.1
    assert far == pytest.approx(plain.compression(LINE + between + LINE))
    assert far < near


@given(st.lists(st.text("ab", max_size=300) | st.text(max_size=60), max_size=5))
def test_as_in_plain_python(texts: list[str]) -> None:
    found = compression(pl.Series(texts, dtype=pl.String))
    np.testing.assert_allclose(found, [plain.compression(text) for text in texts], rtol=1e-12)
