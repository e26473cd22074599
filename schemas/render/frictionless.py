"""Frictionless: what a table's columns are, as a Table Schema of a data package.

Data Package, version 2: https://datapackage.org/standard/table-schema/
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import polars as pl
from polars.datatypes import DataTypeClass

from schemas.base import Table
from schemas.catalog import metadata
from schemas.render.facts import ColumnFacts, column_facts

FIELD_TYPES: dict[DataTypeClass, str] = {
    pl.String: "string",
    pl.Boolean: "boolean",
    pl.Int32: "integer",
    pl.Int64: "integer",
    pl.Float32: "number",
    pl.Float64: "number",
    pl.Date: "date",
    pl.Datetime: "datetime",
    pl.List: "array",
    pl.Array: "array",
}
"""The types that tables use."""


def _pattern(found: str) -> str:
    """A pattern that a whole text has to match, from one that a text begins with."""
    inner = found.removeprefix("^")
    return inner.removesuffix("$") if inner.endswith("$") else f"{inner}.*"


CONSTRAINTS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "isin": lambda told: {"enum": [str(value) for value in told["allowed_values"]]},
    "str_matches": lambda told: {"pattern": _pattern(told["pattern"])},
    "str_startswith": lambda told: {"pattern": f"{re.escape(told['string'])}.*"},
    "greater_than_or_equal_to": lambda told: {"minimum": told["min_value"]},
    "less_than_or_equal_to": lambda told: {"maximum": told["max_value"]},
    "greater_than": lambda told: {"exclusiveMinimum": told["min_value"]},
    "less_than": lambda told: {"exclusiveMaximum": told["max_value"]},
    "in_range": lambda told: {"minimum": told["min_value"], "maximum": told["max_value"]},
}
"""Pandera's name of a check -> the constraints that say the same; one that is not here has none."""


def frictionless_type(dtype: pl.DataType | DataTypeClass) -> str:
    """The type of a column as Table Schema writes it.

    Args:
        dtype: Type of the column in a data frame.

    Raises:
        TypeError: If no table has had a column of this type yet; FIELD_TYPES is where it belongs.
    """
    name = FIELD_TYPES.get(dtype.base_type())
    if name is None:
        raise TypeError(f"no type of Table Schema is known for {dtype!r}; add it to schemas/render/frictionless.py")
    return name


def table_schema(model: type[Table], resources: Mapping[str, str]) -> dict[str, Any]:
    """Describes the columns of a table.

    Args:
        model: The table.
        resources: Name of a table -> name of the resource that holds it; a reference to another one is left out.

    Returns:
        A Table Schema: the fields, what they may hold, and the keys.

    Raises:
        TypeError: If a column has a type that Table Schema cannot hold.
    """
    told = metadata(model)
    targets = {column: target.split(".") for column, target in told["foreign_keys"].items()}
    references = [
        {"fields": [column], "reference": {"resource": resources[table], "fields": [key]}}
        for column, (table, key) in targets.items()
        if table in resources
    ]
    schema = {
        "fields": [_field(facts) for facts in column_facts(model)],
        "primaryKey": list(told["primary_key"]),
        "foreignKeys": references,
    }
    return {key: value for key, value in schema.items() if value}


def _field(facts: ColumnFacts) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not facts.nullable:
        constraints["required"] = True
    if facts.unique:
        constraints["unique"] = True
    for check, told in facts.checks.items():
        constraints |= CONSTRAINTS[check](told) if check in CONSTRAINTS else {}
    field: dict[str, Any] = {
        "name": facts.name,
        "type": frictionless_type(facts.dtype),
        "description": facts.comment,
    }
    if constraints:
        field["constraints"] = {name: _plain(value) for name, value in constraints.items()}
    return field


def _plain(value: Any) -> Any:
    """A limit as JSON writes it."""
    return value.isoformat() if isinstance(value, date | datetime) else value
