"""Manifest: what a release consists of and where it comes from, as plain data and as the file `manifest.json`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from assets.release.layout import media_type
from assets.release.shape import ShapeError, expect, read_json
from schemas.base import Table
from schemas.release_vocabulary import FileRole
from schemas.render import column_facts
from schemas.render.sql import sql_type

MANIFEST_VERSION = 1

SHAPE = {
    "version": str,
    "released_at": str,
    "base": (str, type(None)),
    "parameters": {str: object},
    "run": {str: str},
    "software": {str: str},
    "dumps": [{str: object}],
    "funnel": {str: {str: int}},
    "tables": {str: {"rows": int, "primary_key": [str], "schema": str}},
    "files": [
        {
            "path": str,
            "role": str,
            "bytes": int,
            "sha256": str,
            "media_type": str,
            "rows": (int, type(None)),
            "table": (str, type(None)),
            "schema": (str, type(None)),
        }
    ],
    "manifest_version": int,
    "data_fingerprint": str,
    "fingerprint": str,
}
"""What `manifest.json` holds."""


class ReleaseError(Exception):
    """A release cannot be made, read or compared; one line that says why."""


class SelectionError(ReleaseError):
    """What was asked for cannot be released; one line that says what can."""


@dataclass(frozen=True)
class ReleasedFile:
    """One file of a release."""

    path: str
    """Where it is, below the folder of the release, with `/` between folders."""
    role: FileRole
    """What it is for."""
    bytes: int
    """Its size."""
    sha256: str
    """SHA-256 of its content, in hexadecimal digits."""
    media_type: str
    """What kind of file it is."""
    rows: int | None = None
    """Records in it; None for documentation and for a database."""
    table: str | None = None
    """The table that it holds; None where it holds several, or none."""
    schema: str | None = None
    """Fingerprint of the columns of that table."""


@dataclass(frozen=True)
class Written:
    """A file that was just written into a release, before its bytes are counted and hashed."""

    path: str
    """Where it is, below the folder of the release."""
    role: FileRole
    """What it is for."""
    rows: int | None = None
    """Records in it."""
    table: str | None = None
    """The table that it holds."""


@dataclass(frozen=True)
class Manifest:
    """What a release consists of and where it comes from."""

    version: str
    """`YYYY.MM.DD.N`: the N-th release of a day."""
    released_at: str
    """When it was made, in UTC, as ISO 8601 has it."""
    base: str | None
    """The release that `delta` compares it with; None for the first."""
    parameters: Mapping[str, Any]
    """Which tables and formats, of which papers (`where`), and the settings of the run."""
    run: Mapping[str, Any]
    """The run that made the data: its fingerprint."""
    software: Mapping[str, str]
    """Versions of the software and of the rules."""
    dumps: Sequence[Mapping[str, Any]]
    """The dumps that went in, each with its SHA-256."""
    funnel: Mapping[str, Any]
    """What became of their records: the counts of feeds and of references."""
    tables: Mapping[str, Mapping[str, Any]]
    """Every table of the release: its rows, its key and the fingerprint of its columns."""
    files: Sequence[ReleasedFile] = field(default_factory=tuple)
    """Every file but this one, sorted by path."""
    manifest_version: int = MANIFEST_VERSION

    @property
    def data_fingerprint(self) -> str:
        """SHA-256 over the paths and hashes of the data and samples: equal for releases of equal data."""
        told = [(file.path, file.sha256) for file in self.files if file.role in {FileRole.DATA, FileRole.SAMPLE}]
        return sha256(json.dumps(sorted(told)).encode()).hexdigest()

    def file(self, path: str) -> ReleasedFile | None:
        """The file of this path, if there is one."""
        return next((file for file in self.files if file.path == path), None)

    def to_json(self) -> str:
        """The content of `manifest.json`; its last line is a checksum of all others."""
        told = {**asdict(self), "data_fingerprint": self.data_fingerprint}
        return _as_text({**told, "fingerprint": _checksum(told)})

    @classmethod
    def from_json(cls, text: str | bytes) -> "Manifest":
        """Reads the content of `manifest.json`.

        Raises:
            ReleaseError: If it is no manifest, or not of this version.
        """
        try:
            told = read_json(text)
            if isinstance(told, dict) and told.get("manifest_version") != MANIFEST_VERSION:
                raise ShapeError(f"it has no version that is known here, which is {MANIFEST_VERSION}")
            expect(told, SHAPE)
            content = text.decode() if isinstance(text, bytes) else text
            stated = told.pop("fingerprint")
            if stated != _checksum(told) or content != _as_text({**told, "fingerprint": stated}):
                raise ShapeError("it was changed after it was written")
            files = tuple(ReleasedFile(**{**one, "role": FileRole(one["role"])}) for one in told.pop("files"))
            fingerprint = told.pop("data_fingerprint")
            manifest = cls(**told, files=files)
            if fingerprint != manifest.data_fingerprint:
                raise ShapeError("it contradicts itself: data_fingerprint is not that of its files")
        except (ValueError, RecursionError) as wrong:
            raise ReleaseError(f"the manifest cannot be read: {wrong}") from wrong
        return manifest


def _as_text(told: Mapping[str, Any]) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _checksum(told: Mapping[str, Any]) -> str:
    return sha256(_as_text(told).encode()).hexdigest()


def described(written: Written, size: int, digest: str, fingerprint: str | None) -> ReleasedFile:
    """A written file with what was counted of it.

    Args:
        written: The file.
        size: Its bytes.
        digest: SHA-256 of its content.
        fingerprint: That of the columns of its table.
    """
    kind = media_type(written.path)
    return ReleasedFile(written.path, written.role, size, digest, kind, written.rows, written.table, fingerprint)


def schema_fingerprint(model: type[Table]) -> str:
    """SHA-256 over the names, types and emptiness of a table's columns, in order."""
    told = [(facts.name, sql_type(facts.dtype), facts.nullable) for facts in column_facts(model)]
    return sha256(json.dumps(told).encode()).hexdigest()
