"""Patch: a reader who has a release and the delta of a later one makes the later one's tables."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb

from assets.publish.warehouse import sync
from assets.release.build import WRITERS
from assets.release.delta.apply import apply, made_tables
from assets.release.delta.plan import PLAN, Plan, Way
from assets.release.delta.rows import whole
from assets.release.layout import MAIN, MANIFEST
from assets.release.manifest import ReleaseError, SelectionError
from assets.release.snapshot import Selection, Snapshot, working_connection
from assets.release.store import read_manifest, sha256_of
from schemas.release_vocabulary import ReleaseFormat

WORK = ".work"


def read_plan(delta: Path) -> Plan:
    """Reads what a delta consists of, and makes sure that its files are those that it names.

    Args:
        delta: Its folder.

    Raises:
        ReleaseError: If it is none, tells nothing, or was damaged.
    """
    try:
        plan = Plan.from_json((delta / PLAN).read_bytes())
    except OSError as error:
        raise ReleaseError(f"{delta} is no delta: {PLAN}: {error.strerror}") from error
    except ReleaseError as wrong:
        raise ReleaseError(f"{delta}: {wrong}") from wrong
    if plan.omitted:
        raise ReleaseError(f"{delta} holds no changes: {plan.omitted}")
    if strange := [name for name in plan.tables if name not in MAIN]:
        raise ReleaseError(f"{delta} has a table {strange[0]!r} that this version of papersheaf does not know")
    for name, file in plan.files.items():
        if Path(name).name != name or not _is(delta / name, file.sha256):
            raise ReleaseError(f"{delta / name} is not the file that {PLAN} tells of; get the delta anew")
    return plan


def check_base(plan: Plan, base: Path) -> None:
    """Makes sure that a folder holds the release that a delta starts from.

    Args:
        plan: The delta.
        base: The folder; it needs the tables only.

    Raises:
        ReleaseError: If it does not.
    """
    needed = {name: table for name, table in plan.tables.items() if table.way in {Way.COPY, Way.ROWS}}
    if (base / MANIFEST).is_file() and (found := read_manifest(base).version) != plan.base.version:
        raise ReleaseError(f"{base} is release {found}; the delta starts from {plan.base.version}")
    for name, table in needed.items():
        if not _is(base / whole(name), table.base_sha256):
            raise ReleaseError(
                f"{base / whole(name)} is not that of release {plan.base.version}, where the delta starts"
            )


def patch(base: Path, delta: Path, out: Path, formats: Sequence[str] | None = None) -> Plan:
    """Makes the tables of a later release, and other files that follow from them.

    Args:
        base: Folder of the earlier release.
        delta: Folder of the delta.
        out: Folder to make; it appears when all is done and verified.
        formats: Names of formats; Parquet alone without it.

    Returns:
        The delta.

    Raises:
        SelectionError: If a format cannot be made, or there is something in the folder already.
        ReleaseError: If the base or the delta is another or damaged, or what comes out is not the later release.
    """
    wanted = [ReleaseFormat.PARQUET, *(form for form in _formats(formats) if form is not ReleaseFormat.PARQUET)]
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise SelectionError(f"{out} exists and is not empty")
    plan = read_plan(delta)
    selection = Selection.of(list(made_tables(plan)), [str(form) for form in wanted], plan.next.where)
    check_base(plan, base)
    aside = out.absolute().with_name(f".{out.absolute().name}.building-{os.getpid()}")
    try:
        (aside / WORK).mkdir(parents=True)
        _make(plan, base, delta, aside, selection)
        shutil.rmtree(aside / WORK)
        for path in (*aside.iterdir(), aside):
            sync(path)
        aside.replace(out)
        sync(out.absolute().parent)
    except (OSError, duckdb.Error) as error:
        raise ReleaseError(next(iter(str(error).splitlines()), type(error).__name__)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return plan


def _formats(names: Sequence[str] | None) -> list[ReleaseFormat]:
    """The formats of these names.

    Raises:
        SelectionError: If one cannot be made from the tables of a delta.
    """
    possible = [form for form in WRITERS if form is not ReleaseFormat.DUCKDB]
    if strange := [name for name in names or () if name not in possible]:
        raise SelectionError(f"a delta does not give the format {strange[0]!r}; use {', '.join(possible)}")
    return [ReleaseFormat(name) for name in names or ()]


def _make(plan: Plan, base: Path, delta: Path, folder: Path, selection: Selection) -> None:
    """Writes all files of the later release that were asked for, and verifies those that it has itself."""
    tables = made_tables(plan)
    paths = {name: folder / whole(name) for name in tables}
    with working_connection(folder / WORK) as connection:
        for name, table in tables.items():
            try:
                apply(connection, name, table, base, delta, paths[name])
            except ReleaseError as wrong:
                raise ReleaseError(f"{wrong}{_other_software(plan)}") from wrong
    rows = {name: table.rows or 0 for name, table in tables.items()}
    snapshot = Snapshot(folder, folder / WORK, selection, paths, rows)
    for form in selection.formats:
        for written in WRITERS[form](snapshot):
            stated = plan.data.get(written.path)
            if stated is not None and sha256_of(folder / written.path) != stated:
                raise ReleaseError(f"{written.path} is not that of release {plan.next.version}{_other_software(plan)}")


def _other_software(plan: Plan) -> str:
    """The usual reason why bytes differ though rows do not."""
    written = plan.made_with.get("duckdb")
    return "" if written == duckdb.__version__ else f": it was written with DuckDB {written}, not {duckdb.__version__}"


def _is(path: Path, digest: str | None) -> bool:
    """Whether a file is there and has this SHA-256."""
    try:
        return path.is_file() and sha256_of(path) == digest
    except OSError:
        return False
