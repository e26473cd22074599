"""Words: how many there are, how varied they are, what stands twice, and whether the title's occur in the abstract.

A word is a run of letters and digits, in lower case; a compound with hyphens is as many words as it has parts, and
every letter of Chinese and Japanese is a word of its own.
"""

import numpy as np
import polars as pl

from assets.enrich.quality.portions import Floats, measure

WINDOW = 50
"""Words of the window in which types are counted: the usual choice, and a third of an ordinary abstract."""
PASSAGE = 8
"""Words in a row that nobody writes twice by chance."""
LEAST_TITLE_BYTES = 3
"""Length of a title's word from which on it is looked for in the abstract: `of`, `a`, `on` say nothing."""
STEM_BYTES = 5
"""Of such a word, what has to agree: `compression` is found in `compressed`."""

SPACE = 0x20
FOLD = np.array(
    [byte if byte > 127 else ord(chr(byte).lower()) if chr(byte).isalnum() else SPACE for byte in range(256)], np.uint8
)
"""Byte of a prepared text -> what it is in a word, or a space."""
NO_WORD = r"[^\pL\pM\pN]+"
OWN_WORD = r"[\p{Han}\p{Hiragana}\p{Katakana}]"


def prepared(texts: pl.Series) -> pl.Series:
    """Takes away, where a text has more than ASCII, what only Unicode knows to be no letter and no digit.

    Args:
        texts: Strings; nulls stay null.

    Returns:
        The same texts, in lower case and spaced where they had more than ASCII, and untouched elsewhere.
    """
    others = (texts.str.len_bytes() != texts.str.len_chars()).fill_null(value=False).arg_true()
    if not len(others):
        return texts
    spaced = texts.gather(others).str.to_lowercase().str.replace_all(NO_WORD, " ")
    return texts.scatter(others, spaced.str.replace_all(OWN_WORD, " $0 "))


def vocabulary(titles: pl.Series, texts: pl.Series) -> Floats:
    """Counts words, tells how varied and how repetitive they are, and how much of a title occurs in its text.

    Args:
        titles: Strings; a null has no words.
        texts: The texts that they belong to, likewise.

    Returns:
        Shape (texts, 5): words of the title; words of the text; its moving-average type-token ratio (0 to 1, NaN for
        fewer than WINDOW words); share of its words in passages of PASSAGE words that stood in it before (NaN
        without words); share of the words of the title that occur in it, by their first STEM_BYTES and those of one or
        two bytes aside (NaN where there is none, or no text).
    """
    pairs = pl.select(pl.concat_list(prepared(titles.fill_null("")), prepared(texts.fill_null(""))).explode())
    return measure(pairs.to_series(), lambda kernels, portion: kernels.vocabulary(portion), 5, together=2)
