"""Blocking: which pairs of listings are worth comparing.

Every kind of key brings its own candidates; a block is all listings with one key. A block beyond the cap is not
compared all with all, which would be quadratic, but each listing with the first of its block.
"""

import polars as pl

BLOCK_CAP = 50
"""Listings in a block up to which all pairs are compared: 1,225 pairs at most."""


def candidate_pairs(keys: pl.DataFrame, *, cap: int = BLOCK_CAP) -> pl.DataFrame:
    """Pairs the listings that share a key.

    Args:
        keys: Columns listing_id, kind, key.
        cap: Size of a block up to which all its pairs are taken.

    Returns:
        Columns listing_a < listing_b and blocked_by (sorted list of kinds); one row per pair, sorted.
    """
    blocks = keys.select(
        "kind", "key", "listing_id", size=pl.len().over("key"), first=pl.col("listing_id").min().over("key")
    ).filter(pl.col("size") > 1)
    small = blocks.filter(pl.col("size") <= cap)
    large = blocks.filter(pl.col("size") > cap)
    all_pairs = small.join(small, on=["kind", "key"], suffix="_b").select(
        "kind", listing_a="listing_id", listing_b="listing_id_b"
    )
    star = large.select("kind", listing_a="first", listing_b="listing_id")
    return (
        pl.concat([all_pairs, star])
        .filter(pl.col("listing_a") < pl.col("listing_b"))
        .group_by("listing_a", "listing_b")
        .agg(blocked_by=pl.col("kind").unique().sort())
        .sort("listing_a", "listing_b")
    )
