import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.validate.restore.math_marks import formulas


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        pytest.param(r"$x$ and $n,$ in $(V,d)$", ["x", "n,", "(V,d)"], id="symbols"),
        pytest.param(r"$k/2$, $d+1$, $2K$, $2.9cm$, $1,$", ["k/2", "d+1", "2K", "2.9cm", "1,"], id="terms"),
        pytest.param(r"$12.0%$ to $ 77.51%$", ["12.0%", " 77.51%"], id="percentages"),
        pytest.param(r"$O(nm)$, $rank(x)$, $(ii)$, $[0,1]$", ["O(nm)", "rank(x)", "(ii)", "[0,1]"], id="calls"),
        pytest.param(r"SU$(n)$, Lamps$365$, spin-$1/2$", ["(n)", "365", "1/2"], id="glued"),
        pytest.param(r"$a$$-$b and $d_x$$-$a", ["a", "-", "d_x", "-"], id="one after the other"),
        pytest.param(r"$$ \min_A x $$ and \[ y \]", [r" \min_A x ", " y "], id="displayed"),
        pytest.param(r"\(a\), \$5, \\(c\\)", ["a"], id="brackets and escapes"),
        pytest.param(r"$x \text{ if } y > 0$", [r"x \text{ if } y > 0"], id="words in a command"),
        pytest.param(r"\$5 and $k$ of \$", ["k"], id="escaped sign beside"),
        pytest.param("It costs $15 a day, or $5-$10 and $5/$6.", [], id="money"),
        pytest.param("US$ 5 and A$ 6 of $5 $6", [], id="currencies"),
        pytest.param("$HOME/$PATH and US$5", [], id="shell"),
        pytest.param("$40 billion for $x_i$ of $2 each", ["x_i"], id="money beside a formula"),
        pytest.param("from $20 (p<0.05) to 30$ we", [], id="a relation between sums"),
        pytest.param("$", [], id="one sign"),
        pytest.param("$$$ or $$", [], id="signs alone"),
    ],
)
def test_formulas(text: str, inner: list[str]) -> None:
    assert [formula.inner for formula in formulas(text)] == inner


@settings(max_examples=60)
@given(st.text(alphabet="$\\([])a1 x_{}5,.", max_size=60))
def test_formulas_do_not_overlap(text: str) -> None:
    end = 0
    for formula in formulas(text):
        assert end <= formula.start < formula.end <= len(text)
        assert formula.inner in text[formula.start : formula.end]
        end = formula.end


@pytest.mark.parametrize("text", ["$" * 5000, "$a1" * 3000, "\\(" * 3000, "$$" * 3000 + "x_", "$" + "a1" * 3000 + "$"])
def test_hostile_texts_end(text: str) -> None:
    assert len(list(formulas(text))) <= len(text)
