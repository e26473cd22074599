# ruff: noqa: RUF001  typographic marks are what is looked for
"""Superfluous spaces: in rows, before punctuation and inside brackets.

Missing spaces are the matter of `gaps.py`, spaces inside compounds that of `compounds.py`. Spaces around signs of
calculation, before a percent sign and before the colon of a French text belong to the author.
"""

import re

import polars as pl

from assets.validate.rules import Rule
from assets.validate.tidy.prose import looks_french, rewrite_prose
from schemas.vocabulary import RuleFamily

# Each pattern starts with the space, which is soon found, and then looks back.
BEFORE_COMMA = re.compile(r" (?<=[^\s(\[{,;:.!?&=<>+*|-] ) *,(?=\s|$|(?P<word>[A-Za-z]))")
BEFORE_STOP = re.compile(
    r" (?<=[^\s(\[{,;:.!?&=<>+*|-] ) *\.(?=\s*$|\s+[\"'“(\[]*(?:[A-Z]|\d|\ufdd0)|(?P<word>(?:The|This|In|We|Our|It)\b))"
)
BEFORE_COLON = re.compile(
    r" (?:(?<=[^\W\d_][^\W\d_] )|(?<=[)\]\"'”’%\ufdd0] )|(?<=\w\d )) *"
    r"(?:[:;](?=\s|$)(?!\s*[:=])|[?!](?=\s*$|\s+[^a-z\s]))"
)
FRENCH_REACH = 60
"""Characters on either side of a colon by which its language is told."""
IN_FORMULA = re.compile(r"[\w\\^})\]|]")
"""What a bracket of prose does not touch."""
FACE = re.compile(r"[:;\\] +$")


def collapse_white_space(text: pl.Expr) -> pl.Expr:
    """Sets every run of white space, line breaks included, as one space, and none at the ends."""
    return text.str.replace_all(r"\s{2,}|[^\S ]", " ").str.replace_all("  +", " ").str.strip_chars()


def close_before_punctuation(text: pl.Expr) -> pl.Expr:
    """Takes out spaces before a comma, a full stop, a colon, a semicolon and a question or exclamation mark.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column. A space that stands on the wrong side of a comma or a stop moves behind it. Texts in French
        keep the space that belongs before a colon; ratios, mappings and rows of stops keep theirs.
    """

    def close(found: re.Match[str]) -> str:
        return found.group().strip() + (" " if found["word"] else "")

    def close_unless_french(found: re.Match[str]) -> str:
        around = found.string[max(0, found.start() - FRENCH_REACH) : found.end() + FRENCH_REACH]
        return found.group() if looks_french(around) else found.group().strip()

    def rewrite(one: str) -> str:
        return BEFORE_COLON.sub(close_unless_french, BEFORE_STOP.sub(close, BEFORE_COMMA.sub(close, one)))

    return rewrite_prose(text, " [,.:;?!]", rewrite)


def close_brackets(text: pl.Expr) -> pl.Expr:
    """Takes out spaces just inside round and square brackets; those of a formula, and an empty pair, stay."""
    return rewrite_prose(text, r"[(\[] | [)\]]", _close_brackets)


def _close_brackets(text: str) -> str:
    """One text: a pair whose opening bracket touches what is before it is a formula's, such as `diag( A )`."""
    opened: list[int] = []
    cut: set[int] = set()
    for place, mark in enumerate(text):
        if mark in "([":
            opened.append(place)
        elif mark in ")]":
            start = opened.pop() if opened else -1
            inside = text[start + 1 : place]
            if start >= 0 and (not inside.strip() or IN_FORMULA.search(text[max(0, start - 1) : start])):
                continue
            if start >= 0:
                cut.update(range(start + 1, start + 1 + len(inside) - len(inside.lstrip(" "))))
            if not FACE.search(inside):
                cut.update(range(start + 1 + len(inside.rstrip(" ")), place))
    return "".join(mark for place, mark in enumerate(text) if place not in cut) if cut else text


RULES = (
    Rule(
        name="white_space",
        family=RuleFamily.TIDY,
        version=1,
        summary="Rows of spaces, tabs and line breaks become one space; none is left at the ends.",
        apply=collapse_white_space,
    ),
    Rule(
        name="space_before_punctuation",
        family=RuleFamily.TIDY,
        version=1,
        summary="No space before punctuation: on GitHub . -> on GitHub.",
        apply=close_before_punctuation,
    ),
    Rule(
        name="space_inside_brackets",
        family=RuleFamily.TIDY,
        version=2,
        summary="No space just inside brackets: ( on average ) -> (on average).",
        apply=close_brackets,
    ),
)
