"""Weights by expectation maximisation: Fellegi and Sunter's model, estimated on our own candidates without labels.

It answers one question: would weights that are learned anew on each set do better than the fixed ones? Every feature of
`match_pairs` takes part, those with many values cut into a few levels; an empty value says nothing.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.cluster import clusters
from schemas.vocabulary import Decision
from tests.bench.labelled import PAIR, LabelledSet, pairs_of

NO_FEATURE = ("decision", "reason", "score", "blocked_by", "rule_version", *PAIR)
LEVELS = 6
ROUNDS = 200
START = (0.9, 0.1)
"""Where the estimate starts: how likely the highest level is in pairs that match and in others."""
MATCH = 0.5
"""Probability from which a pair is a match."""


def levels(compared: pl.DataFrame) -> NDArray[np.int64]:
    """The features as levels, shape (pairs, features): 0 for empty, then from 1 for the lowest value on."""
    columns = []
    for name, kind in compared.schema.items():
        values = compared[name]
        if name in NO_FEATURE or not (kind.is_numeric() or kind == pl.Boolean):
            continue
        ranks = values.cast(pl.Float64)
        if ranks.n_unique() > LEVELS + 1:
            cuts = [
                low + (high - low) * part / LEVELS
                for low, high in [(ranks.min(), ranks.max())]
                for part in range(1, LEVELS)
            ]
            ranks = pl.Series(np.where(ranks.is_null(), np.nan, np.digitize(ranks.fill_null(0).to_numpy(), cuts)))
            ranks = ranks.fill_nan(None)
        columns.append(ranks.rank("dense").fill_null(0).cast(pl.Int64).to_numpy())
    return np.stack(columns, axis=1)


def posterior(observed: NDArray[np.int64]) -> NDArray[np.float64]:
    """Probability of each pair to be a match.

    Args:
        observed: As `levels` returns it.

    Returns:
        Shape (pairs,), from 0 to 1. Features are taken to be independent given the truth, empty ones to say nothing.
    """
    patterns, place, counts = np.unique(observed, axis=0, return_inverse=True, return_counts=True)
    highest = patterns.max(axis=0)
    share = 0.1
    given = [[_start(int(top), end) for top in highest] for end in START]
    for _ in range(ROUNDS):
        likely = [
            sum(np.log(table[feature][patterns[:, feature]]) for feature in range(patterns.shape[1])) for table in given
        ]
        match, other = np.log(share) + likely[0], np.log1p(-share) + likely[1]
        chance = 1 / (1 + np.exp(np.clip(other - match, -500, 500)))
        share = float(np.clip((chance * counts).sum() / counts.sum(), 1e-6, 1 - 1e-6))
        given = [
            [_share(patterns[:, at], counts * weight, int(top)) for at, top in enumerate(highest)]
            for weight in (chance, 1 - chance)
        ]
    return chance[place.reshape(-1)]


def _start(top: int, high: float) -> NDArray[np.float64]:
    """Likelihood of the levels 0 to `top`: rising to `high` or falling to it."""
    table = np.linspace(1 - high, high, max(top, 1))
    return np.concatenate([[1.0], table / table.sum()])


def _share(column: NDArray[np.int64], weights: NDArray[np.float64], top: int) -> NDArray[np.float64]:
    """Likelihood of each level among the weighted pairs that state one."""
    found = np.bincount(column, weights=weights, minlength=top + 1)[1:] + 1e-3
    return np.concatenate([[1.0], found / found.sum()])


def joined_by_em(labelled: LabelledSet, compared: pl.DataFrame) -> pl.DataFrame | None:
    """Pairs that would be joined if these weights decided; null where nothing was compared."""
    if not compared.height:
        return None
    chance = pl.Series(posterior(levels(compared)))
    decided = compared.with_columns(
        score=chance,
        decision=pl.when(chance >= MATCH).then(pl.lit(str(Decision.MATCH))).otherwise(pl.lit(str(Decision.NO_MATCH))),
    )
    if labelled.judged is not None:
        return decided.filter(pl.col("decision") == Decision.MATCH).select(PAIR)
    return pairs_of(clusters(labelled.records, decided))
