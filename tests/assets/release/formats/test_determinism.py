"""Determinism: the bytes of a release follow from its rows, whatever the threads and the order in which they lie."""

from hashlib import sha256

import polars as pl
import pytest

from assets.release.build import WRITERS
from assets.release.snapshot import Selection, take
from schemas.release_vocabulary import ReleaseFormat
from tests.releases import frames, paper_id, publish
from tests.snapshots import belongings_of, hostile_papers, many_papers, snapshot_of

FORMATS = ["parquet", "jsonl", "nested", "csv", "bibtex"]
PAPERS = [*hostile_papers(), *many_papers(30)]


def tables() -> dict[str, pl.DataFrame]:
    """A data set in which most kinds of tables have rows."""
    return {**frames(PAPERS), **belongings_of([paper_id(number) for number in range(1, len(PAPERS) + 1)])}


def hashes(folder) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".work" not in path.parts
    }


def written(snapshot) -> dict[str, str]:
    for form in snapshot.selection.formats:
        WRITERS[ReleaseFormat(form)](snapshot)
    return hashes(snapshot.folder)


@pytest.fixture(scope="module")
def chosen() -> Selection:
    return Selection.of(None, FORMATS, None)


def test_the_number_of_threads_changes_nothing(tmp_path, chosen) -> None:
    found = [
        written(snapshot_of(tmp_path / str(threads), PAPERS, selection=chosen, threads=threads)) for threads in (1, 2)
    ]
    assert found[0] == found[1]


@pytest.mark.slow  # publishes twice
def test_the_order_of_the_published_rows_changes_nothing(tmp_path, chosen) -> None:
    found = []
    for seed in (None, 1):
        place = tmp_path / str(seed)
        lying = tables()
        if seed is not None:
            lying = {name: rows.sample(fraction=1, shuffle=True, seed=seed) for name, rows in lying.items()}
        home, folder, work = publish(place / "home", lying), place / "release", place / "release" / ".work"
        work.mkdir(parents=True)
        found.append(written(take(home / "papers.duckdb", folder, work, chosen)))
    assert found[0] == found[1]
    assert len(found[0]) > len(FORMATS)
