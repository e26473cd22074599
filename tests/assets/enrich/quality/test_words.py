# ruff: noqa: RUF001  letters of other alphabets and typographic marks are what is tested
"""Words, their variety, their repetition, and what a title shares with its abstract."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.enrich.quality.words import prepared, vocabulary
from tests.assets.enrich.quality import plain

TITLE_WORDS, WORDS, DIVERSITY, REPEATED, SHARED = range(5)
TIDES = "the tide table of the old harbour was copied by hand every winter"


def measured(text: str | None, title: str | None = "A Title") -> list[float]:
    return list(vocabulary(pl.Series([title], dtype=pl.String), pl.Series([text], dtype=pl.String))[0])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Two words", 2, id="two"),
        pytest.param("state-of-the-art (SOTA), 3.5 %", 7, id="parts of compounds and numbers"),
        pytest.param("naïve Gödel – “quoted” × 3", 4, id="accents are letters, marks are none"),
        pytest.param("潮汐表です", 5, id="every letter of Chinese and Japanese"),
        pytest.param("Приливы и отливы", 3, id="Cyrillic"),
        pytest.param("등대 지기", 2, id="Korean has spaces"),
        pytest.param(" \n\t-- ", 0, id="none"),
        pytest.param("", 0, id="empty"),
        pytest.param(None, 0, id="no abstract"),
    ],
)
def test_words(text: str | None, count: int) -> None:
    assert measured(text)[WORDS] == count


@pytest.mark.parametrize(
    ("text", "diversity"),
    [
        pytest.param(" ".join(f"w{number}" for number in range(50)), 1.0, id="all different"),
        pytest.param(" ".join(["tide"] * 80), 1 / 50, id="all the same"),
        pytest.param(" ".join(f"w{number % 25}" for number in range(200)), 0.5, id="each twice in a window"),
        pytest.param(" ".join(f"w{number % 100}" for number in range(400)), 1.0, id="length alone lowers nothing"),
        pytest.param(" ".join(f"w{number}" for number in range(49)), math.nan, id="too short"),
        pytest.param("Tide tide TIDE tIDE " * 20, 1 / 50, id="case does not matter"),
    ],
)
def test_diversity(text: str, diversity: float) -> None:
    assert measured(text)[DIVERSITY] == pytest.approx(diversity, nan_ok=True)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        pytest.param(f"{TIDES}. {TIDES}.", 0.5, id="twice"),
        pytest.param(f"{TIDES}. {TIDES}. {TIDES}", 2 / 3, id="three times"),
        pytest.param(f"{TIDES}. We found {TIDES.upper()}!", 13 / 28, id="in capitals"),
        pytest.param(TIDES, 0.0, id="once"),
        pytest.param("The harbour ledger was copied by hand. " * 2, 0.0, id="seven words twice"),
        pytest.param("We copied the tide table. They copied the tide table by hand.", 0.0, id="a short phrase"),
        pytest.param("...", math.nan, id="no words"),
    ],
)
def test_repeated_share(text: str, share: float) -> None:
    assert measured(text)[REPEATED] == pytest.approx(share, nan_ok=True)


@pytest.mark.parametrize(
    ("title", "text", "share"),
    [
        pytest.param("Copied Tide Gulls", "They copied a tide table.", 2 / 3, id="two of three"),
        pytest.param("Compressing Tables", "Tables can be compressed.", 1.0, id="the first five letters"),
        pytest.param("On a Tide of It", "The tide.", 1.0, id="small words aside"),
        pytest.param("Gulls", "The tide.", 0.0, id="none"),
        pytest.param("A", "The tide.", math.nan, id="no word to look for"),
        pytest.param("Gulls", None, math.nan, id="no abstract"),
        pytest.param("Gulls", "...", math.nan, id="no words"),
    ],
)
def test_title_words_share(title: str, text: str | None, share: float) -> None:
    assert measured(text, title)[SHARED] == pytest.approx(share, nan_ok=True)


def test_texts_are_measured_apart() -> None:
    titles = pl.Series(["gulls", "tides", "", "nets"])
    texts = pl.Series([TIDES, TIDES, None, "gulls"])
    together = vocabulary(titles, texts)
    apart = np.concatenate([vocabulary(titles[at : at + 1], texts[at : at + 1]) for at in range(4)])
    np.testing.assert_array_equal(together, apart)


def test_only_what_unicode_knows_is_rewritten() -> None:
    assert prepared(pl.Series(["Plain, text!", "Ünï—code", None])).to_list() == ["Plain, text!", "ünï code", None]


WORDS_OF_FEW_LETTERS = st.lists(st.text("ab1", min_size=1, max_size=7), max_size=120).map(" ".join)


@given(st.lists(st.tuples(WORDS_OF_FEW_LETTERS, WORDS_OF_FEW_LETTERS), max_size=4))
def test_as_in_plain_python(rows: list[tuple[str, str]]) -> None:
    found = vocabulary(
        pl.Series([t for t, _ in rows], dtype=pl.String), pl.Series([a for _, a in rows], dtype=pl.String)
    )
    np.testing.assert_allclose(found, np.array([plain.vocabulary(*row) for row in rows]).reshape(-1, 5), rtol=1e-12)


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=200)), max_size=4))
def test_any_text_stays_in_range(rows: list[tuple[str, str]]) -> None:
    found = vocabulary(
        pl.Series([t for t, _ in rows], dtype=pl.String), pl.Series([a for _, a in rows], dtype=pl.String)
    )
    shares = found[:, DIVERSITY:]
    assert ((shares >= 0) & (shares <= 1) | np.isnan(shares)).all()
