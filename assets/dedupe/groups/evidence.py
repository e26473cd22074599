"""Evidence: what one compared pair weighs for or against its two records being one paper."""

import polars as pl

from schemas.match_vocabulary import Decision, MatchReason

EQUALITIES = (
    MatchReason.SAME_ARXIV_ID,
    MatchReason.SAME_DOI,
    MatchReason.SAME_IDENTIFIER,
    MatchReason.SAME_TITLE_AND_ABSTRACT,
)
"""Reasons that hold along a chain: what equals the same is equal."""

FOR, AGAINST = (1_000, 4_600), (-1_500, -1_000)
"""Least and greatest weight of a match and of a pair that was decided as none, in thousandths of log-odds: scores of
0.73 to 0.99 and of 0.18 to 0.27. A decision is more than its score, and no single pair outweighs many others. Records
of one paper fail against each other where one of them is damaged, so a failure says less than a match."""


def weighed(pairs: pl.DataFrame, listing_ids: pl.Series) -> pl.DataFrame:
    """Turns decided pairs into weighed links between numbered records.

    Args:
        pairs: Rows of `match_pairs`.
        listing_ids: Identifiers of the records, sorted.

    Returns:
        Columns a < b (places in `listing_ids`), listing_a, listing_b, matched, refused (decided as no match), equal
        (matched by something that holds along a chain), odds (log-odds of the score in whole thousandths) and weight
        (the same, bounded by the decision), sorted by a, b. Pairs of other listings are left out.
    """
    place = pl.DataFrame({"listing_id": listing_ids}).with_columns(place=pl.int_range(pl.len(), dtype=pl.Int64))
    matched, refused = pl.col("decision") == Decision.MATCH, pl.col("decision") == Decision.NO_MATCH
    score = pl.col("score").clip(1e-6, 1 - 1e-6)
    odds = (1000 * (score / (1 - score)).log()).round().cast(pl.Int64)  # whole, so that sums do not depend on order
    return (
        pairs.select("listing_a", "listing_b", "decision", "reason", "score")
        .join(place, left_on="listing_a", right_on="listing_id")
        .join(place, left_on="listing_b", right_on="listing_id", suffix="_b")
        .select(
            "listing_a",
            "listing_b",
            a="place",
            b="place_b",
            matched=matched,
            refused=refused,
            equal=matched & pl.col("reason").is_in(EQUALITIES),
            weight=pl.when(matched)
            .then(odds.clip(*FOR))
            .when(refused)
            .then(odds.clip(*AGAINST))
            .otherwise(odds.clip(AGAINST[0], 0)),
            odds=odds,
        )
        .sort("a", "b")
    )
