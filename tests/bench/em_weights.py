"""Weights by expectation maximisation: Fellegi and Sunter's model, estimated on our own candidates without labels.

It answers one question: would weights that are learned anew on each set do better than the fixed ones? Every field of
`match_pairs` that says in a word how far two records agree takes part; `unknown` and nothing say nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.groups.cluster import cluster
from schemas.match_vocabulary import Decision
from tests.bench.labelled import PAIR, LabelledSet, ordered, pairs_of
from tests.bench.linkage_report import decided

Levels = NDArray[np.int64]
"""Shape (pairs, fields): a number for each word, 0 for nothing."""
Likelihoods = list[NDArray[np.float64]]
"""For each field the likelihood of each level; 1 for level 0."""

NO_FIELD = ("decision", "reason", "rule_version", *PAIR)
SAYS_NOTHING = ("unknown", "incomparable")
AGREES = r"^(?:equal|all|near|most|range|citation|volume_and_page|explained)"
"""Words that speak for one work: where the estimate starts."""
ROUNDS = 300
SMOOTHING = 0.5
RANDOM_PAIRS = 100_000
MATCH = 0.5
"""Probability from which a pair is a match."""


def fields_of(compared: pl.DataFrame) -> list[str]:
    """Columns that hold a word of agreement."""
    return [name for name, kind in compared.schema.items() if kind == pl.String and name not in NO_FIELD]


def levels(compared: pl.DataFrame, words: list[pl.Series]) -> Levels:
    """The words of each pair as numbers: their places in `words`, from 1; 0 for what says nothing."""
    places = [
        compared[name.name]
        .replace_strict(name, np.arange(1, len(name) + 1), default=0, return_dtype=pl.Int64)
        .to_numpy()
        for name in words
    ]
    return np.stack(places, axis=1)


def shares(observed: Levels, weights: NDArray[np.float64], counts: list[int]) -> Likelihoods:
    """Share of each level among the weighted pairs that say something."""
    tables = []
    for field, count in enumerate(counts):
        found = np.bincount(observed[:, field], weights=weights, minlength=count + 1)[1:] + SMOOTHING
        tables.append(np.concatenate([[1.0], found / found.sum()]))
    return tables


def posterior(
    observed: Levels, start: NDArray[np.float64], counts: list[int], others: Likelihoods | None
) -> NDArray[np.float64]:
    """Probability of each pair to be a match, fields taken to be independent given the truth.

    Args:
        observed: The pairs.
        start: Probability from which the estimate starts, shape (pairs,).
        counts: Levels of each field.
        others: Likelihoods among pairs that do not match, where they are known; else they are estimated too.

    Returns:
        Shape (pairs,), from 0 to 1.
    """
    chance = start
    for _ in range(ROUNDS):
        share = float(np.clip(chance.mean(), 1e-6, 1 - 1e-6))
        match = shares(observed, chance, counts)
        other = shares(observed, 1 - chance, counts) if others is None else others
        odds = np.full(len(observed), np.log(share) - np.log1p(-share))
        for field in range(observed.shape[1]):
            odds += np.log(match[field] / other[field])[observed[:, field]]
        before, chance = chance, 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
        if np.abs(chance - before).max() < 1e-6:
            break
    return chance


def random_pairs(records: pl.DataFrame) -> pl.DataFrame:
    """Pairs drawn at random: hardly any of them match."""
    chance = np.random.default_rng(0)
    ends = [records["listing_id"].gather(chance.integers(0, records.height, RANDOM_PAIRS)) for _ in range(2)]
    return ordered(pl.DataFrame({"a": ends[0], "b": ends[1]}))


@dataclass(frozen=True)
class Observed:
    """Candidates of a set as levels."""

    words: list[pl.Series]
    """For each field, named by it, the words that count."""
    levels: Levels
    start: NDArray[np.float64]
    """Probability of each pair from which an estimate starts: most of what is said speaks for one work, or not."""

    @property
    def counts(self) -> list[int]:
        return [len(one) for one in self.words]


def observe(compared: pl.DataFrame, others: pl.DataFrame) -> Observed:
    """Reads the words of candidates; those of other pairs have their numbers too."""
    fields = fields_of(compared)
    both = pl.concat([compared.select(fields), others.select(fields)])
    words = [both[name].unique().drop_nulls().sort() for name in fields]
    words = [one.filter(~one.is_in(SAYS_NOTHING)) for one in words]
    agrees = (pl.when(~pl.col(name).is_in(SAYS_NOTHING)).then(pl.col(name).str.contains(AGREES)) for name in fields)
    share = compared.select(pl.mean_horizontal(agrees)).to_series().fill_null(0)
    return Observed(words, levels(compared, words), np.where(share.to_numpy() > 0.6, 0.9, 0.05))


def joined_by_em(labelled: LabelledSet, compared: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Pairs that would be joined if such weights decided: all estimated on the candidates, then u on random pairs."""
    if not compared.height:
        return
    apart = decided(random_pairs(labelled.records), labelled.records)
    seen = observe(compared, apart)
    known = shares(levels(apart, seen.words), np.ones(apart.height), seen.counts)
    for name, others in (("EM", None), ("EM, random u", known)):
        chance = pl.Series(posterior(seen.levels, seen.start, seen.counts, others))
        verdicts = [pl.lit(str(verdict)) for verdict in (Decision.MATCH, Decision.NO_MATCH)]
        weighed = compared.with_columns(
            score=chance, decision=pl.when(chance >= MATCH).then(verdicts[0]).otherwise(verdicts[1])
        )
        yield name, _joined(labelled, weighed)


def _joined(labelled: LabelledSet, weighed: pl.DataFrame) -> pl.DataFrame:
    if labelled.judged is not None:
        return weighed.filter(pl.col("decision") == Decision.MATCH).select(PAIR)
    nobody = pl.DataFrame(schema={"listing_a": pl.String, "listing_b": pl.String, "verdict": pl.String})
    return pairs_of(cluster(labelled.records, weighed, nobody, one_to_one=labelled.one_to_one).groups)
