import pytest

from assets.validate.restore.leaks import COMMENT_RULES, RULES
from tests.assets.validate.cases import through


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(r"attention maps smith2017attention and", r"attention maps and", id="key"),
        pytest.param(r"effectiveness~lee2020one,kim2022two and", r"effectiveness and", id="list after a tie"),
        pytest.param(r"in CoT lee2024chain,kim2023expressive.", r"in CoT.", id="before a stop"),
        pytest.param(r"recent work~lee2020one, kim2021two shows", r"recent work shows", id="list with a space"),
        pytest.param(r"a step (lee2012machine). This", r"a step. This", id="in brackets"),
        pytest.param(r"shown [lee-etal-2019-deep] before", r"shown before", id="other style"),
        pytest.param(r"by Lee et al. lee2013model, and", r"by Lee et al., and", id="after et al."),
        pytest.param(r"as shown~\cite{lee2020,kim} before", r"as shown before", id="command"),
        pytest.param(r"a method \citep[see][]{lee2020} that", r"a method that", id="command with options"),
        pytest.param(r"at https://a.org/b{our code}.", r"at https://a.org/b.", id="label"),
        pytest.param(r"(https://a.org/b{https://a.org/b})", r"(https://a.org/b)", id="address as label"),
        pytest.param(r"at www.a.org/{here}, b.io/c{x {y}}", r"at www.a.org/, b.io/c", id="nested label"),
        pytest.param("at https://a.org/b {https://a.org/b}", "at https://a.org/b", id="spaced label"),
        pytest.param(
            r"of agents. %We also tried more. Results are good.", r"of agents. Results are good.", id="comment"
        ),
        pytest.param(r"a task. % We do it.", r"a task. We do it.", id="sign on a line of its own"),
        pytest.param(r"%% Text We do it.", r"Text We do it.", id="sign at the start"),
        pytest.param(
            r"of it. %Tried this, Our method works. So", r"of it. Our method works. So", id="comment without a stop"
        ),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert through((*COMMENT_RULES, *RULES), raw) == clean
    assert through((*COMMENT_RULES, *RULES), clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"the idea proposed by lee2020deep works", id="key as an object"),
        pytest.param(r"as in lee2020deep, we", id="key after a preposition"),
        pytest.param(r"start. lee2020deep shows it", id="key as a subject"),
        pytest.param(r"trained on wmt2014ende and coco2017val", id="data sets"),
        pytest.param(r"evaluate imagenet2012val here", id="data set alone"),
        pytest.param(r"at https://a.org/users/{id}/files", id="template"),
        pytest.param(r"of 50 % of all and 100% In total", id="per cent"),
        pytest.param(r"PPL-p% sparsity, 5% The", id="per cent glued"),
        pytest.param(r"error of 3. 5 % Better", id="number before"),
        pytest.param(r"by \cite{lee2020} we", id="command as an object"),
    ],
)
def test_stays(text: str) -> None:
    assert through((*COMMENT_RULES, *RULES), text) == text


def test_null_stays_null() -> None:
    assert through((*COMMENT_RULES, *RULES), None) is None
