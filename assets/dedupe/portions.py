"""Portions: goes through the papers so that only some of their texts are in memory at once.

Papers with one listing are made as their listings come; those with several, all listings of one paper together, in the
order of their ids. Nothing here writes a file.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from assets.dedupe import golden, relations, survive
from assets.spill import BATCH, batches


@dataclass(frozen=True)
class Portion:
    """What came of some papers with several listings."""

    papers: pl.DataFrame
    """Rows of `papers`."""
    values: pl.DataFrame
    """Rows of `paper_values`."""
    relations: pl.DataFrame
    """Columns listing_id, relation."""


def papers_of_one(clean: pl.LazyFrame, placed: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Makes the papers with one listing.

    Args:
        clean: Rows of `clean_listings`: a scan of their file.
        placed: As `golden.places` returns it.

    Yields:
        Rows of `papers`, in the order of the listings.
    """
    alone = placed.filter(pl.col("listing_count") == 1)
    for batch in batches(clean.select(golden.STATED)):
        yield golden.papers_of_one(batch.join(alone, on="listing_id"))


def papers_of_several(clean: pl.LazyFrame, placed: pl.DataFrame, size: int = BATCH) -> Iterator[Portion]:
    """Makes the papers with several listings.

    Args:
        clean: Rows of `clean_listings`: a scan of their file.
        placed: As `golden.places` returns it.
        size: Listings of a portion; more, where one paper has more.

    Yields:
        What came of them, each paper whole, sorted by paper_id throughout.
    """
    shared = placed.filter(pl.col("listing_count") > 1)
    texts = (
        clean.select(*golden.STATED, *golden.COMPARED)
        .join(shared.lazy().select("listing_id"), on="listing_id", how="semi")
        .collect()
    )
    first = shared["paper_id"].is_first_distinct().arg_true()
    start = 0
    while start < shared.height:
        end = _whole(first, start + size, shared.height)
        yield _portion(shared[start:end].join(texts, on="listing_id"))
        start = end


def _whole(first: pl.Series, end: int, height: int) -> int:
    """The place after the paper that holds the row before `end`; `first` are the places where papers begin."""
    at = first.search_sorted(end)
    return int(first[at]) if at < len(first) else height


def _portion(members: pl.DataFrame) -> Portion:
    stated = survive.stated_values(members)
    chosen = survive.choose(stated)
    values = survive.paper_values(stated, chosen)
    abstracts = chosen.filter(pl.col("field") == "abstract")
    return Portion(
        golden.papers_of_several(members, chosen, survive.conflicts(values)),
        values,
        relations.relations(members, abstracts),
    )
