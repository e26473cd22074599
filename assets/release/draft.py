"""Draft: a release whose data is written and counted, as its documentation, its delta and its assertions see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assets.release.manifest import Manifest, ReleasedFile, schema_fingerprint
from assets.release.snapshot import Snapshot
from schemas.catalog import TABLES, metadata


@dataclass(frozen=True)
class Origin:
    """Where the data of a release comes from."""

    fingerprint: str
    """Fingerprint of the run that published the data set: its software, rules and settings."""
    software: Mapping[str, str]
    """Versions of the software and of the rules."""
    settings: Mapping[str, Any]
    """Settings of the run, without the paths of the machine."""
    dumps: Sequence[Mapping[str, Any]]
    """The dumps that went in: dump_id (SHA-256), uri, format, role, status, size_bytes, listing_count."""
    funnel: Mapping[str, Mapping[str, int]]
    """`feed` and `reference` -> found, parsed, valid, merged, papers, rejected."""


@dataclass(frozen=True)
class Draft:
    """A release whose data is written and counted."""

    version: str
    """What it will be called."""
    released_at: datetime
    """When it is made, in UTC."""
    snapshot: Snapshot
    """Its tables, and what was selected."""
    origin: Origin
    """Where the data comes from."""
    base: Manifest | None
    """The release that was current before; None for the first."""
    files: tuple[ReleasedFile, ...] = ()
    """The files that are written and counted so far, sorted by path."""
    warnings: tuple[str, ...] = ()
    """What was odd when it was examined, one sentence each."""

    @property
    def folder(self) -> Path:
        """The folder of the release under construction."""
        return self.snapshot.folder

    def manifest(self) -> Manifest:
        """The manifest of the release as far as it is written."""
        selection = self.snapshot.selection
        return Manifest(
            version=self.version,
            released_at=f"{self.released_at:%Y-%m-%dT%H:%M:%SZ}",
            base=self.base.version if self.base else None,
            parameters={
                "tables": list(selection.tables),
                "formats": list(selection.formats),
                "where": selection.where,
                **self.origin.settings,
            },
            run={"fingerprint": self.origin.fingerprint},
            software=self.origin.software,
            dumps=self.origin.dumps,
            funnel=self.origin.funnel,
            tables={
                name: {
                    "rows": self.snapshot.rows[name],
                    "primary_key": list(metadata(TABLES[name])["primary_key"]),
                    "schema": schema_fingerprint(TABLES[name]),
                }
                for name in selection.tables
            },
            files=self.files,
        )
