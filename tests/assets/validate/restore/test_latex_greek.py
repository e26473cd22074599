# ruff: noqa: RUF001  characters that look like others are what these tests are about
import pytest

from assets.validate.restore.latex_greek import RULES
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(r"rho=0.83, (alpha >= 0.5), t = kappa a", r"ρ=0.83, (α >= 0.5), t = κ a", id="relations"),
        pytest.param(r"C_Psi, x^{theta}, {omega_m, sigma_8}", r"C_Ψ, x^{θ}, {ω_m, σ_8}", id="indices"),
        pytest.param(r"Omega(Nd), Theta(n log n), M=Theta(1)", r"Ω(Nd), Θ(n log n), M=Θ(1)", id="arguments"),
        pytest.param(r"varepsilon-far of varphi", r"ε-far of φ", id="variants"),
        pytest.param(r"2pi, 0.5sigma, 1-delta, 1/epsilon", r"2π, 0.5σ, 1-δ, 1/ε", id="numbers"),
        pytest.param(r"the muParam and rhoLoss of", r"the μParam and ρLoss of", id="glued to a word"),
        pytest.param(r"O(nepsilon^{-2}) and (iGamma/2)", r"O(nε^{-2}) and (iΓ/2)", id="glued to one letter"),
        pytest.param(r"g_{munu} and x^{alphabeta}", r"g_{μν} and x^{αβ}", id="runs in indices"),
        pytest.param(r"nuScenes, muP, muLtimodal", r"nuScenes, muP, muLtimodal", id="names that only begin so"),
        pytest.param(r"10 mum and 5 mus", r"10 μm and 5 μs", id="units"),
        pytest.param(
            r"an (epsilon, delta)-DP of (x, alpha, Sigma)", r"an (ε, δ)-DP of (x, α, Σ)", id="lists of symbols"
        ),
        pytest.param(
            r"models Phi and functions Psi where C_Phi < C_Psi",
            r"models Φ and functions Ψ where C_Φ < C_Ψ",
            id="proven elsewhere",
        ),
        pytest.param(
            r"as a policy pi). How pi relates to R.", r"as a policy π). How π relates to R.", id="pi beside a symbol"
        ),
        pytest.param(r"resistance chi) where x_i is", r"resistance χ) where x_i is", id="in a text with formulas"),
        pytest.param(r"the maximum degree Delta of all", r"the maximum degree Δ of all", id="after a noun"),
        pytest.param(
            r"a threshold tau and a coefficient beta.",
            r"a threshold τ and a coefficient β.",
            id="small letters after a noun",
        ),
        pytest.param(r"a Lambda-shaped mask", r"a Λ-shaped mask", id="shape"),
        pytest.param(r"for all epsilon and some sigma.", r"for all ε and some σ.", id="names that are no words"),
        pytest.param(r"so Delta t is small", r"so Δ t is small", id="difference"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through(RULES, raw) == clean
    assert through(RULES, clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"We introduce Sigma, Phi-3 and Phi 2; Theta", id="names"),
        pytest.param(r"the delta rule, gamma rays, beta version", id="terms"),
        pytest.param(r"alpha-beta pruning with x_i <= 3", id="term in a text with formulas"),
        pytest.param(r"Alpha Go and the Delta Rule", id="capital names"),
        pytest.param(r"reduced alpha and beta power (delta, theta, alpha)", id="brain waves"),
        pytest.param(r"Z3alpha, YOLOv5mu, learning_rate_alpha", id="identifiers"),
        pytest.param(r"a Raspberry Pi and raspberry pi 4", id="computer"),
        pytest.param(r"Cohen's kappa and Spearman's rho", id="coefficients"),
        pytest.param(r"the pi-calculus and lambda-calculus", id="calculi"),
        pytest.param(r"see https://a.org/alpha_1=beta", id="address"),
        pytest.param(r'combining "omega" and x_i', id="quoted"),
        pytest.param(r"Mixtral|Phi-3.5|Qwen", id="list of names"),
        pytest.param(r"PixArt-sigma is here", id="part of a name"),
    ],
)
def test_stays(text: str) -> None:
    assert through(RULES, text) == text


def test_null_stays_null() -> None:
    assert through(RULES, None) is None
