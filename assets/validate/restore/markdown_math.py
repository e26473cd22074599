r"""Formulas that went through Markdown: `$\\tilde{O}\_d$`, where the source has `$\tilde{O}_d$`.

Whoever keeps LaTeX in Markdown doubles the backslash of a command and escapes the underscore of an index. A doubled
backslash is also the end of a line, so that it counts only before the name of a command or an escaped sign; an escaped
underscore is also a part of a name (`$Sea\_State$`), so that it counts only behind what can have an index.
"""

import re

import polars as pl

from assets.validate.restore.latex_commands import DELIMITERS, FONTS, FRACTIONS, SYMBOLS
from assets.validate.restore.math_marks import formulas
from assets.validate.restore.symbols import FUNCTIONS, MATH_ACCENTS
from assets.validate.rules import Rule, rewrite_where
from schemas.vocabulary import RuleFamily

ESCAPED = r"\\\\[A-Za-z{}%]|\\_"
_KNOWN = frozenset(
    (*SYMBOLS, *FONTS, *MATH_ACCENTS, *FUNCTIONS, *DELIMITERS, *FRACTIONS, "sqrt", "text", "left", "right")
)
_DOUBLED = re.compile(r"(?<!\\)\\\\(?:(?P<name>[A-Za-z]+)|(?=[{}%]))")
_INDEX = re.compile(
    r"(?:(?<=[})|\]])|(?<=[_^]\w)|(?<![A-Za-z\\])(?P<letter>[A-Za-z])|(?P<command>\\[A-Za-z]+))"
    r"\\_(?=[{\\]|[A-Za-z0-9](?![A-Za-z0-9]))"
)


def unescape_formula(formula: str) -> str:
    r"""`\\tilde{O}\_d` -> `\tilde{O}_d`.

    Args:
        formula: What stands between two marks of mathematics.
    """
    single = _DOUBLED.sub(_single, formula)
    return _INDEX.sub(lambda found: f"{found['letter'] or found['command'] or ''}_", single)


def _single(found: re.Match[str]) -> str:
    name = found["name"]
    if name is None:
        return "\\"
    return f"\\{name}" if len(name) > 1 and name in _KNOWN else found[0]


def unescape(text: str) -> str:
    """The same for all formulas of a text; what stands outside them stays."""
    parts, at = [], 0
    for formula in formulas(text):
        start = text.index(formula.inner, formula.start)
        parts += [text[at:start], unescape_formula(formula.inner)]
        at = start + len(formula.inner)
    return "".join((*parts, text[at:]))


def unescape_markdown(text: pl.Expr) -> pl.Expr:
    r"""`a loss of $\\tau\_1$` -> `a loss of $\tau_1$`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with the formulas as they were before Markdown.
    """
    return rewrite_where(text, ESCAPED, unescape)


RULES = (
    Rule(
        name="markdown_math",
        family=RuleFamily.RESTORE,
        version=1,
        summary=r"A formula that was escaped for Markdown is read as LaTeX: `$\\tau\_1$` becomes `τ_1`.",
        apply=unescape_markdown,
    ),
)
