# ruff: noqa: RUF001, RUF002  characters that look like others are what this module is about
"""Greek letters that lost their backslash: which `pi`, `Delta` and `sigma` are letters and which are names or words.

An occurrence is proven by what touches it: an index, a relation, a number, an argument in brackets. A proven letter
proves the other occurrences of its name in the same text. A small letter's name alone needs a text that shows
mathematics elsewhere and a neighbourhood that leaves it alone; a capital letter's name alone is a name (`Sigma`).
"""

import re

import polars as pl

from assets.validate.protect import outside_addresses
from assets.validate.restore.greek_words import BANDS, FOLLOWERS, NOUNS, RARE, TERMS
from assets.validate.restore.symbols import GREEK, GREEK_LOWER, GREEK_UPPER, GREEK_VARIANTS, longest_first
from assets.validate.rules import Rule, rewrite_where
from schemas.vocabulary import RuleFamily

_NAME = longest_first(GREEK)
_LOWER = longest_first(GREEK_LOWER)
_UPPER = longest_first(GREEK_UPPER)
_LETTER = "[b-zB-HJ-Z]"
_SYMBOL = rf"{_LETTER}(?![A-Za-z])"
_ALONE = r"(?<![A-Za-z\\])"
_END = r"(?![A-Za-z])"

# What proves a letter from the left: an index, an operator, a denominator, a function's bracket.
_BEFORE = (
    r"(?:(?<=[_^]\{)|(?<=[\s(\[{,|/+=-][A-Za-z][_^])|(?<=^[A-Za-z][_^])|(?<=[\d)}\]][_^])|(?<=[=<>≤≥≈∈×·±∘→+*|~√])"
    r"|(?<=[=<>≤≥≈∈×·±→+∘] )|(?<=[\dA-Z]/)|(?<=[^\w][a-zA-ZΩΘ]\()|(?<=[^a-z]log )|(?<=[\dn)]-)|(?<=[\dn)] - ))"
)
# And from the right: an index, a relation, a sum, an argument that is no word.
_INDEX = rf"[_^](?:[\d{{*+'†⋆-]|[A-Za-z](?![A-Za-z])|(?:{_NAME})(?![a-z]))"
_ARGUMENT = (
    r"\( ?(?!s\))(?:[^()\sA-Za-z]|[A-Za-z]{1,2}(?![A-Za-z])|\("
    rf"|(?:log|loglog|sqrt|poly|polylog|min|max|exp|cdot)(?![a-z])|(?:{_NAME})(?![a-z]))"
)
_AFTER = (
    rf"(?={_INDEX}|\s?[=<>≤≥≈≠≡∝≪≫∈∉⊂⊆→↦≲≳≃±×·∘]|\s?[+*] ?(?:\d|{_SYMBOL})|/(?:\d|{_SYMBOL})|{_ARGUMENT}|\|"
    r"|'(?=[ ,;.)=]))"
)
_UPPER_AFTER = rf"(?={_INDEX}|\s?[=<>≤≥≈∈→↦]|{_ARGUMENT})"
_PROVEN = re.compile(
    rf"{_ALONE}(?:{_BEFORE}(?:(?:{_LOWER}){_END}|(?:{_UPPER}){_END}(?!-\d))|(?:{_LOWER}){_END}{_AFTER}|(?:{_UPPER}){_END}{_UPPER_AFTER}"
    rf"|(?:{longest_first(GREEK_VARIANTS)}){_END}|(?<=\()(?:{_NAME})(?=[+-]\d)|Delta(?= {_LETTER}(?![\w'.-])))"
)
# 2pi, 0.5sigma, but neither Z3alpha nor v5mu.
_NUMBERED = re.compile(rf"(?<![\w.])(\.?\d[\d.,]*)({_NAME}){_END}")
_LIST = re.compile(rf"[(\[{{](?:(?:{_NAME}|{_LETTER})(?:_\w)?, ?)+(?:{_NAME}|{_LETTER})(?:_\w)?[)\]}}]")
_LISTED = re.compile(rf"{_ALONE}({_NAME}){_END}")
_MICRO = re.compile(rf"(?<=\d)( ?)mu ?(m|s|g|L|l|J|W|A|V|F|H|M|mol){_END}")
# muParam, rhoLoss: a name glued to a word that begins as words do; nuScenes and muLtimodal are names.
_GLUED = re.compile(
    rf"{_ALONE}(mu|rho|sigma|theta|lambda|epsilon|kappa|omega|xi|zeta)(?=[A-Z][aeiouhlrwy][a-z]{{2,}}(?![A-Za-z]))"
)
_SCRIPT_RUN = re.compile(rf"(?<=[_^]\{{)(?:{_NAME}){{2,4}}(?=\}})")
# nepsilon^{-2}, (iGamma/2): a letter and a long name, and a sign of mathematics behind them.
_LONG = longest_first(name for name in GREEK if len(name) > 4)
_AFTER_LETTER = re.compile(rf"{_ALONE}([A-Za-z])({_LONG})(?=[_^)/])")
_SHAPE = re.compile(rf"{_ALONE}({_UPPER})(?=-shaped)")

_PI = re.compile(
    r"pi(?<![A-Za-z\\_.-]pi)(?<!aspberry pi)(?<!range pi)(?<!anana pi)(?<!['’]s pi)"
    r"(?![A-Za-z_]|\.\w| \d|-[A-Z0-9]|[ -]calcul)"
)
_SYMBOL_ALONE = re.compile(rf"(?<![\w'’.&-]){_LETTER}(?![\w'’.&-])|[Α-Ωα-ω]|[A-Za-z][_^]")
# A π is none: it stands in texts without formulas too.
_MATHEMATICS = re.compile(
    r"[Α-Ωα-ορ-ωϑ∞≪≫∈ℓ√∘⊤↦ℝ]|\{[A-Za-z]\}[_^]|(?<![A-Za-z\w.])[A-Za-z][_^](?:\{|[A-Za-z0-9](?![A-Za-z]))"
)
_TERMS = "|".join(rf"{name}[ -]?(?:{'|'.join(after)})" for name, after in TERMS.items())
_TERM = re.compile(_TERMS)
_FOLLOWS = rf"(?= ?[,;:.)\]}}?!]|$|-[a-z]| (?:{'|'.join(FOLLOWERS)}|[a-z])\b|['’]s\b)"
_NAME_ALONE = re.compile(rf"(?<![\w\\])(?:{_LOWER}|{_UPPER})(?![A-Za-z_]){_FOLLOWS}")
_NOUN_BEFORE = re.compile(rf"(?<![A-Z])\b(?:{longest_first(NOUNS)}) $")
_NAME_BEFORE = re.compile(r"(?:['’]s|[A-Z][a-z]+|[A-Z]{2}|\d|[Ss]ix|\ban?) $|[-–—]$")
_BAND_AFTER = re.compile(rf" (?:and|or) (?:{longest_first(BANDS)})")
_QUOTED = ("'s ", "’s ", '"', "'", "“", "‘", "`")
REACH = 24
"""Characters before a name that decide about it."""


def restore_greek(text: pl.Expr) -> pl.Expr:
    """`rho=0.83`, `C_Psi`, `10 mum`, `a policy pi)` -> `ρ=0.83`, `C_Ψ`, `10 μm`, `a policy π)`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with the letters that the text proves.
    """
    return rewrite_where(
        text,
        rf"(?-u:\b|_|\d)(?:{_NAME})(?-u:\b|_|[A-Z][a-z]{{3}})|\d ?mu[a-zA-Z]|[A-Za-z](?:{_LONG})[_^)/]"
        rf"|[_^]\{{(?:{_NAME}){{2}}",
        outside_addresses(_restore),
    )


def _restore(text: str) -> str:
    """One text: what is proven by itself, then what stands alone, then what both prove."""
    text = _GLUED.sub(_letter, _SHAPE.sub(_letter, _MICRO.sub(r"\1μ\2", text)))
    text = _SCRIPT_RUN.sub(lambda run: re.sub(_NAME, _letter, run[0]), text)
    text = _AFTER_LETTER.sub(lambda match: match[1] + GREEK[match[2]], text)
    text = _NUMBERED.sub(lambda match: match[1] + GREEK[match[2]], _LIST.sub(_listed, text))
    text = _NAME_ALONE.sub(_after_noun_or_rare, _PROVEN.sub(_letter, text))
    if _MATHEMATICS.search(text):
        text = _NAME_ALONE.sub(_in_mathematics, text)
    known = [name for name, letter in GREEK.items() if name != "pi" and letter in text and name in text]
    if known:
        again = (
            rf"{_ALONE}(?<!['’]s )(?<![\"'“‘`])(?!{_TERMS})({longest_first(known)})(?![A-Za-z]|-\d| \d|_[A-Za-z]{{2}})"
        )
        text = re.sub(again, _letter, text)
    return _PI.sub("π", text) if _SYMBOL_ALONE.search(text) else text


def _listed(match: re.Match[str]) -> str:
    """The letters in a list of symbols; a list of the bands of brain waves is one of words."""
    items = set(re.findall(r"[A-Za-z]+", match[0]))
    return match[0] if items <= BANDS else _LISTED.sub(_letter, match[0])


def _after_noun_or_rare(match: re.Match[str]) -> str:
    """The letter after a noun of mathematics, or where its name is no word of English."""
    before = match.string[max(0, match.start() - REACH) : match.start()]
    if _TERM.match(match.string, match.start()):
        return match[0]
    rare = match[0] in RARE and not _NAME_BEFORE.search(before) and not _BAND_AFTER.match(match.string, match.end())
    hyphen = match.string.startswith("-", match.end())
    return GREEK[match[0]] if _NOUN_BEFORE.search(before) or (rare and not hyphen) else match[0]


def _in_mathematics(match: re.Match[str]) -> str:
    """The letter in a text with formulas, for the names of small letters."""
    before = match.string[max(0, match.start() - REACH) : match.start()]
    named = before.endswith(_QUOTED) or re.search(r"[A-Za-z]-$", before)
    kept = match[0] in GREEK_UPPER or named or _TERM.match(match.string, match.start())
    return match[0] if kept else GREEK[match[0]]


def _letter(match: re.Match[str]) -> str:
    return GREEK[match[0]]


RULES = (
    Rule(
        name="lost_greek",
        family=RuleFamily.RESTORE,
        version=3,
        summary="A Greek letter that the text proves: `rho=0.83` becomes `ρ=0.83`; `We introduce Sigma` stays.",
        apply=restore_greek,
    ),
)
