# ruff: noqa: RUF001  characters that look like others are what this module is about
"""Characters that were written as a code and lost what marked it as one: `&#x2014;` shown as `x2014`.

A lost code reads like the end of a year (`linux2014`) or of a citation key (`cox2013neural`), so that the letters
around it must prove it. A code that kept its marks needs no proof.
"""

import html
import re

import polars as pl

from assets.validate.protect import outside_addresses
from assets.validate.rules import Rule, rewrite_where
from schemas.vocabulary import RuleFamily

CODES = (
    "2010",
    "2011",
    "2012",
    "2013",
    "2014",
    "2015",
    "2018",
    "2019",
    "201a",
    "201c",
    "201d",
    "201e",
    "2022",
    "2026",
    "2032",
)
CHARACTERS = {code: chr(int(code, 16)) for code in CODES}
"""Codes of punctuation, in lower case."""
DASHES = frozenset({"2010", "2011", "2012", "2013", "2014", "2015"})
LETTERED = frozenset({"201a", "201c", "201d", "201e"})
"""Codes that cannot be a year."""
CONTRACTED = frozenset({"s", "t", "d", "m", "re", "ve", "ll"})
_AFTER_A_DASH = (
    "a all also an and are as at but by can each especially even for from has have how if in including is it its like"
    " namely not of often on or our rather so such than that the their these they this those to unlike was we were what"
    " when where whether which while who with without"
)
AFTER_A_DASH = frozenset(_AFTER_A_DASH.split())
"""Words that may begin what follows a dash, and never the title in a citation key."""

# A word to which the x of the code may belong: Linux, Phoenix, complex, Marx.
_ENDS_IN_X = re.compile(
    r"(?:[aiou]|(?:^|ind|compl|cort|vert|ap|cod|refl|ann|dupl|simpl|perpl|conv|lat|vort|fl|[hslrt]|al)e|on?y|mar|lyn|phin)$"
)
_CODES = "|".join(CHARACTERS)
_LOST = re.compile(rf"([A-Za-z]*?)((?:[xu](?:{_CODES}))+)([A-Za-z]*?)(?=[xu](?:{_CODES})|[^A-Za-z]|$)")
_MARKED = re.compile(rf"\\[ux]({_CODES})|\\u\{{({_CODES})\}}|(?<=\s)&?#x({_CODES});?", re.IGNORECASE)
_CODE = re.compile(r"[xu]([0-9a-f]{4})")
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|ndash|mdash|lsquo|rsquo|ldquo|rdquo|hellip|times|deg|plusmn|le|ge|ne|middot"
    r"|[aeiouAEIOUyY](?:acute|grave|circ|uml|tilde)|[cC]cedil|[nN]tilde|szlig|[aA]ring|[oO]slash|aelig|AElig"
    r"|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
)


def decode_escapes(text: pl.Expr) -> pl.Expr:
    """`from scratchx2013even` -> `from scratch`, an en dash, `even`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with lost codes of dashes and quotation marks as characters.
    """
    decode = outside_addresses(lambda one: _LOST.sub(_lost, _MARKED.sub(_marked, one)))
    return rewrite_where(text, rf"[xu]\{{?(?:{_CODES})", decode)


def _marked(match: re.Match[str]) -> str:
    return CHARACTERS[(match[1] or match[2] or match[3]).lower()]


def _lost(match: re.Match[str]) -> str:
    """The characters of lost codes, where the letters around them prove that they are codes."""
    codes = _CODE.findall(match[2])
    proven = len(codes) > 1 or codes[0] in LETTERED or _is_code(match, codes[0])
    return match[1] + "".join(CHARACTERS[code] for code in codes) + match[3] if proven else match[0]


def _is_code(match: re.Match[str], code: str) -> bool:
    """Whether one code that looks like a year is a code after all."""
    before, after, text = match[1], match[3], match.string
    if code in {"2018", "2019"}:
        return len(before) > 3 and after in CONTRACTED
    if code not in DASHES:
        return False
    if match[2][0] == "u":
        return len(before) > 3 and after in AFTER_A_DASH
    if not before:
        beside = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return beside[0] in {" ", ")", '"', "]"} and (bool(after) or beside[1] == " ")
    follows = after.islower() or after[:1].isupper() or text.startswith(" ", match.end())
    return after in AFTER_A_DASH or (len(before) > 1 and follows and not _ENDS_IN_X.search(before))


def decode_entities(text: pl.Expr) -> pl.Expr:
    """`R&amp;D` -> `R&D`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column with the named and numbered entities of HTML as characters, once.
    """
    return rewrite_where(text, r"&(?:[A-Za-z]+|#\w+);", lambda one: _ENTITY.sub(_entity, one))


def _entity(match: re.Match[str]) -> str:
    decoded = html.unescape(match[0])
    return decoded if decoded.isprintable() else " " if decoded == "\xa0" else match[0]


RULES = (
    Rule(
        name="unicode_escape",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A code without its marks: `from scratchx2013even` becomes `from scratch–even`; `Phoenix2014` stays.",
        apply=decode_escapes,
    ),
    Rule(
        name="html_entity",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A character written as HTML writes it: `R&amp;D` becomes `R&D`.",
        apply=decode_entities,
    ),
)
