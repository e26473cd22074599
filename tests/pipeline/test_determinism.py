"""Same dumps, same data set: whatever the order, the number of threads, and what was there before."""

import shutil
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from schemas.catalog import TABLES
from tests.pipeline.conftest import SAMPLES, Sheaf

OF_THE_RUN = {"runs"}
"""Tables that say when and how, not what."""


def digests(home: Path) -> dict[str, str]:
    return {
        name: sha256((home / "stage" / f"{name}.parquet").read_bytes()).hexdigest()
        for name in TABLES
        if name not in OF_THE_RUN
    }


@pytest.mark.slow
def test_order_and_threads_change_nothing(sheaf: Sheaf, published: Path, tmp_path: Path) -> None:
    files = sorted(SAMPLES.glob("*.txt"), reverse=True)
    raw = [word for path in (SAMPLES / "reference*", *files) for word in ("--raw", path)]
    assert sheaf("run", *raw, "--home", tmp_path, POLARS_MAX_THREADS="1", PYTHONHASHSEED="7").returncode == 0
    assert digests(tmp_path) == digests(published)


@pytest.mark.slow
def test_running_again_changes_nothing(sheaf: Sheaf, published: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert sheaf("run", "--raw", SAMPLES, "--home", tmp_path, "--force").returncode == 0
    assert digests(tmp_path) == digests(published)


@pytest.mark.slow
def test_a_dump_that_comes_later_changes_no_id(sheaf: Sheaf, published: Path, tmp_path: Path) -> None:
    files = sorted(SAMPLES.glob("*.txt"))
    raw = tmp_path / "raw"
    shutil.copytree(SAMPLES / "reference", raw / "reference")
    for file in files[1:]:
        shutil.copy2(file, raw)
    home = tmp_path / "home"
    assert sheaf("run", "--raw", raw, "--home", home).returncode == 0
    before = ids(home)
    shutil.copy2(files[0], raw)
    assert sheaf("run", "--raw", raw, "--home", home).returncode == 0
    assert before.items() <= ids(home).items()
    assert digests(home) == digests(published)


def ids(home: Path) -> dict[str, str]:
    """listing_id -> paper_id."""
    with duckdb.connect(str(home / "papers.duckdb"), read_only=True) as connection:
        return dict(connection.sql("SELECT listing_id, paper_id FROM paper_listings").fetchall())
