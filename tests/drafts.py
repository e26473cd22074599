"""Releases to be, straight from tables: no published file, no format."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assets.release.draft import Draft, Origin
from assets.release.snapshot import Selection, Snapshot
from schemas.catalog import TABLES, metadata
from schemas.release_vocabulary import ReleaseFormat
from tests.releases import Frames

WHOLE = replace(Selection(), formats=(ReleaseFormat.DUCKDB,))
"""Every table, also those of the account."""
COUNTS = {"found": 100, "parsed": 100, "valid": 100, "merged": 40, "papers": 60, "rejected": 0}
"""What became of the records of feeds."""


def snapshot_of(folder: Path, tables: Frames, selection: Selection = WHOLE) -> Snapshot:
    """The snapshot of tables, each as a Parquet file in the order of its key."""
    work = folder / ".work"
    work.mkdir(parents=True)
    paths = {name: work / f"{name}.parquet" for name in selection.inner}
    for name, path in paths.items():
        tables[name].sort(list(metadata(TABLES[name])["primary_key"])).write_parquet(path)
    return Snapshot(folder, work, selection, paths, {name: tables[name].height for name in paths})


def draft_of(folder: Path, tables: Frames, *, feed: dict[str, int] = COUNTS, where: str | None = None) -> Draft:
    """The draft of a release with these tables, of 2025-03-02."""
    snapshot = snapshot_of(folder, tables, replace(WHOLE, where=where))
    origin = Origin("0" * 64, {}, {}, [], {"feed": feed, "reference": dict.fromkeys(feed, 0)})
    return Draft("2025.03.02.1", datetime(2025, 3, 2, tzinfo=UTC), snapshot, origin, None)
