"""Sides: the two releases that are compared, with the tables that each has as Parquet; and what became of a table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from assets.release.delta.compare import Columns, columns_of, compare
from assets.release.delta.plan import End, TablePlan, Way
from assets.release.layout import MAIN
from assets.release.manifest import Manifest, ReleasedFile
from schemas.release_vocabulary import FileRole, TableChange

OTHER_COLUMNS = "its columns are others"
OTHER_KEY = "its key is another"
MOST_CHANGED = "more of its values are new or changed than not"
SMALLER = "it is smaller than its changes"
"""Why a delta has a table whole."""


@dataclass(frozen=True)
class Side:
    """One of two releases."""

    end: End
    """Which one it is."""
    files: Mapping[str, ReleasedFile]
    """Name of every table that it has as Parquet -> its file, in the order of the catalog."""
    paths: Mapping[str, Path]
    """The same -> where the file is."""
    keys: Mapping[str, tuple[str, ...]]
    """The same -> the columns by which a row is known."""
    schemas: Mapping[str, str]
    """The same -> the fingerprint of its columns."""

    @classmethod
    def of(cls, folder: Path, manifest: Manifest) -> "Side":
        """A release in a folder."""
        found = {
            file.table: file
            for file in manifest.files
            if file.role is FileRole.DATA
            and file.table is not None
            and file.table in manifest.tables
            and file.path == f"{file.table}.parquet"
        }
        places = {name: place for place, name in enumerate(MAIN)}
        files = {name: found[name] for name in sorted(found, key=lambda name: (places.get(name, len(places)), name))}
        return cls(
            End(manifest.version, manifest.data_fingerprint, manifest.parameters.get("where")),
            files,
            {name: folder / file.path for name, file in files.items()},
            {name: tuple(manifest.tables[name]["primary_key"]) for name in files},
            {name: manifest.tables[name]["schema"] for name in files},
        )


def names_of(before: Side, after: Side) -> list[str]:
    """Every table of either release: those of the later first."""
    return [*after.files, *(name for name in before.files if name not in after.files)]


def look(
    connection: duckdb.DuckDBPyConnection, name: str, before: Side, after: Side
) -> tuple[TablePlan, Columns | None]:
    """Finds out what became of a table.

    Args:
        connection: Where the marks of its rows are left, if they were compared.
        name: A table of either release.
        before: The earlier release.
        after: The later.

    Returns:
        What became of it, and how it could be made from rows or must be made otherwise; and its columns, if its rows
        were compared.

    Raises:
        duckdb.Error: If a file cannot be read.
    """
    if name not in before.files or name not in after.files:
        return _of_one_side(name, before, after), None
    old, new = before.files[name], after.files[name]
    plan = TablePlan(
        TableChange.EQUAL,
        Way.COPY,
        rows_before=old.rows,
        rows=new.rows,
        base_sha256=old.sha256,
        sha256=new.sha256,
    )
    if old.sha256 == new.sha256:
        return replace(plan, added=0, changed=0, removed=0), None
    columns = columns_of(connection, before.paths[name], after.paths[name], after.keys[name])
    if columns is None or before.keys[name] != after.keys[name]:
        return replace(plan, change=TableChange.SCHEMA, way=Way.WHOLE, why=OTHER_KEY), None
    found = compare(connection, before.paths[name], after.paths[name], columns)
    plan = replace(
        plan,
        added=found.added,
        changed=found.changed,
        removed=found.removed,
        fields=found.fields,
        columns_added=columns.added,
        columns_removed=columns.removed,
        columns_retyped=columns.retyped,
    )
    if not columns.are_equal or before.schemas[name] != after.schemas[name]:
        return replace(plan, change=TableChange.SCHEMA, way=Way.WHOLE, why=OTHER_COLUMNS), columns
    change = TableChange.EQUAL if found.is_equal else TableChange.CHANGED
    if (found.added * len(columns.common) + sum(found.fields.values())) * 2 > (new.rows or 0) * len(columns.common):
        return replace(plan, change=change, way=Way.WHOLE, why=MOST_CHANGED), columns
    return replace(plan, change=change, way=Way.ROWS), columns


def _of_one_side(name: str, before: Side, after: Side) -> TablePlan:
    """A table that only one of the two has."""
    if name in after.files:
        file = after.files[name]
        return TablePlan(TableChange.ADDED, Way.WHOLE, rows=file.rows, sha256=file.sha256)
    file = before.files[name]
    return TablePlan(TableChange.REMOVED, Way.NONE, rows_before=file.rows, base_sha256=file.sha256)
