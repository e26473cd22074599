"""Reach: which pairs are worth comparing where some listings are papers of the data set and others only references.

A reference matters where it is the same work as a listing of a feed, or as another reference that is. So the pairs with
a listing of a feed are compared first, then those with a reference that was found to match, and so on until nothing new
is reached: of two references that no paper needs nobody asks whether they are one. Without references all pairs are
compared at once.
"""

from collections.abc import Callable

import polars as pl

from schemas.match_vocabulary import Decision, Verdict

Kernel = Callable[[pl.DataFrame], pl.DataFrame]
PAIR = ("listing_a", "listing_b")


def compare_reached(
    candidates: pl.DataFrame, feeds: pl.DataFrame, judged: pl.DataFrame, compare: Kernel
) -> pl.DataFrame:
    """Compares the pairs that lead from the listings of feeds to what is the same work.

    Args:
        candidates: Columns listing_a, listing_b, blocked_by; every pair once.
        feeds: Column listing_id: the listings of feeds.
        judged: What people decided: listing_a, listing_b, verdict; it leads on as a match does.
        compare: Compares some of the candidates and decides: rows of `match_pairs`.

    Returns:
        What `compare` gives for the candidates that were reached, sorted.
    """
    same = judged.filter(pl.col("verdict") == Verdict.SAME).select(PAIR)
    reached, new, waiting = feeds.select("listing_id"), feeds.select("listing_id"), candidates
    parts: list[pl.DataFrame] = []
    while not parts or (new.height and waiting.height):
        at_hand = _touches(waiting, new)
        parts.append(compare(waiting.filter(at_hand)))
        waiting = waiting.filter(~at_hand)
        matched = parts[-1].filter(pl.col("decision") == Decision.MATCH).select(PAIR)
        ends = pl.concat([matched, same.filter(_touches(same, new))])
        found = pl.concat([ends.select(listing_id=side) for side in PAIR]).unique()
        new = found.join(reached, on="listing_id", how="anti")
        reached = pl.concat([reached, new])
    return pl.concat(parts).sort(PAIR)


def _touches(pairs: pl.DataFrame, listings: pl.DataFrame) -> pl.Series:
    """Whether one of the two listings of each pair is among some listings."""
    known = listings["listing_id"].implode()
    return pairs.select(pl.any_horizontal(pl.col(side).is_in(known) for side in PAIR)).to_series()
