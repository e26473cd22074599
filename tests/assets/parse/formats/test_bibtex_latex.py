import pytest

from assets.parse.formats.bibtex_latex import readable
from assets.parse.formats.bibtex_names import split_names


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"M{\"{u}}ller", "Müller"),
        (r"M\"uller", "Müller"),
        (r"\'{E}t\'e", "Été"),
        (r"\'{\i}ndice, \'\i ndice", "índice, índice"),
        (r"{\aa}ngstr{\o}m, Stra{\ss}e", "ångstrøm, Straße"),
        (r"Stra\ss e, \AA rhus, \o", "Straße, Århus, ø"),
        (r"\v{S}koda {\v c}aj, \c{c}a va, {\c s}", "Škoda čaj, ça va, ş"),
        (r"\'{\^e}, {\'{\^{e}}}", "ế, ế"),
        (r"\"{ou}", "öu"),
        (r"{BERT} and {{GPT}-2}: {A}n {\L}adder", "BERT and GPT-2: An Ładder"),
        (r"$x^{2}$ and {$\alpha$}-rays", r"$x^{2}$ and $\alpha$-rays"),
        (r"\textit{Gull} {\em now} \emph{{N}ow}", r"\textit{Gull} {\em now} \emph{Now}"),
        (r"\frac{a}{b} {\unknown x}", r"\frac{a}{b} {\unknown x}"),
        (r"50\% \& more\_or \#1 for \$5", r"50% & more_or #1 for \$5"),
        (r"{\textendash} {\textquoteright}", "\u2013 \u2019"),
        (r"{\textbraceleft}a\textbraceright{} b", "{a} b"),
        (r"non\-linear", "nonlinear"),
        ("a~b, unbalanced } and {", "a~b, unbalanced } and "),
        (r"costs $5 and {more}", "costs $5 and more"),
        ("no LaTeX at all", "no LaTeX at all"),
    ],
)
def test_a_title_is_readable_and_keeps_what_cleaning_knows(written: str, printed: str) -> None:
    assert readable(written, in_full=False) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (r"\textit{Proc.} {\it of} the~Quay \& Sons", "Proc. of the Quay & Sons"),
        (r"\url{https://quay.example/a\_b}", "https://quay.example/a_b"),
        (r"https://quay.example/\~{}ann", "https://quay.example/~ann"),
        (r"\unknown{x}", r"\unknown{x}"),
    ],
)
def test_a_short_value_is_read_in_full(written: str, printed: str) -> None:
    assert readable(written, in_full=True) == printed


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Lee, Ann and Bo Kim", ["Lee, Ann", "Bo Kim"]),
        ("Lee, Ann AND\n  Bo~Kim  and others", ["Lee, Ann", "Bo Kim"]),
        ("von der Gull, Jr, Ann", ["von der Gull, Jr, Ann"]),
        ("{Quay and Sons} and Lee", ["Quay and Sons", "Lee"]),
        (r"{\'E}cole {and} \relax Ann and Fernando", ["École and Ann", "Fernando"]),
        (r"M{\"u}ller, J{\"u}rgen and {\L}ucja Ma{\l}a", ["Müller, Jürgen", "Łucja Mała"]),
        ("", []),
        ("and", ["and"]),
        ("others", []),
        ("Anderson and Sand", ["Anderson", "Sand"]),
        ("Unbalanced } and {Name", ["Unbalanced }", "Name"]),
    ],
)
def test_names_are_split_and_decoded(written: str, names: list[str]) -> None:
    assert split_names(written) == names


@pytest.mark.parametrize(
    "hostile",
    ["{" * 200_000, "}" * 200_000, "\\" * 200_001, "$" * 200_000, '\\"{' * 70_000, "\\c" * 100_000, "\\a{" * 70_000],
    ids=["open", "close", "backslashes", "dollars", "accents", "words", "commands"],
)
def test_hostile_latex_takes_linear_time(hostile: str) -> None:
    """A quadratic reading of one of these takes hours."""
    assert len(readable(hostile, in_full=True)) <= len(hostile)
    assert len(readable(hostile, in_full=False)) <= len(hostile)
