"""Verify: looks through a release, check by check; a check that cannot be made makes no other one impossible."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import duckdb

from assets.release.layout import MANIFEST, VERSIONS
from assets.release.manifest import Manifest, ReleaseError
from assets.release.verification.accounts import check_dumps, check_funnel, manifest_findings
from assets.release.verification.deltas import check_delta
from assets.release.verification.files import file_findings, inventory
from assets.release.verification.formats import check_formats, check_samples
from assets.release.verification.outcome import (
    Candidate,
    Check,
    Finding,
    Outcome,
    Verification,
    number,
    outcome,
)
from assets.release.verification.reading import reading
from assets.release.verification.rows import check_rows
from assets.release.verification.tables import check_keys, check_references, check_schemas, one_line
from assets.release.versions import is_version
from schemas.release_vocabulary import ReleaseCheck

LARGEST_MANIFEST = 256 << 20
"""Bytes beyond which a manifest is not read: a million dumps fit."""

CHECKS: dict[ReleaseCheck, Check] = {
    ReleaseCheck.SCHEMAS: check_schemas,
    ReleaseCheck.KEYS: check_keys,
    ReleaseCheck.REFERENCES: check_references,
    ReleaseCheck.FORMATS: check_formats,
    ReleaseCheck.FUNNEL: check_funnel,
    ReleaseCheck.DUMPS: check_dumps,
    ReleaseCheck.SAMPLES: check_samples,
    ReleaseCheck.DELTA: check_delta,
}
"""What is looked at once it is known which files are sound, and can be read to their ends."""


def verify_release(
    folder: Path, expected: str | None = None, place: str | None = None, others: Collection[str] = ()
) -> Verification:
    """Verifies one release, offline.

    Args:
        folder: Its folder.
        expected: SHA-256 of its manifest, as a list of releases has it; None where there is no such list.
        place: Where it came from, if not from that folder.
        others: Files that are in that place too, and of which there is no copy here.

    Returns:
        What came of every check; those that need the manifest are left out where it cannot be read.

    Raises:
        OSError: If the folder cannot be listed.
    """
    folder = folder.resolve()
    found, strange = inventory(folder)
    place = place or str(folder)
    try:
        content = small_file(folder, MANIFEST, found)
        manifest = Manifest.from_json(content)
    except ReleaseError as wrong:
        told = Outcome(ReleaseCheck.MANIFEST, "", (Finding(MANIFEST, str(wrong)),))
        return Verification(folder.name, place, (told,))
    findings = list(manifest_findings(manifest))
    if expected is not None and sha256(content).hexdigest() != expected:
        findings.append(Finding(MANIFEST, f"it is not the one that {VERSIONS} knows"))
    if is_version(folder.name) and folder.name != manifest.version:
        findings.append(Finding(MANIFEST, f"it is that of release {manifest.version}"))
    first = outcome(ReleaseCheck.MANIFEST, "as the list of releases knows it" if expected else "consistent", findings)
    faults = [*strange, *file_findings(folder, manifest, {**found, **dict.fromkeys(others, 0)})]
    size = f"{number(len(manifest.files), 'file')}, {number(sum(file.bytes for file in manifest.files), 'byte')}"
    sound = frozenset(file.path for file in manifest.files) - {fault.where for fault in faults}
    with reading(folder) as (connection, _):
        candidate = Candidate(folder, manifest, found, sound, connection)
        rows = _guarded(ReleaseCheck.ROWS, check_rows, candidate)
        countable = replace(candidate, sound=sound - {finding.where for finding in rows.findings})
        rest = [_guarded(name, check, countable) for name, check in CHECKS.items()]
    return Verification(manifest.version, place, (first, outcome(ReleaseCheck.FILES, size, faults), rows, *rest))


def _guarded(name: ReleaseCheck, check: Check, candidate: Candidate) -> Outcome:
    """Makes a check; what it stumbles over is a finding.

    The checks name the file that cannot be read. Some damage makes DuckDB fail in ways of its own, for example with a
    message that is no UTF-8.
    """
    try:
        return check(candidate)
    except (duckdb.Error, ValueError, OSError) as error:
        return outcome(name, "", [Finding(candidate.manifest.version, f"it cannot be read: {one_line(error)}")])


def small_file(folder: Path, name: str, found: Mapping[str, int]) -> bytes:
    """The content of a manifest or a list of releases.

    Args:
        folder: Where it is.
        name: Its name.
        found: The regular files of the folder.

    Raises:
        ReleaseError: If it is missing, is no regular file, is too large or cannot be read.
    """
    if name not in found:
        raise ReleaseError("it is missing")
    if found[name] > LARGEST_MANIFEST:
        raise ReleaseError(f"it has {found[name]:,} bytes; more than {LARGEST_MANIFEST:,} are not read")
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise ReleaseError(f"it cannot be read: {error.strerror}") from error
