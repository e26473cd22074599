import polars as pl
import pytest

from assets.validate.restore.residue import (
    has_name,
    has_odd_bracket,
    has_remainder,
    lost_accent,
    lost_command,
    lost_dot,
    lost_fraction,
    lost_root,
)


@pytest.mark.parametrize(
    ("detect", "text", "seen"),
    [
        pytest.param(lost_command, "a rate of mathcal{O}(n)", True, id="font inside a command"),
        pytest.param(lost_command, "a model {p}_{theta}(y)", True, id="accent over a letter"),
        pytest.param(lost_command, r"a rate of \mathcal{O}(n), x_{i}, {a b}", False, id="whole commands"),
        pytest.param(lost_fraction, "a 1{2}-epsilon and N^2d^2{M}", True, id="fraction"),
        pytest.param(lost_fraction, "log(d){n}", True, id="fraction of a call"),
        pytest.param(lost_fraction, r"x_{10}, 2^{18}, \Foo{x}, word {x}, {0, 1}", False, id="indices and sets"),
        pytest.param(lost_root, "Ours takes O(n) steps instead of O(n) before. It", True, id="equal bounds set apart"),
        pytest.param(lost_root, "Unlike O(n) w.r.t. n, ours takes O(n).", True, id="abbreviation inside"),
        pytest.param(lost_root, "Ours takes O(n) steps instead of O(n^2).", False, id="other bounds"),
        pytest.param(lost_root, "It takes O(n) steps. Reduced, it takes O(n) too.", False, id="two sentences"),
        pytest.param(lost_root, "It takes O(n) time and O(n) space.", False, id="no contrast"),
        pytest.param(lost_dot, "a system x = Ax + Bu with", True, id="state equation"),
        pytest.param(lost_dot, "the flow x = f(x, t)", True, id="flow"),
        pytest.param(lost_dot, "a line y = ax + b, f(x) = x + 1, k = k-1", False, id="other equations"),
        pytest.param(has_remainder, r"We present \method, a", True, id="macro"),
        pytest.param(has_remainder, "sqrt{n}{m} of hat x.", True, id="root"),
        pytest.param(has_remainder, "proposed by lee2020deep in", True, id="citation key"),
        pytest.param(has_remainder, "a model %of this kind", True, id="comment inside a sentence"),
        pytest.param(has_remainder, "50% of all, a square root, hat trick, x_{10}", False, id="words"),
        pytest.param(has_remainder, "the group $SL(2,R)$ of", True, id="marks of a formula"),
        pytest.param(has_remainder, "for $15 per paper or US$ 5 (A$ 6)", False, id="money"),
        pytest.param(lost_accent, "a regret of O(T) for all games", True, id="regret without a root"),
        pytest.param(lost_accent, "where O hides logarithmic factors", True, id="a tilde that is spoken of"),
        pytest.param(lost_accent, "a regret of O(√T), O(log T) or O(T^{2/3})", False, id="other regrets"),
        pytest.param(lost_accent, "a linear regret of O(T), in time O(T)", False, id="said to be linear"),
        pytest.param(lost_accent, "where Õ hides logarithmic factors", False, id="tilde"),
        pytest.param(has_name, "a trade-off parameter, beta, which, and alpha-lamps", True, id="letters"),
        pytest.param(has_name, "the rate (-Gamma) of a Lambda-type lamp", True, id="capital letters"),
        pytest.param(has_name, "if S ll A and θ pm 4 with A cup B", True, id="signs"),
        pytest.param(has_name, "a beta version of alpha-beta pruning by 5 pm, and Sigma", False, id="terms"),
        pytest.param(has_name, "shown 3 times (see B), the mid A layer", False, id="words"),
        pytest.param(has_odd_bracket, "a network (ResNet is", True, id="open"),
        pytest.param(has_odd_bracket, "a network ResNet) is", True, id="closed"),
        pytest.param(has_odd_bracket, "a) one, (b) two, 3) three (of [four]) in (0, 1] :)", False, id="no brackets"),
    ],
)
def test_detectors(detect: object, text: str, *, seen: bool) -> None:
    frame = pl.DataFrame({"text": [text]})
    assert frame.select(detect(pl.col("text"))).item() is seen  # type: ignore[operator]
