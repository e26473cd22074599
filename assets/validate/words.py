"""Broken and doubled words.

A broken word is joined where neither half is a word and the whole is one, in the list of common words or in the same
text. A doubled word is flagged: an author may have meant it.
"""

import re

import polars as pl

from assets.validate.common_words import COMMON_WORDS
from assets.validate.lexicon import CLOSED_PREFIXES, FUNCTION_WORDS, PREFIXES, SPLIT_WORDS, WORD_ENDINGS
from assets.validate.prose import flag_where, looks_english, rewrite_prose
from assets.validate.rules import Detector, Rule
from schemas.vocabulary import Flag, RuleFamily

WHOLE_WORDS = COMMON_WORDS | FUNCTION_WORDS | PREFIXES | SPLIT_WORDS
MARKS = ".,;:!?)”\"'"
SHORTEST_JOINED = 6
"""Letters that a word has at least, for its halves to say anything about it."""
DOUBLED = re.compile(r"(?<![\w’'\-/.])(?P<word>[A-Za-z]{2,}|a) (?P=word)(?![\w’'\-/(]|\.\w)")
MAY_BE_DOUBLED = frozenset("blah bla bye extra far had ha ho knock log long many more much no nous so too very vous".split())
PRONOUNS = re.compile(r"\b(?:he|it|one|she|that|there|this|they|we|what|who|you) $", re.IGNORECASE)


def join_broken_words(text: pl.Expr) -> pl.Expr:
    """Takes the space out of a word that is broken in two: `cur rent` -> `current`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column, changed in English texts only, and only where neither half is a word of its own.
    """
    return rewrite_prose(text, "[a-z] [a-z]", _join_broken)


def _join_broken(text: str) -> str:
    """Joins the broken words of one text."""
    words = text.split(" ")
    known = bytes(map(WHOLE_WORDS.__contains__, words))
    pairs = [at for at in range(len(words) - 1) if not known[at + 1] and _may_break(words[at], words[at + 1], known[at])]
    if not pairs or not looks_english(text):
        return text
    whole = {word.strip("(" + MARKS).lower() for word in words}
    for at in reversed(pairs):
        joined = (words[at] + words[at + 1].rstrip(MARKS)).lower()
        ending = words[at + 1].rstrip(MARKS) in WORD_ENDINGS
        if joined in COMMON_WORDS or (ending and joined in whole):
            words[at : at + 2] = [words[at] + words[at + 1]]
    return " ".join(words)


def _may_break(first: str, second: str, first_is_known: int) -> bool:
    """Whether two neighbours look like the halves of one word: both are none, or the second is a mere ending."""
    end = second.rstrip(MARKS)
    if not (first.isascii() and first.isalpha() and first[1:].islower() and end.isalpha() and end.islower()):
        return False
    if len(first) + len(end) < SHORTEST_JOINED or len(first) < 2 or len(end) < 2 or end in WHOLE_WORDS:
        return False
    if first_is_known or first.lower() in WHOLE_WORDS:
        bound = first.lower() in CLOSED_PREFIXES and first.lower() not in FUNCTION_WORDS
        return (end in WORD_ENDINGS and first.lower() not in FUNCTION_WORDS) or bound
    return True


def has_doubled_word(text: pl.Expr) -> pl.Expr:
    """Whether a word stands twice in a row where that is not good English: `that that satisfy`."""
    return flag_where(text, "[A-Za-z] [A-Za-z]", _is_doubled)


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
