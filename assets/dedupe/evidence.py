"""Evidence: what one compared pair weighs for or against its two records being one paper."""

import polars as pl

from schemas.vocabulary import Decision, MatchReason

EQUALITIES = (
    MatchReason.SAME_ARXIV_ID,
    MatchReason.SAME_DOI,
    MatchReason.SAME_IDENTIFIER,
    MatchReason.SAME_TITLE_AND_ABSTRACT,
)
"""Reasons that hold along a chain: what equals the same is equal."""

SCORE_RANGE = (0.01, 0.99)
"""Scores beyond count as these: one pair, however certain, does not outweigh ten others."""
LEAST = 500
"""Least weight of a match, and of its opposite, in thousandths of log-odds: a decision is more than its score."""


def weighed(pairs: pl.DataFrame, listing_ids: pl.Series) -> pl.DataFrame:
    """Turns decided pairs into weighed links between numbered records.

    Args:
        pairs: Rows of `match_pairs`.
        listing_ids: Identifiers of the records, sorted.

    Returns:
        Columns a < b (places in `listing_ids`), listing_a, listing_b, matched, refused (decided as no match), equal
        (matched by something that holds along a chain), weight (log-odds in whole thousandths, above 0 for a match)
        and odds (the same of the unbounded score), sorted by a, b. Pairs of other listings are left out.
    """
    place = pl.DataFrame({"listing_id": listing_ids}).with_columns(place=pl.int_range(pl.len(), dtype=pl.Int64))
    matched, refused = pl.col("decision") == Decision.MATCH, pl.col("decision") == Decision.NO_MATCH
    weight = _log_odds(pl.col("score").clip(*SCORE_RANGE))
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
            .then(weight.clip(lower_bound=LEAST))
            .when(refused)
            .then(weight.clip(upper_bound=-LEAST))
            .otherwise(weight.clip(upper_bound=0)),
            odds=_log_odds(pl.col("score").clip(1e-6, 1 - 1e-6)),
        )
        .sort("a", "b")
    )


def _log_odds(score: pl.Expr) -> pl.Expr:
    """Whole thousandths, so that sums do not depend on their order."""
    return (1000 * (score / (1 - score)).log()).round().cast(pl.Int64)
