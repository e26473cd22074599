r"""How much of the damage of a listing page is repaired, on abstracts of real sources that are damaged on purpose.

    python -m tests.bench.rendered_report PACKS [N] [--misses CLASS] [--write]

The truth is what the cleaning rules make of the source itself; the damage is `render`. Sentences are compared one by
one. A sentence may have several kinds of LaTeX and counts in each, so that it is exact only if all were repaired.
`--write` keeps the table for docs/cleaning.md; write that page anew afterwards.
"""

import argparse
from pathlib import Path

import polars as pl

from tests.bench.latex_sources import rendered_sentences, source_abstracts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measured" / "cleaning_rendered.md"
CLASSES = {
    "escaped characters": r"\\[%&_#]",
    "marks of mathematics": r"\$",
    "indices": r"[_^]",
    "multiplication signs": r"\\times\b",
    "relations and arrows": (
        r"\\(?:sim|approx|simeq|[lg]eq?|neq?|ll|gg|propto|equiv|in|subset\w*|to|mapsto|pm|\w*arrow)\b"
    ),
    "Greek letters": (
        r"\\(?:var)?(?i:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi"
        r"|omega)(?:\b|_)"
    ),
    "other signs": (
        r"\\(?:cdots?|ldots|infty|ell|circ|partial|nabla|otimes|oplus|dagger|ast|star|top|prime|langle|rangle)(?:\b|_)"
    ),
    "names of functions": r"\\(?:log|ln|exp|min|max|sup|inf|sin|cos|arg\w*|lim)(?:\b|_)",
    "sizes of brackets": r"\\(?:left|right|[bB]igg?[lr]?)\b",
    "fonts in text": r"\\(?:text(?:bf|it|tt|sc|sf|rm)|emph|underline)\b",
    "fonts in formulas": r"\\(?:math\w+|boldsymbol|bm|operatorname)\b",
    "old-style groups": r"\{\s*\\(?:it|bf|em|sc|tt|rm|sf|cal)\b",
    "accents": r"\\['`\"^~=.][A-Za-z{\\]|\\[cvHurk]\{",
    "quotation marks": r"``|(?:^|\s)`\w",
    "dashes": r"--",
    "ties": r"\w~\S",
    "spaces": r"\\[,;:! ]|\\q?quad",
    "links": r"\\(?:url|href)\b",
}
"""Kind of LaTeX -> what shows it; all that the page takes away can be told from what it leaves."""
LOSSY = {
    "roots": r"\\sqrt",
    "fractions": r"\\[dt]?frac|\\over\b|\\binom",
    "accents over symbols": r"\\(?:wide)?(?:hat|tilde)\b|\\(?:bar|overline|vec|dot|ddot)\b",
    "double bars": r"\\[|]",
    "letters of number sets": r"\\(?:mathbb|mathds|Bbb)",
    "macros of authors, references": None,
}
"""Kinds of which the page leaves no reliable trace; the last are those that the rules keep as they are."""
SIGN = r"[^\w\s.,;:()'\"-]"


def has(kind: str) -> pl.Expr:
    """Whether a sentence has a kind of LaTeX."""
    pattern = (CLASSES | LOSSY)[kind]
    return pl.col("truth").str.contains(r"\\") if pattern is None else pl.col("source").str.contains(pattern)


def is_lossy() -> pl.Expr:
    """Whether a sentence has a command of which the page leaves nothing."""
    return pl.any_horizontal(has(kind) for kind in LOSSY)


def is_exact() -> pl.Expr:
    """Whether a sentence came out as it should, spaces beside signs aside: TeX sets those by itself."""
    forms = [
        pl.col(name).str.replace_all(rf"\s*({SIGN})\s*", "${1}").str.replace_all(r"([a-z])\s\(", "${1}(")
        for name in ("clean", "truth")
    ]
    return forms[0] == forms[1]


def counts(found: pl.DataFrame) -> pl.DataFrame:
    """One row per kind: sentences, those that the page changed, and how they came out."""
    exact = is_exact()
    rows = []
    for name in (*CLASSES, *LOSSY):
        some = found.filter(has(name) if name in LOSSY else has(name) & ~is_lossy())
        rows.append(
            {
                "kind": name,
                "sentences": some.height,
                "exact": some.filter(exact).height,
                "flagged": some.filter(~exact, "told").height,
                "neither": some.filter(~exact, ~pl.col("told")).height,
            }
        )
    return pl.DataFrame(rows)


def undamaged(found: pl.DataFrame) -> pl.DataFrame:
    """The sentences that the page leaves as they are."""
    return found.filter(pl.col("source") == pl.col("shown"))


def table(counted: pl.DataFrame) -> str:
    """The counts as a table in Markdown."""
    lines = [
        "| what the source has | sentences | repaired exactly | else flagged | neither |",
        "| --- | --: | --: | --: | --: |",
    ]
    for kind, total, *parts in counted.iter_rows():
        shares = " | ".join(f"{100 * part / total:.1f} %" if total else "" for part in parts)
        lines.append(f"| {kind} | {total:,} | {shares} |")
    return "\n".join(lines) + "\n"


def page(found: pl.DataFrame, abstracts: int, left_out: int) -> str:
    """What goes into docs/cleaning.md."""
    same = undamaged(found)
    wrong = same.filter(pl.col("clean") != pl.col("truth")).height
    counted = counts(found)
    lossy = counted["kind"].is_in(list(LOSSY))
    return (
        f"{abstracts:,} abstracts in LaTeX from five sets of real records were damaged the way a listing page damages "
        f"them and cleaned; what the rules make of the source itself is the truth, and {found.height:,} sentences were "
        f"compared ({left_out:,} abstracts whose sentences depend on each other were left out). Of {same.height:,} "
        f"sentences that the page leaves as they are, {wrong:,} came out otherwise "
        f"({100 * wrong / max(1, same.height):.3f} %).\n\n"
        "A sentence may have several kinds of LaTeX and counts in each: it is exact only if all of them were repaired "
        "(spaces beside signs aside, which TeX sets by itself). Sentences with something that the page takes away for "
        "good are in the second table only: no rule may repair them.\n\n"
        f"{table(counted.filter(~lossy))}\n{table(counted.filter(lossy))}"
    )


def misses(found: pl.DataFrame, name: str, count: int = 60) -> None:
    """Prints sentences of a kind that came out wrong."""
    wrong = found.filter(pl.col("clean") != pl.col("truth"))
    if name == "undamaged":
        wrong = undamaged(wrong)
    else:
        wrong = wrong.filter(~is_exact(), has(name) if name in LOSSY else has(name) & ~is_lossy())
    for row in wrong.head(count).iter_rows(named=True):
        print(f"{'told' if row['told'] else 'NOT TOLD'}\n  {row['source']}\n  {row['truth']}\n  {row['clean']}")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", type=Path, help="folder that holds one folder a pack")
    parser.add_argument("count", type=int, nargs="?", default=5_000, help="abstracts to damage")
    parser.add_argument("--misses", help="print sentences of a kind that came out wrong, or `undamaged`")
    parser.add_argument("--write", action="store_true", help="keep the table for docs/cleaning.md")
    options = parser.parse_args()
    sources = source_abstracts(options.packs, options.count)
    found, left_out = rendered_sentences(sources)
    text = page(found, sources.height, left_out)
    print(text)
    if options.misses:
        misses(found, options.misses)
    if options.write:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
