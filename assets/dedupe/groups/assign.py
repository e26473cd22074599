"""Assign: one to one between two databases that are free of duplicates inside.

Where records of two sources compete for partners, the partners are chosen so that the evidence of all chosen pairs
together is the greatest (`matching`). Components of more than two sources are not dealt with here: `agglomerate` grows
their groups, the best average first, one record a source.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.groups import cuts
from assets.dedupe.groups.graph import Nodes, components
from assets.dedupe.groups.matching import heaviest


def choose_partners(compared: pl.DataFrame, sources: pl.Series, start: Nodes) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Leaves only the matches that a one to one assignment between databases without duplicates keeps.

    Args:
        compared: As `evidence.weighed` returns them.
        sources: Source of each record, null where it is not told.
        start: Groups that people put together, by their smallest record: they are joined whatever their sources.

    Returns:
        The pairs across sources without the matches that lost, and rows of `ClusterCuts` on all matches left out.
    """
    source = (sources.rank("dense").cast(pl.Int64).fill_null(0) - 1).to_numpy()
    a, b = compared["a"].to_numpy(), compared["b"].to_numpy()
    inside = (source[a] == source[b]) & (source[a] >= 0)
    within, across = compared.filter(inside, "matched"), compared.filter(~inside)
    candidates = across.filter("matched")
    candidates = candidates.filter(_between_two(candidates, source, start))
    weights = candidates.select("a", "b", weight=pl.col("odds").clip(lower_bound=1))
    chosen = assign(weights, source)
    tied = chosen & ambiguous(weights, chosen)
    lost = candidates.filter(~chosen | tied)
    named = within.with_columns(source=sources.gather(within["a"]))
    told = [
        cuts.same_source(named),
        cuts.better_partner(candidates.filter(~chosen)),
        cuts.tied(candidates.filter(tied)),
    ]
    left_out = cuts.cut_rows(told)
    return across.join(lost, on=["a", "b"], how="anti", maintain_order="left"), left_out


def _between_two(matched: pl.DataFrame, source: Nodes, start: Nodes) -> NDArray[np.bool_]:
    """Whether each match is in a component of two sources that people put nothing together in."""
    a, b, joined = matched["a"].to_numpy(), matched["b"].to_numpy(), np.flatnonzero(start != np.arange(start.size))
    component = components(np.concatenate([a, joined]), np.concatenate([b, start[joined]]), start.size)
    kinds = pl.DataFrame({"component": component, "source": source}).unique()["component"].to_numpy()
    fit = np.bincount(kinds, minlength=start.size) == 2
    fit[component[source < 0]] = False
    fit[component[joined]] = False
    between_two: NDArray[np.bool_] = fit[component[a]]
    return between_two


def assign(pairs: pl.DataFrame, source: Nodes) -> NDArray[np.bool_]:
    """Chooses pairs so that every record has one partner at most.

    Args:
        pairs: Columns a, b (nodes) and weight (whole number above 0); sorted, each pair once. Within a component, the
            records come from two sources and every pair joins one record of each.
        source: Source of each node, a number.

    Returns:
        Whether each pair is chosen, shape (pairs,). Of equally good assignments, always the same one.
    """
    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    swapped = source[a] > source[b]
    left, right = np.where(swapped, b, a), np.where(swapped, a, b)
    edges = pl.DataFrame({"component": components(a, b, source.size)[a], "left": left, "right": right})
    edges = edges.with_columns(pairs["weight"], row=pl.int_range(pl.len()), size=pl.len().over("component"))
    chosen = (edges["size"] == 1).to_numpy().copy()
    contested = edges.filter(pl.col("size") > 1).sort("component", "left", "right")
    for part in contested.partition_by("component", maintain_order=True):
        rows = part["row"].to_numpy()
        chosen[rows[heaviest(part["left"].to_numpy(), part["right"].to_numpy(), part["weight"].to_numpy())]] = True
    return chosen


def ambiguous(pairs: pl.DataFrame, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Finds the chosen pairs for which another choice would have been just as good: a tie is no evidence.

    A choice is as good if one of the two could have a free partner of equal weight, or if two chosen pairs could
    exchange their partners at no loss: the columns of a journal that recur under one title, with one author and year.

    Args:
        pairs: Columns a, b (nodes), weight.
        chosen: Whether each pair is chosen, as `assign` returns it.

    Returns:
        Whether each pair could be exchanged, shape (pairs,).
    """
    both = pl.concat([pairs.select(one=x, other=y, weight="weight", chosen=pl.Series(chosen)) for x, y in ("ab", "ba")])
    taken = both.filter("chosen").select("one", partner="other", held="weight")
    rivals = (
        both.filter(~pl.col("chosen"))
        .join(taken, on="one")
        .join(taken.rename({"one": "other", "partner": "rival", "held": "rival_held"}), on="other", how="left")
        .join(both.select(rival="one", partner="other", exchanged="weight"), on=["rival", "partner"], how="left")
    )
    gained = pl.col("weight") + pl.when(pl.col("rival").is_null()).then(0).otherwise(pl.col("exchanged"))
    given = pl.col("held") + pl.col("rival_held").fill_null(0)
    tied = rivals.filter(gained == given).select("one", other="partner").unique()
    ends = pl.concat([tied, tied.select(one="other", other="one")]).unique().with_columns(tied=pl.lit(value=True))
    found = pairs.join(ends, left_on=["a", "b"], right_on=["one", "other"], how="left", maintain_order="left")["tied"]
    is_tied: NDArray[np.bool_] = found.fill_null(value=False).to_numpy() & chosen
    return is_tied
