r"""LaTeX of BibTeX: texts as LaTeX prints them, so that BibTeX, biber and the readers of bibliographies agree on them.

BibTeX counts every brace, also one behind a backslash; so a brace of the text is written as a command. What LaTeX would
join to another sign (`--`, two grave accents, `?` and a grave accent) is kept apart by an empty group. `@` is put into
a group, as readers that recover from errors look for the next entry at an `@`. All other characters stay UTF-8.
"""

from collections.abc import Mapping

import polars as pl

from assets.parse.controls import CONTROL

SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "#": r"\#",
    "$": r"\textdollar{}",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "@": "{@}",
}
"""What means something to LaTeX or to BibTeX -> how it is written."""
JOINED = {
    "--": "-{}-",
    "''": "'{}'",
    "``": "`{}`",
    "!`": "!{}`",
    "?`": "?{}`",
    ",,": ",{},",
    "<<": "<{}<",
    ">>": ">{}>",
}
"""Signs that fonts join to another one -> how they are kept apart."""
IN_LINKS = {sign: f"%{ord(sign):02X}" for sign in '%{}\\"<>^`| #?&~'}
"""What must not stand in a link -> its percent-encoding."""

BLANKS = r"[\t\n\r\x0b\x0c\x1c-\x1f\x{85}\x{2028}\x{2029}]+"
"""Controls that separate words."""


def one_line(text: pl.Expr) -> pl.Expr:
    """Texts on one line and without controls, as BibTeX makes one space of any white space anyway."""
    return text.str.replace_all(BLANKS, " ").str.replace_all(CONTROL, "").str.strip_chars(" ")


def latex(text: pl.Expr) -> pl.Expr:
    """Texts as LaTeX has them, on one line."""
    apart = replaced(replaced(one_line(text), SIGNS), JOINED)
    return replaced(apart, JOINED)  # of three hyphens the first pass sees two


def range_of_pages(text: pl.Expr) -> pl.Expr:
    """Pages as LaTeX has them, on one line; two hyphens are the dash between numbers and stay."""
    return replaced(one_line(text), SIGNS)


def replaced(text: pl.Expr, table: Mapping[str, str]) -> pl.Expr:
    """Texts with all keys of a table replaced in one pass."""
    return text.str.replace_many(list(table), list(table.values()))
