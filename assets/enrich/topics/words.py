# ruff: noqa: RUF001  typographic marks are what is looked for
"""Words: the texts of papers as numbers: which word of which form stands where.

A word as it stands (its surface) and the term it is counted as (search form, no plural ending) are two things: terms
are compared, surfaces are shown. Each different surface is folded once, however often it occurs.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.enrich.topics.stopwords import STOP_WORDS
from assets.validate.restore.symbols import GREEK_LOWER
from assets.validate.search_form import fold_plurals, search_forms

Ints = npt.NDArray[np.integer[Any]]

WORD = r"[\pL\pM\pN]+(?:['’]\pL+)?-?|[.,;:!?()\[\]\"“”]"
"""A word, with the hyphen that ties it to the next; or a mark that parts phrases."""
POSSESSIVE = r"['’]\pL+"
ADDRESS = r"(?:https?://|www\.)\S+"
"""An address: its parts are no words."""
HAS_LETTER = r"\pL"
LONGEST = 40
"""Longer words, in characters, are addresses and formulas run together."""
BREAK = -1
"""Number of a mark that parts phrases, and of what is no word."""


@dataclass(frozen=True)
class Words:
    """The words of some texts, in order."""

    row: Ints
    """Number of the text that each word is in; never falls."""
    surface: Ints
    """Number of its surface."""
    surfaces: pl.Series
    """All different surfaces, sorted."""
    term: Ints
    """Number of its term, or BREAK."""
    terms: pl.Series
    """All different terms, sorted."""
    telling: npt.NDArray[np.bool_]
    """Whether each term may say what a text is about."""


def words(texts: pl.Series) -> Words:
    """Divides texts into words.

    Args:
        texts: Any texts; a null has no word.

    Returns:
        Their words; numbers of surfaces and terms are good for these texts only.
    """
    found = texts.str.replace_all(ADDRESS, ".").str.extract_all(WORD)
    flat = pl.DataFrame({"row": pl.int_range(len(texts), eager=True, dtype=pl.UInt32), "surface": found})
    flat = flat.explode("surface").drop_nulls()
    surfaces = flat["surface"].unique().sort()
    folded = fold(surfaces)
    terms = folded.drop_nulls().unique().sort()
    numbers = folded.cast(pl.Enum(terms)).to_physical().cast(pl.Int32).fill_null(BREAK).to_numpy()
    surface = flat["surface"].cast(pl.Enum(surfaces)).to_physical().cast(pl.UInt32).to_numpy()
    return Words(flat["row"].to_numpy(), surface, surfaces, numbers[surface], terms, is_telling(terms).to_numpy())


def fold(surfaces: pl.Series) -> pl.Series:
    """The terms that surfaces are counted as; null for marks and what is too long to be a word."""
    forms = search_forms(surfaces.str.replace(POSSESSIVE, "").str.strip_suffix("-"))
    is_word = (forms.str.len_chars().is_between(1, LONGEST)) & ~forms.str.contains(" ", literal=True)
    frame = pl.DataFrame({"form": forms, "is_word": is_word})
    return frame.select(pl.when("is_word").then(fold_plurals(pl.col("form")))).to_series()


def is_telling(terms: pl.Series) -> pl.Series:
    """Whether terms may say what a text is about: no stop word, no number, no single letter, no name of a Greek one."""
    long_enough = terms.str.len_chars() >= 2
    return long_enough & terms.str.contains(HAS_LETTER) & ~terms.is_in(sorted({*STOP_WORDS, *GREEK_LOWER}))


def texts_of(papers: pl.DataFrame) -> pl.Series:
    """Title and abstract as one text; the title alone where there is no abstract.

    Args:
        papers: Columns title, abstract.
    """
    return papers.select(pl.concat_str("title", pl.col("abstract").fill_null(""), separator=" . ")).to_series()
