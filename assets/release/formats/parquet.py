"""Parquet: a table as one file, in the order of its key, with what its columns mean in the key-value metadata.

DuckDB's own writer gives the same bytes for the same rows in the same order, on any number of threads; it is as fast as
a plain COPY, because it is one.
"""

import json
from pathlib import Path

import duckdb

from assets.release.layout import row_group_rows
from schemas.base import Table
from schemas.catalog import TABLES, metadata
from schemas.render import column_facts
from schemas.render.sql import identifier, literal, named, sql_type


def copy_table(connection: duckdb.DuckDBPyConnection, name: str, source: str, path: Path) -> int:
    """Writes a table.

    Args:
        connection: Where its rows are.
        name: Name of a table in the catalog.
        source: Query that gives its rows, with the columns of its model in their order.
        path: The file.

    Returns:
        Rows written.

    Raises:
        duckdb.Error: If the query fails or the file cannot be written.
    """
    keys = ", ".join(identifier(key) for key in metadata(TABLES[name])["primary_key"])
    ordered = f"FROM ({source}) ORDER BY {keys}"
    if _is_long(connection, name, source) and _is_sorted(connection, source, keys):
        rows = _copy(connection, name, source, path)
        # The order is looked at again: a join may come in another one when more of its columns are asked for.
        if _has_whole_groups(connection, name, path) and _is_sorted(
            connection, f"FROM read_parquet({named(path)})", keys
        ):
            return rows
    return _copy(connection, name, ordered, path)


def _copy(connection: duckdb.DuckDBPyConnection, name: str, query: str, path: Path) -> int:
    """Writes rows as they come.

    Statistics of the source must not count: where they happen to prove that no value is missing, DuckDB marks a column
    as required, and the same rows from elsewhere would give other bytes.
    """
    told = ", ".join(f"{key}: {literal(value)}" for key, value in key_values(TABLES[name]).items())
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {row_group_rows(name)}, KV_METADATA {{{told}}}"
    connection.execute("SET disabled_optimizers = 'statistics_propagation'")
    try:
        row = connection.execute(f"COPY ({query}) TO {literal(str(path))} ({options})").fetchone()
    finally:
        connection.execute("RESET disabled_optimizers")
    return int(row[0]) if row else 0


def _has_whole_groups(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> bool:
    """Whether all row groups but the last are of the size that they should have: a filter may make them longer."""
    groups = f"SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata({named(path)}) ORDER BY 1"
    sizes = [rows for _, rows in connection.execute(groups).fetchall()]
    return all(rows == row_group_rows(name) for rows in sizes[:-1]) and max(sizes, default=0) <= row_group_rows(name)


def _is_long(connection: duckdb.DuckDBPyConnection, name: str, source: str) -> bool:
    """Whether rows fill more than a row group; sorting fewer costs less than finding out whether they need it."""
    row = connection.execute(f"SELECT count(*) FROM ({source})").fetchone()
    return row is not None and row[0] > row_group_rows(name)


def _is_sorted(connection: duckdb.DuckDBPyConnection, source: str, keys: str) -> bool:
    """Whether rows come in the order of their key already, which costs a tenth of sorting them."""
    back = f"SELECT ({keys}) < lag(({keys})) OVER () AS back FROM ({source})"
    row = connection.execute(f"SELECT count(*) FROM ({back}) WHERE back").fetchone()
    return row is not None and row[0] == 0


def key_values(model: type[Table]) -> dict[str, str]:
    """The key-value metadata of a table's file.

    Args:
        model: The table.

    Returns:
        `description` (what a row is), `primary_key` and `foreign_keys` as JSON, and `columns`, as JSON: name ->
        type, whether a value is required, description, unit, source, and the values of a closed vocabulary.
    """
    told = metadata(model)
    columns = {
        facts.name: {
            key: value
            for key, value in {
                "type": sql_type(facts.dtype),
                "required": not facts.nullable,
                "description": facts.description,
                "unit": facts.unit,
                "source": facts.source,
                "values": list(facts.vocabulary) if facts.vocabulary else None,
            }.items()
            if value
        }
        for facts in column_facts(model)
    }
    return {
        "description": model.__doc__ or "",
        "primary_key": json.dumps(list(told["primary_key"])),
        "foreign_keys": json.dumps(told["foreign_keys"]),
        "columns": json.dumps(columns, ensure_ascii=False),
    }
