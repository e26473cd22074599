import polars as pl
import pytest

from assets.validate.tidy import compounds


def tidy(text: str) -> str:
    for rule in compounds.RULES:
        text = pl.select(rule.apply(pl.lit(text))).item()
    return text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("state -of-the-art results", "state-of-the-art results", id="before a bound rest"),
        pytest.param("state- of-the-art results", "state-of-the-art results", id="behind the first part"),
        pytest.param("end- to- end learning", "end-to-end learning", id="two breaks"),
        pytest.param("an end-to -end system", "an end-to-end system", id="after a short word"),
        pytest.param("a graph -based and a rule- based one", "a graph-based and a rule-based one", id="second member"),
        pytest.param("non -linear and semi- supervised", "non-linear and semi-supervised", id="prefix"),
        pytest.param("Bee-Net beats others; Bee- Net is fast", "Bee-Net beats others; Bee-Net is fast", id="elsewhere"),
        pytest.param("infor- mation and re- search", "information and research", id="broken at the line's end"),
        pytest.param("a balance/ tradeoff", "a balance/tradeoff", id="slash"),
        pytest.param("red/ green/ blue", "red/green/blue", id="two slashes"),
        pytest.param("he /she and /or", "he/she and/or", id="choice"),
    ],
)
def test_compounds_are_closed(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("zero- or few-shot, pre- and post-training", id="suspended before a conjunction"),
        pytest.param("memory- power-, and compute- efficient chips", id="suspended list"),
        pytest.param("self-recorded and -generated, ROUGE-1, -2, and -L", id="suspended first part"),
        pytest.param("a dash - here and a minus -x there", id="dash and minus"),
        pytest.param("GPT-3.5 and -4", id="figure"),
        pytest.param("the suffix -able and its forms", id="suffix"),
        pytest.param("the vowels /a, e/ and the path src/ and", id="phonemes and a path"),
        pytest.param("code at https://example. com/ bees/wax", id="broken address"),
        pytest.param("this / that, w/ noise", id="spaces on both sides, with"),
        pytest.param("one front- both in size", id="dash that lost a space"),
    ],
)
def test_others_stay(text: str) -> None:
    assert tidy(text) == text
