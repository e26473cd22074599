"""Plan: what a delta consists of and how a table follows from it, as plain data and as the file `delta.json`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from assets.release.manifest import ReleaseError
from assets.release.shape import ShapeError, expect, read_json
from schemas.release_vocabulary import TableChange

DELTA_VERSION = 1
PLAN = "delta.json"
CHANGES, ALIASES = "changes.parquet", "aliases.parquet"
"""What became of papers, field by field, and of their identifiers."""


class Way(StrEnum):
    """How the file of a table in the later release is made."""

    COPY = "copy"
    """It is the file of the base."""
    ROWS = "rows"
    """From the rows of the base, and those that the delta has."""
    WHOLE = "whole"
    """It is the file in the delta."""
    NONE = "none"
    """There is none: the later release does not have the table."""


@dataclass(frozen=True)
class TablePlan:
    """One table in the earlier and in the later release."""

    change: TableChange
    """What became of it."""
    way: Way
    """How its file is made."""
    why: str | None = None
    """Why the delta has it whole."""
    rows_before: int | None = None
    """Its rows in the earlier release."""
    rows: int | None = None
    """Its rows in the later release."""
    added: int | None = None
    """Rows that only the later has; None where keys cannot be compared."""
    changed: int | None = None
    """Rows that differ in a column that both have."""
    removed: int | None = None
    """Rows that only the earlier has."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """Column -> rows in which its value changed."""
    columns_added: Sequence[str] = ()
    """Columns that only the later has."""
    columns_removed: Sequence[str] = ()
    """Columns that only the earlier has."""
    columns_retyped: Sequence[str] = ()
    """Columns whose type is another."""
    base_sha256: str | None = None
    """SHA-256 of its file in the earlier release."""
    sha256: str | None = None
    """SHA-256 of its file in the later release."""


@dataclass(frozen=True)
class DeltaFile:
    """One file of a delta."""

    bytes: int
    """Its size."""
    sha256: str
    """SHA-256 of its content."""
    rows: int
    """Its rows."""


@dataclass(frozen=True)
class End:
    """One of the two releases."""

    version: str
    """Its version."""
    data_fingerprint: str
    """The fingerprint of its data, as its manifest has it."""
    where: str | None
    """Which papers it has: a condition in SQL; None for all."""


@dataclass(frozen=True)
class Plan:
    """What a delta consists of."""

    base: End
    """The earlier release."""
    next: End
    """The later release."""
    tables: Mapping[str, TablePlan] = field(default_factory=dict)
    """Every table of either release."""
    files: Mapping[str, DeltaFile] = field(default_factory=dict)
    """Name of every other file of the delta -> what it is."""
    data: Mapping[str, str] = field(default_factory=dict)
    """Path of every file of data in the later release -> its SHA-256."""
    notes: Sequence[str] = ()
    """What to know about it, one sentence each."""
    omitted: str | None = None
    """Why there is no delta; None where there is one."""
    made_with: Mapping[str, str] = field(default_factory=dict)
    """Software that wrote the tables: another version may give other bytes for the same rows."""
    delta_version: int = DELTA_VERSION

    def to_json(self) -> str:
        """The content of `delta.json`."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "Plan":
        """Reads the content of `delta.json`.

        Raises:
            ReleaseError: If it is none, or not of this version.
        """
        try:
            told = read_json(text)
            if isinstance(told, dict) and told.get("delta_version") != DELTA_VERSION:
                raise ShapeError(f"it has no version that is known here, which is {DELTA_VERSION}")
            expect(told, SHAPE)
            tables = {
                name: TablePlan(**{**one, "change": TableChange(one["change"]), "way": Way(one["way"])})
                for name, one in told.pop("tables").items()
            }
            files = {name: DeltaFile(**one) for name, one in told.pop("files").items()}
            base, following = End(**told.pop("base")), End(**told.pop("next"))
            return cls(base, following, tables, files, **told)
        except ValueError as wrong:
            raise ReleaseError(f"{PLAN} cannot be read: {wrong}") from wrong


TEXT, COUNT = (str, type(None)), (int, type(None))
END: Mapping[str, Any] = {"version": str, "data_fingerprint": str, "where": TEXT}
TABLE: Mapping[str, Any] = {
    "change": str,
    "way": str,
    "why": TEXT,
    "rows_before": COUNT,
    "rows": COUNT,
    "added": COUNT,
    "changed": COUNT,
    "removed": COUNT,
    "fields": {str: int},
    "columns_added": [str],
    "columns_removed": [str],
    "columns_retyped": [str],
    "base_sha256": TEXT,
    "sha256": TEXT,
}
SHAPE: Mapping[str, Any] = {
    "base": END,
    "next": END,
    "tables": {str: TABLE},
    "files": {str: {"bytes": int, "sha256": str, "rows": int}},
    "data": {str: str},
    "notes": [str],
    "omitted": TEXT,
    "made_with": {str: str},
    "delta_version": int,
}
"""What `delta.json` holds."""
