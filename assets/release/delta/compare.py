"""Compare: which rows of a table were added, changed or removed, value by value, in bounded memory.

Both files are in the order of their key, so that they are read side by side, one range of keys after another: nothing
is hashed and nothing is estimated. Values are equal when their bytes are: missing values equal each other, and so does
what is no number; zero and minus zero do not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import duckdb

from schemas.release_vocabulary import RowChange
from schemas.render.sql import identifier, literal, named

MARKS = "temp.marks"
"""The rows of the last comparison that are not equal: their key, what became of them, and in which columns."""
CHANGE, FIELDS = "_change", "changed_fields"
"""Columns of the marks beside those of the key; no table has columns of these names."""
MOST_ROWS = 245_760
"""Rows of a range at most; else it is two row groups, which are smaller where texts are long: 40 to 160 MB."""


@dataclass(frozen=True)
class Columns:
    """The columns of a table in two files."""

    key: tuple[str, ...]
    """Those by which a row is known."""
    common: Mapping[str, str]
    """Those that both have with the same type, beside the key -> the type."""
    added: tuple[str, ...] = ()
    """Those that only the later has."""
    removed: tuple[str, ...] = ()
    """Those that only the earlier has."""
    retyped: tuple[str, ...] = ()
    """Those whose type is another."""
    are_in_order: bool = True
    """Whether the two have their columns in the same order."""

    @property
    def are_equal(self) -> bool:
        """Whether both files have the same columns."""
        return self.are_in_order and not (self.added or self.removed or self.retyped)


@dataclass(frozen=True)
class Comparison:
    """What became of the rows of a table."""

    added: int
    """Rows that only the later file has."""
    changed: int
    """Rows that both have, with other values."""
    removed: int
    """Rows that only the earlier file has."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """Column -> rows in which it changed, for those with any, in the order of their names."""

    @property
    def is_equal(self) -> bool:
        """Whether the rows are the same."""
        return not (self.added or self.changed or self.removed)


def scan(path: Path) -> str:
    """The rows of a Parquet file, as SQL."""
    return f"read_parquet({named(path)})"


def types_of(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Name of every column of a Parquet file -> its type, in order."""
    rows = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM {scan(path)})").fetchall()
    return {str(name): str(kind) for name, kind in rows}


def columns_of(connection: duckdb.DuckDBPyConnection, before: Path, after: Path, key: Sequence[str]) -> Columns | None:
    """Compares the columns of two files.

    Args:
        connection: Any database.
        before: The file of the earlier release.
        after: That of the later.
        key: Columns by which a row is known.

    Returns:
        The columns; None where the key is not in both with the same types.
    """
    old, new = types_of(connection, before), types_of(connection, after)
    retyped = tuple(sorted(name for name in old if name in new and old[name] != new[name]))
    if not key or any(name not in old or name not in new or name in retyped for name in key):
        return None
    return Columns(
        key=tuple(key),
        common={name: kind for name, kind in new.items() if old.get(name) == kind and name not in key},
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        retyped=retyped,
        are_in_order=list(old) == list(new),
    )


def compare(connection: duckdb.DuckDBPyConnection, before: Path, after: Path, columns: Columns) -> Comparison:
    """Compares the rows of two files.

    Args:
        connection: Where the marks are left, in MARKS; those of the comparison before are gone.
        before: The file of the earlier release.
        after: That of the later.
        columns: Their columns, of which the common ones are compared.

    Returns:
        How many rows of which kind there are.
    """
    first = identifier(columns.key[0])
    begun = False
    for condition in _ranges(connection, after, first):
        into = f"INSERT INTO {MARKS}" if begun else f"CREATE OR REPLACE TEMP TABLE {MARKS} AS"
        sides = (f"(FROM {scan(path)} WHERE {condition})" for path in (before, after))
        connection.execute(f"{into} {_marks(columns, *sides)}")
        begun = True
    return _counted(connection)


def _marks(columns: Columns, before: str, after: str) -> str:
    """The query that gives the rows that are not equal."""
    keys = [identifier(name) for name in columns.key]
    only_after, only_before = f"b.{keys[0]} IS NULL", f"n.{keys[0]} IS NULL"
    differs = {name: _differs(identifier(name), kind) for name, kind in columns.common.items()}
    told = ", ".join(f"CASE WHEN {test} THEN {literal(name)} END" for name, test in differs.items())
    # The tests stand in the query twice: once for the filter, and once for the rows that it leaves, which are few.
    return f"""
        SELECT {", ".join(f"coalesce(b.{name}, n.{name}) AS {name}" for name in keys)},
            CASE WHEN {only_after} THEN '{RowChange.ADDED}' WHEN {only_before} THEN '{RowChange.REMOVED}'
            ELSE '{RowChange.CHANGED}' END AS {CHANGE},
            CASE WHEN {only_after} OR {only_before} THEN NULL
            ELSE list_filter([{told}]::VARCHAR[], lambda name: name IS NOT NULL) END AS {FIELDS}
        FROM {before} b FULL JOIN {after} n ON {" AND ".join(f"b.{name} = n.{name}" for name in keys)}
        WHERE {" OR ".join([only_after, only_before, *differs.values()])}
        """


def _differs(name: str, kind: str) -> str:
    """Whether two values of a column differ in any bit."""
    differs = f"b.{name} IS DISTINCT FROM n.{name}"
    if kind in {"FLOAT", "DOUBLE"}:
        return f"{differs} OR signbit(b.{name}) IS DISTINCT FROM signbit(n.{name})"
    if kind in {"FLOAT[]", "DOUBLE[]"}:
        signs = (f"list_transform({side}.{name}, lambda one: signbit(one))" for side in "bn")
        return f"{differs} OR {' IS DISTINCT FROM '.join(signs)}"
    return differs


def _ranges(connection: duckdb.DuckDBPyConnection, path: Path, first: str) -> Iterator[str]:
    """Conditions on the first column of the key that share the rows of a file out, some thousands to each.

    They name their bounds in the text of the query: row groups are left out by constants only, not by parameters.
    """
    sizes = f"SELECT max(row_group_num_rows) FROM parquet_metadata({named(path)})"
    row = connection.execute(sizes).fetchone()
    at_once = min(2 * row[0], MOST_ROWS) if row and row[0] else MOST_ROWS
    numbered = f"SELECT {first} AS bound, row_number() OVER () AS place FROM {scan(path)}"
    rows = connection.execute(
        f"SELECT DISTINCT bound FROM ({numbered}) WHERE place % {at_once} = 0 ORDER BY bound"
    ).fetchall()
    bounds = [literal(bound) for (bound,) in rows if isinstance(bound, str) and "\0" not in bound]
    for lower, upper in pairwise([None, *bounds, None]):
        parts = [f"{first} >= {lower}"] if lower is not None else []
        parts += [f"{first} < {upper}"] if upper is not None else []
        yield " AND ".join(parts) or "true"


def _counted(connection: duckdb.DuckDBPyConnection) -> Comparison:
    """How many marks of which kind there are."""
    counts = dict(connection.execute(f"SELECT {CHANGE}, count(*) FROM {MARKS} GROUP BY ALL").fetchall())
    fields = connection.execute(
        f"SELECT name, count(*) FROM (SELECT unnest({FIELDS}) AS name FROM {MARKS}) GROUP BY ALL ORDER BY name"
    ).fetchall()
    added, changed, removed = (
        int(counts.get(kind, 0)) for kind in (RowChange.ADDED, RowChange.CHANGED, RowChange.REMOVED)
    )
    return Comparison(added, changed, removed, {str(name): int(count) for name, count in fields})
