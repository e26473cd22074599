"""Agglomerate: average-link grouping over the pairs that were compared, for the few components that show trouble.

The link of two groups is the sum of the evidence of all compared pairs across them, for and against; pairs that were
never compared are no evidence. In every round each group points to the neighbour with the best average. Two groups
that point to each other merge, and with them the groups that point to either and have nothing against any of the
others. All components go through the rounds together, as arrays. Averages are told apart in steps, and ties are broken
by a scrambled number of the two groups inside their component: long chains then merge in parallel, and the outcome
depends on nothing outside the component.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.groups.claims import contradicting
from assets.dedupe.groups.graph import Nodes, smallest

STEP = 250
"""Thousandths of log-odds that make one step of averages."""
THRESHOLD = -500
"""Average evidence, in thousandths of log-odds, from which on two groups with a match between them may merge."""
DENSE = 0.5
"""Share of all pairs across two groups, compared or not, that must be matches where chains are not trusted."""

LINK_SUMS = ("weight", "compared", "matches")


@dataclass(frozen=True)
class Problem:
    """What there is to group: nodes are 0 to count - 1, in the order of their listings."""

    count: int
    links: pl.DataFrame
    """a < b (nodes), weight, compared, matches (sums over the compared pairs), equal, barred; one row per pair."""
    claims: pl.DataFrame
    """node, kind, value: of the kinds that differ somewhere in their component."""
    excuses: pl.DataFrame
    """kind, value, value_b: values that may stand together."""
    component: Nodes
    """Component of each node, 0 <= component < count."""


def merge_links(links: pl.DataFrame, labels: Nodes) -> pl.DataFrame:
    """Sums the links of nodes into links of groups.

    Args:
        links: As in `Problem`.
        labels: Group of each node.

    Returns:
        The links between different groups, shaped as before, unsorted.
    """
    a, b = labels[links["a"].to_numpy()], labels[links["b"].to_numpy()]
    return (
        links.with_columns(a=np.minimum(a, b), b=np.maximum(a, b))
        .filter(pl.col("a") != pl.col("b"))
        .group_by("a", "b")
        .agg(pl.col(*LINK_SUMS).sum(), pl.col("equal", "barred").any())
    )


def average() -> pl.Expr:
    """Average evidence of a link, in whole thousandths of log-odds."""
    return pl.col("weight") // pl.col("compared").clip(lower_bound=1)


def agglomerate(problem: Problem, labels: Nodes, *, dense: bool = False) -> Nodes:
    """Merges groups, the best average first, as long as the evidence speaks for it and nothing forbids it.

    Args:
        problem: Nodes, links, and what contradicts what.
        labels: Groups to start from (the smallest node of each), shape (count,).
        dense: Whether two groups merge only if they hold records with equal identifiers or texts, or if at least
            DENSE of all pairs across them are matches.

    Returns:
        The smallest node of each node's group, shape (count,).
    """
    place = _place_in_component(problem.component)
    links = merge_links(problem.links, labels)
    claims = problem.claims.with_columns(node=labels[problem.claims["node"].to_numpy()]).unique()
    while True:
        links = _bar(links, claims, problem.excuses)
        sizes = np.bincount(labels, minlength=problem.count)
        ranked = _ranked(links.filter(_may_merge(sizes if dense else None)), place)
        if ranked.is_empty():
            return labels
        merged = _round(ranked, links, claims, problem.count, dense=dense)
        labels = merged[labels]
        alive = np.zeros(problem.count, dtype=np.bool_)
        alive[problem.component[ranked["a"].to_numpy()]] = True
        links = merge_links(links.filter(alive[problem.component[links["a"].to_numpy()]]), merged)
        claims = claims.with_columns(node=merged[claims["node"].to_numpy()]).unique()


def _bar(links: pl.DataFrame, claims: pl.DataFrame, excuses: pl.DataFrame) -> pl.DataFrame:
    """Bars the links whose groups contradict each other; a barred link stays barred when groups grow."""
    if claims.is_empty():
        return links
    candidates = links.filter(~pl.col("barred"), pl.col("matches") > 0)
    found = contradicting(candidates, claims, excuses).select("a", "b", found=True).unique()
    barred = pl.col("barred") | pl.col("found").fill_null(value=False)
    return links.join(found, on=["a", "b"], how="left").with_columns(barred=barred).drop("found")


def _may_merge(sizes: Nodes | None) -> pl.Expr:
    """Whether a link joins its two groups; with sizes of groups, only densely."""
    allowed = ~pl.col("barred") & (pl.col("matches") > 0) & (average() >= THRESHOLD)
    if sizes is None:
        return allowed
    known = pl.lit(pl.Series("sizes", sizes))
    pairs_across = known.gather(pl.col("a")) * known.gather(pl.col("b"))
    return allowed & (pl.col("equal") | (pl.col("matches") >= DENSE * pairs_across))


def _place_in_component(component: Nodes) -> NDArray[np.uint64]:
    """Numbers the nodes of each component, in order."""
    nodes = pl.DataFrame({"component": component})
    return nodes.select(pl.int_range(pl.len(), dtype=pl.UInt64).over("component")).to_series().to_numpy()


def _scrambled(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number that looks random but depends on a and b alone (the finaliser of SplitMix64)."""
    mixed = (a << np.uint64(32)) + b + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _ranked(links: pl.DataFrame, place: NDArray[np.uint64]) -> pl.DataFrame:
    """Sorts links, the best first: by steps of their average, then scrambled."""
    scrambled = _scrambled(place[links["a"].to_numpy()], place[links["b"].to_numpy()])
    ranked = links.with_columns(step=average() // STEP, scrambled=scrambled)
    return ranked.sort("step", "scrambled", "a", "b", descending=[True, False, False, False])


def _round(ranked: pl.DataFrame, links: pl.DataFrame, claims: pl.DataFrame, count: int, *, dense: bool) -> Nodes:
    """Decides which groups merge in one round.

    Args:
        ranked: The links that may merge, the best first; at least one.
        links: All links between groups.
        claims: Claims of the groups.
        count: Number of nodes.
        dense: Whether a pair of groups takes others with it only by equal identifiers or texts.

    Returns:
        For each node, the smallest group of those that merge with it; shape (count,).
    """
    a, b, rank = ranked["a"].to_numpy(), ranked["b"].to_numpy(), np.arange(ranked.height)
    best = np.full(count, ranked.height)
    for end in (a, b):
        np.minimum.at(best, end, rank)
    mutual = (best[a] == rank) & (best[b] == rank)
    merged = np.arange(count)
    merged[b[mutual]] = a[mutual]
    seniority = best.copy()
    seniority[a[mutual]] = seniority[b[mutual]] = -1  # the pair that the others join never leaves
    follows = ranked["equal"].to_numpy() if dense else np.ones(ranked.height, dtype=np.bool_)
    for one, other in ((a, b), (b, a)):
        joining = follows & (best[one] == rank) & (seniority[one] >= 0) & (seniority[other] < 0)
        merged[one[joining]] = merged[other[joining]]
    for leaving in (_opposed(links, merged, seniority), _contradicted(claims, merged, seniority)):
        merged[leaving] = leaving
    return smallest(merged)


def _opposed(links: pl.DataFrame, merged: Nodes, seniority: Nodes) -> Nodes:
    """Of two groups about to merge that have something against each other, the one that came later."""
    a, b = links["a"].to_numpy(), links["b"].to_numpy()
    against = links.select(pl.col("barred") | (average() < THRESHOLD)).to_series().to_numpy()
    clash = against & (merged[a] == merged[b])
    a, b = a[clash], b[clash]
    later = np.where(seniority[a] > seniority[b], a, b)
    leaving: Nodes = later[seniority[later] >= 0]
    return leaving


def _contradicted(claims: pl.DataFrame, merged: Nodes, seniority: Nodes) -> Nodes:
    """The groups about to merge that claim another value than the first of them that claims any."""
    node = claims["node"].to_numpy()
    together = claims.with_columns(into=merged[node], seniority=seniority[node])
    first = pl.col("value").sort_by("seniority", "value").first().over("into", "kind")
    leaving = together.filter(pl.col("value") != first, pl.col("seniority") >= 0)
    return leaving["node"].unique().sort().to_numpy()
