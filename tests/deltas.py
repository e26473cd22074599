"""Releases with Parquet tables only, made by hand, to compare one with another."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from assets.release.build import with_files, write_parquet
from assets.release.delta.plan import PLAN, Plan
from assets.release.delta.write import write_deltas
from assets.release.draft import Draft, Origin
from assets.release.formats.parquet import copy_table
from assets.release.layout import MANIFEST, VERSIONS
from assets.release.snapshot import Selection, Snapshot, working_connection
from assets.release.store import sha256_of
from assets.release.versions import Versions
from schemas.release_vocabulary import ReleaseFormat
from schemas.render.sql import literal
from tests.frames import listing_id, table
from tests.releases import paper_id

Frames = Mapping[str, pl.DataFrame]
ORIGIN = Origin("0" * 64, {"papersheaf": "0"}, {}, [], {})


def version(number: int) -> str:
    """The version of the release of a number."""
    return f"2025.03.0{number}.1"


def draft(home: Path, number: int, tables: Frames, where: str | None = None) -> Draft:
    """A release with these tables, whose data is written."""
    folder = home / version(number)
    work = folder / ".work"
    work.mkdir(parents=True)
    rows = {}
    with working_connection(work) as connection:
        for name, frame in tables.items():
            given = work / "given.parquet"
            frame.write_parquet(given)
            source = f"FROM read_parquet({literal(str(given))})"
            rows[name] = copy_table(connection, name, source, folder / f"{name}.parquet")
    selection = Selection(tuple(tables), (ReleaseFormat.PARQUET,), where)
    paths = {name: folder / f"{name}.parquet" for name in tables}
    made = Draft(
        version(number),
        datetime(2025, 3, number, tzinfo=UTC),
        Snapshot(folder, work, selection, paths, rows),
        ORIGIN,
        None,
    )
    return with_files(made, write_parquet(made.snapshot))


def finish(made: Draft) -> Path:
    """Writes the manifest of a release; returns its folder."""
    (made.folder / MANIFEST).write_text(made.manifest().to_json(), encoding="utf-8")
    return made.folder


def pair(home: Path, before: Frames, after: Frames, *, where: str | None = None) -> tuple[Path, Path, Path]:
    """Two releases: the folders of the first, of the second, and of its delta from the first."""
    base = finish(draft(home, 1, before))
    made = draft(home, 2, after, where)
    written, _ = write_deltas(made, {version(1): base})
    following = finish(with_files(made, written))
    return base, following, following / "delta" / version(1)


def enter(releases: Path, *folders: Path) -> None:
    """Writes the list of these releases."""
    versions = Versions()
    for folder in folders:
        versions = versions.add(folder.name, sha256_of(folder / MANIFEST))
    (releases / VERSIONS).write_text(versions.to_json(), encoding="utf-8")


def plan(delta: Path) -> Plan:
    """What a delta consists of."""
    return Plan.from_json((delta / PLAN).read_bytes())


def change_plan(delta: Path, **changed: Any) -> None:
    """Changes what a delta says of itself."""
    (delta / PLAN).write_text(replace(plan(delta), **changed).to_json(), encoding="utf-8")


def papers(rows: Mapping[int, Mapping[str, Any]]) -> pl.DataFrame:
    """Papers of these numbers; each has an abstract of its own, long enough to count."""
    told = [
        {"paper_id": paper_id(number), "title": f"Paper {number}", "abstract": text(number), **row}
        for number, row in rows.items()
    ]
    return table("papers", told, record_type="article", listing_count=1, reference_count=0, dump_count=1)


def text(number: int) -> str:
    """Some words that no other number has."""
    return " ".join(f"word{(number * 7919 + place * 104729) % 99991}" for place in range(60))


def owners(rows: Mapping[str, int]) -> pl.DataFrame:
    """Which listing belongs to which paper."""
    told = [{"listing_id": listing_id(name), "paper_id": paper_id(number)} for name, number in rows.items()]
    return table("paper_listings", told, role="feed", relation="same", match_reason="only_listing")


def aliases(rows: Mapping[int, int]) -> pl.DataFrame:
    """Which paper leads to which other one."""
    told = [
        {"old_paper_id": paper_id(old), "paper_id": paper_id(new), "since": datetime(2025, 3, 1, tzinfo=UTC).date()}
        for old, new in rows.items()
    ]
    return table("paper_aliases", told)
