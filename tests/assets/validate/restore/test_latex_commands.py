# ruff: noqa: RUF001  characters that look like others are what these tests are about
import pytest

from assets.validate.restore.latex_commands import accented, call, fraction, term


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


def test_accents_stand_on_one_letter() -> None:
    assert accented("tilde", "O") == "Õ"
    assert accented("hat", "xy") is None


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
