"""Outcome: what is verified, and what came of it, as plain data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.release.manifest import Manifest, ReleasedFile
from schemas.release_vocabulary import FileRole, ReleaseCheck

MOST_FINDINGS = 100
"""Findings of one check that are kept."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong."""

    where: str
    """The file, table or field."""
    what: str
    """What is wrong with it, as one sentence without its stop."""

    def __str__(self) -> str:
        """One line: where, and what."""
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class Outcome:
    """What came of one check."""

    check: ReleaseCheck
    """The check."""
    told: str
    """What was looked at; or why nothing was."""
    findings: tuple[Finding, ...] = ()
    """What is wrong; the first MOST_FINDINGS."""
    is_done: bool = True
    """False where there was nothing to look at."""

    @property
    def is_ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(frozen=True)
class Verification:
    """What came of all checks of one release."""

    version: str
    """The release; the name of its place where its manifest cannot be read."""
    place: str
    """Where it is: a folder or a URL."""
    outcomes: tuple[Outcome, ...]
    """One for each check that could be made."""

    @property
    def is_ok(self) -> bool:
        """Whether nothing is wrong."""
        return all(outcome.is_ok for outcome in self.outcomes)


@dataclass(frozen=True)
class Candidate:
    """A release that is being verified."""

    folder: Path
    """Where it is, on this machine."""
    manifest: Manifest
    """What it says of itself."""
    found: Mapping[str, int]
    """Path of every regular file below the folder -> its bytes."""
    sound: frozenset[str]
    """The files of the manifest whose bytes are as stated: only these are looked into."""
    connection: duckdb.DuckDBPyConnection
    """A database in memory that can read the folder and nothing else."""

    def path(self, name: str) -> Path:
        """Where a sound file is."""
        return self.folder / name

    def files(self, ending: str = "", roles: Iterable[FileRole] = tuple(FileRole)) -> list[ReleasedFile]:
        """The sound files of these roles whose names end so."""
        return [
            file
            for file in self.manifest.files
            if file.path in self.sound and file.role in set(roles) and file.path.endswith(ending)
        ]

    def tables(self) -> dict[str, ReleasedFile]:
        """Name of every main table that has a sound Parquet file in this release -> that file."""
        return {file.table: file for file in self.files(".parquet", [FileRole.DATA]) if file.table}


Check = Callable[[Candidate], Outcome]


def outcome(check: ReleaseCheck, told: str, findings: Iterable[Finding], *, is_done: bool = True) -> Outcome:
    """Puts the outcome of a check together.

    Args:
        check: The check.
        told: What was looked at.
        findings: What is wrong; no more than are kept are taken.
        is_done: Whether there was anything to look at.
    """
    kept = []
    for finding in findings:
        kept.append(finding)
        if len(kept) == MOST_FINDINGS:
            break
    return Outcome(check, told, tuple(kept), is_done)


def number(count: int, thing: str) -> str:
    """`1 file`, `2,000 files`."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
