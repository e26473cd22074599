"""Columns for a catalogue of assets, as plain data: the schemas do not know Dagster."""

from dataclasses import dataclass

from schemas.base import Table
from schemas.render.facts import column_facts, row_checks
from schemas.render.sql import sql_type


@dataclass(frozen=True)
class ColumnDescription:
    """One column as a catalogue of assets shows it: plain data, for Dagster's column schema."""

    name: str
    """Name of the column."""
    type: str
    """Type as SQL writes it."""
    description: str
    """Meaning, unit and source."""
    nullable: bool
    """Whether a value may be missing."""
    unique: bool
    """Whether no value occurs twice."""
    constraints: list[str]
    """What else holds for the values, in words."""


def dagster_columns(model: type[Table]) -> list[ColumnDescription]:
    """Describes a table's columns as plain data, from which Dagster's column schema is made.

    Args:
        model: A table.

    Returns:
        One description per column, in the order of the table.

    Raises:
        TypeError: If a column has a type that SQL cannot hold.
    """
    rules = row_checks(model)
    return [
        ColumnDescription(
            name=facts.name,
            type=sql_type(facts.dtype),
            description=facts.comment,
            nullable=facts.nullable,
            unique=facts.unique,
            constraints=[*facts.constraints, *(check.meaning for check in rules if check.column == facts.name)],
        )
        for facts in column_facts(model)
    ]
