"""Characters: texts as arrays of bytes, one byte a character, so that all of them can be read at once."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

FREE, JOINT = "\x01", "\x02"
"""What stands in the place of a word that a short form may leave out, and of one that joins two phrases."""
_FREE_WORDS = (
    "a",
    "an|as|at|by|in|is|it|of|on|to",
    "the|for|its|per|via",
    "from|into|over|that|with|upon",
    "based|their|using|which",
)
FREE_WORDS = (
    *((rf"(?i)\b(?:{words})\b", FREE * length) for length, words in enumerate(_FREE_WORDS, 1)),
    (r"(?i)\band\b", JOINT * 3),
    (r"(?i)\bor\b", JOINT * 2),
)
"""Words of each length that a short form may leave out at no cost, and what they are replaced with."""
PREFIXED, PREFIX = rf"(^|[^-{FREE}]){FREE}{{2}}-", "${1}xx-"
"""A word of two letters that begins a compound, as in `in-context`, and what keeps it: it is none to be left out."""
SPOKEN = (
    (r"(?i)\bto\b", "2o"),
    (r"(?i)\btwo\b", "2wo"),
    (r"(?i)\bone\b", "1ne"),
    (r"(?i)\bthree\b", "3hree"),
    (r"(?i)\bfour\b", "4our"),
    (r"(?i)\bfor\b", "4or"),
    (r"(?i)\bcross", "xross"),
    (r"(?i)\bex", "xx"),
)
"""Words of which a sign may stand for the beginning, as in `P2P`, and how they are written then."""

_FONTS = tuple(
    (rf"{command}\{{", " " * (len(command) + 1))
    for command in ("textbf", "textit", "textsc", "textrm", "texttt", "mathbf", "mathrm", "underline", "emph")
)
"""Commands that change the font, which a long form may hold inside its words, and blanks of their length."""
_ACCENTED = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿāăąćčďēęěğīłńňōőřśşšţťūůűźżžÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŁŚŠŽ"
_PLAIN = "aaaaaaceeeeiiiinoooooouuuuyyaaaccdeeegilnnoorsssttuuuzzzAAAAAACEEEEIIIINOOOOOOUUUUYLSSZ"
_OTHER_LETTER = r"[\p{L}\p{N}&&[^\x00-\x7F]]"
_OTHER = r"[^\x00-\x7F]"
_UNUSUAL = r"[^\x00-\x7F]|[a-z]\{"


def same_length(text: pl.Series) -> pl.Series:
    """Writes texts in ASCII, one character for one.

    Accents fall, letters without a plain one become DEL, all other characters hyphens; font commands become blank.
    """
    is_other = text.str.contains(_UNUSUAL)
    if not is_other.any():
        return text
    plain = text.filter(is_other).str.replace_many(list(_ACCENTED), list(_PLAIN))
    plain = plain.str.replace_all(_OTHER_LETTER, "\x7f").str.replace_all(_OTHER, "-")
    for command, blank in _FONTS:
        plain = plain.str.replace_all(command, blank)
    return text.scatter(is_other.arg_true(), plain)


def matrix(text: pl.Series, width: int) -> NDArray[np.uint8]:
    """Lays ASCII texts flush right into rows of equal length.

    Args:
        text: ASCII texts without nulls, none longer than the width.
        width: Characters of a row; spaces fill it up.

    Returns:
        Their bytes, shape (width, texts): those at one place lie side by side.
    """
    joined = "".join(text.str.pad_start(width).to_list()).encode("ascii")
    return np.ascontiguousarray(np.frombuffer(joined, np.uint8).reshape(len(text), width).T)
