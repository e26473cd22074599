"""Formulas that were escaped for Markdown, and those that only look so."""

import polars as pl
import pytest

from assets.validate.catalogue import RESTORE
from assets.validate.latex_source import latex_text
from assets.validate.restore.markdown_math import unescape_markdown
from assets.validate.rules import apply_rules


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(r"a risk of $\\tilde{\\mathcal{O}}(n)$", r"a risk of $\tilde{\mathcal{O}}(n)$", id="commands"),
        pytest.param(r"a gain of $3\\%$", r"a gain of $3\%$", id="an escaped sign"),
        pytest.param(r"the set $\\{a, b\\}$", r"the set $\{a, b\}$", id="braces of a set"),
        pytest.param(r"$\mathbb{E}\_{p}$", r"$\mathbb{E}_{p}$", id="index of a group"),
        pytest.param(r"$\tau\_1 + x\_i + \|A\|\_F$", r"$\tau_1 + x_i + \|A\|_F$", id="indices of symbols"),
        pytest.param(r"$\mathcal{C}\_\Phi$", r"$\mathcal{C}_\Phi$", id="a command as index"),
        pytest.param(r"$Sea\_State$", r"$Sea\_State$", id="a name of two words"),
        pytest.param(r"$\texttt{Sea\_State}$", r"$\texttt{Sea\_State}$", id="a name in a font"),
        pytest.param(r"$a \\ b$", r"$a \\ b$", id="the end of a line"),
        pytest.param(r"$a \\b$", r"$a \\b$", id="the end of a line, and a letter"),
        pytest.param(r"$a \\\alpha$", r"$a \\\alpha$", id="the end of a line, and a command"),
        pytest.param(r"the file sea\_state and \\alpha", r"the file sea\_state and \\alpha", id="outside of formulas"),
        pytest.param("no formula", "no formula", id="plain text"),
    ],
)
def test_formulas(raw: str, clean: str) -> None:
    assert pl.select(unescape_markdown(pl.lit(raw))).item() == clean
    assert pl.select(unescape_markdown(pl.lit(clean))).item() == clean


def test_both_forms_of_an_abstract_are_read_alike() -> None:
    escaped, plain = r"A loss of $\\tilde{O}(\sqrt{C\_1})$.", r"A loss of $\tilde{O}(\sqrt{C_1})$."
    frame = pl.DataFrame({"title": ["", ""], "abstract": [escaped, plain]})
    one, other = apply_rules(frame, RESTORE)["abstract"]
    assert one == other == "A loss of Õ(√C_1)."
    one, other = frame.select(latex_text(pl.col("abstract"))).to_series()
    assert one == other == plain
