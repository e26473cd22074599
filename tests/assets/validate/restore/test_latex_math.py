# ruff: noqa: RUF001  characters that look like others are what these tests are about
import pytest

from assets.validate.restore.latex_math import RULES
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(
            r"is 11.9times faster, 1.6-1.8times, 10Ktimes.",
            r"is 11.9× faster, 1.6-1.8×, 10K×.",
            id="times after a number",
        ),
        pytest.param(r"64times64, 64times 64, 512 times 512", r"64×64, 64×64, 512 × 512", id="times between numbers"),
        pytest.param(
            r"an n times d matrix, ntimes d, 3 times 10^9",
            r"an n × d matrix, n×d, 3 × 10^9",
            id="times between symbols",
        ),
        pytest.param(r"W_1 otimes W_2, A rtimes B", r"W_1 ⊗ W_2, A ⋊ B", id="names that end in times"),
        pytest.param(r"a^dag a, Q^parallel, 360^∘", r"a^† a, Q^∥, 360°", id="more superscripts"),
        pytest.param(r"SU(3)times SU(2)", r"SU(3)× SU(2)", id="times after a bracket"),
        pytest.param(r"performed sim1,400 of sim 5%, (sim3M)", r"performed ~1,400 of ~ 5%, (~3M)", id="about"),
        pytest.param(r"x sim N(0,1), 20sim40", r"x ~ N(0,1), 20~40", id="distributed, range"),
        pytest.param(r"approx 16, (approx 10), approx1.3M", r"≈ 16, (≈ 10), ≈1.3M", id="approximately"),
        pytest.param(r"11.0 pm 1.3, (pm 0.5), 5pm 0.1%", r"11.0 ± 1.3, (± 0.5), 5± 0.1%", id="plus or minus"),
        pytest.param(
            r"(ge 175B), (le 11B), M geq d^2, m gg n", r"(≥ 175B), (≤ 11B), M ≥ d^2, m ≫ n", id="inequalities"
        ),
        pytest.param(r"x in [0,1], a in R^d, y in {0,1}", r"x ∈ [0,1], a in R^d, y ∈ {0,1}", id="membership"),
        pytest.param(r"gamma to infty, u mapsto y, A rightarrow B", r"gamma → ∞, u ↦ y, A → B", id="arrows"),
        pytest.param(r"2.17downarrow vs 3, 0.7rightarrow0.9", r"2.17↓ vs 3, 0.7→0.9", id="glued arrows"),
        pytest.param(r"QK^top V, x^{star}, 90^circ, 45^{circ}C", r"QK^⊤ V, x^{⋆}, 90°, 45°C", id="superscripts"),
        pytest.param(r"Phi circ Psi, f circ g", r"Phi ∘ Psi, f ∘ g", id="composition"),
        pytest.param(r"as follows: bullet On one. bullet The", r"as follows: • On one. • The", id="bullets"),
        pytest.param(r"x_1, ldots, x_n and a, dots, b", r"x_1, …, x_n and a, …, b", id="dots"),
        pytest.param(
            r"ell_2 and the l_2-norm, l_1 regularization", r"ℓ_2 and the ℓ_2-norm, ℓ_1 regularization", id="ell"
        ),
        pytest.param(r"sqrt{n}, sqrt n, sqrt[3]{log n}, sqrt[2]{a+b}", r"√n, √n, ∛(log n), √(a+b)", id="roots"),
        pytest.param(r"frac{1}{2} and frac12", r"1/2 and 1/2", id="fractions"),
        pytest.param(r"tilde O(n), widetilde O(n)", r"Õ(n), Õ(n)", id="soft O"),
        pytest.param(r"sum_{i=1}^n x, A cup B, C subset D", r"∑_{i=1}^n x, A cup B, C ⊂ D", id="sums and sets"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through(RULES, raw) == clean
    assert through(RULES, clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"10 times larger, 5.5-times, 3 times a day", id="times as a word"),
        pytest.param(r"Lyapunov times, sometimes, runtimes", id="times in words"),
        pytest.param(r"the sim2real gap, sim-to-real, in sim", id="sim"),
        pytest.param(r"at 5 pm, from 1 pm 3 days, pm4py, pm2.5", id="pm"),
        pytest.param(r"le roi, in [12], as in (3), one T2I", id="words"),
        pytest.param(r"approx. 500 of about", id="abbreviation"),
        pytest.param(r"top-1 of the cup, a cap, the log", id="more words"),
        pytest.param(r"exists forall-exists, quantum dots", id="logic"),
        pytest.param(r"l_1 layer, cell_2, well", id="l"),
        pytest.param(r"a girth of 8 in (3,4) codes", id="a count before in"),
        pytest.param(r"6sqrt{3-8} and widetilde{O(k)}", id="arguments that rendering cut"),
        pytest.param(r"tilde key and hat trick", id="accents as words"),
        pytest.param(r"go from A to B in C", id="prepositions"),
    ],
)
def test_stays(text: str) -> None:
    assert through(RULES, text) == text


def test_null_stays_null() -> None:
    assert through(RULES, None) is None
