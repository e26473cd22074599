"""Linkage: the whole way from records to groups of records, as the pipeline and `sheaf dedupe` both go it."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from assets.dedupe.blocking import Candidates, candidate_pairs, report
from assets.dedupe.decide import decide, overrule
from assets.dedupe.features import comparisons
from assets.dedupe.forms import forms
from assets.dedupe.groups.cluster import cluster
from assets.parallel import in_order
from schemas.match_vocabulary import Decision, MatchReason


@dataclass(frozen=True)
class Compared:
    """Every pair of records that was compared."""

    pairs: pl.DataFrame
    """Rows of `match_pairs`, sorted by listing_a, listing_b."""
    blocking: pl.DataFrame
    """Rows of `blocking_keys`: what each kind of key brought."""


@dataclass(frozen=True)
class Linkage:
    """Which records are the same work."""

    compared: Compared
    groups: pl.DataFrame
    """listing_id, cluster (the smallest listing_id of the group); every record once, sorted."""
    cuts: pl.DataFrame
    """Rows of `cluster_cuts`: pairs that were decided as a match and yet stand apart, or the other way round."""


NO_JUDGEMENTS = pl.DataFrame(schema={"listing_a": pl.String, "listing_b": pl.String, "verdict": pl.String})


def compare_records(records: pl.DataFrame, judged: pl.DataFrame = NO_JUDGEMENTS) -> Compared:
    """Compares the records that share a key, and decides on every pair.

    Args:
        records: Columns RECORD_SCHEMA; any order.
        judged: Pairs that people judged, which are compared whatever their keys: listing_a, listing_b, verdict.

    Returns:
        The pairs, and what blocking brought.
    """
    made = forms(records)
    candidates = candidate_pairs(made, judged)
    return conclude(candidates, pl.concat(compare_and_decide(candidates.pairs, made)), judged)


def compare_and_decide(pairs: pl.DataFrame, made: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Compares pairs and decides on them, part by part: features take ten times the memory of what is decided.

    Args:
        pairs: Columns listing_a, listing_b, blocked_by; sorted, every pair once.
        made: The forms of all records of the pairs.

    Returns:
        Rows of `match_pairs`, in the same order; as many parts are made at a time as there are threads.
    """
    return in_order(lambda features: decide(features()), comparisons(pairs, made))


def conclude(candidates: Candidates, decided: pl.DataFrame, judged: pl.DataFrame) -> Compared:
    """Puts what people decided above what the rules decided, and reports on blocking.

    Args:
        candidates: As `candidate_pairs` returns them.
        decided: What the rules decided on them: rows of `match_pairs`.
        judged: What people decided: listing_a, listing_b, verdict.

    Returns:
        The pairs, and what blocking brought.
    """
    pairs = overrule(decided, judged) if judged.height else decided  # a join of millions of pairs doubles their memory
    return Compared(pairs, report(candidates, pairs))


def plausible(pairs: pl.DataFrame) -> pl.DataFrame:
    """Counts unclear evidence as a match: for databases without duplicates, where only the best partner is taken."""
    unclear = pl.col("reason") == MatchReason.UNCLEAR_EVIDENCE
    return pairs.with_columns(decision=pl.when(unclear).then(pl.lit(str(Decision.MATCH))).otherwise("decision"))


def link(records: pl.DataFrame, judged: pl.DataFrame = NO_JUDGEMENTS, *, one_to_one: bool = False) -> Linkage:
    """Groups the records that are the same work.

    Args:
        records: Columns RECORD_SCHEMA; any order.
        judged: What people decided on pairs: listing_a, listing_b, verdict.
        one_to_one: Whether each source is free of duplicates, so that no two of its records are the same work.

    Returns:
        The groups, and how they came about.
    """
    pairs = compare_records(records, judged)
    trusted = plausible(pairs.pairs) if one_to_one else pairs.pairs
    grouped = cluster(records, trusted, judged, one_to_one=one_to_one)
    return Linkage(pairs, grouped.groups, grouped.cuts)
