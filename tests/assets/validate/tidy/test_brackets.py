import polars as pl
import pytest

from assets.validate.tidy import brackets


def tidy(text: str) -> str:
    for rule in brackets.RULES:
        text = pl.select(rule.apply(pl.lit(text))).item()
    return text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("technical principles(e.g., size)", "technical principles (e.g., size)", id="e.g."),
        pytest.param("Large Language Models(LLMs)", "Large Language Models (LLMs)", id="abbreviation"),
        pytest.param("aspect-based hive analysis(ABHA)", "aspect-based hive analysis (ABHA)", id="hyphens count"),
        pytest.param("a better accuracy(95.2%)", "a better accuracy (95.2%)", id="percentage"),
        pytest.param("we show that(1) bees fly", "we show that (1) bees fly", id="item"),
        pytest.param("two kinds(large or small)", "two kinds (large or small)", id="prose"),
        pytest.param("by Honeywell(2019)", "by Honeywell (2019)", id="year"),
        pytest.param("models (LLMs)have learned", "models (LLMs) have learned", id="behind an abbreviation"),
        pytest.param("recognition (HAR)methods", "recognition (HAR) methods", id="before a noun"),
        pytest.param("(more than just once)and again", "(more than just once) and again", id="behind prose"),
    ],
)
def test_a_space_is_set(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("O(log V), P(word|context), f(x), exp(QK)", id="functions"),
        pytest.param("How to (re)warm Super(ficial)-alignment", id="parts of words"),
        pytest.param("the model(s) and language(s)", id="plurals"),
        pytest.param("(Dynamic) Prompting, (un)supervised, (M)LLMs", id="prefixes"),
        pytest.param("WorksAs(Laura, physicist) and softmax(the rest)", id="calls"),
        pytest.param("ASP(Q) and COS(M+O) and an (NP-)hard one", id="names with brackets"),
        pytest.param("a visual(image) and a rich(er) one", id="single words"),
    ],
)
def test_no_space_is_set(text: str) -> None:
    assert tidy(text) == text
