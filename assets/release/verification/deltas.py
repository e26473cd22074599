"""Deltas: whether a release before, where it lies beside this one, and the delta give this one, byte for byte."""

from pathlib import Path

import duckdb

from assets.release.delta.apply import made_tables, prove
from assets.release.delta.plan import PLAN, Plan
from assets.release.layout import DELTA, MANIFEST
from assets.release.manifest import ReleaseError
from assets.release.verification.outcome import Candidate, Finding, Outcome, outcome
from assets.release.verification.reading import reading
from assets.release.verification.tables import one_line
from assets.release.versions import is_version
from schemas.catalog import TABLES
from schemas.release_vocabulary import ReleaseCheck


def check_delta(candidate: Candidate) -> Outcome:
    """Rebuilds the tables from every release before that is here and its delta."""
    told, findings = [], list[Finding]()
    for base in _bases(candidate):
        proved, wrong = _prove(candidate, base)
        told.append(proved)
        findings += wrong
    is_done = any(one.startswith("from") for one in told)
    return outcome(ReleaseCheck.DELTA, "; ".join(told) or "there is none", findings, is_done=is_done)


def _bases(candidate: Candidate) -> list[str]:
    """The versions that the release has a delta from, whose description is sound."""
    parts = [file.path.split("/") for file in candidate.files(f"/{PLAN}")]
    return [one[1] for one in parts if len(one) == 3 and one[0] == DELTA and is_version(one[1])]


def _prove(candidate: Candidate, base: str) -> tuple[str, list[Finding]]:
    """Rebuilds the tables from one release before.

    Returns:
        What was done, or why nothing was; and what is wrong.
    """
    where, before = f"{DELTA}/{base}", candidate.folder.parent / base
    try:
        plan = Plan.from_json((candidate.folder / where / PLAN).read_bytes())
    except ReleaseError as wrong:
        return f"not from {base}", [Finding(f"{where}/{PLAN}", str(wrong))]
    if contradiction := _contradiction(candidate, base, plan):
        return f"not from {base}", [Finding(f"{where}/{PLAN}", contradiction)]
    if obstacle := _obstacle(plan, before):
        return f"not from {base}: {obstacle}", []
    try:
        with reading(candidate.folder, before) as (connection, work):
            prove(connection, plan, before, candidate.folder / where, work)
    except (ReleaseError, duckdb.Error, OSError) as wrong:
        return f"not from {base}", [Finding(where, one_line(wrong))]
    return f"from {base}", []


def _obstacle(plan: Plan, before: Path) -> str | None:
    """Why nothing can be rebuilt here; None where it can."""
    if plan.omitted is not None:
        return plan.omitted
    if plan.made_with.get("duckdb") != duckdb.__version__:
        return "it was made with another version of DuckDB, which may write other bytes"
    if before.is_symlink() or not (before / MANIFEST).is_file():
        return "that release is not here"
    return None


def _contradiction(candidate: Candidate, base: str, plan: Plan) -> str | None:
    """In what the description of a delta does not fit its release."""
    manifest = candidate.manifest
    if (plan.base.version, plan.next.version) != (base, manifest.version):
        return "it leads from or to another release"
    if plan.next.data_fingerprint != manifest.data_fingerprint:
        return "it leads to other data"
    if strange := sorted(name for name in plan.tables if name not in TABLES):
        return f"it has a table {strange[0][:40]!r}, which is not known"
    files = candidate.tables()
    made = made_tables(plan)
    if plan.omitted is None and {name: table.sha256 for name, table in made.items()} != {
        name: file.sha256 for name, file in files.items()
    }:
        return "its tables are not those of the release"
    return None
