# ruff: noqa: RUF001, RUF002  typographic marks are what is looked for
"""Characters that are no text: control characters, invisible marks, spaces that do not break, and misread bytes.

They are set right before every other rule, so that no rule has to think of them. Letters of other scripts, typographic
quotation marks and the joiners that some scripts and emoji need belong to the author.
"""

import re

import polars as pl

from assets.validate.rules import Detector, Rule, rewrite_where
from schemas.vocabulary import Flag, RuleFamily

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
CONTROLS = r"[\x00-\x08\x0E-\x1F\x7F]"
"""Control characters of ASCII but for tabs and ends of lines."""
INVISIBLE = (
    r"[\u{AD}\u{61C}\u{180E}\u{200B}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2060}-\u{2064}\u{2066}-\u{206F}\u{FEFF}"
    r"\u{FFF9}-\u{FFFB}]"
)
"""Soft hyphens, marks of width zero and of direction, byte order marks."""
MOST_READINGS = 4
"""Times that bytes are read again: some texts were misread twice."""
LATIN_JOINERS = r"([\x20-\x7E])[\u{200C}\u{200D}]+"
"""Joiners behind a Latin character, which joins nothing."""
SPACES = r"[\u{A0}\u{1680}\u{2000}-\u{200A}\u{202F}\u{205F}\u{3000}]"
"""Spaces that do not break, or of other widths."""

_CONTINUATION = "".join(
    sorted({bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)})
    + [chr(byte) for byte in range(0x80, 0xA0)]
)
"""What the bytes 80 to BF of UTF-8 look like when they are read as Windows-1252 or as Latin-1."""
_PUNCTUATION = "“”‘’–—…™«»"
"""Characters among them that may stand behind a capital letter in their own right."""
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
MISREAD = re.compile(
    rf"[âãï][{re.escape(_CONTINUATION)}]{{2}}"
    rf"|ð[{re.escape(_CONTINUATION)}]{{3}}"
    rf"|(?<![A-ZÀ-Þ])[ÂÃ][{re.escape(_CONTINUATION)}]"
    rf"|(?<![A-ZÀ-Þ])[ÄÅÎÏ](?![{_PUNCTUATION}])[{re.escape(_CONTINUATION)}]"
)
MISREAD_TRIGGER = r"[âãïðÂÃÄÅÎÏ][^\x00-\x7FÀ-ÿ]"
LOST_CHARACTER = r"(?:^|[\s(\"'])\pL+\?\p{Ll}{1,3}[\s.,;:)]"


def reread_bytes(text: pl.Expr) -> pl.Expr:
    """Reads characters again that are UTF-8 read as Windows-1252: `donâ€™t` -> `don’t`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column, changed where the bytes of a sequence make one character of UTF-8.
    """

    def rewrite(one: str) -> str:
        one = _INVISIBLE.sub("", one)  # one of these would hide a sequence
        for _ in range(MOST_READINGS):
            before, one = one, MISREAD.sub(_reread, one)
            if one == before:
                break
        return one

    return rewrite_where(text, MISREAD_TRIGGER, rewrite)


def _reread(found: re.Match[str]) -> str:
    """The character that a sequence was read from; nothing for a control character."""
    try:
        character = b"".join(map(_byte_of, found.group())).decode("utf-8")
    except UnicodeDecodeError:
        return found.group()
    return "" if "\x7f" < character < "\xa0" else character


def _byte_of(character: str) -> bytes:
    """The byte that a character of Windows-1252, or a control character in its place, was read from."""
    return bytes([ord(character)]) if ord(character) < 0x100 else character.encode("cp1252")


def split_ligatures(text: pl.Expr) -> pl.Expr:
    """Sets the ligatures of print as the letters they are made of: `eﬃcient` -> `efficient`."""
    return rewrite_where(text, r"[\u{FB00}-\u{FB06}]", lambda one: one.translate(_LIGATURES))


_LIGATURES = str.maketrans(LIGATURES)


def set_windows_characters(text: pl.Expr) -> pl.Expr:
    """Sets bytes of Windows-1252 that were read as control characters as what they print: dashes, quotation marks."""
    return rewrite_where(text, r"[\x80-\x9F]", lambda one: one.translate(_WINDOWS))


_WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)} | {0x85: "\n"}
"""Code point of a control character -> the character it was, or nothing; 85 is the end of a line at least as often."""


def drop_control_characters(text: pl.Expr) -> pl.Expr:
    """Takes out control characters, the null character among them; tabs and ends of lines stay."""
    return text.str.replace_all(CONTROLS, "")


def drop_invisible_marks(text: pl.Expr) -> pl.Expr:
    """Takes out soft hyphens, marks of direction and marks of width zero; joiners in scripts that need them stay."""
    return text.str.replace_all(INVISIBLE, "").str.replace_all(LATIN_JOINERS, "${1}")


def set_plain_spaces(text: pl.Expr) -> pl.Expr:
    """Sets spaces that do not break, and spaces of other widths, as plain ones."""
    return text.str.replace_all(SPACES, " ")


RULES = (
    Rule(
        name="control_characters",
        family=RuleFamily.RESTORE,
        version=1,
        summary="Control characters are taken out; tabs and ends of lines stay.",
        apply=drop_control_characters,
    ),
    Rule(
        name="misread_bytes",
        family=RuleFamily.RESTORE,
        version=1,
        summary="UTF-8 that was read as Windows-1252 is read again: donâ€™t -> don’t.",
        apply=reread_bytes,
    ),
    Rule(
        name="windows_characters",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A character of Windows-1252 that was read as a control character is what it prints: a dash, a quote.",
        apply=set_windows_characters,
    ),
    Rule(
        name="invisible_marks",
        family=RuleFamily.RESTORE,
        version=1,
        summary="Soft hyphens, marks of width zero and marks of direction are taken out.",
        apply=drop_invisible_marks,
    ),
    Rule(
        name="unusual_spaces",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A space that does not break, or of another width, becomes a plain one.",
        apply=set_plain_spaces,
    ),
    Rule(
        name="ligatures",
        family=RuleFamily.RESTORE,
        version=1,
        summary="A ligature of print becomes its letters: eﬃcient -> efficient.",
        apply=split_ligatures,
    ),
)
DETECTORS = (
    Detector(
        flag=Flag.REPLACEMENT_CHARACTER,
        version=1,
        summary="A question mark stands in a word for a character that was lost: the model?s output.",
        detect=lambda text: text.str.contains(LOST_CHARACTER),
        on_raw=True,
    ),
)
