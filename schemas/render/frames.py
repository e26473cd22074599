"""Schemas of data in memory and in Parquet: Polars and Arrow."""

import json

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from schemas.base import Table
from schemas.catalog import metadata
from schemas.render.facts import ColumnFacts, column_facts


def polars_schema(model: type[Table]) -> pl.Schema:
    """The names and types of a table's columns, in order.

    Args:
        model: A table.

    Returns:
        The schema that a data frame of the table has.
    """
    return pl.Schema({facts.name: facts.dtype for facts in column_facts(model)})


def arrow_schema(model: type[Table]) -> pa.Schema:
    """The Arrow schema of a table, with what its columns mean.

    The types are those that Polars hands over, so that a frame becomes a table of this schema without a copy.

    Args:
        model: A table.

    Returns:
        One field per column, not nullable where the column may not be empty, with `description`, `unit` and
        `source` in its metadata; the schema's metadata has the table's `description` and its `primary_key`, as JSON.
    """
    types = polars_schema(model).to_frame().to_arrow().schema
    return pa.schema(
        [
            pa.field(facts.name, types.field(facts.name).type, facts.nullable, metadata=_field_metadata(facts))
            for facts in column_facts(model)
        ],
        metadata={
            "description": model.__doc__ or "",
            "primary_key": json.dumps(list(metadata(model)["primary_key"])),
        },
    )


def _field_metadata(facts: ColumnFacts) -> dict[str, str]:
    told = {"description": facts.description, "unit": facts.unit, "source": facts.source}
    return {key: value for key, value in told.items() if value}
