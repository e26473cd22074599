"""How a tidying rule gets at the prose of a text, and at nothing else.

Formulas and addresses are out of reach: a rule sees one unassigned code point in the place of each. Only this belongs
here; what is tidied is said in the modules of the rules.
"""

import re
from collections.abc import Callable

import polars as pl

from assets.validate.protect import outside, outside_addresses
from assets.validate.rules import rewrite_where
from assets.validate.tidy.lexicon import FRENCH_WORDS

FORMULA_STAND_IN = "\ufdd1"
"""What a rewrite sees in the place of a formula."""

_FORMULA = re.compile(
    r"(?P<d>\${1,2})(?=[^\s$])[^$]*(?<=\S)(?P=d)(?!\d)"  # `$15 per paper, $20 for two` is money
    r"|\\\(.{0,1000}?\\\)|\\\[.{0,1000}?\\\]"
    r"|\\[A-Za-z]+\*?(?:\{[^{}]*\})+",
    re.DOTALL,
)
_WORD = re.compile(r"[a-zà-ÿœ]+")
_FRENCH_LETTER = re.compile("[àâçèéêëîïôùûœ]")


def outside_formulas(rewrite: Callable[[str], str]) -> Callable[[str], str]:
    """Makes a rewrite of texts leave formulas and commands of LaTeX alone.

    Args:
        rewrite: Pure function of one text, in which each formula is one `FORMULA_STAND_IN`.

    Returns:
        A function of the text as it is. A text that holds the stand-in itself, or loses one, is returned unchanged.
    """
    return outside(_FORMULA, FORMULA_STAND_IN, ("$", "\\"), rewrite)


def rewrite_prose(text: pl.Expr, trigger: str, rewrite: Callable[[str], str]) -> pl.Expr:
    """Applies a function to the prose of the few texts that contain a trigger.

    Args:
        text: String column; nulls stay null.
        trigger: Regular expression (Rust syntax) that only texts with the damage contain.
        rewrite: Pure function of one text, its formulas and addresses replaced by stand-ins.

    Returns:
        The same column, rewritten where the trigger is found.
    """
    return rewrite_where(text, trigger, outside_formulas(outside_addresses(rewrite)))


def substitute_in_prose(
    text: pl.Expr, trigger: str, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]
) -> pl.Expr:
    """Replaces a pattern with look-around in the prose of the texts that contain a trigger; see `rewrite_prose`."""
    return rewrite_prose(text, trigger, lambda one: pattern.sub(replacement, one))


def looks_french(text: str) -> bool:
    """Whether more words of a text are French, by their form or their accents, than are short English ones."""
    words = _WORD.findall(text.lower())
    french = sum(word in FRENCH_WORDS or _FRENCH_LETTER.search(word) is not None for word in words)
    return french > sum(word in ("the", "of", "and", "to", "in", "for", "with", "we") for word in words)


def looks_english(text: str) -> bool:
    """Whether a text has at least three of the short words that no English abstract does without."""
    return len(re.findall(r"\b(?:the|of|and|to|in|for|with|we|is|are)\b", text)) >= 3
