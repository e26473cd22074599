# ruff: noqa: RUF001  typographic marks are what is looked for
"""Broken and doubled words.

A broken word is joined where neither half is a word and the whole is one, in the list of common words or in the same
text. A doubled word is flagged: an author may have meant it.
"""

import re

import polars as pl

from assets.validate.protect import outside_addresses
from assets.validate.rules import Detector, Rule, detect_where, rewrite_where
from assets.validate.tidy.common_words import COMMON_WORDS
from assets.validate.tidy.lexicon import FUNCTION_WORDS, PREFIXES, SPLIT_WORDS, WORD_ENDINGS
from assets.validate.tidy.prose import looks_english, outside_formulas
from schemas.vocabulary import Flag, RuleFamily

WHOLE_WORDS = COMMON_WORDS | FUNCTION_WORDS | PREFIXES | SPLIT_WORDS
MARKS = ".,;:!?()”\"'"
SHORTEST_JOINED = 6
"""Letters that a word has at least, for its halves to say anything about it."""
DOUBLED = re.compile(r"(?<![\w’'\-/.])(?P<word>[A-Za-z]{2,}|a) (?P=word)(?![\w’'\-/(]|\.\w)")
_MAY_BE_DOUBLED = "blah bla bye extra far had ha ho knock log long many more much no nous so too very vous"
MAY_BE_DOUBLED = frozenset(_MAY_BE_DOUBLED.split())
PRONOUNS = re.compile(r"\b(?:he|it|one|she|that|there|this|they|we|what|who|you) $", re.IGNORECASE)


def join_broken_words(text: pl.Expr) -> pl.Expr:
    """Takes the space out of a word that is broken in two: `cur rent` -> `current`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column, changed in English texts only, and only where neither half is a word of its own.
    """
    join = outside_formulas(outside_addresses(_join_broken))
    return rewrite_where(text, "[a-z] [a-z]", lambda one: join(one) if _broken_places(one.split(" ")) else one)


def _join_broken(text: str) -> str:
    """Joins the broken words of one text."""
    words = text.split(" ")
    places = _broken_places(words)
    if not places or not looks_english(text):
        return text
    for at in reversed(places):
        words[at : at + 2] = [words[at] + words[at + 1]]
    return " ".join(words)


def _broken_places(words: list[str]) -> list[int]:
    """The places of words that make up a broken one with their neighbour.

    Both halves are no words, or the second is a mere ending; the whole is a common word, or, behind an ending, stands
    elsewhere in the text.
    """
    known = bytes(map(WHOLE_WORDS.__contains__, words))
    places = []
    at = known.find(b"\0\0")
    while at >= 0:
        first, second = words[at].lower(), words[at + 1].rstrip(MARKS)
        if (
            first.isalpha()
            and second.isalpha()
            and second.islower()
            and words[at][1:].islower()
            and first not in WHOLE_WORDS
        ):
            whole = first + second
            known_whole = whole in COMMON_WORDS or (second in WORD_ENDINGS and _stands_in(whole, words))
            if (
                len(whole) >= SHORTEST_JOINED
                and len(first) > 1
                and len(second) > 1
                and known_whole
                and second not in WHOLE_WORDS
            ):
                places.append(at)
        at = known.find(b"\0\0", at + 1)
    if not WORD_ENDINGS.isdisjoint(words):
        places += [at for at in range(len(words) - 1) if known[at] and _is_cut_off(words[at], words[at + 1], words)]
    return sorted(places)


def _is_cut_off(word: str, ending: str, words: list[str]) -> bool:
    """Whether an ending is cut off from the word before it: `infer ence`."""
    if ending not in WORD_ENDINGS or word in FUNCTION_WORDS:
        return False
    return word + ending in COMMON_WORDS or _stands_in(word + ending, words)


def _stands_in(word: str, words: list[str]) -> bool:
    """Whether a word is one of many, marks and case aside."""
    return any(word == one.strip(MARKS).lower() for one in words)


def has_doubled_word(text: pl.Expr) -> pl.Expr:
    """Whether a word stands twice in a row where that is not good English: `that that satisfy`."""
    return detect_where(text, "[A-Za-z] [A-Za-z]", _is_doubled)


def _is_doubled(text: str) -> bool:
    """Looks for a doubled word in one text."""
    words = text.replace(",", "").replace(".", "").replace(")", "").split(" ")
    if not any(map(str.__eq__, words, words[1:])):
        return False
    for found in DOUBLED.finditer(text):
        word = found["word"].lower()
        clause_ends = word == "is" and PRONOUNS.search(text, 0, found.start())
        if word not in MAY_BE_DOUBLED and not clause_ends:
            return True
    return False


RULES = (
    Rule(
        name="broken_word",
        family=RuleFamily.TIDY,
        version=1,
        summary="A word broken by a space is whole again: cur rent -> current.",
        apply=join_broken_words,
    ),
)
DETECTORS = (
    Detector(
        flag=Flag.DOUBLED_WORD,
        version=1,
        summary="A word stands twice in a row: that that satisfy.",
        detect=has_doubled_word,
    ),
)
