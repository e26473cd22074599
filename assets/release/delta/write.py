"""Write: the deltas of a release against earlier ones; each is proved before the release may be."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from assets.release.delta.apply import prove
from assets.release.delta.papers import PAPERS, tells_aliases, tells_old_values, write_aliases, write_changes
from assets.release.delta.plan import ALIASES, CHANGES, PLAN, DeltaFile, Plan, TablePlan, Way
from assets.release.delta.rows import whole, write_rows
from assets.release.delta.sides import SMALLER, Side, look, names_of
from assets.release.draft import Draft
from assets.release.layout import DELTA
from assets.release.manifest import Written
from assets.release.snapshot import working_connection
from assets.release.store import read_manifest, sha256_of
from schemas.release_vocabulary import FileRole


@dataclass
class Delta:
    """A delta under construction."""

    folder: Path
    """Where it is written."""
    plan: Plan
    """What it consists of so far."""
    tables: dict[str, TablePlan] = field(default_factory=dict)
    """Its tables so far."""
    rows: dict[str, int] = field(default_factory=dict)
    """Name of every file so far -> its rows."""

    def finished(self, notes: list[str]) -> Plan:
        """The plan of a delta whose files are all written."""
        files = {
            name: DeltaFile((self.folder / name).stat().st_size, sha256_of(self.folder / name), self.rows[name])
            for name in sorted(self.rows)
        }
        return replace(self.plan, tables=self.tables, files=files, notes=notes)


def write_deltas(draft: Draft, bases: Mapping[str, Path]) -> tuple[list[Written], list[str]]:
    """Writes what changed since earlier releases, and proves that each of them and its delta give this release.

    Args:
        draft: The release, whose data is written and counted.
        bases: Version of every earlier release -> its folder.

    Returns:
        What was written; and one sentence for every delta that could not be.

    Raises:
        ReleaseError: If a table that is rebuilt from a base and its delta is not the one of this release.
        OSError, duckdb.Error: If a file cannot be written.
    """
    written, warnings = [], []
    for version, base in bases.items():
        folder = draft.folder / DELTA / version
        folder.mkdir(parents=True)
        plan = _write_delta(draft, base, folder)
        (folder / PLAN).write_text(plan.to_json(), encoding="utf-8")
        place = f"{DELTA}/{version}"
        written += [Written(f"{place}/{name}", FileRole.DELTA, file.rows) for name, file in plan.files.items()]
        written.append(Written(f"{place}/{PLAN}", FileRole.DELTA))
        if plan.omitted:
            warnings.append(f"there is no delta from {version}: {plan.omitted}")
    return written, warnings


def _write_delta(draft: Draft, base: Path, folder: Path) -> Plan:
    """One delta."""
    before, after = Side.of(base, read_manifest(base)), Side.of(draft.folder, draft.manifest())
    plan = Plan(
        before.end,
        after.end,
        data={file.path: file.sha256 for file in draft.files if file.role in {FileRole.DATA, FileRole.SAMPLE}},
        made_with={"duckdb": duckdb.__version__, **_papersheaf(draft)},
    )
    if omitted := _obstacle(before, after):
        return replace(plan, omitted=omitted)
    delta = Delta(folder, plan)
    with working_connection(draft.snapshot.work) as connection:
        for name in names_of(before, after):
            delta.tables[name] = _write_table(connection, name, before, after, delta)
        if tells_aliases(connection, before.paths, after.paths):
            _note_rows(delta, ALIASES, write_aliases(connection, before.paths, after.paths, folder / ALIASES))
        finished = delta.finished(_notes(connection, before, after))
        prove(connection, finished, base, folder, draft.snapshot.work)
    return finished


def _papersheaf(draft: Draft) -> dict[str, str]:
    return {name: version for name, version in draft.origin.software.items() if name == "papersheaf"}


def _obstacle(before: Side, after: Side) -> str | None:
    """Why there can be no delta; None where there can."""
    if not after.files:
        return "this release has no Parquet files"
    if not before.files:
        return f"release {before.end.version} has no Parquet files"
    for name, file in before.files.items():
        path = before.paths[name]
        is_used = name in after.files and after.files[name].sha256 != file.sha256
        if is_used and not (path.is_file() and sha256_of(path) == file.sha256):
            return f"{whole(name)} of release {before.end.version} is damaged"
    return None


def _notes(connection: duckdb.DuckDBPyConnection, before: Side, after: Side) -> list[str]:
    """What to know about a delta."""
    notes = []
    if before.end.where != after.end.where:
        notes.append("The two releases have papers by different conditions; what only one condition meets has changed.")
    has_papers = PAPERS in before.files and PAPERS in after.files
    if has_papers and not tells_old_values(connection, before.paths, after.paths):
        notes.append(
            f"Old values are not told in {CHANGES}: a release without paper_listings does not say what is gone."
        )
    return notes


def _note_rows(delta: Delta, name: str, rows: int) -> None:
    """Enters a file that was written, if it was."""
    if rows:
        delta.rows[name] = rows


def _write_table(
    connection: duckdb.DuckDBPyConnection, name: str, before: Side, after: Side, delta: Delta
) -> TablePlan:
    """What became of one table; its part of the delta is written."""
    plan, columns = look(connection, name, before, after)
    if columns is not None and name == PAPERS and (plan.added or plan.changed or plan.removed):
        rows = write_changes(connection, before.paths, after.paths, columns, delta.folder / CHANGES)
        _note_rows(delta, CHANGES, rows)
    if columns is not None and plan.way is Way.ROWS:
        rows_of = write_rows(connection, name, after.paths[name], columns, plan, delta.folder)
        if sum((delta.folder / part).stat().st_size for part in rows_of) < after.files[name].bytes:
            delta.rows.update(rows_of)
            return plan
        for part in rows_of:
            (delta.folder / part).unlink()
        plan = replace(plan, way=Way.WHOLE, why=SMALLER)
    if plan.way is Way.WHOLE:
        _copy_whole(name, after, delta)
    return plan


def _copy_whole(name: str, after: Side, delta: Delta) -> None:
    """Puts a table into the delta as it is in the release."""
    shutil.copyfile(after.paths[name], delta.folder / whole(name))
    delta.rows[whole(name)] = after.files[name].rows or 0
