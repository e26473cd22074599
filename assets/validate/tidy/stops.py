# ruff: noqa: RUF001  typographic marks are what is looked for
"""Missing spaces after a stop: a sentence, or what follows an abbreviation, that begins without one.

A point inside a name, a number, an address or a file name belongs there: a space is set only where the words on both
sides prove that a sentence ends.
"""

import re

import polars as pl

from assets.validate.rules import Rule
from assets.validate.tidy.common_words import COMMON_WORDS
from assets.validate.tidy.lexicon import FUNCTION_WORDS, OPENERS
from assets.validate.tidy.prose import rewrite_prose, substitute_in_prose
from schemas.vocabulary import RuleFamily

CLAUSES = frozenset(word for word in FUNCTION_WORDS if len(word) > 2)
"""Words with which a sentence may go on in small letters; the shorter ones end addresses, too."""
_LABELS = "appendix class figure part phase section stage step table task track type vitamin"
LABELS = frozenset(_LABELS.split())
"""Words after which a single capital is a number: `section.A`."""
STOP = re.compile(r"(?<=[^\s.?!])[.?!](?=(?P<right>[^\W\d_][^\W_]*(?:[’'-][^\W_]+)*)(?P<after>$|[\s,;:)]))")
LEFT = re.compile(r"(?P<before>[/\\@_`.(]?)(?P<word>[^\W_]*)(?P<closing>[)\]\"'”’%\ufdd0\ufdd1]?)$")
LONGEST_WORD = 40
TRIGGER = rf"[^\s.?!][.?!]\p{{Lu}}[\pL\pN’'-]*(?:[\s,;:)]|$)|[a-z]{{4}}\.(?:we|{'|'.join(sorted(CLAUSES))}),? [a-z]"
ABBREVIATION = re.compile(r"\b(?:[Ee]\.g|[Ii]\.e)\.(?=[A-Za-z\"“'(\ufdd1])(?![a-z]\.)")
ABBREVIATION_COMMA = re.compile(r"\b(?:[Ee]\.g|[Ii]\.e|et al|etc)\.,(?=[A-Za-z\"“(\ufdd1])")
NAMES_AND_YEAR = re.compile(r"\bet al\.,?(?=\(?(?:19|20)\d\d\b)")


def space_after_stops(text: pl.Expr) -> pl.Expr:
    """Sets a space between a full stop, a question or an exclamation mark and the sentence that follows.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column, changed where the next word opens sentences, or where a common word ends the last one and a
        capital begins the next.
    """
    return substitute_in_prose(text, TRIGGER, STOP, _space_after_stop)


def _space_after_stop(found: re.Match[str]) -> str:
    """Decides one mark between two words."""
    right, last = found["right"], LEFT.search(found.string, max(0, found.start() - LONGEST_WORD), found.start())
    before, left, closing = last.groups() if last else ("", "", "")
    if before in ("/", "\\", "@", "_", "`") or not (closing or len(left) > 1 or left.isdecimal()):
        return found.group()
    known = left.islower() and len(left) > 3 and left in COMMON_WORDS and before != "."
    if right.lower() in OPENERS and right[0].isupper() and right[1:].islower() and len(right) > 1:
        starts = True
    elif right == "A":
        starts = known and left not in LABELS and _lower_case_follows(found)
    elif right[0].isupper():
        starts = len(right) > 2 and (
            (known and found["after"] in (" ", ","))
            or (closing in (")", "]", '"', "”") and right.lower() in COMMON_WORDS)
        )
    else:
        starts = known and (right in CLAUSES or right == "we") and found.group() == "." and _lower_case_follows(found)
    return f"{found.group()} " if starts else found.group()


def _lower_case_follows(found: re.Match[str]) -> bool:
    """Whether the text goes on, after the word that follows a match, with a word in lower case."""
    return bool(re.match(r",? [a-z]", found.string[found.end("right") :]))


def space_after_abbreviations(text: pl.Expr) -> pl.Expr:
    """Sets a space between `e.g.`, `i.e.` or `et al.` and what follows."""

    def rewrite(one: str) -> str:
        for pattern in (ABBREVIATION, ABBREVIATION_COMMA, NAMES_AND_YEAR):
            one = pattern.sub(r"\g<0> ", one)
        return one

    trigger = r"(?:[Ee]\.g|[Ii]\.e)\.,?[A-Za-z\"“'(]|(?:et al|etc)\.,[A-Za-z\"“(]|et al\.,?\(?(?:19|20)\d\d"
    return rewrite_prose(text, trigger, rewrite)


RULES = (
    Rule(
        name="space_after_abbreviation",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space follows an abbreviation: (i.e.parallel runs) -> (i.e. parallel runs).",
        apply=space_after_abbreviations,
    ),
    Rule(
        name="space_after_stop",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space follows the end of a sentence: the output.We -> the output. We.",
        apply=space_after_stops,
    ),
)
