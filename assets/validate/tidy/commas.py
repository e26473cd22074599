# ruff: noqa: RUF001  typographic marks are what is looked for
"""Missing spaces after commas, semicolons, colons and percent signs.

Between the parts of a number, a tuple, a ratio, an identifier or an entity no space is missing: one is set only where
words of prose stand on both sides, or where the same list has spaces elsewhere.
"""

import re

import polars as pl

from assets.validate.rules import Rule
from assets.validate.tidy.common_words import COMMON_WORDS
from assets.validate.tidy.lexicon import FUNCTION_WORDS
from assets.validate.tidy.prose import rewrite_prose, substitute_in_prose
from schemas.vocabulary import RuleFamily

LATIN = "A-Za-z\u00c0-\u024f"
"""Letters of scripts that set a space after a comma; Chinese and Japanese set none."""
CLOSING = r"(?P<closing>[)\]\"”’%\ufdd0\ufdd1]?)"
COMMA = re.compile(
    rf"(?<![^\W_])(?P<left>[^\W_]*){CLOSING}(?P<mark>[,;])"
    rf"(?=(?P<right>[{LATIN}]+)(?:[’'-][{LATIN}]+)*(?P<after>[ ,.;:?!)\]\"”\ufdd1]|$))"
)
TIGHT = re.compile(r"[^\s)\]}]*")
LONGEST_TUPLE = 200
IDENTIFIER_BEFORE = frozenset("_./\\@=^#&:")
ENTITY = re.compile(r"&#?\w+$")
INNER_BRACKETS = re.compile(r"[({\[][^(){}\[\]]*[)}\]]")
ITEM_WITHOUT_SPACE = re.compile(r"(?<=[\w}]),(?=[^\W\d_]\w)|(?<=\w\w),(?=[^\W\d_])")
ENUMERATOR = r"(?:\d{1,2}|[ivx]{1,4}|[a-h])\)\.? ?[A-Za-z]"
BEFORE_ENUMERATOR = re.compile(
    rf"(?<=[a-z)\]\"”’%\d])[,;:](?=\({ENUMERATOR})|(?<=[a-z][a-z])[;:](?=[1ia]\)\.? ?[A-Za-z])"
)
BEFORE_QUOTE = re.compile(r"(?<=[a-z\"”)])[,;](?=(?P<quote>[\"“])[A-Za-z])")
COLON = re.compile(rf"(?<![^\W_])(?P<left>[^\W_]*){CLOSING}:(?=(?P<right>\ufdd0|[{LATIN}]+)(?P<after>$|[\s,.’'-]))")
_SCHEMES = "arxiv doi ftp git hdl http https mailto urn"
SCHEMES = frozenset(_SCHEMES.split())
TITLE_COLON = re.compile(r"(?<=[^\W_]{3}):(?=(?:An?|[A-Z][a-z]{2,})[ -])")
SECOND_SEPARATOR = re.compile(r": | [-–—:] | -- ")
PERCENT = re.compile(r"(?<=\d)%(?=(?P<right>[a-z]{2,})(?![\w-]))")


def space_after_commas(text: pl.Expr) -> pl.Expr:
    """Sets a space between a comma or a semicolon and the word, quotation or item that follows.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column. Numbers, tuples, sets, identifiers and entities stay; in a list inside brackets that has
        spaces elsewhere, the missing ones are set.
    """

    def rewrite(one: str) -> str:
        one = INNER_BRACKETS.sub(_space_out_list, one)
        one = BEFORE_QUOTE.sub(_space_before_opening_quote, BEFORE_ENUMERATOR.sub(r"\g<0> ", one))
        return COMMA.sub(_space_after_comma, one)

    return rewrite_prose(text, r"[,;:](?:[A-Za-z\"“(1]|[^\x00-\x7F])", rewrite)


def _space_out_list(found: re.Match[str]) -> str:
    """Sets the missing spaces in a list that has some."""
    items = found.group()
    return ITEM_WITHOUT_SPACE.sub(", ", items) if ", " in items and items.count(",") > items.count(", ") else items


def _space_before_opening_quote(found: re.Match[str]) -> str:
    """Decides a mark before a quotation mark, which opens a quotation if all before it are closed."""
    opens = found["quote"] == "“" or found.string.count('"', 0, found.end()) % 2 == 0
    return f"{found.group()} " if opens else found.group()


def _space_after_comma(found: re.Match[str]) -> str:
    """Decides one comma or semicolon between two words."""
    left, right, text = found["left"], found["right"], found.string
    before = text[found.start() - 1 : found.start()] if found.start() else ""
    if found["mark"] == ";" and (
        ENTITY.search(text[: found.start("mark")][-12:]) or not (left.islower() or found["closing"])
    ):
        return found.group()
    joins = len(right) > 1 and right.lower() in FUNCTION_WORDS and right[1:].islower() and (left or found["closing"])
    plain = len(left) > 1 and left.isalpha() and before not in IDENTIFIER_BEFORE
    article = right == "a" and found["after"] == " "
    prose = joins or (plain and (len(right) > 1 or article))
    return f"{found.group()} " if prose and not _in_tight_brackets(text, found.start("mark")) else found.group()


def _in_tight_brackets(text: str, place: int) -> bool:
    """Whether a place lies in brackets that hold no space: a tuple, a set, the arguments of a function."""
    opening = max(text.rfind(bracket, max(0, place - LONGEST_TUPLE), place) for bracket in "([{")
    if opening < 0:
        return False
    inside = TIGHT.match(text, opening + 1)
    return inside is not None and inside.end() > place and not text[inside.end() : inside.end() + 1].isspace()


def space_after_colons(text: pl.Expr) -> pl.Expr:
    """Sets a space between a colon and the clause or the address that follows; ratios and keys stay."""
    return substitute_in_prose(text, r"[^\s:]:[A-Za-z]", COLON, _space_after_colon)


def _space_after_colon(found: re.Match[str]) -> str:
    """Decides one colon between two words."""
    left, closing, right = found["left"], found["closing"], found["right"]
    known = left.islower() and left in COMMON_WORDS
    if right == "\ufdd0":
        follows = bool(closing) or (left.isalpha() and len(left) > 2 and left.lower() not in SCHEMES)
    elif right.islower():
        follows = (
            (known or closing in (")", "]")) and right in FUNCTION_WORDS and len(right) > 1 and found["after"] == " "
        )
    else:
        capital = (
            right[1:].islower() and (len(right) > 1 or right == "A") and found["after"] in (" ", ",", "-", "'", "’")
        )
        follows = capital and ((known and len(left) > 3) or (closing in (")", "]", "”") and len(right) > 2))
    return f"{found.group()} " if follows else found.group()


def space_after_title_colon(text: pl.Expr) -> pl.Expr:
    """Sets a space between a title and its subtitle, unless another mark already parts the two."""

    def rewrite(one: str) -> str:
        return one if SECOND_SEPARATOR.search(one) else TITLE_COLON.sub(": ", one, count=1)

    return rewrite_prose(text, r"[^\s:]:[A-Z]", rewrite)


def space_after_percent(text: pl.Expr) -> pl.Expr:
    """Sets a space between a percentage and the word that follows."""

    def decide(found: re.Match[str]) -> str:
        return "% " if found["right"] in FUNCTION_WORDS or found["right"] in COMMON_WORDS else "%"

    return substitute_in_prose(text, r"\d%[a-z]", PERCENT, decide)


RULES = (
    Rule(
        name="space_after_comma",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space follows a comma or a semicolon: skills,and -> skills, and.",
        apply=space_after_commas,
    ),
    Rule(
        name="space_after_colon",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space follows a colon: two parts:First -> two parts: First.",
        apply=space_after_colons,
    ),
    Rule(
        name="space_after_title_colon",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space parts a title from its subtitle: Title:Subtitle -> Title: Subtitle.",
        apply=space_after_title_colon,
        fields=("title",),
    ),
    Rule(
        name="space_after_percent",
        family=RuleFamily.TIDY,
        version=1,
        summary="A space follows a percentage: 95%of -> 95% of.",
        apply=space_after_percent,
    ),
)
