# ruff: noqa: RUF001  characters that look like others are what these tests are about
import pytest

from assets.validate.restore.latex_groups import RULES_CLOSE, RULES_DROP
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(r"N{+}D, D{=}1, Lee{-}Kim, |a|{<}b", r"N+D, D=1, Lee-Kim, |a|<b", id="signs"),
        pytest.param(r"64{times}64 and D{to}infty, D{to} infty", r"64×64 and D→infty, D→infty", id="named operators"),
        pytest.param(r"after {sim}1 hour, {sim} 20 of", r"after ~1 hour, ~20 of", id="about"),
        pytest.param(r"3{times} faster", r"3× faster", id="named operator before a word"),
        pytest.param(r"1{,}000 of x{:}y", r"1,000 of x:y", id="marks"),
        pytest.param(r"x_{i}, y^{2}, {p}_j", r"x_i, y^2, p_j", id="indices"),
        pytest.param(r"space by {model size}, and", r"space by model size, and", id="words"),
        pytest.param(
            r"so. {Further tests show that it, and this, all work well.} So",
            r"so. Further tests show that it, and this, all work well. So",
            id="sentence",
        ),
        pytest.param(r"the {B}ERT of {Pre}-training", r"the BERT of Pre-training", id="capitals"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through((*RULES_CLOSE, *RULES_DROP), raw) == clean
    assert through((*RULES_CLOSE, *RULES_DROP), clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"{0, 1}, {red, green} and {a, b c}", id="sets"),
        pytest.param(r"a photo of a {noun}", id="template"),
        pytest.param(r'{"a": 1} and f{x}', id="code"),
        pytest.param(r"m_{in} and x_{to}", id="words as indices"),
        pytest.param(r"x_{10}, y^{-1}, C_{ab}", id="long indices"),
        pytest.param(r"1{2} and Ω(n){log m}", id="fractions"),
        pytest.param(r"<answer> {last round answer} </answer>", id="template with tags"),
        pytest.param(r"{unclosed words here", id="no closing brace"),
    ],
)
def test_stays(text: str) -> None:
    assert through((*RULES_CLOSE, *RULES_DROP), text) == text


def test_null_stays_null() -> None:
    assert through((*RULES_CLOSE, *RULES_DROP), None) is None
