"""Portions: goes through the papers so that only some of their texts are in memory at once.

A portion holds all listings of its papers, and portions come in the order of the papers' ids.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.buckets import in_buckets
from assets.dedupe.papers import golden, relations, survive
from assets.validate.search_form import search_forms

SIZE = 20_000
"""Listings of a portion: with all that is made of them some 200 MB."""


@dataclass(frozen=True)
class Portion:
    """What came of some papers."""

    papers: pl.DataFrame
    """Rows of `papers`, sorted."""
    values: pl.DataFrame
    """Rows of `paper_values`, sorted."""
    relations: pl.DataFrame
    """Columns listing_id, relation; listings that are alone are left out."""


def portions(clean: pl.LazyFrame, placed: pl.DataFrame, folder: Path, size: int = SIZE) -> Iterator[Portion]:
    """Makes the papers.

    Args:
        clean: Rows of `clean_listings`: a scan of their file.
        placed: As `golden.places` returns it.
        folder: For files that are gone afterwards.
        size: Listings of a portion; more, where one paper has more.

    Yields:
        What came of them, each paper whole, sorted by paper_id throughout.
    """
    first = pl.col("at").min().over("paper_id")
    numbers = placed.with_row_index("at").select("listing_id", bucket=first // size)
    for stated in in_buckets(clean.select(golden.STATED), numbers, folder):
        yield _portion(placed.join(stated, on="listing_id"))


def _portion(members: pl.DataFrame) -> Portion:
    alone = pl.col("listing_count") == 1
    several = members.filter(~alone)
    texts = [search_forms(several[name]).alias(f"{name}_search") for name in ("title", "abstract")]
    several = several.with_columns(texts)
    stated = survive.stated_values(several)
    chosen = survive.choose(stated)
    values = survive.paper_values(stated, chosen)
    papers = [
        golden.papers_of_one(members.filter(alone)),
        golden.papers_of_several(several, chosen, survive.conflicts(values)),
    ]
    abstracts = chosen.filter(pl.col("field") == "abstract")
    return Portion(pl.concat(papers).sort("paper_id"), values, relations.relations(several, abstracts))
