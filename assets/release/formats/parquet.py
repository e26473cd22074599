"""Parquet: a table as one file, in the order of its key, with what its columns mean in the key-value metadata.

DuckDB's own writer gives the same bytes for the same rows when it sorts them, even where they are sorted already: a
plain COPY makes row groups of other sizes where the rows were stored or filtered in another way. Sorting costs hardly
anything beside compression.
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

STEADY: dict[str, int | str] = {
    # Two threads cannot sort a million texts within the memory of a release; two tables at a time are as fast.
    "threads": 1,
    # Where statistics of the source happen to prove that no value is missing, DuckDB marks a column as required, and
    # the same rows from elsewhere would give other bytes.
    "disabled_optimizers": "statistics_propagation",
}
"""Settings under which files are canonical, and are written within the memory of a release."""


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
    told = ", ".join(f"{key}: {literal(value)}" for key, value in key_values(TABLES[name]).items())
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {row_group_rows(name)}, KV_METADATA {{{told}}}"
    with steady(connection):
        copy = f"COPY (FROM ({source}) ORDER BY {keys}) TO {literal(str(path))} ({options})"
        row = connection.execute(copy).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def steady(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Sets a database so that the files it writes are canonical, and writing one stays within its memory.

    Args:
        connection: Any connection to it. Within this context several may write at the same time.
    """
    names = ", ".join(f"current_setting({literal(name)})" for name in STEADY)
    before = dict(zip(STEADY, connection.execute(f"SELECT {names}").fetchall()[0], strict=True))
    changed = [name for name in STEADY if before[name] != STEADY[name]]
    for name in changed:
        connection.execute(f"SET {name} = {literal(str(STEADY[name]))}")
    try:
        yield
    finally:
        for name in changed:
            connection.execute(f"SET {name} = {literal(str(before[name]))}")


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
