"""Cuts: where the groups depart from the decision on a pair, and why, in one plain sentence each."""

import numpy as np
import polars as pl

from assets.dedupe.groups.agglomerate import Problem, merge_links
from assets.dedupe.groups.claims import SOURCE, contradicting
from assets.dedupe.groups.graph import Nodes
from assets.dedupe.groups.rulings import CUT_SCHEMA
from schemas.match_vocabulary import CutReason

VALUE_LENGTH = 80
"""Characters of an identifier that a sentence quotes."""

KEY = ("listing_a", "listing_b", "reason")


def cut_rows(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Brings rows of `ClusterCuts` together, each pair and reason once, sorted."""
    rows = pl.concat([part.select(pl.col(name).cast(kind) for name, kind in CUT_SCHEMA.items()) for part in parts])
    return rows.sort(*KEY, "detail").unique(list(KEY), keep="first", maintain_order=True)


def told(pairs: pl.DataFrame, reason: CutReason, detail: pl.Expr) -> pl.DataFrame:
    """Rows of `ClusterCuts` for pairs of listings with one reason."""
    return pairs.select("listing_a", "listing_b", reason=pl.lit(str(reason)), detail=detail)


def same_source(pairs: pl.DataFrame) -> pl.DataFrame:
    """Rows for matches inside a database without duplicates; `pairs` has the column source."""
    detail = pl.format("Both are records of {}, a database without duplicates.", quoted("source"))
    return told(pairs, CutReason.SAME_SOURCE, detail)


def better_partner(pairs: pl.DataFrame) -> pl.DataFrame:
    """Rows for matches that lost against others where every record has one partner at most."""
    detail = pl.lit("One of the two, or both, has a better partner in the database of the other.")
    return told(pairs, CutReason.SAME_SOURCE, detail)


def tied(pairs: pl.DataFrame) -> pl.DataFrame:
    """Rows for matches that could be exchanged for others that are just as good."""
    detail = pl.lit("Another record of the database of the other is just as good a partner.")
    return told(pairs, CutReason.AMBIGUOUS, detail)


def quoted(column: str) -> pl.Expr:
    """A value as a sentence may quote it: without control characters, and not too long."""
    return pl.col(column).str.replace_all(r"[\p{C}\s]+", " ").str.slice(0, VALUE_LENGTH)


def departures(
    pairs: pl.DataFrame, problem: Problem, labels: Nodes, uncapped: Nodes, apart: pl.DataFrame
) -> pl.DataFrame:
    """Explains the matches that the groups cut, and the pairs that stand together although they were told apart.

    Args:
        pairs: Columns a, b (nodes), listing_a, listing_b, matched, refused (whether the decision was `no_match`):
            the compared pairs that people did not join.
        problem: What was grouped.
        labels: The final groups.
        uncapped: The groups before those with too many listings were taken apart.
        apart: Columns a, b (nodes), judged_a, judged_b (listings): judgements that two nodes are different.

    Returns:
        Rows of `ClusterCuts`.
    """
    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    grouped = pairs.with_columns(
        group_a=np.minimum(labels[a], labels[b]),
        group_b=np.maximum(labels[a], labels[b]),
        was_one=uncapped[a] == uncapped[b],
    )
    together = pl.col("group_a") == pl.col("group_b")
    outvoted = told(
        grouped.filter("refused", together),
        CutReason.OUTVOTED,
        pl.lit("Compared by themselves they are different; the other pairs of the group speak for one paper."),
    )
    cut = grouped.filter("matched", ~together)
    between = merge_links(problem.links, labels)
    for reasons in (_judged(cut, labels, apart), _contradicted(cut, problem, labels, between)):
        cut = cut.join(reasons, left_on=["group_a", "group_b"], right_on=["a", "b"], how="left")
    by_size = pl.lit("Together with others they would be more listings than a paper has, joined by a chain of pairs.")
    votes = between.select("a", "b", "matches", "compared")
    by_bridge = pl.format(
        "Of {} compared pairs between the two groups {} match, and the others speak against it more.",
        "compared",
        "matches",
    )
    explained = cut.join(votes, left_on=["group_a", "group_b"], right_on=["a", "b"], how="left").with_columns(
        reason=pl.coalesce(
            "judged",
            "contradicted",
            pl.when("was_one").then(pl.lit(str(CutReason.SIZE_CAP))).otherwise(pl.lit(str(CutReason.BRIDGE))),
        ),
        detail=pl.coalesce(
            "judged_detail", "contradicted_detail", pl.when("was_one").then(by_size).otherwise(by_bridge)
        ),
    )
    return cut_rows([outvoted, explained])


def _judged(cut: pl.DataFrame, labels: Nodes, apart: pl.DataFrame) -> pl.DataFrame:
    """The groups that judgements keep apart: a, b, judged (the reason), judged_detail."""
    a, b = labels[apart["a"].to_numpy()], labels[apart["b"].to_numpy()]
    return (
        apart.with_columns(a=np.minimum(a, b), b=np.maximum(a, b))
        .join(cut, left_on=["a", "b"], right_on=["group_a", "group_b"], how="semi")
        .sort("judged_a", "judged_b")
        .unique(["a", "b"], keep="first", maintain_order=True)
        .select(
            "a",
            "b",
            judged=pl.lit(str(CutReason.JUDGED_DIFFERENT)),
            judged_detail=pl.format("{} and {} were judged to be different.", "judged_a", "judged_b"),
        )
    )


def _contradicted(cut: pl.DataFrame, problem: Problem, labels: Nodes, between: pl.DataFrame) -> pl.DataFrame:
    """The groups whose claims contradict each other: a, b, contradicted (the reason), contradicted_detail."""
    claims = problem.claims.with_columns(node=labels[problem.claims["node"].to_numpy()]).unique()
    candidates = between.join(cut, left_on=["a", "b"], right_on=["group_a", "group_b"], how="semi")
    of_source = pl.col("kind").str.starts_with(SOURCE)
    by_source = pl.format("Both groups hold a record of {}, a database without duplicates.", quoted("source"))
    by_id = pl.format(
        "The group would hold two identifiers of the kind {}: {} and {}.", "kind", quoted("value"), quoted("value_b")
    )
    return (
        contradicting(candidates, claims, problem.excuses)
        .sort("a", "b", "kind", "value", "value_b")
        .unique(["a", "b"], keep="first", maintain_order=True)
        .with_columns(source=pl.col("kind").str.strip_prefix(f"{SOURCE}:"))
        .select(
            "a",
            "b",
            contradicted=pl.when(of_source)
            .then(pl.lit(str(CutReason.SAME_SOURCE)))
            .otherwise(pl.lit(str(CutReason.ID_CONFLICT))),
            contradicted_detail=pl.when(of_source).then(by_source).otherwise(by_id),
        )
    )
