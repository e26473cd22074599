"""Contents: what a published file consists of (tables, rows, views, macros), the same at home and in a release.

Who builds such a file says where it is and how it is kept; nothing here knows. A file may lack tables: those that a
release withholds, or that nobody asked for. Views and macros that need them are then left out as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.publish.search import SEARCH_MACRO
from assets.publish.views import MACROS, VIEWS
from schemas.catalog import TABLES, qualified
from schemas.render import duckdb_ddl
from schemas.render.sql import identifier, literal

STATEMENTS = {**MACROS, "search": SEARCH_MACRO}
"""Name of every macro -> the statement that creates it."""


@dataclass(frozen=True)
class Questions:
    """Views and macros by their names."""

    views: tuple[str, ...] = tuple(VIEWS)
    macros: tuple[str, ...] = tuple(STATEMENTS)


def create_tables(connection: duckdb.DuckDBPyConnection, names: Iterable[str], *, with_keys: bool = True) -> None:
    """Creates empty tables, with what they and their columns mean.

    Args:
        connection: Where to; its current database.
        names: Names of tables in the catalog.
        with_keys: Whether the database itself watches over the primary keys, by an index for each.
    """
    for name in names:
        for statement in duckdb_ddl(name, TABLES[name], with_keys=with_keys):
            connection.execute(statement)


def insert_rows(
    connection: duckdb.DuckDBPyConnection, name: str, path: Path, part: tuple[int, int] | None = None
) -> int:
    """Adds rows of a Parquet file to a table.

    Args:
        connection: Where the table is.
        name: Name of the table.
        path: The file.
        part: The first row and the row after the last; all rows without it.

    Returns:
        Rows added.

    Raises:
        duckdb.Error: If a row does not fit the table.
    """
    rows = f"FROM read_parquet({literal(str(path))})"
    if part is not None:
        numbered = f"read_parquet({literal(str(path))}, file_row_number = true)"
        within = f"file_row_number >= {part[0]} AND file_row_number < {part[1]}"
        rows = f"SELECT * EXCLUDE (file_row_number) FROM {numbered} WHERE {within}"  # noqa: S608 numbers of our own
    row = connection.execute(f"INSERT INTO {qualified(name)} BY NAME {rows}").fetchone()
    return int(row[0]) if row else 0


def create_questions(connection: duckdb.DuckDBPyConnection, questions: Questions) -> None:
    """Creates views, with what their rows are, and macros.

    Args:
        connection: Where the tables are.
        questions: Which ones.

    Raises:
        duckdb.Error: If a table that one of them needs is missing.
    """
    for name in questions.views:
        meaning, query = VIEWS[name]
        if "." in name:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {identifier(name.split('.')[0])}")
        connection.execute(f"CREATE VIEW {name} AS {query}")
        connection.execute(f"COMMENT ON VIEW {name} IS {literal(meaning)}")
    for name in questions.macros:
        connection.execute(STATEMENTS[name])


def answerable(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> Questions:
    """Finds out, by trying, which views and macros some tables are enough for.

    Args:
        connection: A database in memory with nothing in it; the tables and what they are enough for stay there.
        names: The tables.
    """
    create_tables(connection, names, with_keys=False)
    views = [name for name in VIEWS if _can_create(connection, Questions((name,), ()))]
    macros = [name for name in STATEMENTS if _can_create(connection, Questions((), (name,)))]
    return Questions(tuple(views), tuple(macros))


def _can_create(connection: duckdb.DuckDBPyConnection, one: Questions) -> bool:
    """Whether all that one view or macro needs is there; DuckDB looks into both when they are created."""
    try:
        create_questions(connection, one)
    except duckdb.CatalogException:
        return False
    return True
