# ruff: noqa: RUF001  typographic marks are what is tested
import polars as pl
import pytest

from assets.validate.tidy import quotes


def tidy(text: str) -> str:
    for rule in quotes.RULES:
        text = pl.select(rule.apply(pl.lit(text))).item()
    return text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("``low-rank'' data", '"low-rank" data', id="pair"),
        pytest.param('``mixed" pair', '"mixed" pair', id="closed by a straight quote"),
        pytest.param("we ask ``why?'' and ``how''.", 'we ask "why?" and "how".', id="two pairs, one with a mark"),
        pytest.param("the ``teacher's pet'' wins", 'the "teacher\'s pet" wins', id="apostrophe inside"),
        pytest.param("a ``lone opening here", 'a "lone opening here', id="lone opening"),
        pytest.param("a ``b `c' d'' e", "a \"b 'c' d\" e", id="nested single quotes"),
        pytest.param("``outer ``inner'' outer''", '"outer "inner" outer"', id="nested double quotes"),
        pytest.param("```code``` stays", "```code``` stays", id="fence stays"),
    ],
)
def test_tex_double_quotes(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("to ''hear'' globally", 'to "hear" globally', id="doubled single quotes"),
        pytest.param("to ''hear\" globally", 'to "hear" globally', id="doubled, then straight"),
        pytest.param("if \"A is B'' holds", 'if "A is B" holds', id="straight, then doubled"),
        pytest.param("(or \"forget'') it", '(or "forget") it', id="in brackets"),
        pytest.param("f''(x) and 5'' wide", "f''(x) and 5'' wide", id="primes stay"),
        pytest.param(
            "\"Who sang 'Blue Hills?'\" we ask", "\"Who sang 'Blue Hills?'\" we ask", id="single in double stays"
        ),
        pytest.param("a \"b\" and g'' too", "a \"b\" and g'' too", id="closing quote opens nothing"),
    ],
)
def test_doubled_and_mixed_quotes(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("`frozen' layers", "'frozen' layers", id="pair"),
        pytest.param("logic `0' and `1',", "logic '0' and '1',", id="figures"),
        pytest.param("`curly’ end", "‘curly’ end", id="closed by a typographic quote"),
        pytest.param("call `fit` or `predict`", "call `fit` or `predict`", id="code stays"),
        pytest.param("the models` output", "the models' output", id="grave for an apostrophe"),
        pytest.param("a model`s output", "a model's output", id="grave inside a word"),
        pytest.param("TCC `21, STOC `22", "TCC '21, STOC '22", id="years"),
        pytest.param("the `models` class and models` output", "the `models` class and models' output", id="after code"),
        pytest.param("the 1980´s", "the 1980's", id="acute accent"),
        pytest.param("Yor`ub´a", "Yor`ub´a", id="accents that fell out stay"),
    ],
)
def test_single_quotes_and_apostrophes(raw: str, clean: str) -> None:
    assert tidy(raw) == clean
