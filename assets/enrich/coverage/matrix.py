"""Matrix: of how many listings of a dump each field is stated, and understood."""

from collections.abc import Iterable

import polars as pl

from schemas.coverage import Coverage
from schemas.enrich_vocabulary import MissingReason
from schemas.listings import Listings
from schemas.render import polars_schema

OWN_WORDS = {"abstract": "abstract_raw"}
"""Field -> the column that says whether a listing states it, where `listings` has no column of that name."""
VALUES = (
    "authors",
    "published_on",
    "updated_on",
    "arxiv_id",
    "doi",
    "acl_id",
    "openreview_id",
    "pmid",
    "dblp_key",
    "s2_id",
    "openalex_id",
    "categories",
    "venue",
    "volume",
    "issue",
    "pages",
    "urls",
    "votes",
    "comment_count",
)
"""Columns of `listings` that sources state."""
PAGE_DAY = "listed_on"
FIELDS = (*OWN_WORDS, *VALUES, PAGE_DAY)
"""The fields of the matrix, in its order."""
REASON_COUNTS = {
    MissingReason.NOT_PARSED: "not_parsed_count",
    MissingReason.AMBIGUOUS: "ambiguous_count",
    MissingReason.CONFLICT: "conflict_count",
}
NEEDED = ("listing_id", "dump_id", "page", "defect", *OWN_WORDS.values(), *VALUES)
"""Columns of `listings` that the matrix is made of."""


def counts(listings: pl.DataFrame, reasons: pl.DataFrame, pages: pl.DataFrame) -> pl.DataFrame:
    """Counts the listings of a batch by what they state.

    Args:
        listings: Columns NEEDED.
        reasons: What they state and was not understood, as `reasons.not_understood` returns it.
        pages: Rows of `pages`.

    Returns:
        Columns dump_id, field, listing_count, parsed_count and those of REASON_COUNTS; one row per dump and field.
    """
    sound = listings.filter(pl.col("defect").is_null())
    days = pages.select("dump_id", "page", PAGE_DAY)
    dated = sound.join(days, on=["dump_id", "page"], how="left", maintain_order="left")
    parsed = dated.group_by("dump_id").agg(pl.len().alias("listing_count"), *(_has(name) for name in FIELDS))
    long = parsed.unpivot(FIELDS, index=["dump_id", "listing_count"], variable_name="field", value_name="parsed_count")
    lost = (
        reasons.join(sound.select("listing_id", "dump_id"), on="listing_id")
        .group_by("dump_id", "field")
        .agg((pl.col("reason") == str(reason)).sum().alias(name) for reason, name in REASON_COUNTS.items())
    )
    numbers = ["listing_count", "parsed_count", *REASON_COUNTS.values()]
    return long.join(lost, on=["dump_id", "field"], how="left").select(
        "dump_id", "field", pl.col(numbers).fill_null(0).cast(pl.Int64)
    )


def coverage(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Adds up the counts of all batches.

    Args:
        parts: As `counts` returns them, at least one.

    Returns:
        Rows of `coverage`, sorted by dump_id and field.
    """
    added = pl.concat(parts).group_by("dump_id", "field").agg(pl.all().sum())
    return (
        added.with_columns(
            stated_count=pl.sum_horizontal("parsed_count", *REASON_COUNTS.values()),
            share=(pl.col("parsed_count") / pl.col("listing_count")).round(6),
        )
        .select(polars_schema(Coverage).names())
        .sort("dump_id", "field")
    )


def _has(name: str) -> pl.Expr:
    """Of how many listings a field has a value."""
    column = pl.col(OWN_WORDS.get(name, name))
    dtype = polars_schema(Listings).get(name)
    if isinstance(dtype, pl.List):
        return (column.list.len() > 0).sum().alias(name)
    if name in OWN_WORDS:
        return (column.str.strip_chars() != "").sum().alias(name)
    return column.is_not_null().sum().alias(name)
