"""Warehouse: the tables of a run become one DuckDB file, built aside and swapped in whole.

Readers see the old file until the new one is complete on the disk, and keep what they have open. A crash at any moment
leaves the old file, and a private file that the next build removes.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import duckdb

from assets.publish.contents import create_questions, create_tables, insert_rows
from schemas.catalog import TABLES
from schemas.render.sql import literal

WAREHOUSE = "papers.duckdb"
"""Name of the published file in its home."""

STORAGE_VERSION = "v1.0.0"  # older DuckDB and the browser build open it
BUILDING = ".building"


PRIVATE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",  # a table name in a query is never a Python variable
}


def open_private(path: Path | None = None, **settings: str) -> duckdb.DuckDBPyConnection:
    """Opens a connection that fetches nothing from the network and sees nothing of this process.

    Args:
        path: A DuckDB file to read, not to change; without it, a database in memory.
        **settings: Further settings of DuckDB, such as `memory_limit`.
    """
    config: dict[str, str | bool | int | float | list[str]] = {**PRIVATE, **settings}
    if path is None:
        return duckdb.connect(config=config)
    return duckdb.connect(str(path), read_only=True, config=config)


def publish(tables: Mapping[str, Path], target: Path) -> dict[str, int]:
    """Builds the published file from Parquet files and swaps it in.

    Args:
        tables: Name of every table in the catalog -> its Parquet file.
        target: The published file; it is replaced at the very end, in one step.

    Returns:
        Table name -> rows published.

    Raises:
        duckdb.Error: If a table does not fit its declaration, for example a key that occurs twice.
        OSError: If the disk is full or the folder cannot be written; the old file is untouched then.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_private(target)
    aside = target.with_name(f"{target.name}{BUILDING}-{os.getpid()}")
    try:
        counts = _build(tables, aside)
        sync(aside)
        aside.replace(target)
        sync(target.parent)
    finally:
        _remove_private(target)
    return counts


def _remove_private(target: Path) -> None:
    """Removes private files of a build that did not end, with their logs."""
    for leftover in target.parent.glob(f"{target.name}{BUILDING}*"):
        leftover.unlink()


def _build(tables: Mapping[str, Path], path: Path) -> dict[str, int]:
    """Writes tables, views and macros into a new file."""
    counts: dict[str, int] = {}
    with open_private() as connection:
        connection.execute(f"ATTACH {literal(str(path))} AS warehouse (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE warehouse")
        for name in TABLES:
            create_tables(connection, [name])
            counts[name] = insert_rows(connection, name, tables[name])
        create_questions(connection)
        connection.execute("CHECKPOINT warehouse")
        connection.execute("USE memory")
        connection.execute("DETACH warehouse")
    return counts


def sync(path: Path) -> None:
    """Makes sure that a file, or the entries of a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
