# ruff: noqa: RUF001  characters that look like others are what these tests are about
import pytest

from assets.validate.restore.latex_remains import RULES
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("a gain of 0.25,dB in 3,ms", "a gain of 0.25 dB in 3 ms", id="units"),
        pytest.param("N(μ,,σ^2)", "N(μ, σ^2)", id="two commas"),
        pytest.param("f(x) !=! y and k!=!1 at sim!4%", "f(x) = y and k=1 at sim4%", id="negative spaces"),
        pytest.param("dge 1, Nge 8, ngg1, xle -2", "d≥ 1, N≥ 8, n≫1, x≤ -2", id="relations"),
        pytest.param("as tto +infty and pto 0", "as t→ +infty and p→ 0", id="limits"),
        pytest.param("pin [0,1] and uin V, iin{1,2}, kin[m]", "p∈ [0,1] and u∈ V, i∈{1,2}, k∈[m]", id="elements"),
        pytest.param("p(x_u mid x_o) of X mid Z", "p(x_u | x_o) of X | Z", id="given"),
        pytest.param("on partialOmega and partial_t u", "on ∂Omega and ∂_t u", id="boundary"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through(RULES, raw) == clean
    assert through(RULES, clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("k! = 120 and n! + 1!", id="factorials"),
        pytest.param("in 1,200 ms, 3,4 and a,b", id="commas"),
        pytest.param("at age 8, all 3, one 1, ill 2, into 0", id="words"),
        pytest.param("the bin A and pin (see 2), sin(x), a win [sic]", id="words before brackets"),
        pytest.param("partial R^2 in the mid layers, mid 2020", id="terms"),
        pytest.param("see https://a.org/x,,y!=!z for more", id="address"),
    ],
)
def test_stays(text: str) -> None:
    assert through(RULES, text) == text


def test_null_stays_null() -> None:
    assert through(RULES, None) is None
