# ruff: noqa: RUF001  typographic marks are what is looked for
"""Missing spaces beside brackets: an explanation that sticks to the word it explains.

Calls and formulas, plurals and parts of words in brackets (`f(x)`, `model(s)`, `(re)warm`) belong to the author: a
space is set only where the brackets hold an abbreviation of the words before them, or words of prose.
"""

import re

import polars as pl

from assets.validate.rules import Rule
from assets.validate.tidy.common_words import COMMON_WORDS
from assets.validate.tidy.lexicon import FUNCTION_WORDS
from assets.validate.tidy.prose import substitute_in_prose
from schemas.vocabulary import RuleFamily

OPENING = re.compile(
    r"(?<![A-Za-z_.\\])(?P<word>[A-Za-z][a-z]+)(?=\((?P<inside>[^()]{1,300}(?:\([^()]{0,100}\)[^()]{0,100}){0,3}))"
)
WORDS_BEFORE = re.compile(r"(?:[A-Za-z][\w’'-]*[ -]){0,12}$")
REACH = 150
"""Characters before a bracket in which the words of an abbreviation may stand."""
CLOSING = re.compile(r"\((?P<inside>[^()\s][^()]*)(?<!-)\)(?=(?P<word>[A-Za-z]+)(?P<after>[ ,.;:]|$))")
EXPLANATION = re.compile(r"(?:e\.g|i\.e|cf|eg|ie|aka|a\.k\.a|viz)\b\.?[, ]|\d+(?:\.\d+)?\\?%|(?:19|20)\d\d[a-z]?$")
ABBREVIATION = re.compile(r"[A-Z][A-Za-z0-9]*(?:[-/&][A-Za-z0-9]+)*")
ENUMERATOR = re.compile(r"(?:[1-9]|[ivx]{1,4}|[a-f])$")
_CALLED = """
acos argmax argmin asin atan ceil cos cosh cot count det diag dim dist div entropy erf exp expectation floor func
function gcd inf len lim ln loss log logit max mean min mod norm poly polylog prob rank relu sigmoid sign sin sinh
size softmax sqrt std sum sup tan tanh trace var
"""
CALLED = frozenset(_CALLED.split())
"""Names of functions: what follows them in brackets is an argument."""


def space_before_brackets(text: pl.Expr) -> pl.Expr:
    """Sets a space before a round bracket that explains the word before it.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column, changed before `(e.g.`, a percentage, an abbreviation of the words before the bracket, an
        item of a list after a short word, and words of prose.
    """
    return substitute_in_prose(text, r"[a-z]{2}\([A-Za-z0-9]", OPENING, _space_before_bracket)


def _space_before_bracket(found: re.Match[str]) -> str:
    """Decides one opening bracket."""
    word, inside = found["word"], found["inside"].strip()
    if not inside or word in CALLED:
        return found.group()
    if EXPLANATION.match(inside):
        explains = inside[:2] not in ("19", "20") or word == "al" or word[0].isupper()
    elif ABBREVIATION.fullmatch(inside) and sum(letter.isupper() for letter in inside) > 1:
        explains = len(word) > 2 and _abbreviates(inside, found)
    elif ENUMERATOR.match(inside):
        explains = word in FUNCTION_WORDS and word != "a"
    else:
        explains = len(word) > 2 and word.lower() in COMMON_WORDS | FUNCTION_WORDS and _is_prose(inside)
    return f"{found.group()} " if explains else found.group()


def _abbreviates(abbreviation: str, found: re.Match[str]) -> bool:
    """Whether the capitals of an abbreviation, but for a plural s, are found in order in the words before it.

    The first one must begin a word, and the last word must hold one of them.
    """
    capitals = [letter.lower() for letter in abbreviation if letter.isupper()]
    before = WORDS_BEFORE.search(found.string[max(0, found.start() - REACH) : found.start()])
    words = (before.group() if before else "") + found["word"]
    parts = re.split(r"[ -]", words.lower())[-(len(capitals) + 3) :]
    for start, part in enumerate(parts):
        if part[:1] == capitals[0]:
            rest = iter(" ".join(parts[start:]))
            if all(letter in rest for letter in capitals) and capitals[-1] in parts[-1]:
                return True
    return False


def _is_prose(inside: str) -> bool:
    """Whether brackets hold a phrase: several words, one of them a short one, or a list with `and` or `or`."""
    words = re.findall(r"[A-Za-z][a-z]+", inside)
    first = inside.split(" ", 1)[0].lower().rstrip(",")
    short = [word for word in words if word.lower() in FUNCTION_WORDS]
    symbols = re.search(r"[=|^_\\<>{}]|\b[A-Za-z]\b(?<!\ba)", inside)
    if symbols or len(words) < 2 or " " not in inside:
        return False
    return bool(short) or first in FUNCTION_WORDS or all(word.lower() in COMMON_WORDS for word in words)


def space_after_brackets(text: pl.Expr) -> pl.Expr:
    """Sets a space behind a round bracket where a short word of prose follows; parts of words in brackets stay."""

    def decide(found: re.Match[str]) -> str:
        inside, word = found["inside"], found["word"]
        apart = found.start() == 0 or found.string[found.start() - 1] in ' ("“'
        abbreviation = sum(letter.isupper() for letter in inside) > 1
        whole = len(inside) > 7 or " " in inside or abbreviation
        follows = word in FUNCTION_WORDS and len(word) > 1 and (apart or " " in inside) and whole
        follows = follows or (abbreviation and apart and word in COMMON_WORDS)
        return f"{found.group()} " if follows and (inside + word).lower() not in COMMON_WORDS else found.group()

    return substitute_in_prose(text, r"\)[a-z]{2}", CLOSING, decide)


RULES = (
    Rule(
        name="space_before_bracket",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space parts a word from its explanation: Language Models(LMs) -> Language Models (LMs).",
        apply=space_before_brackets,
    ),
    Rule(
        name="space_after_bracket",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space follows a closing bracket: models (LMs)have -> models (LMs) have.",
        apply=space_after_brackets,
    ),
)
