# ruff: noqa: RUF001  characters that look like others are what these tests are about
import pytest

from assets.validate.restore.latex_fonts import RULES
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(r"a textbf{Gen}erattextbf{i}ve textbf{e}ngine", r"a Generative engine", id="letters in bold"),
        pytest.param(r"textit{O}bstacles, texttt{A}-texttt{B}", r"Obstacles, A-B", id="italics"),
        pytest.param(r"text{train} and M_{text{test}}", r"train and M_{test}", id="text in formulas"),
        pytest.param(r"mathcal{O}(n), mathbb{R}^d, mathbf{x}_i", r"O(n), ℝ^d, x_i", id="fonts of formulas"),
        pytest.param(r"{bf 1}_n, {rm poly}(n), {cal O}(n)", r"1_n, poly(n), O(n)", id="switches"),
        pytest.param(r"mathcal O(n) and mathbb R", r"O(n) and ℝ", id="without braces"),
        pytest.param(r"a state cal T for all, bm x and bm w.", r"a state T for all, x and w.", id="before a letter"),
        pytest.param(r"operatorname{rank}(A)", r"rank(A)", id="operator"),
        pytest.param(r"Scaling scriptsizeFLaws and displaystyle sum", r"Scaling fLaws and sum", id="sizes"),
        pytest.param(r"red{Warning: this} is teal{New}", r"Warning: this is New", id="colours"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through(RULES, raw) == clean
    assert through(RULES, clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"the context{x} of text {y}", id="word that ends alike"),
        pytest.param(r"mathcal{C_Phi/m} + b", id="more than one name"),
        pytest.param(r"textbf{unclosed", id="no closing brace"),
        pytest.param(r"small models, large text, 5 cal Apples", id="words"),
        pytest.param(r"a footnotesize-like word", id="word"),
    ],
)
def test_stays(text: str) -> None:
    assert through(RULES, text) == text


def test_null_stays_null() -> None:
    assert through(RULES, None) is None
