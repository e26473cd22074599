"""Disagreement: who said what of a paper, and where listings contradict the value that was chosen.

A losing value contradicts the chosen one only if it differs in more than spelling: case, accents, punctuation, initials
for given names, a date that says less. Subjects never contradict each other, since every source has its own terms; nor
does the date of a preprint contradict that of what became of it.
"""

import polars as pl

from schemas.match_vocabulary import Relation

DATES = ("year", "published_on")
NO_RELATIONS = pl.DataFrame(schema={"listing_id": pl.String, "relation": pl.String})


def paper_values(stated: pl.DataFrame, chosen: pl.DataFrame, relations: pl.DataFrame = NO_RELATIONS) -> pl.DataFrame:
    """Says who stated what, and what won, for the papers with more than one listing.

    Args:
        stated: As `stated_values` returns it.
        chosen: As `choose` returns it.
        relations: Columns listing_id, relation: what listings are to their papers, where that is told.

    Returns:
        Rows of `paper_values`, sorted.
    """
    shared = stated.filter(pl.col("listing_id").n_unique().over("paper_id") > 1)
    return (
        shared.join(chosen, on=["paper_id", "field"], suffix="_chosen")
        .join(relations, on="listing_id", how="left")
        .select(
            "paper_id",
            "field",
            "value",
            "listing_id",
            chosen=pl.col("value") == pl.col("value_chosen"),
            differs=_differs(),
            rule="rule",
        )
        .sort("paper_id", "field", "listing_id")
    )


def _differs() -> pl.Expr:
    """Whether a value says something else than the chosen one; a date that says less does not, nor a preprint's."""
    one, other = pl.col("folded"), pl.col("folded_chosen")
    says_less = one.str.starts_with(other) | other.str.starts_with(one)
    is_preprint = (pl.col("relation") == Relation.PREPRINT_OF).fill_null(value=False)
    is_another_date = pl.col("field").is_in(DATES) & is_preprint
    return (one != other) & ~((pl.col("field") == "published_on") & says_less) & ~is_another_date


def conflicts(values: pl.DataFrame) -> pl.DataFrame:
    """Counts the fields in which the listings of a paper contradict each other.

    Args:
        values: Rows of `paper_values`.

    Returns:
        Columns paper_id, conflict_count, for the papers that have any; sorted.
    """
    return (
        values.filter("differs")
        .group_by("paper_id")
        .agg(conflict_count=pl.col("field").n_unique().cast(pl.Int64))
        .sort("paper_id")
    )
