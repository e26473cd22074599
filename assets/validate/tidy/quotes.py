# ruff: noqa: RUF001  typographic marks are what is looked for
"""Quotation marks: the pairs of TeX become the characters they stand for.

Only marks are touched here. Apostrophes inside words, primes after numbers and code between two graves belong to the
author, and so do typographic quotation marks.
"""

import re

import polars as pl

from assets.validate.rules import Rule
from assets.validate.tidy.prose import rewrite_prose, substitute_in_prose
from schemas.vocabulary import RuleFamily

TEX_DOUBLE = re.compile(r"(?<!`)``(?=[^\s`])(?P<quoted>(?:[^`]|`(?!`))*?)(?:''(?!')|\"|``(?![`\w]))")
LONE_TEX_OPENING = re.compile(r"(?<!`)``(?=[^\s`])")
TEX_CLOSING = re.compile(r"(?<=[^\s'])''(?!['\w])")
DOUBLED_SINGLE = re.compile(
    r"(?<![\w'`)\]])''(?=[\w\[(])(?P<quoted>(?:[^'\"`]|'(?!'))*?[^\s'\"`])(?:''(?!['\w])|\"(?!\w))"
)
MIXED = re.compile(r"(?<![^\s(\[{/—–-])\"(?=[^\s\"])(?P<quoted>[^\"]*?[^\s\"'])''(?!['\w])")
TEX_SINGLE = re.compile(r"(?<![\w`'\\])`(?=[^\s`'’])(?P<quoted>[^`]*?\S)(?P<closing>['’])(?!\w)")
GRAVE_IN_WORD = re.compile(r"(?<=[^\W\d_])[`´](?=(?:s|t|re|ve|ll|d|m)\b)|(?<=\d)´(?=s\b)|(?<!\w)`(?=\d\d\b)")
GRAVE_AFTER_PLURAL = re.compile(r"(?<=[^\W\d_]s)`(?=\s|$)")
OPENING_GRAVE = re.compile(r"(?<!\w)`(?=[^\s`])(?!\d\d\b)")
CLOSING_GRAVE = re.compile(r"(?<=[^\s`])`(?!\w)")


def set_tex_double_quotes(text: pl.Expr) -> pl.Expr:
    """Sets ``...'' and ``..." as "...".

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without doubled graves that open a quotation; a lone one becomes a quotation mark, too.
    """

    def rewrite(one: str) -> str:
        closed = TEX_DOUBLE.sub(r'"\g<quoted>"', one)
        opened, lone = LONE_TEX_OPENING.subn('"', closed)
        return TEX_CLOSING.sub('"', opened, count=lone)

    return rewrite_prose(text, "``", rewrite)


def set_doubled_single_quotes(text: pl.Expr) -> pl.Expr:
    """Sets ''...'' and ''..." as "..."; two primes after a number or a symbol stay."""
    return substitute_in_prose(text, "''", DOUBLED_SINGLE, r'"\g<quoted>"')


def set_mixed_quotes(text: pl.Expr) -> pl.Expr:
    """Sets "...'' as "..."."""
    return substitute_in_prose(text, "''", MIXED, r'"\g<quoted>"')


def set_tex_single_quotes(text: pl.Expr) -> pl.Expr:
    """Sets `...' as '...'; code between two graves stays."""

    def close(found: re.Match[str]) -> str:
        opening = "'" if found["closing"] == "'" else "‘"
        return f"{opening}{found['quoted']}{found['closing']}"

    return substitute_in_prose(text, "`", TEX_SINGLE, close)


def set_grave_apostrophes(text: pl.Expr) -> pl.Expr:
    """Sets a grave or acute accent in an apostrophe's place as an apostrophe.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with apostrophes before an English ending and after a plural, unless a grave before it is open.
    """

    def set_unless_open(found: re.Match[str]) -> str:
        return found.group() if _grave_is_open(found.string, found.start()) else "'"

    def rewrite(one: str) -> str:
        return GRAVE_AFTER_PLURAL.sub(set_unless_open, GRAVE_IN_WORD.sub(set_unless_open, one))

    return rewrite_prose(text, "[`´]", rewrite)


def _grave_is_open(text: str, end: int) -> bool:
    """Whether a grave before a place opens a quotation or code that no grave between them closes."""
    openings = [found.end() for found in OPENING_GRAVE.finditer(text, 0, end)]
    return bool(openings) and not CLOSING_GRAVE.search(text, openings[-1], end)


RULES = (
    Rule(
        name="tex_double_quotes",
        family=RuleFamily.TIDY,
        version=1,
        summary="TeX double quotes become straight ones: ``low-rank'' -> \"low-rank\".",
        apply=set_tex_double_quotes,
    ),
    Rule(
        name="doubled_single_quotes",
        family=RuleFamily.TIDY,
        version=1,
        summary="Two single quotes on either side become double ones: ''see'' -> \"see\".",
        apply=set_doubled_single_quotes,
    ),
    Rule(
        name="mixed_quotes",
        family=RuleFamily.TIDY,
        version=1,
        summary='A quotation opened by " and closed by \'\' is closed by ": "A is B\'\' -> "A is B".',
        apply=set_mixed_quotes,
    ),
    Rule(
        name="tex_single_quotes",
        family=RuleFamily.TIDY,
        version=1,
        summary="TeX single quotes become straight ones: `frozen' -> 'frozen'.",
        apply=set_tex_single_quotes,
    ),
    Rule(
        name="grave_apostrophes",
        family=RuleFamily.TIDY,
        version=1,
        summary="A grave accent in an apostrophe's place becomes one: the models` output -> the models' output.",
        apply=set_grave_apostrophes,
    ),
)
