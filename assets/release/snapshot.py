"""Snapshot: the tables of a release as canonical Parquet files, from which everything else in it is written.

A table is canonical when its rows are in the order of its key and its file follows from them alone: the same rows give
the same bytes, whatever the threads, the folder or the home. A subset keeps what belongs to its papers and no more.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.publish.warehouse import open_private
from assets.release.formats.parquet import copy_table, steady
from assets.release.index import index_papers
from assets.release.layout import INNER, MAIN
from assets.release.manifest import ReleaseError, SelectionError
from schemas.catalog import TABLES, metadata, qualified
from schemas.release_vocabulary import ReleaseFormat
from schemas.render import column_facts
from schemas.render.sql import identifier, literal, named

MEMORY = "1500MB"
"""What DuckDB may take; with Python, and what it holds beyond that, a release stays below 3 GB."""

AT_ONCE = 2
"""Tables written at the same time, each by one thread: with two, a million papers take 1.9 GB in all."""

PAPER_FORMATS = (ReleaseFormat.JSONL, ReleaseFormat.NESTED, ReleaseFormat.CSV, ReleaseFormat.BIBTEX)
"""Formats that hold papers, and so need their table."""

INDEX = ("search_terms", "search_postings")
"""The tables of the search index, which a subset has made anew."""
PAPERS, LISTINGS, DUMPS = "kept_papers", "kept_listings", "kept_dumps"


@dataclass(frozen=True)
class Selection:
    """What is to be released."""

    tables: tuple[str, ...] = MAIN
    """Names of main tables, in the order of the catalog."""
    formats: tuple[ReleaseFormat, ...] = tuple(ReleaseFormat)
    """How they are written."""
    where: str | None = None
    """Condition on the columns of `papers`, in SQL: which papers are released; None for all."""

    @classmethod
    def of(cls, tables: list[str] | None, formats: list[str] | None, where: str | None) -> "Selection":
        """Checks what somebody asked for.

        Args:
            tables: Names of tables; all without it.
            formats: Names of formats; all that the tables allow without it.
            where: The condition.

        Raises:
            SelectionError: With what can be asked for, if one of them cannot.
        """
        for given, known, what in ((tables, MAIN, "table"), (formats, tuple(ReleaseFormat), "format")):
            strange = [name for name in given or () if name not in known]
            if strange:
                raise SelectionError(f"there is no {what} {strange[0]!r} to release; use {', '.join(known)}")
        chosen = tuple(name for name in MAIN if tables is None or name in tables)
        possible = [form for form in ReleaseFormat if "papers" in chosen or form not in PAPER_FORMATS]
        wanted = tuple(form for form in ReleaseFormat if form in (formats or possible))
        if impossible := [form for form in wanted if form not in possible]:
            raise SelectionError(f"the format {impossible[0]} needs the table papers")
        return cls(chosen, wanted, where)

    @property
    def is_whole(self) -> bool:
        """Whether all tables and all papers are released."""
        return self.tables == MAIN and self.where is None

    @property
    def inner(self) -> tuple[str, ...]:
        """Every table that is needed: those that are released, and those that only the database has."""
        if ReleaseFormat.DUCKDB not in self.formats:
            return self.tables
        search = tuple(name for name in INNER if metadata(TABLES[name])["schema"] == "search")
        if self.tables == MAIN:
            return INNER
        return self.tables + (search if "papers" in self.tables else ())


@dataclass(frozen=True)
class Snapshot:
    """The tables of a release to be, as files."""

    folder: Path
    """The release under construction."""
    work: Path
    """A folder for what is thrown away in the end."""
    selection: Selection
    """What is released."""
    tables: Mapping[str, Path]
    """Name of every table -> its canonical Parquet file."""
    rows: Mapping[str, int]
    """Name of every table -> its length."""

    def connect(self, **settings: str) -> duckdb.DuckDBPyConnection:
        """Opens a database in memory in which every table of the snapshot is a view of its own name.

        Args:
            **settings: Settings of DuckDB beside those of every release.
        """
        connection = working_connection(self.work, **settings)
        for name, path in self.tables.items():
            schema = metadata(TABLES[name])["schema"]
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {identifier(schema)}")
            connection.execute(f"CREATE VIEW {qualified(name)} AS FROM read_parquet({named(path)})")
        return connection


def working_connection(work: Path, **settings: str) -> duckdb.DuckDBPyConnection:
    """Opens a database in memory that stays within the memory of a release, and spills into its folder.

    Args:
        work: Folder for what does not fit.
        **settings: Settings of DuckDB beside these.
    """
    bounds = {"memory_limit": MEMORY, "temp_directory": str(work / "spill")}
    connection = open_private(None, **{**bounds, **settings})
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def take(warehouse: Path, folder: Path, work: Path, selection: Selection) -> Snapshot:
    """Writes the tables of a published file as canonical Parquet.

    Args:
        warehouse: The published file.
        folder: The release under construction: the main tables go there, if it is to have Parquet.
        work: A folder for the other tables, and for what is thrown away.
        selection: What is released.

    Returns:
        The snapshot.

    Raises:
        SelectionError: If the condition is none, or no paper meets it.
        ReleaseError: If the file was published by an earlier version.
        duckdb.Error: If a file cannot be written.
    """
    has_parquet = ReleaseFormat.PARQUET in selection.formats
    paths = {name: (folder if has_parquet and name in MAIN else work) / f"{name}.parquet" for name in selection.inner}
    with working_connection(work) as connection, steady(connection):
        connection.execute(f"ATTACH {literal(str(warehouse))} AS home (READ_ONLY)")
        connection.execute("USE home")
        if selection.where is not None:
            _keep(connection, selection.where)
        stored = {name: path for name, path in paths.items() if selection.where is None or name not in INDEX}
        rows = _copied(connection, warehouse, selection, stored)
        if len(stored) < len(paths):
            index_papers(connection, f"FROM read_parquet({named(paths['papers'])})")
            rows |= {name: copy_table(connection, name, f"FROM temp.{name}", paths[name]) for name in INDEX}
    return Snapshot(folder, work, selection, paths, {name: rows[name] for name in paths})


def _copied(
    connection: duckdb.DuckDBPyConnection, warehouse: Path, selection: Selection, paths: Mapping[str, Path]
) -> dict[str, int]:
    """Writes tables, a few at a time; returns their lengths."""

    def copied(name: str) -> int:
        try:
            with connection.cursor() as cursor:
                return copy_table(cursor, name, _source(name, selection), paths[name])
        except duckdb.BinderException as error:
            raise ReleaseError(
                f"{warehouse} has no {qualified(name)} as this version knows it; publish it anew with: sheaf run"
            ) from error
        except duckdb.CatalogException as error:
            raise ReleaseError(f"{warehouse} has no {qualified(name)}; publish it anew with: sheaf run") from error

    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            return dict(zip(paths, pool.map(copied, paths), strict=True))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _keep(connection: duckdb.DuckDBPyConnection, where: str) -> None:
    """Notes which papers, listings and dumps a subset has.

    The listing that proves the date of a page stays with it.
    """
    question = f"SELECT paper_id FROM papers WHERE (\n{where}\n)"
    try:
        if len(connection.extract_statements(question)) != 1:
            raise SelectionError("the condition of --where is more than one statement")
        connection.execute(f"CREATE TABLE memory.{PAPERS} AS {question}")
    except duckdb.Error as error:
        raise SelectionError(f"--where is no condition on papers: {str(error).splitlines()[0]}") from error
    if connection.execute(f"SELECT count(*) FROM memory.{PAPERS}").fetchone() == (0,):
        raise SelectionError("no paper meets the condition of --where")
    connection.execute(
        f"""
        CREATE TABLE memory.{LISTINGS} AS
        SELECT listing_id, dump_id FROM paper_listings JOIN clean_listings USING (listing_id)
        WHERE paper_id IN (FROM memory.{PAPERS})
        """
    )
    connection.execute(
        f"""
        INSERT INTO memory.{LISTINGS}
        SELECT DISTINCT listing_id, dump_id FROM clean_listings WHERE listing_id IN (
            SELECT proof_listing_id FROM pages WHERE dump_id IN (SELECT dump_id FROM memory.{LISTINGS})
        ) AND listing_id NOT IN (SELECT listing_id FROM memory.{LISTINGS})
        """
    )
    connection.execute(f"CREATE TABLE memory.{DUMPS} AS SELECT DISTINCT dump_id FROM memory.{LISTINGS}")


def _source(name: str, selection: Selection) -> str:
    """The query that gives the rows of a table that are released."""
    columns = ", ".join(_column(name, facts.name) for facts in column_facts(TABLES[name]))
    query = f"SELECT {columns} FROM home.{_in_home(name)}"
    conditions = [] if selection.where is None else _conditions(name)
    return f"{query} WHERE {' AND '.join(conditions)}" if conditions else query


def _in_home(name: str) -> str:
    return f"{metadata(TABLES[name])['schema']}.{name}"


def _column(table: str, column: str) -> str:
    """A column as it is released: when a file was last written differs from copy to copy, and says nothing."""
    if table == "dumps" and column in {"captured_at", "captured_from"}:
        return f"CASE WHEN captured_from <> 'mtime' THEN {column} END AS {column}"
    return identifier(column)


def _conditions(name: str) -> list[str]:
    """What a row of a table must point at to be part of a subset: papers, else listings, else dumps; else it stays."""
    targets = metadata(TABLES[name])["foreign_keys"]
    needed = [facts.name for facts in column_facts(TABLES[name]) if not facts.nullable]
    papers = [one for one in needed if one in {"paper_id", "from_paper_id"} or targets.get(one) == "papers.paper_id"]
    listings = [one for one in needed if one in {"listing_id", "listing_a", "listing_b"}]
    dumps = [one for one in needed if one == "dump_id"]
    for columns, kept, key in (
        (papers, PAPERS, "paper_id"),
        (listings, LISTINGS, "listing_id"),
        (dumps, DUMPS, "dump_id"),
    ):
        if columns:
            return [f"{column} IN (SELECT {key} FROM memory.{kept})" for column in columns]
    return []
