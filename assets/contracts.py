"""Contracts: where a table breaks its model, row by row, in bounded memory.

What follows from a broken rule (a reject, a failed check) is said where it follows.
"""

import pandera.polars as pa
import polars as pl

from schemas.base import Table
from schemas.render import column_facts

BATCH = 50_000
"""Rows validated at once: bounds the memory of the failure cases when every row fails."""

CASES = pl.Schema({"row": pl.UInt32, "column": pl.String, "check": pl.String, "value": pl.String})


def broken_rules(frame: pl.DataFrame, model: type[Table]) -> pl.DataFrame:
    """Lists every rule of a model that a frame breaks.

    Args:
        frame: The rows; a frame of any types.
        model: Their contract.

    Returns:
        Columns row (null where the frame as a whole is at fault), column (the name of the model where a rule is about
        the whole row), check, and value (what failed, as text).
    """
    parts = [_of_batch(frame.slice(start, BATCH), model, start) for start in range(0, max(frame.height, 1), BATCH)]
    return pl.concat([CASES.to_frame(), *parts])


def _of_batch(batch: pl.DataFrame, model: type[Table], start: int) -> pl.DataFrame:
    """The broken rules of one batch; its first row has the number `start`."""
    try:
        model.validate(batch, lazy=True)
    except pa.errors.SchemaErrors as failure:
        cases: pl.DataFrame = failure.failure_cases
        row = pl.col("index").cast(pl.UInt32) + start
        return cases.select(row=row, column="column", check="check", value=pl.col("failure_case").cast(pl.String))
    return CASES.to_frame()


def strange_items(rows: pl.DataFrame, model: type[Table]) -> list[str]:
    """Says which list columns hold items from outside their vocabulary, which Pandera cannot check.

    Args:
        rows: The rows.
        model: Their contract.

    Returns:
        One sentence per column, with the first such item.
    """
    faults = []
    for facts in column_facts(model):
        if facts.vocabulary is None or facts.name not in rows.columns or rows.schema[facts.name] != pl.List(pl.String):
            continue
        items = rows[facts.name].explode().drop_nulls().unique()
        strange = sorted(set(items) - set(facts.vocabulary))
        faults += [f"{facts.name}: {strange[0]!r} is no {facts.vocabulary.__name__}"] if strange else []
    return faults
