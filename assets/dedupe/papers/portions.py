"""Portions: goes through the papers so that only some of their texts are in memory at once.

A portion holds all listings of its papers, and portions come in the order of the papers' ids.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.buckets import Bucket, in_buckets
from assets.dedupe.papers import disagreement, golden, relations, survive
from assets.dedupe.papers.proofs import prove
from assets.dedupe.papers.repairs import text_repairs
from assets.validate.search_form import search_forms

RAW = ("title_raw", "abstract_raw")
"""What the dumps have, of the papers with several listings."""
NOTHING = Bucket(-1, pl.DataFrame(schema=dict.fromkeys(("listing_id", *RAW), pl.String)))
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
    repairs: pl.DataFrame
    """Rows of `text_repairs`, sorted."""


def portions(
    clean: pl.LazyFrame, listings: pl.LazyFrame, placed: pl.DataFrame, folder: Path, size: int = SIZE
) -> Iterator[Portion]:
    """Makes the papers.

    Args:
        clean: Rows of `clean_listings`: a scan of their file.
        listings: Rows of `listings`: likewise.
        placed: As `golden.places` returns it, and listed_on.
        folder: For files that are gone afterwards.
        size: Listings of a portion; more, where one paper has more.

    Yields:
        What came of them, each paper whole, sorted by paper_id throughout.
    """
    first = pl.col("at").min().over("paper_id")
    numbers = placed.with_row_index("at").select("listing_id", "member_count", bucket=first // size)
    compared = numbers.filter(pl.col("member_count") > 1)
    raw = in_buckets(listings.select("listing_id", *RAW), compared, folder.with_name(f"{folder.name}-raw"))
    waiting = next(raw, NOTHING)
    for bucket in in_buckets(clean.select(golden.STATED), numbers, folder):
        texts = NOTHING
        if waiting.number == bucket.number:
            texts, waiting = waiting, next(raw, NOTHING)
        members = placed.join(bucket.rows, on="listing_id").join(texts.rows, on="listing_id", how="left")
        yield _portion(survive.derived(members))


def _portion(members: pl.DataFrame) -> Portion:
    alone = pl.col("member_count") == 1
    several = members.filter(~alone)
    proofs = prove(several)
    texts = [search_forms(several[name]).alias(f"{name}_search") for name in ("title", "abstract")]
    several = several.with_columns(texts)
    proved = proofs.select("field", listing_id="source_listing_id")
    stated = survive.stated_values(several.drop(RAW), proved)
    chosen = survive.choose(stated)
    related = relations.relations(several, chosen.filter(pl.col("field") == "abstract"))
    values = disagreement.paper_values(stated, chosen, related)
    papers = [
        golden.papers_of_one(members.filter(alone)),
        golden.papers_of_several(several, chosen, disagreement.conflicts(values)),
    ]
    return Portion(
        papers=pl.concat(papers).sort("paper_id"),
        values=values,
        relations=related,
        repairs=text_repairs(proofs, several),
    )
