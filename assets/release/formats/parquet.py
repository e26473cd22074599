"""Parquet: a table as one file, in the order of its key, with what its columns mean in the key-value metadata.

DuckDB's own writer gives the same bytes for the same rows in the same order, on any number of threads; it is as fast as
a plain COPY, because it is one.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from assets.release.layout import row_group_rows
from schemas.base import Table
from schemas.catalog import TABLES, metadata
from schemas.render import column_facts
from schemas.render.sql import identifier, literal, sql_type


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
    ordered = source if _is_sorted(connection, source, keys) else f"{source} ORDER BY {keys}"
    told = ", ".join(f"{key}: {literal(value)}" for key, value in key_values(TABLES[name]).items())
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {row_group_rows(name)}, KV_METADATA {{{told}}}"
    with _canonical(connection):
        row = connection.execute(f"COPY ({ordered}) TO {literal(str(path))} ({options})").fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _canonical(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Leaves the bytes to the rows alone.

    By itself DuckDB marks a column as required where statistics of its source happen to prove that no value is missing,
    and one thread alone ends a row group where a filter ends a chunk.
    """
    row = connection.execute("SELECT current_setting('threads')").fetchone()
    threads = int(row[0]) if row else 1
    connection.execute("SET disabled_optimizers = 'statistics_propagation'")
    connection.execute(f"SET threads = {max(threads, 2)}")
    try:
        yield
    finally:
        connection.execute("RESET disabled_optimizers")
        connection.execute(f"SET threads = {threads}")


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
