"""Build: the steps from a published file to a release, in their order; each is done in its own module."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb

from assets.release.assertions import AssertionsError, examine, last_like
from assets.release.delta.write import write_deltas
from assets.release.documents.write import write_documents
from assets.release.draft import Draft
from assets.release.formats import bibtex, database, delimited, lines, nested
from assets.release.layout import MAIN, MANIFEST
from assets.release.manifest import (
    Manifest,
    ReleasedFile,
    ReleaseError,
    SelectionError,
    Written,
    described,
    schema_fingerprint,
)
from assets.release.origin import read_origin
from assets.release.snapshot import Selection, Snapshot, take
from assets.release.store import Releases, sha256_of
from assets.release.thresholds import load as load_thresholds
from assets.release.troubles import in_one_line
from assets.release.versions import Versions, next_version
from schemas.catalog import TABLES
from schemas.release_vocabulary import FileRole, ReleaseFormat

WORK = ".work"
"""Folder of a release under construction for what is thrown away in the end."""

Writer = Callable[[Snapshot], list[Written]]


def write_parquet(snapshot: Snapshot) -> list[Written]:
    """The Parquet files, which the snapshot has put into the release already."""
    return [
        Written(f"{name}.parquet", FileRole.DATA, snapshot.rows[name], name)
        for name in snapshot.selection.tables
        if name in MAIN
    ]


WRITERS: Mapping[ReleaseFormat, Writer] = {
    ReleaseFormat.PARQUET: write_parquet,
    ReleaseFormat.JSONL: lines.write,
    ReleaseFormat.NESTED: nested.write,
    ReleaseFormat.CSV: delimited.write,
    ReleaseFormat.BIBTEX: bibtex.write,
    ReleaseFormat.DUCKDB: database.write,
}
"""Format -> what writes its files into the folder of a snapshot."""


@dataclass(frozen=True)
class Released:
    """What came of a release."""

    version: str
    """The new release; the current one, if nothing has changed since."""
    folder: Path
    """Where it is."""
    manifest: Manifest
    """What it consists of."""
    is_new: bool = True
    """Whether it was made now."""
    warnings: tuple[str, ...] = ()
    """What is odd about it, one sentence each."""


def release(
    home: Path,
    warehouse: Path,
    selection: Selection,
    now: datetime,
    *,
    force: bool = False,
    bases: Sequence[str] | None = None,
) -> Released:
    """Makes a release of what is published.

    Args:
        home: Folder of the data set; nobody else may be at work in it.
        warehouse: The published file.
        selection: What is released, and how it is written.
        now: The moment, in UTC, which gives the version its day.
        force: Whether to make one also when the data is that of the current release.
        bases: Earlier releases that it is compared with; the current one without it.

    Returns:
        The release, or the current one when nothing has changed.

    Raises:
        SelectionError: If what was asked for is not there.
        ReleaseError: If it cannot be made: an assertion failed, which leaves a report beside the releases, the disk is
            full, …; nothing is released then, and the releases before are as they were.
    """
    releases = Releases(home)
    thresholds = load_thresholds(home)
    try:
        releases.recover()
        versions = releases.versions()
        version = next_version(now.date(), [*versions.items, *versions.withdrawn])
        base = releases.manifest(versions.last_successful) if versions.last_successful else None
        compared = _bases(releases, versions, bases)
        with releases.building(version) as folder:
            draft = _with_data(folder, warehouse, selection, version, now, base)
            if base is not None and not force and base.data_fingerprint == draft.manifest().data_fingerprint:
                return Released(base.version, releases.path(base.version), base, is_new=False)
            examination = examine(draft, thresholds, last_like(releases, draft))
            if examination.faults:
                shutil.rmtree(folder)  # makes room for the report, which must not fail on a full disk
                raise AssertionsError(examination.faults, releases.report_failure(examination.report))
            draft = replace(draft, warnings=examination.warnings)
            written, warnings = write_deltas(draft, compared)
            draft = with_files(replace(draft, warnings=(*draft.warnings, *warnings)), written)
            draft = with_files(draft, write_documents(draft))
            shutil.rmtree(draft.snapshot.work)
            (folder / MANIFEST).write_text(draft.manifest().to_json(), encoding="utf-8")
            place = releases.finish(folder, version)
            return Released(version, place, draft.manifest(), warnings=draft.warnings)
    except (OSError, duckdb.Error) as error:
        raise ReleaseError(in_one_line(error)) from error


def _bases(releases: Releases, versions: Versions, asked: Sequence[str] | None) -> dict[str, Path]:
    """Version of every release that the new one is compared with -> its folder."""
    current = [versions.last_successful] if versions.last_successful else []
    wanted = list(dict.fromkeys(current if asked is None else asked))
    if unknown := [version for version in wanted if version not in versions.items]:
        known = ", ".join(versions.items) or "none yet"
        raise SelectionError(f"there is no release {unknown[0]} to compare with; releases are {known}")
    return {version: releases.path(version) for version in wanted}


def _with_data(
    folder: Path, warehouse: Path, selection: Selection, version: str, now: datetime, base: Manifest | None
) -> Draft:
    """The release with its tables in every format."""
    work = folder / WORK
    work.mkdir()
    snapshot = take(warehouse, folder, work, selection)
    draft = Draft(version, now, snapshot, read_origin(warehouse), base)
    for form in selection.formats:
        draft = with_files(draft, WRITERS[form](snapshot))
    return draft


def with_files(draft: Draft, written: Iterable[Written]) -> Draft:
    """A draft with more files, which are counted and hashed."""
    files: list[ReleasedFile] = list(draft.files)
    for one in written:
        path = draft.folder / one.path
        fingerprint = schema_fingerprint(TABLES[one.table]) if one.table else None
        files.append(described(one, path.stat().st_size, sha256_of(path), fingerprint))
    return replace(draft, files=tuple(sorted(files, key=lambda file: file.path)))
