# ruff: noqa: RUF001  characters that look like others are what these tests are about
import pytest

from assets.validate.restore.escapes import RULES
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(r"from scratchx2013even better", r"from scratch–even better", id="en dash"),
        pytest.param(r"the runx2014each of them", r"the run—each of them", id="em dash"),
        pytest.param(r"models x2013 such as these", r"models – such as these", id="between spaces"),
        pytest.param(r"the spacex2013the first", r"the space–the first", id="after a vowel, before a function word"),
        pytest.param(r"of contextx2013x2013and all", r"of context––and all", id="twice"),
        pytest.param(r"in (A)x2014a set", r"in (A)—a set", id="after a bracket"),
        pytest.param(r"the modelx2019s size", r"the model’s size", id="apostrophe"),
        pytest.param(r"x201cgoodx201d ones", r"“good” ones", id="quotation marks"),
        pytest.param(r"a\u2014b and a\u{2013}b", r"a—b and a–b", id="marked codes"),
        pytest.param(r"R&amp;D, a &lt; b, &quot;so&quot;, 5&nbsp;m", r'R&D, a < b, "so", 5 m', id="entities"),
        pytest.param(r"&#233;t&#xe9;", r"été", id="numbered entities"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through(RULES, raw) == clean
    assert through(RULES, clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"linux2013 and Linux2014 kernels", id="years of software"),
        pytest.param(r"Phoenix2014T, ISCX2014", id="names"),
        pytest.param(r"cox2014neural,fox2013deep", id="citation keys"),
        pytest.param(r"liu2019deep and xu2014fast", id="citation keys with u"),
        pytest.param(r"1920x2014 pixels", id="resolution"),
        pytest.param(r"MMLU2019 and EMNLP2014", id="upper case"),
        pytest.param(r"see https://a.org/ax2013b", id="address"),
        pytest.param(r"AT&T; R&D, a && b", id="ampersands"),
    ],
)
def test_stays(text: str) -> None:
    assert through(RULES, text) == text


def test_null_stays_null() -> None:
    assert through(RULES, None) is None
