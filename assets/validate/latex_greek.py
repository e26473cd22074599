"""Greek letters that lost their backslash: which `pi`, `Delta` and `sigma` are letters and which are names or words.

An occurrence is proven by what touches it: an index, a relation, a number, an argument in brackets. A proven letter
proves the other occurrences of its name in the same text. A small letter's name alone needs a text that shows
mathematics elsewhere and a neighbourhood that leaves it alone; a capital letter's name alone is a name (`Sigma`, `Phi`).
"""

import re

import polars as pl

from assets.validate.protect import outside_addresses
from assets.validate.rules import Rule, rewrite_where
from assets.validate.symbols import GREEK, GREEK_LOWER, GREEK_UPPER, GREEK_VARIANTS, longest_first
from schemas.vocabulary import RuleFamily

_NAME = longest_first(GREEK)
_LOWER = longest_first(GREEK_LOWER)
_UPPER = longest_first(GREEK_UPPER)
_LETTER = "[b-zB-HJ-Z]"
_SYMBOL = rf"{_LETTER}(?![A-Za-z])"
_RELATION = "=<>≤≥≈≠≡∝≪≫∈∉⊂⊆→↦≲≳≃±×·∘"
_ARGUMENT = (
    r"\((?!s\))(?:[^()\sA-Za-z]|[A-Za-z]{1,2}(?![A-Za-z])|\(|(?:log|loglog|sqrt|poly|polylog|min|max|exp|cdot)(?![a-z])"
    rf"|(?:{_NAME})(?![a-z]))"
)

_BEFORE = (
    r"(?:(?<=[_^]\{)|(?<=[\s(\[{,|/+=-][A-Za-z][_^])|(?<=^[A-Za-z][_^])|(?<=[\d)}\]][_^])|(?<=[=<>≤≥≈∈×·±∘→+*|~√])"
    r"|(?<=[=<>≤≥≈∈×·±→+∘] )|(?<=[\dA-Z]/)|(?<=[^\w][a-zA-ZΩΘ]\()|(?<=[^a-z]log )|(?<=[\dn)]-)|(?<=[\dn)] - ))"
)
_AFTER = (
    rf"(?=[_^](?:[\d{{*+'†⋆-]|[A-Za-z](?![A-Za-z])|(?:{_NAME})(?![a-z]))|\s?[{_RELATION}]|\s?[+*] ?(?:\d|{_SYMBOL})|/(?:\d|{_SYMBOL})"
    rf"|{_ARGUMENT}|\||'(?=[ ,;.)=]))"
)
_UPPER_AFTER = rf"(?=[_^](?:[\d{{*]|[A-Za-z](?![A-Za-z])|(?:{_NAME})(?![a-z]))|\s?[=<>≤≥≈∈→↦]|{_ARGUMENT})"
_ALONE = r"(?<![A-Za-z\\])"
_END = r"(?![A-Za-z])"

_PROVEN = re.compile(
    rf"{_ALONE}(?:{_BEFORE}(?:{_NAME}){_END}|(?:{_LOWER}){_END}{_AFTER}|(?:{_UPPER}){_END}{_UPPER_AFTER}"
    rf"|(?:{longest_first(GREEK_VARIANTS)}){_END}|(?<=\()(?:{_NAME})(?=[+-]\d)|Delta(?= {_LETTER}(?![\w'.-])))"
)
# 2pi, 0.5sigma, but neither Z3alpha nor v5mu.
_NUMBERED = re.compile(rf"(?<![\w.])(\.?\d[\d.,]*)({_NAME}){_END}")
_LIST = re.compile(rf"[(\[{{](?:(?:{_NAME}|{_LETTER})(?:_\w)?, ?)+(?:{_NAME}|{_LETTER})(?:_\w)?[)\]}}]")
_LISTED = re.compile(rf"{_ALONE}({_NAME}){_END}")
_MICRO = re.compile(rf"(?<=\d)( ?)mu ?(m|s|g|L|l|J|W|A|V|F|H|M|mol){_END}")
_SHAPE = re.compile(rf"{_ALONE}({_UPPER})(?=-shaped)")
_PI = re.compile(r"(?<![A-Za-z\\_.-])(?<!aspberry )(?<!range )(?<!anana )pi(?![A-Za-z_]|\.\w| \d|-[A-Z0-9])")
_SYMBOL_ALONE = re.compile(rf"(?<![\w'’.&-]){_LETTER}(?![\w'’.&-])|[Α-Ωα-ω]|[A-Za-z][_^]")
_MATHEMATICS = re.compile(r"[Α-Ωα-ωϑφ∞≪≫∈ℓ√∘⊤↦ℝ]|(?<![A-Za-z\w.])[A-Za-z][_^](?:\{|[A-Za-z0-9](?![A-Za-z]))")
# Words that a letter's name makes one term with, so that the term is no letter even in a text with formulas.
_TERMS = (
    r"(?:alpha[ -](?:matt|channel|blend|mask|composit|beta|map|helix|helic|test|version|particle|power|band|wave|rhythm"
    r"|oscillat|synuclein|value)|beta[ -](?:distribut|test|version|band|decay|amyloid|sheet|catenin|cell|wave|rhythm"
    r"|oscillat|bernoulli|binomial|release|reduct|power|skeleton)|gamma[ -](?:ray|correct|distribut|knife|radiat|camera|band"
    r"|function|process|burst|wave|oscillat|power|emission)|delta[ -](?:rule|robot|tuning|hedg|neutral|encod|compress|wave"
    r"|band|lake|variant|denois|update|learning|bar)|lambda[ -](?:calcul|function|expression|term|archit)"
    r"|chi[ -]?squar|tau[ -](?:protein|patholog|deposit|tangle|lesion|antibod|pet)|theta[ -](?:band|wave|rhythm|oscillat"
    r"|power|burst|phase)|omega[ -](?:3|6|regular|fatty|automat|language)|mu[ -](?:law|calcul|opioid|rhythm)"
    r"|rho[ -](?:kinase|gtpase)|eta[ -](?:convers|expan|reduc)|pi[ -](?:calcul)|phi[ -](?:\d|coefficient)|iota of)"
)
_FOLLOWS = (
    r"(?=[,;:.)\]}?!]|$|-[a-z]| (?:and|or|of|is|are|was|be|to|in|for|with|as|that|such|where|when|which|we|the|by|from|at|on"
    r"|via|then|can|may|denotes?|controls?|approaches|grows|increases|decreases|satisf\w+|over|into|than|between|relates"
    r"|using|under|[a-z]\b)\b|['’]s\b| ?[Α-Ωα-ω])"
)
_SMALL_ALONE = re.compile(rf"(?<![A-Za-z\\_])(?<!['’]s )(?<![A-Za-z]-)(?!{_TERMS})({_LOWER})(?![A-Za-z_]){_FOLLOWS}")


# Nouns of mathematics that a letter's name may follow, as in `the maximum degree Delta`.
_NOUNS = (
    "alphabet|angle|budget|coefficient|constant|covariance|degree|depth|distribution|domain|error|exponent|factor|formula"
    "|function|functions|class|classes|gap|graph|hyperparameter|map|matrix|norm|operator|parameter|parameters|permutation"
    "|policy|probability|problem|problems|property|radius|rate|ratio|regime|scalar|set|space|step size|stepsize|strength"
    "|temperature|threshold|tolerance|value|values|variable|variables|variance|weight|weights|width"
)
_AFTER_NOUN = re.compile(rf"(?<=[a-z] )(?<![A-Z] )(?P<noun>{_NOUNS}) (?P<name>{_LOWER}|{_UPPER})(?![A-Za-z_]){_FOLLOWS}")
# Names that are no word of English: alone they are letters, unless they count, or follow a name or a possessive.
_RARE = "epsilon|zeta|eta|lambda|nu|xi|rho|sigma|phi|omega|mu"
_RARE_ALONE = re.compile(
    rf"(?<![A-Za-z\\_])(?<!['’]s )(?<![A-Za-z0-9]-)(?<![A-Z]{{2}} )(?<!\d )(?<!six )(?<!-)(?<!an )(?<!a )(?!{_TERMS})({_RARE})(?![A-Za-z_-])"
    rf"(?! (?:and|or) (?:alpha|beta|gamma|delta|theta)){_FOLLOWS}"
)
_PERSON_BEFORE = re.compile(r"[A-Z][a-z]+ $")
_EEG = frozenset({"alpha", "beta", "gamma", "delta", "theta"})


def restore_greek(text: pl.Expr) -> pl.Expr:
    """`rho=0.83`, `C_Psi`, `Omega(Nd)`, `10 mum`, `a policy pi)` -> `ρ=0.83`, `C_Ψ`, `Ω(Nd)`, `10 μm`, `a policy π)`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with the letters that the text proves.
    """
    return rewrite_where(text, rf"(?-u:\b|_|\d)(?:{_NAME})(?-u:\b|_)|\dmu[a-zA-Z]", outside_addresses(_restore))


def _restore(text: str) -> str:
    """One text: what is proven by itself, then what that proves."""
    text = _SHAPE.sub(_letter, _MICRO.sub(r"\1μ\2", text))
    text = _NUMBERED.sub(lambda match: match[1] + GREEK[match[2]], _LIST.sub(_listed, text))
    text = _AFTER_NOUN.sub(lambda match: f"{match['noun']} {GREEK[match['name']]}", _PROVEN.sub(_letter, text))
    text = _RARE_ALONE.sub(_rare, text)
    known = [name for name, letter in GREEK.items() if letter in text and name in text]
    if known:
        again = rf"{_ALONE}(?<!['’]s )(?!{_TERMS})({longest_first(known)})(?![A-Za-z]|-\d| \d|_[A-Za-z]{{2}})"
        text = re.sub(again, _letter, text)
    if _MATHEMATICS.search(text):
        text = _SMALL_ALONE.sub(_letter, text)
    return _PI.sub("π", text) if _SYMBOL_ALONE.search(text) else text


def _listed(match: re.Match[str]) -> str:
    """The letters in a list of symbols; a list of the bands of brain waves is one of words."""
    items = set(re.findall(r"[A-Za-z]+", match[0]))
    return match[0] if items <= _EEG else _LISTED.sub(_letter, match[0])


def _rare(match: re.Match[str]) -> str:
    return match[0] if _PERSON_BEFORE.search(match.string[: match.start()][-24:]) else GREEK[match[0]]


def _letter(match: re.Match[str]) -> str:
    return GREEK[match[0]]


RULES = (
    Rule(
        name="lost_greek",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A Greek letter the text proves: `rho=0.83` becomes a letter; `We introduce Sigma` stays.",
        apply=restore_greek,
    ),
)
