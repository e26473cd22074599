"""DuckDB's data definition: the statements that create a table, with its keys and what its columns mean."""

import re
from pathlib import Path

import polars as pl
from polars.datatypes import DataTypeClass

from schemas.base import Table
from schemas.catalog import metadata
from schemas.render.facts import ColumnFacts, column_facts

SQL_TYPES: dict[DataTypeClass, str] = {
    pl.String: "VARCHAR",
    pl.Boolean: "BOOLEAN",
    pl.Int32: "INTEGER",
    pl.Int64: "BIGINT",
    pl.Float32: "FLOAT",
    pl.Float64: "DOUBLE",
    pl.Date: "DATE",
}
"""The types without a parameter that tables use."""


def identifier(name: str) -> str:
    """Quotes a name: `a"b` becomes `"a""b"`."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quotes a text: `it's` becomes `'it''s'`."""
    return "'" + text.replace("'", "''") + "'"


def named(path: Path) -> str:
    """A file as an argument in SQL; characters of patterns in its path stand for themselves."""
    return literal(re.sub(r"([\[*?])", r"[\1]", str(path)))


def sql_type(dtype: pl.DataType | DataTypeClass) -> str:
    """The type of a column as DuckDB writes it.

    Args:
        dtype: Type of the column in a data frame.

    Returns:
        Name of the type, such as `VARCHAR[]` or `FLOAT[3]`.

    Raises:
        TypeError: If no table has had a column of this type yet; SQL_TYPES is where it belongs.
    """
    if isinstance(dtype, pl.Array):
        return f"{sql_type(dtype.inner)}[{dtype.size}]"
    if isinstance(dtype, pl.List):
        return sql_type(dtype.inner) + "[]"
    if isinstance(dtype, pl.Datetime):
        return "TIMESTAMP WITH TIME ZONE" if dtype.time_zone else "TIMESTAMP"
    name = SQL_TYPES.get(dtype.base_type())
    if name is None:
        raise TypeError(f"no SQL type is known for {dtype!r}; add it to schemas/render/sql.py")
    return name


def duckdb_ddl(name: str, model: type[Table], *, catalog: str | None = None, with_keys: bool = True) -> list[str]:
    """The statements that create a table.

    Args:
        name: Name of the table.
        model: The table.
        catalog: Attached database to create it in; without it, the current one.
        with_keys: Whether the database watches over the primary key, for which it keeps an index.

    Returns:
        CREATE SCHEMA, CREATE TABLE, and one COMMENT for the table and for every column, to be executed in order.

    Raises:
        TypeError: If a column has a type that SQL cannot hold.
    """
    told = metadata(model)
    schema = f"{identifier(catalog)}.{identifier(told['schema'])}" if catalog else identifier(told["schema"])
    table = f"{schema}.{identifier(name)}"
    columns = column_facts(model)
    parts = [_definition(facts) for facts in columns]
    if told["primary_key"] and with_keys:
        parts.append(f"PRIMARY KEY ({', '.join(identifier(key) for key in told['primary_key'])})")
    return [
        f"CREATE SCHEMA IF NOT EXISTS {schema}",
        f"CREATE TABLE {table} (\n  " + ",\n  ".join(parts) + "\n)",
        f"COMMENT ON TABLE {table} IS {literal(model.__doc__ or '')}",
        *(f"COMMENT ON COLUMN {table}.{identifier(facts.name)} IS {literal(facts.comment)}" for facts in columns),
    ]


def _definition(facts: ColumnFacts) -> str:
    return f"{identifier(facts.name)} {sql_type(facts.dtype)}{'' if facts.nullable else ' NOT NULL'}"
