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
CONTROLS = r"[\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F]"
"""Control characters but for tabs and ends of lines."""
INVISIBLE = (
    r"[\u{AD}\u{61C}\u{180E}\u{200B}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2060}-\u{2064}\u{2066}-\u{206F}\u{FEFF}"
    r"\u{FFF9}-\u{FFFB}]"
)
"""Soft hyphens, marks of width zero and of direction, byte order marks."""
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
MISREAD = re.compile(
    rf"[âã][{re.escape(_CONTINUATION)}]{{2}}"
    rf"|ð[{re.escape(_CONTINUATION)}]{{3}}"
    rf"|(?<![A-ZÀ-Þ])[ÂÃ][{re.escape(_CONTINUATION)}]"
    rf"|(?<![A-ZÀ-Þ])[ÄÅÎÏ](?![{_PUNCTUATION}])[{re.escape(_CONTINUATION)}]"
)
MISREAD_TRIGGER = r"[âãðÂÃÄÅÎÏ][^\x00-\x7FÀ-ÿ]"
LOST_CHARACTER = r"\x{FFFD}|(?:^|[\s(\"'])\pL+\?\p{Ll}{1,3}[\s.,;:)]"


def reread_bytes(text: pl.Expr) -> pl.Expr:
    """Reads characters again that are UTF-8 read as Windows-1252: `donâ€™t` -> `don’t`.

    Args:
        text: String column; nulls stay null.

    Returns:
        The same column, changed where the bytes of a sequence make one character of UTF-8.
    """

    def reread(found: re.Match[str]) -> str:
        try:
            return b"".join(map(_byte_of, found.group())).decode("utf-8")
        except UnicodeDecodeError:
            return found.group()

    return rewrite_where(text, MISREAD_TRIGGER, lambda one: MISREAD.sub(reread, one))


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


_WINDOWS = {
    byte: printed
    for byte in range(0x80, 0xA0)
    if (printed := bytes([byte]).decode("cp1252", "ignore")) and byte != 0x85
}
"""Code point of a control character -> the character it was; 85, an ellipsis or the end of a line, is left out."""


def drop_control_characters(text: pl.Expr) -> pl.Expr:
    """Takes out control characters, the null character among them; tabs and ends of lines stay."""
    return text.str.replace_all(CONTROLS, "").str.replace_all("\x85", "\n", literal=True)


def drop_invisible_marks(text: pl.Expr) -> pl.Expr:
    """Takes out soft hyphens, marks of direction and marks of width zero; joiners in scripts that need them stay."""
    return text.str.replace_all(INVISIBLE, "").str.replace_all(LATIN_JOINERS, "${1}")


def set_plain_spaces(text: pl.Expr) -> pl.Expr:
    """Sets spaces that do not break, and spaces of other widths, as plain ones."""
    return text.str.replace_all(SPACES, " ")


RULES = (
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
        name="control_characters",
        family=RuleFamily.RESTORE,
        version=1,
        summary="Control characters are taken out; tabs and ends of lines stay.",
        apply=drop_control_characters,
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
        summary="U+FFFD or a question mark stands inside a word for a character that was lost: Erd?s.",
        detect=lambda text: text.str.contains(LOST_CHARACTER),
        on_raw=True,
    ),
)
