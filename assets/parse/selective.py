"""Selective changes: most values of a dump are in order, so that costly rules look at the few that may need them."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types


def change_some(values: pl.Series, is_meant: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Changes the values that a mask names.

    Args:
        values: String, any length.
        is_meant: Boolean, of the same length; null is taken for False.
        change: From the chosen values to what they become.

    Returns:
        The values, the chosen ones changed.
    """
    rows = is_meant.fill_null(value=False).arg_true()
    if not len(rows):
        return values
    return values.clone().scatter(rows, change(values.gather(rows)))


def change_items(lists: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Changes the items of lists.

    Args:
        lists: List of String, any length; a missing list counts as an empty one.
        change: From all items, in order, to as many; an item that becomes null is dropped.

    Returns:
        Lists of String without nulls, as many as were given.
    """
    lists = lists.fill_null([])
    ends = np.cumsum(lists.list.len().to_numpy(), dtype=np.int64)
    items = change(lists.explode(empty_as_null=False))
    if items.null_count():
        is_kept = items.is_not_null()
        items = items.filter(is_kept)
        kept_before = np.concatenate(([0], np.cumsum(is_kept.to_numpy(), dtype=np.int64)))
        ends = kept_before[ends]
    offsets = pa.array(np.concatenate(([0], ends)), pa.int64())
    array = pa.LargeListArray.from_arrays(offsets, items.to_arrow(compat_level=pl.CompatLevel.newest()))
    return pl.Series(lists.name, array, dtype=pl.List(pl.String))
