# ruff: noqa: RUF001  typographic marks are what is looked for
"""Hyphens that probably were em dashes before the text lost the length of them.

A hyphen joins the parts of a word; here it stands where a clause begins. The signs are weighed so that a real compound
hardly ever carries them, and nothing is repaired: which hyphens are meant, a reader must decide.
"""

import re

import polars as pl

from assets.validate.protect import outside_addresses
from assets.validate.rules import Detector, detect_where
from assets.validate.tidy.common_words import COMMON_WORDS
from assets.validate.tidy.lexicon import FUNCTION_WORDS, SECOND_MEMBERS
from schemas.vocabulary import Flag

_CLAUSE_OPENERS = """
a although an are because both but can despite do does e.g each either has have hence how however i.e if including
instead is it its namely neither not often our particularly rather regardless since so such that the their there
these they this those though thus unlike was we were what when where whereas whether which while who whose will
with without yet you your
"""
CLAUSE_OPENERS = frozenset(_CLAUSE_OPENERS.split())
"""Words that begin a clause and end no compound of two."""
_PARTICIPLES = """
achieving allowing arising capturing commonly consistently critically crucially currently demonstrating depending
directly effectively enabling ensuring especially focusing highlighting importantly improving independently
indicating largely mainly merely mostly notably offering outperforming perhaps potentially primarily
providing ranging reducing relying remarkably requiring resulting revealing showing significantly simultaneously
sometimes specifically suggesting surprisingly thereby typically ultimately using usually
"""
PARTICIPLES = frozenset(_PARTICIPLES.split())
"""Words that begin a clause when a short word or another adverb follows."""
PHRASES = (
    r"leading to|due to|one of|by (?:the|a)|from the|through the|with (?:the|an?|no)|for (?:example|instance)|as well"
    r"|in other|to the"
)
_LAST_IN_COMPOUND = "even if is it not so that who"
LAST_IN_COMPOUND = frozenset(_LAST_IN_COMPOUND.split())
"""Openers that end a compound when nothing but a mark follows: `get-it`."""
_LASTING = "centuries days decades hours minutes months seconds weeks years always across perhaps"
LASTING = frozenset(_LASTING.split())

AFTER_WORD = re.compile(
    r"(?<![\w-])(?:(?P<word>[A-Za-z]{5,}|[A-Z]{2,}s?|[A-Z][A-Za-z]*[A-Z]s?)|(?<=[)\]\"”’%]))"
    r"-(?P<next>[a-z]+(?:\.[a-z])?)(?![\w-])(?P<rest>\.?,? [a-z]+)?"
)
BEFORE_PHRASE = re.compile(rf"(?<![\w-])(?:[A-Za-z]{{5,}}|[A-Z]{{2,}}s?)-(?:{PHRASES})\b(?!-)")
AFTER_PLURAL = re.compile(
    r"(?<![\w/#.-])(?P<plural>[a-z]{5,}s)-(?P<next>[A-Za-z]{2,})(?!\w)(?P<hyphen>-?) ?(?P<rest>[a-z]*)"
)
TRIGGER = (
    rf"[\pL)\]\"”%]-(?:{'|'.join(sorted(map(re.escape, CLAUSE_OPENERS | PARTICIPLES)))})[ ,.]"
    rf"|\pL-(?:{PHRASES})\b|[a-z]{{4}}s-[A-Za-z]{{2}}"
)


def has_collapsed_dash(text: pl.Expr) -> pl.Expr:
    """Whether a hyphen stands where a clause begins: `hallucinations-outputs that`, `(10%)-their`.

    Args:
        text: String column; nulls give false.

    Returns:
        A boolean column.
    """
    return detect_where(text, TRIGGER, lambda one: _has_collapsed(_without_addresses(one)))


def _without_addresses(text: str) -> str:
    """A text with a stand-in for each address."""
    seen: list[str] = []

    def see(masked: str) -> str:
        seen.append(masked)
        return masked

    outside_addresses(see)(text)
    return seen[0] if seen else text


def _has_collapsed(text: str) -> bool:
    """Looks for a hyphen before a clause in one text."""
    return (
        any(_opens_clause(found) for found in AFTER_WORD.finditer(text))
        or BEFORE_PHRASE.search(text) is not None
        or any(_follows_plural(found) for found in AFTER_PLURAL.finditer(text))
    )


def _opens_clause(found: re.Match[str]) -> bool:
    """Whether the word behind a hyphen begins a clause."""
    word, rest = found["next"], (found["rest"] or "").strip("., ")
    if (found["word"] or "").lower() in FUNCTION_WORDS:
        return False
    if word in CLAUSE_OPENERS:
        return bool(rest) or word not in LAST_IN_COMPOUND
    follows = rest in FUNCTION_WORDS or rest.endswith(("ly", "ing"))
    return word in PARTICIPLES and (follows or word.endswith("ly"))


def _follows_plural(found: re.Match[str]) -> bool:
    """Whether a plural, which seldom begins a compound, stands before a hyphen that no common second member follows."""
    plural, word, rest = found["plural"], found["next"].lower(), found["rest"]
    if plural not in COMMON_WORDS or plural[:-1] not in COMMON_WORDS or plural in LASTING or plural.endswith("ics"):
        return False
    if (
        found["hyphen"]
        or word in SECOND_MEMBERS
        or len(word) < 3
        or word in ("and", "compliant", "old", "first", "long")
    ):
        return False
    return rest in FUNCTION_WORDS if word.endswith(("ed", "ing")) else True


DETECTORS = (
    Detector(
        flag=Flag.COLLAPSED_DASH,
        version=1,
        summary="A hyphen stands where a clause begins: prone to hallucinations-outputs that are wrong.",
        detect=has_collapsed_dash,
        fields=("abstract",),
    ),
)
