# ruff: noqa: RUF001  characters that look like others are what these tests are about
import pytest

from assets.validate.restore.latex_glued import RULES
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(r"Oleft(n^{1.5}dright) of Omegaleft[xright]", r"O(n^{1.5}d) of Omega[x]", id="sizes"),
        pytest.param(r"Obig(n^2big)", r"O(n^2)", id="big"),
        pytest.param(r"O left( n right) x", r"O ( n ) x", id="spaced"),
        pytest.param(r"deltale C, alphain [0,1], kgeq 3", r"δ≤C, α∈[0,1], k≥3", id="relations"),
        pytest.param(r"x nLvarepsilon", r"x nLε", id="operators and letters"),
        pytest.param(r"O(nlog n) and O(Klog^2 T)", r"O(n log n) and O(K log^2 T)", id="functions"),
        pytest.param(r"f:Xrightarrow Y, 0leqinfty", r"f:X→Y, 0≤∞", id="arrows"),
        pytest.param(r"Deltaphi of ihbar d, alphaeta", r"Δφ of iℏ d, αη", id="letters and signs"),
        pytest.param(r"360^circtimes180", r"360^∘×180", id="two operators"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through(RULES, raw) == clean
    assert through(RULES, clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"the left (or right) side, turned right)", id="words"),
        pytest.param(r"alphabeta pruning, an alphabet, Omegaverse", id="names"),
        pytest.param(r"a blog (of all), vlog (one)", id="log in words"),
        pytest.param(r"noting a culvert in Godot, approximately", id="operators in words"),
        pytest.param(r"Ineq-Comp and Uneq", id="names"),
        pytest.param(r"metalog (one), circa 1900", id="other words"),
        pytest.param(r"the copyright) and upright)", id="right in words"),
    ],
)
def test_stays(text: str) -> None:
    assert through(RULES, text) == text


def test_null_stays_null() -> None:
    assert through(RULES, None) is None
