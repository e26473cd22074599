"""Apply: the tables of the later release from those of the earlier one and the delta, proved by their hashes."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb

from assets.release.delta.plan import Plan, TablePlan, Way
from assets.release.delta.rows import rebuilt, whole
from assets.release.formats.parquet import copy_table
from assets.release.manifest import ReleaseError
from assets.release.store import sha256_of


def apply(connection: duckdb.DuckDBPyConnection, name: str, plan: TablePlan, base: Path, delta: Path, to: Path) -> None:
    """Writes one table as the later release has it.

    Args:
        connection: Any database that stays within the memory of a release.
        name: The table.
        plan: How it is made.
        base: Folder of the earlier release.
        delta: Folder of the delta.
        to: The file.

    Raises:
        ReleaseError: If it is not, byte for byte, the file of the later release.
        duckdb.Error, OSError: If a file cannot be read or written.
    """
    if plan.way is Way.ROWS:
        copy_table(connection, name, rebuilt(name, base / whole(name), delta, list(plan.fields)), to)
    else:
        shutil.copyfile((base if plan.way is Way.COPY else delta) / whole(name), to)
    if sha256_of(to) != plan.sha256:
        raise ReleaseError(f"base and delta do not give {whole(name)} of the later release")


def prove(connection: duckdb.DuckDBPyConnection, plan: Plan, base: Path, delta: Path, work: Path) -> None:
    """Makes sure that the earlier release and a delta give the later one, byte for byte.

    Args:
        connection: Any database that stays within the memory of a release.
        plan: The delta.
        base: Folder of the earlier release.
        delta: Folder of the delta.
        work: A folder for one table at a time.

    Raises:
        ReleaseError: If a table is another.
    """
    for name, table in made_tables(plan).items():
        if table.way is Way.COPY:
            continue  # the hashes of the two files are equal, which is why it is to be copied
        to = work / f"proof-{whole(name)}"
        try:
            apply(connection, name, table, base, delta, to)
        finally:
            to.unlink(missing_ok=True)


def made_tables(plan: Plan) -> Mapping[str, TablePlan]:
    """The tables that the later release has."""
    return {name: table for name, table in plan.tables.items() if table.way is not Way.NONE}
