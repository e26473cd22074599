"""Cluster: from verified pairs to groups of listings, one group a paper.

Only pairs that were decided as a match, or judged to be the same, join listings. Connected components of such pairs
are the groups wherever nothing speaks against them, which is almost everywhere. A component goes through
`agglomerate`, which weighs the pairs for and against, if it holds a pair that was compared and not matched, two
identifiers of which a paper has one, a judgement that separates, or more listings than a paper has: a chain of
plausible pairs is no proof (a public report: 859,092 records became 2). What the groups make of a pair against its
decision is told in `cuts`.
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.groups import cuts
from assets.dedupe.groups.agglomerate import Problem, agglomerate
from assets.dedupe.groups.assign import choose_partners
from assets.dedupe.groups.claims import excused, id_claims, source_claims
from assets.dedupe.groups.evidence import weighed
from assets.dedupe.groups.graph import Nodes, components
from assets.dedupe.groups.rulings import Rulings, rule

SIZE_CAP = 1_000
"""Listings of a paper beyond which only joins by equal identifiers or texts, or by dense agreement, are trusted."""


@dataclass(frozen=True)
class Clustering:
    """Which listings are one paper, and where that departs from the decisions on pairs."""

    groups: pl.DataFrame
    """listing_id, cluster (the smallest listing_id of the group): every listing once, sorted."""
    cuts: pl.DataFrame
    """Rows of `ClusterCuts`, sorted."""


def cluster(
    records: pl.DataFrame, pairs: pl.DataFrame, judged: pl.DataFrame, *, one_to_one: bool = False
) -> Clustering:
    """Groups records into papers.

    Args:
        records: Columns listing_id (unique), source and the kinds of identifiers; any order.
        pairs: Rows of `match_pairs`: at least listing_a < listing_b, decision, reason, score; each pair once.
        judged: Active judgements: listing_a, listing_b, verdict, and judged_at where it is known; they win over
            `pairs`, and between each other as `rulings` says.
        one_to_one: Whether sources are databases without duplicates: no two records of one are then one paper, and
            between two of them each record has one partner at most.

    Returns:
        The groups and the cuts; the same for any order of the rows.
    """
    numbered = records.sort("listing_id").with_columns(node=pl.int_range(pl.len(), dtype=pl.Int64))
    ids = numbered["listing_id"]
    rulings = rule(judged)
    start, apart = _ruled(numbered, rulings)
    compared = weighed(pairs, ids)
    compared = compared.filter(start[compared["a"].to_numpy()] != start[compared["b"].to_numpy()])
    told = [rulings.cuts]
    if one_to_one:
        compared, left_out = choose_partners(compared, numbered["source"], start)
        told.append(left_out)
    matched = compared.filter("matched")
    component = components(
        np.concatenate([np.arange(ids.len()), matched["a"].to_numpy()]),
        np.concatenate([start, matched["b"].to_numpy()]),
        ids.len(),
    )
    claims = _claims(numbered, component, with_sources=one_to_one)
    suspect = _suspect(component, compared, claims, apart)
    nodes = np.flatnonzero(suspect[component])
    labels = component
    if nodes.size:
        labels, departures = _weigh(nodes, component, start, compared, claims, apart)
        told.append(departures)
    groups = pl.DataFrame({"listing_id": ids, "cluster": ids.gather(labels)})
    return Clustering(groups, cuts.cut_rows(told))


def _ruled(numbered: pl.DataFrame, rulings: Rulings) -> tuple[Nodes, pl.DataFrame]:
    """Judgements in terms of records: the group that each starts in, and which are judged to be different.

    Returns:
        The smallest record of each record's judged group, and columns a, b (records), judged_a, judged_b (listings).
    """
    known = numbered.select("listing_id", "node").join(rulings.together, on="listing_id")
    first = known.group_by("group").agg(pl.col("node").min())
    start = np.arange(numbered.height)
    joined = known.join(first, on="group", suffix="_first")
    start[joined["node"].to_numpy()] = joined["node_first"].to_numpy()
    apart = (
        rulings.apart.join(first, left_on="group_a", right_on="group")
        .join(first, left_on="group_b", right_on="group", suffix="_b")
        .select(
            a=pl.min_horizontal("node", "node_b"),
            b=pl.max_horizontal("node", "node_b"),
            judged_a="listing_a",
            judged_b="listing_b",
        )
    )
    return start, apart


def _claims(numbered: pl.DataFrame, component: Nodes, *, with_sources: bool) -> pl.DataFrame:
    """What the records of each component claim, where they claim different things; shaped as `claims.id_claims`."""
    many = np.bincount(component, minlength=component.size) > 1
    records = numbered.filter(many[component])
    found = id_claims(records)
    if with_sources:
        found = pl.concat([found, source_claims(records)])
    inside = found.with_columns(component=component[found["node"].to_numpy()])
    differ = pl.col("value").n_unique().over("component", "kind") > 1
    return inside.filter(differ).drop("component")


def _suspect(component: Nodes, compared: pl.DataFrame, claims: pl.DataFrame, apart: pl.DataFrame) -> NDArray[np.bool_]:
    """Which components something speaks against; by the label of the component, shape (records,)."""
    suspect = np.bincount(component, minlength=component.size) > SIZE_CAP
    suspect[component[claims["node"].to_numpy()]] = True
    for pairs in (compared.filter(~pl.col("matched")), apart):
        ends = component[pairs["a"].to_numpy()], component[pairs["b"].to_numpy()]
        suspect[ends[0][ends[0] == ends[1]]] = True
    return suspect


def _weigh(
    nodes: Nodes, component: Nodes, start: Nodes, compared: pl.DataFrame, claims: pl.DataFrame, apart: pl.DataFrame
) -> tuple[Nodes, pl.DataFrame]:
    """Groups the records of suspect components by weighing all their pairs.

    Args:
        nodes: Those records, sorted.
        component: Component of each record.
        start: Groups that people put together.
        compared: As `evidence.weighed` returns them.
        claims: Of these records.
        apart: As `_ruled` returns them.

    Returns:
        The smallest record of each record's group, for all records, and rows of `ClusterCuts`.
    """
    place = np.full(component.size, -1)
    place[nodes] = np.arange(nodes.size)
    inside = compared.with_columns(_placed(compared, place)).filter(
        pl.Series(component[compared["a"].to_numpy()] == component[compared["b"].to_numpy()]), pl.col("a") >= 0
    )
    separated = apart.with_columns(_placed(apart, place)).filter(
        pl.Series(component[apart["a"].to_numpy()] == component[apart["b"].to_numpy()])
    )
    claimed = claims.with_columns(node=place[claims["node"].to_numpy()])
    started = place[start[nodes]]
    problem = Problem(
        count=nodes.size,
        links=_links(inside, separated),
        claims=claimed,
        excuses=excused(claimed, inside.filter("matched"), started),
        component=place[component[nodes]],
    )
    uncapped = agglomerate(problem, started)
    labels = _capped(problem, started, uncapped)
    everywhere = component.copy()
    everywhere[nodes] = nodes[labels]
    return everywhere, cuts.departures(inside, problem, labels, uncapped, separated)


def _placed(pairs: pl.DataFrame, place: Nodes) -> list[pl.Series]:
    return [pl.Series(end, place[pairs[end].to_numpy()]) for end in ("a", "b")]


def _links(inside: pl.DataFrame, separated: pl.DataFrame) -> pl.DataFrame:
    """Compared pairs and judgements against as the links of a `Problem`."""
    no, yes = pl.lit(value=False), pl.lit(value=True)
    matches = pl.col("matched").cast(pl.Int64)
    weighty = inside.select("a", "b", "weight", _count(1), matches=matches, equal="equal", barred=no)
    forbidden = separated.select("a", "b", _count(0, "weight"), _count(0), _count(0, "matches"), equal=no, barred=yes)
    return pl.concat([weighty, forbidden])


def _count(number: int, name: str = "compared") -> pl.Expr:
    return pl.lit(number, dtype=pl.Int64).alias(name)


def _capped(problem: Problem, started: Nodes, labels: Nodes) -> Nodes:
    """Groups beyond SIZE_CAP anew, trusting equal identifiers and texts and dense agreement only."""
    large = (np.bincount(labels, minlength=labels.size) > SIZE_CAP)[labels]
    if not large.any():
        return labels
    a, b = (problem.links[end].to_numpy() for end in ("a", "b"))
    parts = replace(problem, links=problem.links.filter(large[a] & (labels[a] == labels[b])), component=labels)
    return np.where(large, agglomerate(parts, started, dense=True), labels)
