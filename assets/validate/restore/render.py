r"""An imitation of what the listing site does to LaTeX: the damage that the `restore` rules undo.

The site removes `\cmd{X}` in one pass, up to the first closing brace, and then, between two dollar signs, the signs
and every backslash. Applied to an abstract from its source, this yields the abstract of a listing: to join the two, and
to make test data without limit.
"""

import re

import polars as pl

from assets.validate.rules import rewrite_where

COMMAND = r"\\[a-zA-Z]+\{([^}]*)\}"
"""A command and its argument up to the first closing brace, so that nested ones keep a remainder."""
INLINE = re.compile(r"\$([^$]*)\$")


def render(text: pl.Expr) -> pl.Expr:
    r"""`$\sim$1,400 of \textbf{them}` -> `sim1,400 of them`.

    Args:
        text: String column of texts in LaTeX; nulls stay null.

    Returns:
        The same column as the site would show it, with every run of white space as one space.
    """
    flat = text.str.replace_all(r"\s+", " ").str.strip_chars().str.replace_all(COMMAND, "${1}")
    return rewrite_where(flat, r"\$", lambda one: INLINE.sub(lambda math: math[1].replace("\\", ""), one))
