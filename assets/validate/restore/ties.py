"""Ties: the `~` that keeps words together in TeX.

Other tildes stay: `~5` (about), `1M~60M` (a range), `x ~ y` (a relation), `~/path`.
"""

import re

import polars as pl

from assets.validate.protect import STAND_IN, substitute
from assets.validate.rules import Rule
from schemas.vocabulary import RuleFamily

# Not between two numbers or two single letters (a range), not before a path, and never beside a space.
_TIE = re.compile(rf"(?<=[A-Za-z0-9.,;:)\]}}'\"%])~(?=[A-Za-z0-9(\[\"'`$\\]|{STAND_IN})")
_TIE_BEFORE_ADDRESS = re.compile(rf"(?<=\s)~(?={STAND_IN})")
_RANGE = re.compile(r"(?:^|[\s(\[,~-])[$€£]?\d[\d.,:]*\s?(?:[%°]|[A-Za-z/]{0,5})$|(?:^|[\s(\[,])[A-Za-z]\d*$|\[\d+\]$")
_FRACTION = re.compile(r"0?\.\d")  # nothing is numbered 0.65: the tilde before it says "about"
_FORMULA = re.compile(r"[}\])]$|[_^]\w+$")  # a relation in a formula, before a number
_NUMBER_OR_LETTER = re.compile(r"[$€£[]?\.?\d|[A-Za-z]\d*(?![A-Za-z0-9])")


def untie(text: pl.Expr) -> pl.Expr:
    """`models~(InstructGPT`, `e.g.~10%`, `Table~2` -> `models (InstructGPT`, `e.g. 10%`, `Table 2`; `1M~60M` stays.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with ties as spaces.
    """
    return substitute(text, r"~[^\s]", (_TIE_BEFORE_ADDRESS, ""), (_TIE, _untie))


def _untie(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 20) : match.start()]
    is_range = _RANGE.search(before) and _NUMBER_OR_LETTER.match(match.string, match.end())
    formula = _FORMULA.search(before) and match.string[match.end() : match.end() + 1].isdigit()
    return "~" if is_range or formula or _FRACTION.match(match.string, match.end()) else " "


RULES = (
    Rule(
        name="tie",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A tie: `models~(InstructGPT` becomes `models (InstructGPT`; `1M~60M`, `~5` and addresses stay.",
        apply=untie,
    ),
)
