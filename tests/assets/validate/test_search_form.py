# ruff: noqa: RUF001  characters that look alike are what is tested
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.validate.search_form import fold_plurals, search_form, search_forms


def fold(text: str | None) -> str | None:
    return pl.select(search_form(pl.lit(text, dtype=pl.String))).item()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("State-of-the-Art", "state of the art", id="case and hyphens"),
        pytest.param("Fréchet, naïve, Škoda, Søren", "Frechet naive Skoda Soren", id="accents"),
        pytest.param("“quoted” text", '"quoted" text', id="quotation marks"),
        pytest.param("a — b – c -- d", "a b c d", id="dashes"),
        pytest.param("β-VAE", "beta-VAE", id="Greek"),
        pytest.param("x² and H₂O", "x2 and H2O", id="superscripts and subscripts"),
        pytest.param("eﬃcient Æsop ﬀ", "efficient aesop ff", id="ligatures"),
        pytest.param("Straße", "STRASSE", id="sharp s"),
        pytest.param("ℝ, ℓ and 𝑥", "R l and x", id="letters of mathematics"),
        pytest.param("  two\n lines ", "two lines", id="white space"),
        pytest.param("ＬＬＭ", "LLM", id="full width"),
    ],
)
def test_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("GPT-3.5 (2023)", "gpt 3 5 2023", id="figures stay"),
        pytest.param("深度学习 모델", "深度学习 모델", id="other scripts stay"),
        pytest.param(" – ", "", id="nothing but marks"),
        pytest.param(None, None, id="null"),
    ],
)
def test_form(text: str | None, form: str | None) -> None:
    assert fold(text) == form


def test_stable() -> None:
    assert fold(fold("Naïve β²-VAEs: “state-of-the-art”!")) == "naive beta2 vaes state of the art"


@given(st.lists(st.none() | st.text(max_size=30) | st.text(st.characters(max_codepoint=127), max_size=30), max_size=20))
def test_many_at_once(texts: list[str | None]) -> None:
    series = pl.Series("title", texts, dtype=pl.String)
    assert search_forms(series).equals(series.to_frame().select(search_form(pl.col("title"))).to_series())


def test_a_slice_of_many() -> None:
    series = pl.Series("title", [f"Tide  No. {number}" + "é" * (number % 7 == 0) for number in range(100)])[13:77]
    assert search_forms(series).equals(series.to_frame().select(search_form(pl.col("title"))).to_series())


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        pytest.param("kettles", "kettle", id="s"),
        pytest.param("queries", "query", id="ies"),
        pytest.param("ties", "tie", id="short ies"),
        pytest.param("leaves", "leave", id="es"),
        pytest.param("trees", "tree", id="ees"),
        pytest.param("llms", "llm", id="abbreviation"),
        pytest.param("gpus", "gpu", id="abbreviation that ends in u"),
        pytest.param("1990s", "1990", id="decade"),
        pytest.param("glass", "glass", id="ss stays"),
        pytest.param("virus", "virus", id="us stays"),
        pytest.param("is", "is", id="short word stays"),
        pytest.param("s", "s", id="one letter stays"),
        pytest.param("", "", id="empty stays"),
        pytest.param("query", "query", id="singular stays"),
    ],
)
def test_plurals(word, folded) -> None:
    assert pl.select(fold_plurals(pl.lit(word))).item() == folded
