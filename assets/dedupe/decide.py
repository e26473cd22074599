"""Decide: from the features of a pair to match, no match or unsure, with the reason.

One table of rules for all sources, the first that applies decides. An identifier that both state and that differs
vetoes a match of the texts; a shared arXiv identifier outweighs a text that changed between versions.
"""

import polars as pl

from schemas.vocabulary import Decision, MatchReason

RULE_VERSION = "exact-1"

RULES: tuple[tuple[pl.Expr, Decision, MatchReason, float], ...] = (
    (pl.col("same_arxiv_id"), Decision.MATCH, MatchReason.SAME_ARXIV_ID, 1.0),
    (pl.col("same_arxiv_id") == pl.lit(value=False), Decision.NO_MATCH, MatchReason.ID_CONFLICT, 0.0),
    (pl.col("same_doi") == pl.lit(value=False), Decision.NO_MATCH, MatchReason.ID_CONFLICT, 0.0),
    (
        pl.col("same_doi") & (pl.col("same_title") | pl.col("same_abstract").fill_null(value=False)),
        Decision.MATCH,
        MatchReason.SAME_DOI,
        1.0,
    ),
    (pl.col("same_doi"), Decision.UNSURE, MatchReason.TITLES_DIFFER, 0.5),
    (pl.col("same_title") & pl.col("same_abstract"), Decision.MATCH, MatchReason.SAME_TITLE_AND_ABSTRACT, 1.0),
)
"""Condition, decision, reason, score: in the order in which they are tried."""


def decide(features: pl.DataFrame) -> pl.DataFrame:
    """Decides each pair.

    Args:
        features: As `features.compare` returns them; every pair shares at least one key.

    Returns:
        Rows of `match_pairs`, sorted.
    """
    applies = [condition.fill_null(value=False) for condition, *_ in RULES]
    choices: dict[str, list[str] | list[float]] = {
        "decision": [str(decision) for _, decision, _, _ in RULES],
        "reason": [str(reason) for _, _, reason, _ in RULES],
        "score": [score for *_, score in RULES],
    }
    decided = features.with_columns(
        pl.coalesce(pl.when(hit).then(pl.lit(value)) for hit, value in zip(applies, values, strict=True)).alias(name)
        for name, values in choices.items()
    )
    return decided.select(
        "listing_a",
        "listing_b",
        "decision",
        "reason",
        "score",
        "blocked_by",
        "same_arxiv_id",
        "same_doi",
        "same_title",
        "same_abstract",
        rule_version=pl.lit(RULE_VERSION),
    ).sort("listing_a", "listing_b")
