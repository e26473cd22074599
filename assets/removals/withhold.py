"""Withholding: what is left of a listing of a removed paper: its place in its dump, and that it was removed."""

import polars as pl

from assets.removals.marks import NEEDED
from assets.removals.recognise import Register, recognise
from schemas.listings import Listings
from schemas.render import polars_schema
from schemas.vocabulary import RejectReason

KEPT = ("listing_id", "dump_id", "page", "position", "locator", "byte_start", "byte_end", "page_date_raw")
"""Columns that say where the listing was, and nothing of the paper; the date line is that of its page."""


def blank(listings: pl.DataFrame, listing_ids: pl.Series) -> pl.DataFrame:
    """Takes everything but their places from some listings.

    Args:
        listings: Rows of `listings`.
        listing_ids: Which of them.

    Returns:
        The same rows in the same order.
    """
    is_meant = pl.col("listing_id").is_in(listing_ids.implode())
    changed = []
    for name, kind in polars_schema(Listings).items():
        if name not in KEPT:
            changed.append(pl.when(~is_meant).then(name).otherwise(_nothing(name, kind)).alias(name))
    return listings.with_columns(changed)


def _nothing(name: str, kind: pl.DataType) -> pl.Expr:
    """What stands in a column of a withheld listing."""
    if name == "defect":
        return pl.lit(str(RejectReason.REMOVED))
    if name == "source_fields":
        return pl.lit("{}")
    return pl.lit([] if isinstance(kind, pl.List) else None, dtype=kind)


def withheld(listings: pl.DataFrame, register: Register) -> pl.Series:
    """The listings of removed papers, those that are blank already not counted.

    Args:
        listings: Rows of `listings`.
        register: The removals.

    Returns:
        listing_id, each once, sorted.
    """
    said = listings.filter(pl.col("defect").ne_missing(str(RejectReason.REMOVED))).select(NEEDED)
    return recognise(said, register)["listing_id"].unique().sort()
