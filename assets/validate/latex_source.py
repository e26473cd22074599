r"""The LaTeX of an abstract as its source has it: one paragraph that compiles inside a document.

Beside the readable Unicode of the cleaning rules, for whoever sets the text again. Commands and formulas stay as the
author wrote them; only what is no LaTeX is taken out or escaped: comments, entities of HTML, control characters, bare
signs. Macros that only the paper defines stay as well: they need its definitions.
"""

import re

import polars as pl

from assets.validate.restore.characters import CONTROLS, INVISIBLE, SPACES
from assets.validate.restore.escapes import decode_entities
from assets.validate.restore.leaks import drop_comments
from assets.validate.restore.markdown_math import unescape_markdown
from assets.validate.restore.math_marks import formulas
from assets.validate.rules import rewrite_where

LATEX = r"[\\$]"
"""What every text in LaTeX has."""
_MARK = re.compile(r"\\(?:url|href|path)\s?\{[^{}]*\}|\\(?:[A-Za-z]+\*?|.|$)|[{}%&#_^$]", re.DOTALL)
_PAIRS = (
    (re.compile(r"\\begin\s?\{"), re.compile(r"\\end\s?\{")),
    (re.compile(r"\\left(?![A-Za-z])"), re.compile(r"\\right(?![A-Za-z])")),
)
_IN_TEXT = {"%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}", "$": r"\$"}
"""Signs with a meaning to TeX, and what prints them in running text."""
_IN_FORMULA = {"%": r"\%", "#": r"\#", "$": r"\$"}
"""The same in a formula, where the others do their work."""


def latex_text(abstract: pl.Expr) -> pl.Expr:
    r"""Makes `Let \(n\) be 50% of $$k_n$$.` LaTeX that compiles: `Let $n$ be 50\% of $k_n$.`.

    Args:
        abstract: String column, as the dumps have it.

    Returns:
        The same in LaTeX, on one line, with formulas between single dollar signs. Null where the text has no LaTeX, and
        where its braces, environments or `\left` and `\right` have no partner.
    """
    clean = drop_comments(decode_entities(abstract).str.replace_all(CONTROLS, "").str.replace_all(INVISIBLE, ""))
    flat = clean.str.replace_all(SPACES, " ").str.replace_all(r"\s+", " ").str.strip_chars()
    stated = pl.when(flat.str.contains(LATEX)).then(unescape_markdown(flat))
    made = rewrite_where(stated, LATEX, lambda one: _compilable(one) or "")
    return pl.when(made.str.len_chars() > 0).then(made)


def _compilable(text: str) -> str | None:
    """A text on one line as LaTeX; nothing if it has none or cannot be balanced."""
    parts: list[str] = []
    at = 0
    for formula in formulas(text):
        inner = _escaped(formula.inner.strip(), _IN_FORMULA)
        if not _is_balanced(inner):
            return None
        displayed = text.startswith(("$$", r"\["), formula.start)
        before = " " if displayed and text[: formula.start][-1:].isalnum() else ""
        after = " " if displayed and text[formula.end :][:1].isalnum() else ""
        parts += [_escaped(text[at : formula.start], _IN_TEXT), f"{before}${inner}${after}"]
        at = formula.end
    made = "".join((*parts, _escaped(text[at:], _IN_TEXT)))
    has_latex = bool(parts) or "\\" in text
    return made if has_latex and _is_balanced(made) else None


def _escaped(text: str, signs: dict[str, str]) -> str:
    """A text with its bare signs escaped; commands, and the addresses in them, stay."""
    return _MARK.sub(lambda mark: signs.get(mark[0], mark[0]), text)


def _is_balanced(text: str) -> bool:
    """Whether braces, environments and sized brackets have partners, and no backslash stands at the end."""
    depth = 0
    for mark in _MARK.finditer(text):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth < 0 or mark[0] == "\\":
            return False
    return depth == 0 and all(len(one.findall(text)) == len(other.findall(text)) for one, other in _PAIRS)
