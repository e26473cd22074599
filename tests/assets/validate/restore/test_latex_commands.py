# ruff: noqa: RUF001  characters that look like others are what these tests are about
import pytest

from assets.validate.restore.latex_commands import accented, call, fraction, term
from assets.validate.restore.latex_text import convert


@pytest.mark.parametrize(
    ("text", "one"),
    [
        pytest.param("n", "n", id="letter"),
        pytest.param("x_{10}^2", "x_{10}^2", id="indices"),
        pytest.param("log(n)", "log(n)", id="call"),
        pytest.param(" a+b ", "(a+b)", id="sum"),
        pytest.param("(a+b)", "(a+b)", id="brackets"),
    ],
)
def test_term(text: str, one: str) -> None:
    assert term(text) == one


def test_fraction() -> None:
    assert fraction("a+b", "n") == "(a+b)/n"


def test_accents_stand_on_few_letters() -> None:
    assert accented("tilde", "O") == "Õ"
    assert accented("hat", "x_1") == "x\u0302_1"
    assert accented("bar", "AB") == "ĀB\u0304"
    assert accented("hat", "f(x)") is None
    assert accented("hat", "long") is None


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        pytest.param(r"\frac12 and \frac1T and \frac\pi 2", "1/2 and 1/T and π/2", id="arguments without braces"),
        pytest.param(r"\sqrt T, \sqrt2, \sqrt[3]{n}, \sqrt[d]{n}", "√T, √2, ∛n, n^{1/d}", id="roots"),
        pytest.param(r"\nicefrac{a+b}{c}, \binom{n}{2}", "(a+b)/c, (n choose 2)", id="more fractions"),
        pytest.param(r"\ket{0}, \bra{x}, \norm{x}_2", "|0⟩, ⟨x|, ‖x‖_2", id="brackets"),
        pytest.param(r"a \overset{d}{=} b, \stackrel{ab}{\to}", "a =^d b, →^{ab}", id="stacked"),
        pytest.param(r"a \not= b, c \not\in D, \not x", r"a ≠ b, c ∉ D, \not x", id="struck out"),
        pytest.param(r"5 \mum of \LambdaCDM, \muP", r"5 μm of ΛCDM, \muP", id="names without a space"),
        pytest.param(r"neurons \unicode{x2013}units \unicode{x7}", r"neurons –units \unicode{x7}", id="code"),
        pytest.param(r"\Tr\rho, \lg n, \rank A", "Trρ, lg n, rank A", id="names of functions"),
        pytest.param(r"\underbrace{a+b}_{n} \phantom{x}", "a+b_{n} ", id="layout"),
        pytest.param(r"\frac{1} and \sqrt and \ket", r"\frac{1} and \sqrt and \ket", id="nothing follows"),
    ],
)
def test_more_commands(raw: str, printed: str) -> None:
    assert convert(raw) == printed


@pytest.mark.parametrize(
    ("name", "rest", "printed"),
    [
        pytest.param("alpha", " x", "α", id="symbol"),
        pytest.param("log", " n", "log", id="function"),
        pytest.param("deg", "(v)", "deg", id="degree of a vertex"),
        pytest.param("deg", " C", "deg", id="degree before a space"),
        pytest.param("deg", "}", "°", id="sign of degrees"),
        pytest.param("left", "(", "", id="size"),
        pytest.param("textbf", "{x}", "x", id="font"),
        pytest.param("method", " x", None, id="unknown"),
        pytest.param("S", "ection", None, id="paragraph sign needs a number"),
    ],
)
def test_call(name: str, rest: str, printed: str | None) -> None:
    assert call(name, rest, 0, str)[0] == printed
