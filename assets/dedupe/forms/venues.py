"""Venues: what of a venue is compared: `J Biol Chem` and `Journal of Biological Chemistry` must agree.

Words are cut to three letters, which is what abbreviations keep; years, ordinals and grammar are left out.
"""

import polars as pl

from assets.dedupe.forms.titles import ENTITY
from assets.dedupe.preprints import PREPRINT_DOI, SERVERS
from assets.validate.search_form import search_forms

GRAMMAR = (
    "a", "an", "and", "at", "de", "der", "des", "die", "di", "du", "e", "et", "for", "fur", "in", "la", "le", "of",
    "on", "the", "to", "und", "y", "appear", "proc", "proceedings", "proceeding", "conf", "conference", "annual",
)  # fmt: skip
"""Words that do not tell one venue from another."""
STEM = 3


def venue_forms(records: pl.DataFrame) -> pl.DataFrame:
    """Makes what is compared of venues.

    Args:
        records: Columns venue, arxiv_id, doi; String, as a source has them.

    Returns:
        Columns venue (search form, empty where there is none), venue_stems (sorted list of the distinct words, cut),
        venue_initials (of its words in order, grammar left out), is_preprint.
    """
    venue = search_forms(records["venue"].fill_null("").str.replace_all(ENTITY, " "))
    read = records.select("arxiv_id", "doi", venue=venue)
    word = pl.element()
    telling = (
        pl.col("venue")
        .str.split(" ")
        .list.eval(word.replace({"journal": "j"}).filter(~word.is_in(GRAMMAR) & word.str.contains(r"^\pL+$")))
    )
    return read.with_columns(words=telling).select(
        "venue",
        venue_stems=pl.col("words").list.eval(word.str.head(STEM).unique().sort()),
        venue_initials=pl.col("words").list.eval(word.str.head(1)).list.join(""),
        is_preprint=pl.col("venue").str.contains(SERVERS)
        | ((pl.col("venue") == "") & pl.col("arxiv_id").is_not_null())
        | pl.col("doi").str.contains(PREPRINT_DOI).fill_null(value=False),
    )
