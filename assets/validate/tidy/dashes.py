# ruff: noqa: RUF001  typographic marks are what is looked for
"""Dashes: the double and triple hyphens of TeX become the dashes they stand for.

A spaced hyphen, a minus sign and a dash that is already one belong to the author. A hyphen that probably was a dash is
the matter of `collapsed_dash.py`.
"""

import re

import polars as pl

from assets.validate.rules import Rule
from assets.validate.tidy.lexicon import FUNCTION_WORDS
from assets.validate.tidy.prose import rewrite_prose, substitute_in_prose
from schemas.vocabulary import RuleFamily

# Each pattern starts with its hyphens, which are soon found, and then looks back: twenty times as fast as the reverse.
TRIPLE = re.compile(r"---(?<![-<|!]---)(?![->|])")
SPACED = re.compile(r" --(?<=\S --)(?= (?P<next>\S))")
AFTER_WORD = re.compile(r"-- (?:(?<=[^\W_][^\W_]-- )|(?<=[)\]\"'”’%]-- ))(?=[^\s-])")
BEFORE_WORD = re.compile(r" --(?<=\S --)(?P<word>[A-Za-z\"“(][\w'’.]*)(?P<after>=|-(?!-))?")
BETWEEN = re.compile(r"--(?<=[^\s\-_=/\\<|!`]--)(?=[^\s\-_=/\\>|`.,;:)])")
SENTENCE_REACH = 400
"""Characters in which the second dash of a pair is looked for."""
OPTION_BEFORE = re.compile(r"(?:^|\s)[\w./-]*[/_=][\w./=-]*$")


def set_triple_hyphens(text: pl.Expr) -> pl.Expr:
    """Sets --- as an em dash, with the spaces around it as they are; longer rows of hyphens stay."""
    return substitute_in_prose(text, "---", TRIPLE, "—")


def set_spaced_hyphens(text: pl.Expr) -> pl.Expr:
    """Sets a double hyphen between spaces as an em dash between spaces, and between figures as an en dash."""
    return substitute_in_prose(
        text,
        " -- ",
        SPACED,
        lambda found: " –" if found.string[found.start() - 1].isdecimal() and found["next"].isdecimal() else " —",
    )


def set_half_spaced_hyphens(text: pl.Expr) -> pl.Expr:
    """Sets a double hyphen with a space on one side as an em dash between spaces.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column. ` --word` is read as a dash before a word that holds a clause together, or where another
        double hyphen follows in the sentence; otherwise it may be an option of a command and stays.
    """

    def open_dash(found: re.Match[str]) -> str:
        sentence = re.split(r"[.?!] ", found.string[found.end("word") - 1 :][:SENTENCE_REACH], maxsplit=1)[0]
        word = found["word"].rstrip(".").lower()
        in_clause = word in FUNCTION_WORDS or word in ("e.g", "i.e") or not word[0].isalpha()
        partner = re.search(r"[^\s-](?:--|—)(?: |$)| — ", sentence)
        if found["after"] or not (in_clause or partner):
            return found.group()
        return f" — {found['word']}"

    return rewrite_prose(text, '-- | --[A-Za-z"“(]', lambda one: AFTER_WORD.sub(" — ", BEFORE_WORD.sub(open_dash, one)))


def set_double_hyphens(text: pl.Expr) -> pl.Expr:
    """Sets a double hyphen without spaces as an en dash; in paths, options and identifiers it stays."""

    def join(found: re.Match[str]) -> str:
        text = found.string
        before = OPTION_BEFORE.search(text, max(0, found.start() - 80), found.start())
        after = re.match(r"[\w.-]*[/_=\\]", text[found.end() : found.end() + 80])
        return found.group() if before or after else "–"

    return substitute_in_prose(text, "[^\\s-]--[^\\s-]", BETWEEN, join)


RULES = (
    Rule(
        name="tex_em_dash",
        family=RuleFamily.TIDY,
        version=1,
        summary="Three hyphens become an em dash: models---even small ones -> models—even small ones.",
        apply=set_triple_hyphens,
    ),
    Rule(
        name="spaced_double_hyphen",
        family=RuleFamily.TIDY,
        version=1,
        summary="Two hyphens between spaces become an em dash: a measure -- its rank -> a measure — its rank.",
        apply=set_spaced_hyphens,
        fields=("abstract",),  # in a title they set off the subtitle, the way its author typed it
    ),
    Rule(
        name="half_spaced_double_hyphen",
        family=RuleFamily.TIDY,
        version=1,
        summary="Two hyphens with one space become an em dash: small models-- the rest -> small models — the rest.",
        apply=set_half_spaced_hyphens,
    ),
    Rule(
        name="tex_en_dash",
        family=RuleFamily.TIDY,
        version=1,
        summary="Two hyphens between words or figures become an en dash: 3--5 -> 3–5.",
        apply=set_double_hyphens,
    ),
)
