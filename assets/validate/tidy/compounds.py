# ruff: noqa: RUF001  typographic marks are what is looked for
"""Compounds that came apart: a space beside a hyphen or a slash, a word broken at the end of a line.

A suspended hyphen (`pre- and post-training`, `self-recorded and -generated`), a dash and a sign belong to the author:
parts are joined only where the text or the words themselves prove that they belong together.
"""

import re
from collections.abc import Callable

import polars as pl

from assets.validate.rules import Rule
from assets.validate.tidy.common_words import COMMON_WORDS
from assets.validate.tidy.lexicon import (
    CLOSED_PREFIXES,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    HYPHEN_PREFIXES,
    PREFIXES,
    SECOND_MEMBERS,
    is_word,
)
from assets.validate.tidy.prose import rewrite_prose
from schemas.vocabulary import RuleFamily

BEFORE_HYPHEN = re.compile(r"(?<![\w-])(?P<first>[A-Za-z][\w-]*) (?=-(?P<second>[A-Za-z][\w-]*))")
AFTER_HYPHEN = re.compile(r"(?<![\w'’./-])(?P<first>[A-Za-z][\w-]*)- (?=(?P<second>[A-Za-z][\w-]*)(?P<after>[/-]?))")
BOTH_SIDES = re.compile(r"(?<![\w-])(?P<first>[A-Za-z]+)- (?P<second>to|of|in|by|the)- (?=[A-Za-z])")
SUSPENDED = re.compile(r"\w-(?:,| (?:and|or|to|as)\b|[ ,]+\w+-(?:,| ))")
SUSPENSION_REACH = 60
"""Characters before a compound in which a suspended hyphen says that it belongs to a list of such compounds."""
SLASH = re.compile(r"(?<![^\s(\[\"“])(?P<first>[A-Za-z][A-Za-z-]+)/ (?=(?P<second>[A-Za-z][A-Za-z-]+)(?!\w))")
ADDRESS_BEFORE = re.compile(r"(?:https?:|www\b|github)\S*(?: \S+){0,3} ?$", re.IGNORECASE)
_DOMAIN_ENDS = "ai app co com dev edu gov io net org"
DOMAIN_ENDS = frozenset(_DOMAIN_ENDS.split())
SPLIT_CHOICE = re.compile(r"\b(?P<first>and|he|his|him) /(?=(?:or|she|hers?)\b)")
MOST_PASSES = 5
"""A compound of many parts heals one part at a time."""


def mend_hyphenated_breaks(text: pl.Expr) -> pl.Expr:
    """Joins a word that a hyphen and a space break, as at the end of a line: `infor- mation`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column. A word is joined that is common or stands whole in the same text, unless both of its halves
        are words that may well make a compound.
    """

    def join(found: re.Match[str]) -> str:
        first, second = found["first"], found["second"]
        apart = second.lower() in CONJUNCTIONS or _is_suspended(found) or found["after"] or "-" in first + second
        return f"{first}" if not apart and _is_broken_word(first, second, found.string) else found.group()

    return rewrite_prose(text, "[A-Za-z]- [a-z]", lambda one: AFTER_HYPHEN.sub(join, one))


def _is_broken_word(first: str, second: str, text: str) -> bool:
    """Whether two parts make one word, and would make no compound."""
    head, joined = first.lower(), f"{first}{second}".lower()
    common = joined in COMMON_WORDS and len(joined) > 5
    if not second.islower() or not (common or _stands_elsewhere(joined, text)):
        return False
    if head in HYPHEN_PREFIXES:
        return not is_word(second)
    return head in CLOSED_PREFIXES or not (is_word(head) or head in PREFIXES) or not is_word(second)


def close_compounds(text: pl.Expr) -> pl.Expr:
    """Takes out a space before or after the hyphen of a compound: `state -of-the-art`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column, changed where the parts bind: the compound stands elsewhere in the same text, its second part
        begins like `of-the-`, its first is a prefix or its second a word like `based`.
    """

    def rewrite(one: str) -> str:
        one = BOTH_SIDES.sub(r"\g<first>-\g<second>-", one)
        one = BEFORE_HYPHEN.sub(_close_before_hyphen, one) if " -" in one else one
        return AFTER_HYPHEN.sub(_close_after_hyphen, one) if "- " in one else one

    return rewrite_prose(text, "[A-Za-z0-9] -[A-Za-z]|[A-Za-z0-9]- [A-Za-z]", _until_stable(rewrite))


def _until_stable(rewrite: Callable[[str], str]) -> Callable[[str], str]:
    """Repeats a rewrite, which only takes out, until nothing changes."""

    def rewrite_all(text: str) -> str:
        for _ in range(MOST_PASSES):
            before, text = text, rewrite(text)
            if text == before:
                break
        return text

    return rewrite_all


def _close_before_hyphen(found: re.Match[str]) -> str:
    """Closes `state -of-the-art` where that is certain."""
    first, second = found["first"], found["second"]
    if "-" not in first and first.lower() in CONJUNCTIONS | FUNCTION_WORDS:
        return found.group()
    binds = (
        _stands_elsewhere(f"{first}-{second}", found.string)
        or _begins_bound(second)
        or first.endswith(("-of", "-to", "-in", "-the", "-on", "-by"))
        or (first.lower() in HYPHEN_PREFIXES and is_word(second))
        or second.lower() in SECOND_MEMBERS
    )
    return first if binds else found.group()


def _close_after_hyphen(found: re.Match[str]) -> str:
    """Closes `state- of-the-art` where that is certain and the hyphen is not a suspended one."""
    first, second = found["first"], found["second"]
    if second.lower() in CONJUNCTIONS or _is_suspended(found) or found["after"]:
        return found.group()
    simple = "-" not in second
    binds = (
        (simple and _stands_elsewhere(f"{first}-{second}", found.string))
        or _begins_bound(second)
        or (simple and first.lower() in HYPHEN_PREFIXES and is_word(second) and len(second) > 3)
        or second.lower() in SECOND_MEMBERS
    )
    return f"{first}-" if binds else found.group()


def _is_suspended(found: re.Match[str]) -> bool:
    """Whether the compound of a match stands in a list of compounds that share their last part."""
    start, end = max(0, found.start() - SUSPENSION_REACH), found.end("first") + 2
    return bool(SUSPENDED.search(found.string, start, end))


def _begins_bound(second: str) -> bool:
    """Whether the rest of a compound begins with a short word that a further hyphen binds: `of-the-art`."""
    head, hyphen, rest = second.partition("-")
    return bool(hyphen and rest) and head in ("of", "to", "in", "the", "on", "by", "as", "for", "from", "a")


def _stands_elsewhere(compound: str, text: str) -> bool:
    """Whether a compound stands as a whole in a text."""
    return bool(re.search(rf"(?<![\w-]){re.escape(compound)}(?![\w-])", text, re.IGNORECASE))


def close_slashes(text: pl.Expr) -> pl.Expr:
    """Takes out a space behind the slash between two words; spaces on both sides stay, and so do paths."""

    def close(found: re.Match[str]) -> str:
        first, second = found["first"].lower(), found["second"].lower()
        path = second in FUNCTION_WORDS or first in DOMAIN_ENDS or first == "w-o"
        before = found.string[max(0, found.start() - 60) : found.start()]
        return found.group() if path or ADDRESS_BEFORE.search(before) else f"{found['first']}/"

    return rewrite_prose(
        text,
        r"[A-Za-z]/ [A-Za-z]|(?:and|he|his|him) /(?:or|she|her)",
        lambda one: SPLIT_CHOICE.sub(r"\g<first>/", SLASH.sub(close, one)),
    )


RULES = (
    Rule(
        name="hyphenated_break",
        family=RuleFamily.TIDY,
        version=1,
        summary="A word broken by a hyphen and a space is whole again: infor- mation -> information.",
        apply=mend_hyphenated_breaks,
    ),
    Rule(
        name="space_in_compound",
        family=RuleFamily.TIDY,
        version=1,
        summary="No space beside the hyphen of a compound: state -of-the-art -> state-of-the-art.",
        apply=close_compounds,
    ),
    Rule(
        name="space_beside_slash",
        family=RuleFamily.TIDY,
        version=1,
        summary="No space behind a slash between words: cost/ quality -> cost/quality.",
        apply=close_slashes,
    ),
)
