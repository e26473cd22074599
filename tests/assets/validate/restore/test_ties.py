import pytest

from assets.validate.restore.ties import RULES
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(r"models~(All) and Table~2", r"models (All) and Table 2", id="brackets and numbers"),
        pytest.param(r"e.g.~10%, i.e.~all", r"e.g. 10%, i.e. all", id="abbreviation"),
        pytest.param(r"28~nm of 5~million", r"28 nm of 5 million", id="units"),
        pytest.param(r"code~https://a.org/~b", r"code https://a.org/~b", id="before an address"),
        pytest.param(r"Llama~3 by Lee et al.~[5]", r"Llama 3 by Lee et al. [5]", id="names"),
        pytest.param(r"CZEch~NEws~Data", r"CZEch NEws Data", id="in a row"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through(RULES, raw) == clean
    assert through(RULES, clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"1M~60M and 2019~2023, $5~$10", id="range"),
        pytest.param(r"about ~5 of (~10)", id="about"),
        pytest.param(r"x ~ y and ~/path", id="spaced"),
        pytest.param(r"rms~0.65 only", id="about a decimal"),
        pytest.param(r"[1]~[5]", id="range of citations"),
        pytest.param(r"8 Mbps~10 Gbps", id="range with units"),
        pytest.param(r"12^2~20^2", id="range of powers"),
        pytest.param(r"https://a.org/~b", id="address"),
    ],
)
def test_stays(text: str) -> None:
    assert through(RULES, text) == text


def test_null_stays_null() -> None:
    assert through(RULES, None) is None
