import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.validate.latex_source import latex_text


def source(text: str | None) -> str | None:
    """The LaTeX of one text."""
    frame = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    made: str | None = frame.select(latex_text(pl.col("text"))).item()
    return made


@pytest.mark.parametrize(
    ("raw", "latex"),
    [
        pytest.param("Let \\(n\\) be\n  $$k_n$$ or \\[x\\].", r"Let $n$ be $k_n$ or $x$.", id="marks and lines"),
        pytest.param(r"of$$x^2$$and", r"of $x^2$ and", id="displayed without spaces"),
        pytest.param(r"$\sqrt{n}$ of \emph{all} $50\%$", r"$\sqrt{n}$ of \emph{all} $50\%$", id="as it is"),
        pytest.param("Done. %We tried.\nSo \\emph{this}.", r"Done. So \emph{this}.", id="comment"),
        pytest.param(r"R&amp;D of $a &lt; b$", r"R\&D of $a < b$", id="entities"),
        pytest.param("a\x00b $\u200bx$", "ab $x$", id="control characters"),
        pytest.param(
            r"50% of a_b for $5 and $k$ #1 x^2", r"50\% of a\_b for \$5 and $k$ \#1 x\textasciicircum{}2", id="bare"
        ),
        pytest.param(r"\url{https://a.org/b_c%20} \& $x_1$", r"\url{https://a.org/b_c%20} \& $x_1$", id="address"),
        pytest.param(r"our \method{} for $\{0,1\}$", r"our \method{} for $\{0,1\}$", id="macros and sets"),
        pytest.param(r"$\left( x \right)$ {\it all}", r"$\left( x \right)$ {\it all}", id="groups"),
        pytest.param(r"Fr\'echet and na\"ive", r"Fr\'echet and na\"ive", id="accents"),
    ],
)
def test_latex(raw: str, latex: str) -> None:
    assert source(raw) == latex
    assert source(latex) == latex


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(None, id="null"),
        pytest.param("", id="empty"),
        pytest.param("Plain text, 50% of it.", id="plain"),
        pytest.param("It costs $5 per paper.", id="money"),
        pytest.param(r"\textbf{open and $x$", id="open brace"),
        pytest.param(r"closed} and $x$", id="closing brace"),
        pytest.param(r"$\left( x$", id="left alone"),
        pytest.param(r"\begin{itemize} a", id="open environment"),
        pytest.param("$x$ \\", id="backslash at the end"),
    ],
)
def test_nothing(text: str | None) -> None:
    assert source(text) is None


@settings(max_examples=60)
@given(st.text(alphabet="$\\(){}a1 _%&^#", max_size=40))
def test_what_is_made_is_balanced(text: str) -> None:
    made = source(text)
    if made is not None:
        bare = re.sub(r"\\(?:[A-Za-z]+|.)", "", made)
        assert bare.count("$") % 2 == 0
        assert bare.count("{") == bare.count("}")
        assert not re.search(r"[%#]", bare)
