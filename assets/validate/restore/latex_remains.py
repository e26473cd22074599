# ruff: noqa: RUF001  characters that look like others are what this module is about
r"""What is left of the commands for spaces (`\,`, `\!`), and letters that a relation without its backslash is glued to.

No author writes `0.25,dB`, two commas or `!=!`. A letter and a relation in one word are taken apart where the word is
none (`nge 8`), or where nothing but a formula can follow (`pin [0,1]`).
"""

import re

import polars as pl

from assets.validate.protect import substitute
from assets.validate.restore.symbols import AMBIGUOUS, longest_first
from assets.validate.rules import Rule
from schemas.vocabulary import RuleFamily

_UNITS = "dB ms ns ps fs nm mm cm km GHz MHz kHz Hz THz mW nW mK eV meV keV MeV GeV TeV Mpc kpc Gyr GB TB MB"
UNITS = frozenset(_UNITS.split())
"""Units of measurement that are no words."""

_ALONE = r"(?<![A-Za-z\\])"
_CONSONANT = "[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z]"
_THIN_SPACE = re.compile(rf"(?<=\d),(?=(?:{longest_first(UNITS)})(?![A-Za-z]))")
_TWO_COMMAS = re.compile(r"(?<=[^\s,]),,(?=[^\s,])")
_NO_SPACE = re.compile(r"!( ?[=<>≤≥≍≈~×∈≡+] ?)!|(?<![A-Za-z])(?P<about>sim|approx)!(?=\d)")
_RELATION = re.compile(rf"{_ALONE}({_CONSONANT})(ge|gg|ll|le|ne)(?= ?-?\d)")
_LIMIT = re.compile(rf"{_ALONE}({_CONSONANT})to(?= ?[+-]?(?:0(?![\d.])|∞|infty))")
# `bin`, `kin`, `pin`, `tin` and `win` are words, so that an interval or a set has to follow.
_ELEMENT = re.compile(
    rf"{_ALONE}([cehijlnoqruvxyz])in(?= ?(?:\{{|\[|\(-?\d|[ℝℕℤ]|[A-Z](?![A-Za-z])))"
    rf"|{_ALONE}([bfgkptw])in(?= ?(?:\{{|\[-?\d|\[[a-z]\]|\(-?\d+, ?|[ℝℕℤ]|[RNZ][_^]))"
)
_GIVEN = re.compile(r"(?:(?<=[\s(][A-Za-z])|(?<=[\s(][A-Za-z]_[A-Za-z0-9])) mid (?=[b-zB-HJ-Z](?![A-Za-z])|[A-Za-z]_)")
_BOUNDARY = re.compile(rf"{_ALONE}partial(?=(?:Omega|Gamma|Sigma)(?![a-z])|_[a-z](?![a-z]))")


def restore_spaces(text: pl.Expr) -> pl.Expr:
    """`0.25,dB`, `(x,,y)`, `k!=!1`, `sim!4` -> `0.25 dB`, `(x, y)`, `k=1`, `sim4`; `k! = 1` stays.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without the marks that commands for narrow spaces left behind.
    """
    steps = (
        (_THIN_SPACE, " "),
        (_TWO_COMMAS, ", "),
        (_NO_SPACE, lambda match: str(match[1] or match["about"])),
    )
    return substitute(text, r"\d,[A-Za-z]|,,|![ =<>≤≥≍≈~×∈≡+]|(?:sim|approx)!", *steps)


def part_relations(text: pl.Expr) -> pl.Expr:
    """`nge 8`, `tto infty`, `uin V`, `p(x mid y)`, `partialOmega` -> `n≥ 8`, `t→ infty`, `u∈ V`, `p(x | y)`, `∂Omega`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with relations that were glued to a letter as characters.
    """
    steps = (
        (_RELATION, lambda match: match[1] + AMBIGUOUS[match[2]]),
        (_LIMIT, r"\1→"),
        (_ELEMENT, lambda match: f"{match[1] or match[2]}∈"),
        (_GIVEN, " | "),
        (_BOUNDARY, "∂"),
    )
    trigger = r"(?-u:\b|_)[A-Za-z](?:ge|gg|ll|le|ne|to) ?[-+\d∞i]|(?-u:\b|_)[a-z]in ?[\[({A-Zℝℕℤ]| mid |partial[_OGS]"
    return substitute(text, trigger, *steps)


RULES = (
    Rule(
        name="lost_thin_space",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A space of a formula: `0.25,dB` becomes `0.25 dB`, `k!=!1` becomes `k=1`; `k! = 1` stays.",
        apply=restore_spaces,
    ),
    Rule(
        name="glued_relation",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A relation glued to a letter: `uin V` becomes `u∈ V`, `nge 8` becomes `n≥ 8`; `the bin A` stays.",
        apply=part_relations,
    ),
)
