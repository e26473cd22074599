"""Cluster: from verified pairs to groups of listings, one group a paper.

Only pairs that were decided as a match join listings. A group that would hold two different identifiers of one kind is
taken apart: its joins by text are dropped and only joins by identifier stay, because a chain of plausible pairs is no
proof (a public report: 859,092 records became 2).
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from schemas.vocabulary import Decision, MatchReason

STRONG_IDS = ("arxiv_id", "doi")


def components(left: NDArray[np.int64], right: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Labels the connected components of a graph.

    Args:
        left: Node at the one end of each edge, shape (edges,).
        right: Node at the other end, shape (edges,).
        count: Number of nodes.

    Returns:
        The smallest node of each node's component, shape (count,).
    """
    labels = np.arange(count, dtype=np.int64)
    while True:
        lowest = np.minimum(labels[left], labels[right])
        lowered = labels.copy()
        np.minimum.at(lowered, labels[left], lowest)
        np.minimum.at(lowered, labels[right], lowest)
        lowered = lowered[lowered]  # halves the length of every chain
        if np.array_equal(lowered, labels):
            return labels
        labels = lowered


def _join(listing_ids: pl.Series, pairs: pl.DataFrame) -> pl.Series:
    """Names each listing's group by the smallest listing in it; `listing_ids` is sorted."""
    place = pl.DataFrame({"listing_id": listing_ids}).with_row_index("place")
    ends = (
        pairs.join(place, left_on="listing_a", right_on="listing_id")
        .join(place, left_on="listing_b", right_on="listing_id", suffix="_b")
        .select(pl.col("place", "place_b").cast(pl.Int64))
    )
    labels = components(ends["place"].to_numpy(), ends["place_b"].to_numpy(), len(listing_ids))
    return listing_ids.gather(labels)


def clusters(clean: pl.DataFrame, match_pairs: pl.DataFrame) -> pl.DataFrame:
    """Groups listings into papers.

    Args:
        clean: Rows of `clean_listings`.
        match_pairs: Rows of `match_pairs`.

    Returns:
        Columns listing_id and cluster (the smallest listing_id of the group); every listing once, sorted.
    """
    listings = clean.select("listing_id", *STRONG_IDS).sort("listing_id")
    matched = match_pairs.filter(pl.col("decision") == Decision.MATCH)
    grouped = listings.with_columns(cluster=_join(listings["listing_id"], matched))
    contradicts = pl.any_horizontal(pl.col(name).drop_nulls().n_unique().over("cluster") > 1 for name in STRONG_IDS)
    conflicted = grouped.filter(contradicts).select("listing_id")
    if conflicted.height:
        by_text = pl.col("reason") == MatchReason.SAME_TITLE_AND_ABSTRACT
        suspect = matched.filter(by_text).join(conflicted, left_on="listing_a", right_on="listing_id", how="semi")
        matched = matched.join(suspect, on=["listing_a", "listing_b"], how="anti")
        grouped = listings.with_columns(cluster=_join(listings["listing_id"], matched))
    return grouped.select("listing_id", "cluster")
