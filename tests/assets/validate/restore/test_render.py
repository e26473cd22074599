import polars as pl
import pytest

from assets.validate.restore.render import render


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        pytest.param(r"a \textbf{bold} word", "a bold word", id="command"),
        pytest.param(r"\underline{\textbf{Gen}}erative", r"\textbf{Gen}erative", id="nested"),
        pytest.param(r"of $\sim$1,400 and $11.9\times$", "of sim1,400 and 11.9times", id="mathematics"),
        pytest.param(r"$\tilde{\mathcal{O}}(\sqrt{n})$", "mathcal{O}(n)", id="lost root"),
        pytest.param(r"$\frac{1}{2}$", "1{2}", id="lost fraction"),
        pytest.param(r"50\% of na\"ive {\it ones}", r"50\% of na\"ive {\it ones}", id="text mode stays"),
        pytest.param("two\n  lines ", "two lines", id="white space"),
        pytest.param("$5 each", "$5 each", id="one dollar sign"),
        pytest.param("plain", "plain", id="plain"),
    ],
)
def test_render(source: str, shown: str) -> None:
    assert pl.DataFrame({"text": [source]}).select(render(pl.col("text"))).item() == shown


def test_null_stays_null() -> None:
    frame = pl.DataFrame({"text": [None, "$x$"]}, schema={"text": pl.String})
    assert frame.select(render(pl.col("text")))["text"].to_list() == [None, "x"]
