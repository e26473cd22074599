"""What a model says of its columns, read once and put into words.

Pandera keeps types, emptiness and checks on the schema, unit and source in a column's metadata. Every other module of
this package starts from the facts collected here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandera.polars as pa
import polars as pl
from polars.datatypes import DataTypeClass

from schemas.base import Table


@dataclass(frozen=True)
class ColumnFacts:
    """All that a model says of one column."""

    name: str
    """Name of the column."""
    dtype: pl.DataType | DataTypeClass
    """Type of its values in a data frame."""
    nullable: bool
    """Whether a value may be missing."""
    unique: bool
    """Whether no value occurs twice."""
    description: str
    """One sentence for a reader of the data."""
    unit: str | None
    """Unit of the values, where they have one."""
    source: str | None
    """Where the value comes from, in terms of the table before."""
    vocabulary: type[StrEnum] | None
    """The closed vocabulary that the values (or the items of a list) belong to."""
    constraints: tuple[str, ...]
    """Every further check on the values, in words; rules that turn a row away are in `row_checks`."""
    checks: Mapping[str, Mapping[str, Any]]
    """The same checks for programs: Pandera's name of the check -> what it was given."""

    @property
    def comment(self) -> str:
        """Description, unit and source as one text."""
        parts = [self.description]
        if self.unit:
            parts.append(f"Unit: {self.unit}.")
        if self.source:
            parts.append(f"Source: {self.source}.")
        return " ".join(parts)


@dataclass(frozen=True)
class RowCheck:
    """One rule of a table that can turn a row away."""

    reason: str
    """The member of the vocabulary of reasons that the row is turned away with."""
    column: str | None
    """The column that it looks at; None where it looks at the whole row."""
    meaning: str
    """What must hold, as one sentence."""


def column_facts(model: type[Table]) -> list[ColumnFacts]:
    """Collects what a model says of its columns.

    Args:
        model: A table.

    Returns:
        One entry per column, in the order of the table.
    """
    return [_facts(name, column) for name, column in model.to_schema().columns.items()]


def row_checks(model: type[Table]) -> list[RowCheck]:
    """Collects the rules of a table that can turn a row away.

    Args:
        model: A table.

    Returns:
        The checks whose error is a member of a vocabulary: those of columns in the order of the table, then those of
        the whole row.
    """
    schema = model.to_schema()
    checks = [(name, check) for name, column in schema.columns.items() for check in column.checks]
    checks += [(None, check) for check in schema.checks]
    return [
        RowCheck(str(check.error), name, check.description or "")
        for name, check in checks
        if isinstance(check.error, StrEnum)
    ]


def _facts(name: str, column: pa.Column) -> ColumnFacts:
    metadata = column.metadata or {}
    vocabulary = metadata.get("members") or _vocabulary_of(column.checks)
    checks = [check for check in column.checks if not isinstance(check.error, StrEnum)]
    return ColumnFacts(
        name=name,
        dtype=column.dtype.type,
        nullable=column.nullable,
        unique=column.unique,
        description=column.description or "",
        unit=metadata.get("unit"),
        source=metadata.get("source"),
        vocabulary=vocabulary,
        constraints=tuple(_in_words(check) for check in checks),
        checks={check.name or "": check.statistics or {} for check in checks},
    )


def _vocabulary_of(checks: list[pa.Check]) -> type[StrEnum] | None:
    """The vocabulary that a column's `isin` check names; None where the values are not members of one."""
    for check in checks:
        for value in (check.statistics or {}).get("allowed_values", ()):
            if isinstance(value, StrEnum):
                return type(value)
    return None


WORDING: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "isin": lambda told: "one of " + ", ".join(str(value) for value in told["allowed_values"]),
    "str_matches": lambda told: f"matches {told['pattern']}",
    "str_startswith": lambda told: f"starts with {told['string']}",
    "greater_than_or_equal_to": lambda told: f">= {told['min_value']}",
    "less_than_or_equal_to": lambda told: f"<= {told['max_value']}",
    "greater_than": lambda told: f"> {told['min_value']}",
    "less_than": lambda told: f"< {told['max_value']}",
    "in_range": lambda told: f"{told['min_value']} to {told['max_value']}",
}
"""How each of Pandera's checks is said; one that is not here gives its own text."""


def _in_words(check: pa.Check) -> str:
    wording = WORDING.get(check.name or "")
    return wording(check.statistics or {}) if wording else str(check.error or check.name)
