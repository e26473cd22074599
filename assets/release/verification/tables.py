"""Tables: columns, keys and references of the Parquet files of a release, by what each file says of itself.

The software that verifies may be younger than the release: types and keys are compared with the key-value metadata of
the file, and never with the models of today.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

import duckdb

from assets.release.manifest import ReleasedFile
from assets.release.shape import ShapeError, expect, read_json
from assets.release.verification.outcome import Candidate, Finding, Outcome, number, outcome
from assets.release.verification.reading import plain
from schemas.release_vocabulary import FileRole, ReleaseCheck
from schemas.render.sql import identifier, literal

ARRAY = re.compile(r"\[\d{1,9}\]$")
"""The end of the type of an array; in a Parquet file it is a list."""


@dataclass(frozen=True)
class Described:
    """What a Parquet file says of its table."""

    types: Mapping[str, str]
    """Name of every column -> its type, in order."""
    required: frozenset[str]
    """Columns that have a value in every row."""
    primary_key: tuple[str, ...]
    """The columns of its key."""
    foreign_keys: Mapping[str, str]
    """Column -> `table.column` that it points at."""

    @property
    def fingerprint(self) -> str:
        """That of the columns, as `schema_fingerprint` makes it from a model."""
        told = [(name, kind, name not in self.required) for name, kind in self.types.items()]
        return sha256(json.dumps(told).encode()).hexdigest()


def source(candidate: Candidate, file: ReleasedFile) -> str:
    """A Parquet file as a table of a query."""
    return f"read_parquet({literal(plain(candidate.path(file.path)))})"


def described(candidate: Candidate, file: ReleasedFile) -> Described:
    """Reads what a Parquet file says of its table.

    Raises:
        ShapeError: If it says nothing that can be understood.
        duckdb.Error: If it is no Parquet file.
    """
    call = source(candidate, file).replace("read_parquet", "parquet_kv_metadata", 1)
    rows = candidate.connection.execute(f"SELECT key, value FROM {call}").fetchall()
    told = {bytes(key): bytes(value) for key, value in rows}
    parts = [read_json(told.get(name, b"null")) for name in (b"columns", b"primary_key", b"foreign_keys")]
    for part, shape in zip(parts, ({str: {str: object}}, [str], {str: str}), strict=True):
        expect(part, shape, "the metadata")
    columns, primary_key, foreign_keys = parts
    types = {name: column.get("type") for name, column in columns.items()}
    expect(types, {str: str}, "the metadata")
    if strange := sorted({*primary_key, *foreign_keys} - set(types)):
        raise ShapeError(f"its key {strange[0][:40]!r} is no column")
    required = frozenset(name for name, column in columns.items() if column.get("required") is True)
    return Described(types, required, tuple(primary_key), foreign_keys)


def check_schemas(candidate: Candidate) -> Outcome:
    """Compares the columns of every Parquet file with what it says of them, and with the manifest."""
    files = [file for file in candidate.files(".parquet", [FileRole.DATA, FileRole.SAMPLE]) if file.schema]
    findings = (found for file in files for found in _schema_findings(candidate, file))
    return outcome(ReleaseCheck.SCHEMAS, number(len(files), "Parquet file"), findings, is_done=bool(files))


def _schema_findings(candidate: Candidate, file: ReleasedFile) -> Iterator[Finding]:
    try:
        told = described(candidate, file)
        rows = candidate.connection.execute(f"DESCRIBE FROM {source(candidate, file)}").fetchall()
    except (ShapeError, duckdb.Error) as wrong:
        yield Finding(file.path, one_line(wrong))
        return
    stored = {str(row[0]): str(row[1]) for row in rows}
    if list(stored) != list(told.types):
        yield Finding(file.path, "its columns are not those that it describes")
    for name in told.types.keys() & stored.keys():
        if ARRAY.sub("[]", told.types[name]) != stored[name]:
            yield Finding(f"{file.path} {name}", f"it is {stored[name]}, not {told.types[name]}")
    table = candidate.manifest.tables.get(file.table or "")
    if told.fingerprint != file.schema or (table is not None and table["schema"] != file.schema):
        yield Finding(file.path, "its columns are not those of the manifest: their fingerprint is another")
    if table is not None and list(told.primary_key) != table["primary_key"]:
        yield Finding(file.path, "its key is not that of the manifest")


def check_keys(candidate: Candidate) -> Outcome:
    """Reads every table: whether it is sorted by its key, without repetition, and complete where it must be."""
    tables = candidate.tables()
    findings = (found for name, file in tables.items() for found in _key_findings(candidate, name, file))
    return outcome(ReleaseCheck.KEYS, number(len(tables), "table"), findings, is_done=bool(tables))


def _key_findings(candidate: Candidate, name: str, file: ReleasedFile) -> Iterator[Finding]:
    try:
        told = described(candidate, file)
        back = _back(candidate, told, file)
        counts = _counts(candidate, told, file)
    except ShapeError:
        return  # told by check_schemas
    except duckdb.Error as error:
        yield Finding(file.path, one_line(error))
        return
    if back:
        yield Finding(name, f"{number(back, 'row')} out of order, or twice, by {', '.join(told.primary_key)}")
    for (column, what), count in counts.items():
        if count:
            yield Finding(f"{name}.{column}", f"{number(count, 'row')} {what}")


def _back(candidate: Candidate, told: Described, file: ReleasedFile) -> int:
    """Rows whose key is not larger than that of the row before."""
    if not told.primary_key:
        return 0
    keys = ", ".join(map(identifier, told.primary_key))
    steps = f"SELECT ({keys}) <= lag(({keys})) OVER () AS back FROM {source(candidate, file)}"
    row = candidate.connection.execute(f"SELECT count(*) FROM ({steps}) WHERE back").fetchone()
    return int(row[0]) if row else 0


def _counts(candidate: Candidate, told: Described, file: ReleasedFile) -> dict[tuple[str, str], int]:
    """Column and what is wrong with its values -> rows of which it is true."""
    asked = {
        (column, "without a value, which is required"): f"count(*) - count({identifier(column)})"
        for column in told.types
        if column in told.required
    }
    for column, kind in told.types.items():
        if size := ARRAY.search(kind):
            called = f"count(*) FILTER (len({identifier(column)}) <> {size[0][1:-1]})"
            asked[column, f"of another length than {size[0][1:-1]}"] = called
    if not asked:
        return {}
    row = candidate.connection.execute(f"SELECT {', '.join(asked.values())} FROM {source(candidate, file)}").fetchone()
    return dict(zip(asked, map(int, row or ()), strict=True))


def check_references(candidate: Candidate) -> Outcome:
    """Looks up what every table points at."""
    tables = candidate.tables()
    pairs = [
        (name, column, *target)
        for name, file in tables.items()
        for column, target in _targets(candidate, file).items()
        if target[0] in tables
    ]
    findings = (found for pair in pairs for found in _reference_findings(candidate, tables, *pair))
    return outcome(ReleaseCheck.REFERENCES, number(len(pairs), "foreign key"), findings, is_done=bool(pairs))


def _targets(candidate: Candidate, file: ReleasedFile) -> dict[str, tuple[str, str]]:
    """Column -> table and column that it points at."""
    try:
        told = described(candidate, file).foreign_keys
    except (ShapeError, duckdb.Error):
        return {}  # told by check_schemas
    return {column: (table, key) for column, target in told.items() for table, _, key in [target.partition(".")]}


def _reference_findings(
    candidate: Candidate, tables: Mapping[str, ReleasedFile], name: str, column: str, table: str, key: str
) -> Iterator[Finding]:
    here, there = source(candidate, tables[name]), source(candidate, tables[table])
    lost = (
        f"SELECT count(*) FROM {here} AS here ANTI JOIN {there} AS there ON here.{identifier(column)} = "
        f"there.{identifier(key)} WHERE here.{identifier(column)} IS NOT NULL"
    )
    try:
        row = candidate.connection.execute(lost).fetchone()
    except duckdb.Error as error:
        yield Finding(f"{name}.{column}", one_line(error))
        return
    if row and row[0]:
        yield Finding(f"{name}.{column}", f"{number(row[0], 'row')} without the {table}.{key} that they name")


def one_line(error: Exception) -> str:
    """The first line of what a database or a reader says, without its stop and not without end."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200].rstrip(". ")
