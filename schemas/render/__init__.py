"""Everything that is derived from a table's model: Arrow, Polars, DuckDB, Dagster's columns, the data dictionary.

A model in `schemas/` is the one declaration of its table. What is here only reads it; nothing is declared twice.
`python -m schemas.render` prints the data dictionary that docs/tables.md holds.
"""

from schemas.render.columns import ColumnDescription, dagster_columns
from schemas.render.facts import ColumnFacts, RowCheck, column_facts, row_checks
from schemas.render.frames import arrow_schema, polars_schema
from schemas.render.markdown import markdown_dictionary
from schemas.render.sql import duckdb_ddl
from schemas.render.vocabularies import definition_of, vocabulary_definitions

__all__ = [
    "ColumnDescription",
    "ColumnFacts",
    "RowCheck",
    "arrow_schema",
    "column_facts",
    "dagster_columns",
    "definition_of",
    "duckdb_ddl",
    "markdown_dictionary",
    "polars_schema",
    "row_checks",
    "vocabulary_definitions",
]
