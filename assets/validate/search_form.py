# ruff: noqa: RUF001  typographic marks are what is looked for
"""The search form of a text: what is equal to a reader who does not mind the spelling.

It is the key of exact duplicates and the text that search looks into; it is never displayed. Case, accents, ligatures,
hyphens, quotation marks, superscripts and the names of Greek letters are folded; words and their order are kept.
"""

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.validate.restore.symbols import GREEK_LOWER

LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n",
    "ŧ": "t", "ς": "sigma", "ϑ": "theta", "ϕ": "phi", "ϖ": "pi", "ϱ": "rho", "ϰ": "kappa", "ϵ": "epsilon", "×": "x",
} | {letter: name for name, letter in GREEK_LOWER.items()} | {"ο": "omicron"}  # fmt: skip
"""Letters that carry no mark to strip, in lower case, and what stands for them."""
ACCENTS = r"[\u{300}-\u{36F}\u{20D0}-\u{20F0}]"
NO_WORD = r"[^\pL\pN\pM]+"
SPACES = " {2,}"
ASCII_FORM = bytes(ord(chr(byte).lower()) if chr(byte).isalnum() and byte < 128 else ord(" ") for byte in range(256))
"""Byte of a text in ASCII -> byte of its search form, but for the width of spaces."""
PLURALS = (
    (r"^([^aeiouy]{2,}u)s$", "${1}"),  # GPUs: an abbreviation, which the rule for -us below would miss
    (r"^(.+[^ea])ies$", "${1}y"),
    (r"^(.+[^aeo])es$", "${1}e"),
    (r"^(..+[^us])s$", "${1}"),
)
"""Harman's S-stemmer (1991): pattern -> replacement; after one has matched, no later one can."""


def search_form(text: pl.Expr) -> pl.Expr:
    """Folds `Naïve β²-VAEs: state-of-the-art` to `naive beta2 vaes state of the art`.

    Args:
        text: String column; nulls stay null.

    Returns:
        Words in lower case, one space apart; empty where the text holds no letter and no digit.
    """
    decomposed = text.str.normalize("NFKD").str.replace_all(ACCENTS, "").str.to_lowercase()
    folded = decomposed.str.replace_many(list(LETTERS), list(LETTERS.values())).str.normalize("NFC")
    return folded.str.replace_all(NO_WORD, " ").str.strip_chars()


def search_forms(texts: pl.Series) -> pl.Series:
    """The search forms of many texts, in a fifth of the time of `search_form`: most are ASCII, and little is to fold.

    Args:
        texts: String, any length; nulls stay null.

    Returns:
        Exactly what `search_form` makes of them.
    """
    whole = texts.to_arrow(compat_level=pl.CompatLevel.oldest())
    validity, offsets, data = whole.buffers()
    folded = pa.py_buffer((data.to_pybytes() if data else b"").translate(ASCII_FORM))
    plain = pa.Array.from_buffers(whole.type, len(whole), [validity, offsets, folded], offset=whole.offset)
    forms = pl.Series(texts.name, plain, dtype=pl.String).str.replace_all(SPACES, " ").str.strip_chars(" ")
    others = (texts.str.len_bytes() != texts.str.len_chars()).fill_null(value=False).arg_true()
    if not len(others):
        return forms
    return forms.scatter(others, texts.gather(others).to_frame("text").select(search_form(pl.col("text"))).to_series())


def fold_plurals(term: pl.Expr) -> pl.Expr:
    """`kettles` -> `kettle`, `queries` -> `query`; `glass` and `virus` stay.

    Args:
        term: One word a row, in search form; nulls stay null.

    Returns:
        The same words without their plural endings.
    """
    for pattern, replacement in PLURALS:
        term = term.str.replace(pattern, replacement)
    return term
