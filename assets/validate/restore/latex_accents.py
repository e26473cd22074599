"""Accents and letters of other languages, in text mode: the backslash survived and says for certain what was meant.

An accent is only set on a letter that Unicode knows with it, so that an escaped quotation mark never becomes one.
"""

import re
import unicodedata

import polars as pl

from assets.validate.restore.symbols import ACCENTS, LETTERS
from assets.validate.rules import Rule, rewrite_where
from schemas.vocabulary import RuleFamily

# \"text\": a quotation mark that some exporter escaped, recognised by its partner before something that is no letter.
_QUOTED = re.compile(r"(?<![\w\\])\\\"(?=\w)([^\"\\]{1,300})(?<=[\w.,!?%)\]])\\\"(?![\w{\\])")
# don\'t: what follows an apostrophe at the end of a word, and is no letter with an acute accent.
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\\'(?=(?:s|t|d|m|re|ve|ll)\b)")
# In every form the mark of the accent follows the first backslash, and the letter is the last letter.
_ACCENT = re.compile(
    r"""
      \{ \s* \\(?:['"`^~=.]|[cvHurkdb](?![A-Za-z])) \s* (?:\{\s*\\?[A-Za-z]\s*\}|\\?[A-Za-z]) (?:\{\})? \s* \}
    | \\['"`^~=.] (?: \{\s*\\?[A-Za-z]\s*\} | \\[ij](?![A-Za-z])(?:\{\}|\ (?=[a-z]))? | [A-Za-z] )
    | \\[cvHurkdb] (?: \s?\{\s*\\?[A-Za-z]\s*\} | \ [A-Za-z] )
    """,
    re.VERBOSE,
)
_LAST_LETTER = re.compile(r"([A-Za-z])[^A-Za-z]*$")
_NAMES = "|".join(sorted(LETTERS, key=len, reverse=True))
_SPECIAL = re.compile(
    rf"""
      \{{\s*\\({_NAMES})\s*\}}
    | \\({_NAMES})\{{\}}
    | (?<=[A-Za-z]) \\({_NAMES})(?![A-Za-z(\[_^{{]) (?:\ (?=[a-z]))?
    | (?<![A-Za-z]) \\(AA|aa|O|L|AE|ae|OE|oe) (?:\ (?=[a-z]{{2}}))
    """,
    re.VERBOSE,
)


def _accented(match: re.Match[str]) -> str:
    """The letter with its accent, or the text as it is where Unicode has no such letter."""
    letter = _LAST_LETTER.search(match[0])
    accent = match[0].partition("\\")[2][0]
    composed = unicodedata.normalize("NFC", letter[1] + ACCENTS[accent]) if letter else ""
    return composed if len(composed) == 1 else match[0]


def _special(match: re.Match[str]) -> str:
    return LETTERS[next(name for name in match.groups() if name)]


def set_accents(text: pl.Expr) -> pl.Expr:
    r"""`Fr\'echet`, `na{\"\i}ve`, `\v{S}koda`, `S\o ren` -> `Fréchet`, `naïve`, `Škoda`, `Søren`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with accents and special letters as the characters they stand for.
    """
    return rewrite_where(text, r"\\", lambda one: _SPECIAL.sub(_special, _ACCENT.sub(_accented, one)))


def unescape_quotes(text: pl.Expr) -> pl.Expr:
    r"""`the \"best\" one`, `don\'t` -> `the "best" one`, `don't`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column without the backslashes that an exporter put before quotation marks and apostrophes.
    """
    return rewrite_where(text, r"\\['\"]", lambda one: _APOSTROPHE.sub("'", _QUOTED.sub(r'"\1"', one)))


RULES = (
    Rule(
        name="escaped_quote",
        family=RuleFamily.RESTORE,
        version=1,
        summary=r'A mark that an exporter escaped: `the \"best\" one` becomes `the "best" one`; `\"Ust\"un` is a name.',
        apply=unescape_quotes,
    ),
    Rule(
        name="latex_accent",
        family=RuleFamily.RESTORE,
        version=1,
        summary=r"An accent or a letter of another language: `Fr\'echet` becomes `Fréchet`.",
        apply=set_accents,
    ),
)
