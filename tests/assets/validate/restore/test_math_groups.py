import pytest

from assets.validate.restore.math_groups import drop_groups


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        pytest.param(r"{W}_q + {O}(n)", r"W_q + O(n)", id="symbols"),
        pytest.param(r"\log{n} and \log{(n)}", r"\log n and \log(n)", id="after a function"),
        pytest.param(r"{{1}/{2}}", r"1/2", id="nested"),
        pytest.param(r"SR{}^2", r"SR^2", id="empty"),
        pytest.param(r"{a+b \over c}", r"(a+b)/c", id="over"),
        pytest.param(r"{n \choose k}", r"(n choose k)", id="choose"),
        pytest.param(r"{x^{2} \over y}", r"(x^{2})/(y)", id="over with braces"),
    ],
)
def test_groups(formula: str, plain: str) -> None:
    assert drop_groups(formula) == plain


@pytest.mark.parametrize(
    "formula",
    [
        pytest.param(r"\frac{a}{b}", id="arguments"),
        pytest.param(r"x_{10}^{2}", id="indices"),
        pytest.param(r"\{0, 1\}", id="a set"),
        pytest.param(r"{\cal O}(n) and {\bf x}", id="switches of fonts"),
        pytest.param(r"\sqrt[3]{n}", id="root"),
        pytest.param(r"{a", id="not closed"),
    ],
)
def test_stays(formula: str) -> None:
    assert drop_groups(formula) == formula
