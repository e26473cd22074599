"""Hindsight: what record linkage makes of two records, whether or not a run ever compared them.

The same keys, features and rules as in a run, on two records alone. What depends on the other records (the caps of
blocks, the groups) and on people is not answered here.
"""

import polars as pl

from assets.dedupe.decide import decide
from assets.dedupe.features import compare
from assets.dedupe.forms import forms
from assets.dedupe.keys import blocking_keys
from assets.dedupe.weights import WEIGHTS


def keys_of_two(records: pl.DataFrame) -> pl.DataFrame:
    """The blocking keys of two records, and which of them both have.

    Args:
        records: Columns RECORD_SCHEMA; two rows.

    Returns:
        Columns kind, key and listings (the records that have it, sorted); shared keys first, then by kind and key.
    """
    return (
        blocking_keys(forms(records))
        .group_by("kind", "key")
        .agg(listings=pl.col("listing_id").unique().sort())
        .sort(-pl.col("listings").list.len().cast(pl.Int64), "kind", "key")
    )


def as_if_compared(records: pl.DataFrame) -> pl.DataFrame:
    """Compares two records and decides on them, whatever their keys and whatever was judged.

    Args:
        records: Columns RECORD_SCHEMA; two rows.

    Returns:
        One row of `match_pairs`; blocked_by has the kinds of the keys that both have, and may be empty.
    """
    first, second = records["listing_id"].sort()
    keys = keys_of_two(records)
    shared = keys.filter(pl.col("listings").list.len() > 1)["kind"].unique().sort().to_list()
    pair = pl.DataFrame(
        {"listing_a": [first], "listing_b": [second], "blocked_by": [shared]},
        schema_overrides={"blocked_by": pl.List(pl.String)},
    )
    return decide(compare(pair, forms(records)))


def bits_of(feature: str, value: object) -> float | None:
    """What a feature of a pair adds to its evidence.

    Args:
        feature: A column of `match_pairs`.
        value: What it holds.

    Returns:
        Bits for (or against) one work; None where the feature is not weighed by itself.
    """
    return WEIGHTS.get(feature.removesuffix("_agreement"), {}).get(str(value))
