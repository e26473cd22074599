# ruff: noqa: RUF001  odd characters are what is tested
import polars as pl
import pytest

from assets.validate.restore import characters


def tidy(text: str) -> str:
    for rule in characters.RULES:
        text = pl.select(rule.apply(pl.lit(text))).item()
    return text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("donâ€™t", "don’t", id="misread apostrophe"),
        pytest.param("the Groverâ\x80\x99s hive", "the Grover’s hive", id="misread as Latin-1"),
        pytest.param("FranÃ§ois", "François", id="misread letter"),
        pytest.param("Î± and 1Â°", "α and 1°", id="misread Greek and degree"),
        pytest.param("Orwell\x92s \x93hive\x94", "Orwell’s “hive”", id="Windows-1252"),
        pytest.param("a\x00b\x07c\ttab\nline", "abc\ttab\nline", id="control characters"),
        pytest.param("tracta\u00adble \u200bwords\ufeff", "tractable words", id="invisible marks"),
        pytest.param("\u202eevil\u202c text", "evil text", id="marks of direction"),
        pytest.param("10\u00a0GB of\u2009data", "10 GB of data", id="spaces"),
        pytest.param("eﬃcient ﬁlters", "efficient filters", id="ligatures"),
    ],
)
def test_characters_are_set_right(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("CAFÉ™ and SÃO in MANHÃ”", id="capitals before marks"),
        pytest.param("“typographic” quotes – and dashes—stay…", id="typographic marks"),
        pytest.param("می‌خواهم", id="joiner of Persian"),
        pytest.param("👩‍🔬", id="joiner of an emoji"),
        pytest.param("naïve Ångström, Ærø, ½ × 2", id="letters of their own"),
    ],
)
def test_others_stay(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        pytest.param("the Erd?s graphs", True, id="name"),
        pytest.param("the model?s output", True, id="question mark in a word"),
        pytest.param("Why not? See also", False, id="question"),
        pytest.param("https://example.org/watch?v=ab c", False, id="address"),
    ],
)
def test_lost_characters_are_seen(text: str, lost: bool) -> None:
    assert pl.select(characters.DETECTORS[0].detect(pl.lit(text))).item() is lost
