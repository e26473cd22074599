"""Contents: what a published file consists of (tables, rows, views, macros), the same at home and in a release.

Who builds such a file says where it is and how it is kept; nothing here knows. A file may lack tables: those that a
release withholds, or that nobody asked for. Views and macros that need them are then left out as well.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from assets.publish.search import SEARCH_MACRO
from assets.publish.views import MACROS, VIEWS
from schemas.catalog import TABLES, qualified
from schemas.render import duckdb_ddl
from schemas.render.sql import identifier, literal, named


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
    rows = f"FROM read_parquet({named(path)})"
    if part is not None:
        numbered = f"read_parquet({named(path)}, file_row_number = true)"
        within = f"file_row_number >= {part[0]} AND file_row_number < {part[1]}"
        rows = f"SELECT * EXCLUDE (file_row_number) FROM {numbered} WHERE {within}"  # noqa: S608 numbers of our own
    row = connection.execute(f"INSERT INTO {qualified(name)} BY NAME {rows}").fetchone()
    return int(row[0]) if row else 0


def create_questions(connection: duckdb.DuckDBPyConnection, *, is_complete: bool = True) -> None:
    """Creates the views, with what their rows are, and the macros.

    Args:
        connection: Where the tables are.
        is_complete: Whether all tables are there. Otherwise those views and macros are left out for which some are
            missing; DuckDB looks for them when they are created.

    Raises:
        duckdb.CatalogException: If a table is missing that should be there.
    """
    for statements in (*(_view(name) for name in VIEWS), *([macro] for macro in (*MACROS.values(), SEARCH_MACRO))):
        connection.begin()
        try:
            for statement in statements:
                connection.execute(statement)
        except duckdb.CatalogException:
            connection.rollback()
            if is_complete:
                raise
        else:
            connection.commit()


def _view(name: str) -> list[str]:
    """The statements that create a view."""
    meaning, query = VIEWS[name]
    schema = [f"CREATE SCHEMA IF NOT EXISTS {identifier(name.split('.', maxsplit=1)[0])}"] if "." in name else []
    return [*schema, f"CREATE VIEW {name} AS {query}", f"COMMENT ON VIEW {name} IS {literal(meaning)}"]
