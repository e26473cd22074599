import polars as pl
import pytest

from assets.validate.tidy import spacing


def tidy(text: str) -> str:
    for rule in spacing.RULES:
        text = pl.select(rule.apply(pl.lit(text))).item()
    return text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("  two   spaces\tand\r\nlines \n", "two spaces and lines", id="white space"),
        pytest.param(
            "found on https://example.org/x .", "found on https://example.org/x.", id="stop behind an address"
        ),
        pytest.param("the end . The next", "the end. The next", id="stop before a sentence"),
        pytest.param("one , two ,three", "one, two, three", id="commas, one on the wrong side"),
        pytest.param("PINE : a method ; why ? Now", "PINE: a method; why? Now", id="other marks"),
        pytest.param("means ( on average ) of [ 3 ]", "means (on average) of [3]", id="brackets"),
        pytest.param("means ( on ( all ) average)", "means (on (all) average)", id="brackets in brackets"),
        pytest.param("in 2020 ) and", "in 2020) and", id="closing bracket alone"),
    ],
)
def test_spaces_are_taken_out(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a map f : X and a ratio of 1 : 2", id="mapping and ratio"),
        pytest.param("and so on . . .", id="row of stops"),
        pytest.param("more importantly, ...", id="ellipsis"),
        pytest.param("about 50 % of .NET and .5 code", id="percent, name, decimal"),
        pytest.param("Analyse de la parole : une approche", id="French colon"),
        pytest.param("un corpus des langues ; les mots", id="French semicolon"),
        pytest.param("diag( exp(A) b ) and f( x )", id="brackets of a formula"),
        pytest.param("a smile :) or ;) or ( )", id="emoticons and an empty pair"),
        pytest.param("x = ?", id="sign before"),
        pytest.param("properties ? frequency and form", id="lost character before a small letter"),
    ],
)
def test_other_spaces_stay(text: str) -> None:
    assert tidy(text) == text
