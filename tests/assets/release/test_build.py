"""A release as a whole: immutable, reproducible, and of what was asked for."""

import duckdb
import polars as pl
import pytest

from assets.checks import contract_faults
from assets.release.layout import MAIN, WITHHELD
from assets.release.manifest import ReleaseError, SelectionError
from schemas.catalog import TABLES, metadata
from tests import releases
from tests.frames import listing_id


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return releases.make_home(tmp_path_factory.mktemp("home"))


def hashes(made) -> dict[str, str]:
    return {file.path: file.sha256 for file in made.manifest.files if file.role in {"data", "sample"}}


def test_the_data_set_of_these_tests_keeps_every_contract() -> None:
    for name, rows in releases.frames().items():
        assert contract_faults(rows, TABLES[name]) == [], name


def test_every_main_table_is_released_as_it_was_published(tmp_path) -> None:
    made = releases.release_of(releases.make_home(tmp_path), formats=["parquet"])
    tables = releases.frames()
    for name in MAIN:
        released = pl.read_parquet(made.folder / f"{name}.parquet")
        key = list(metadata(TABLES[name])["primary_key"])
        assert released.columns == tables[name].columns
        if name != "dumps":
            assert released.to_dicts() == tables[name].sort(key).to_dicts()
    assert not [name for name in WITHHELD if (made.folder / f"{name}.parquet").exists()]


def test_when_a_file_was_last_written_is_not_released(tmp_path) -> None:
    made = releases.release_of(releases.make_home(tmp_path), formats=["parquet"])
    assert pl.read_parquet(made.folder / "dumps.parquet").select("captured_at", "captured_from").row(0) == (None, None)


def test_other_days_folders_and_orders_give_the_same_bytes(tmp_path) -> None:
    one = releases.release_of(releases.make_home(tmp_path / "one"), day=1)
    tables = {name: rows.reverse() for name, rows in releases.frames().items()}
    other = releases.release_of(releases.publish(tmp_path / "elsewhere" / "other", tables), day=9)
    assert hashes(one) == hashes(other)
    assert one.manifest.data_fingerprint == other.manifest.data_fingerprint
    assert one.version != other.version


def test_nothing_changed_releases_nothing_unless_forced(tmp_path) -> None:
    home = releases.make_home(tmp_path)
    first = releases.release_of(home, day=1, formats=["parquet"])
    assert not releases.release_of(home, day=2, formats=["parquet"]).is_new
    assert [entry.name for entry in first.folder.parent.iterdir() if entry.is_dir()] == ["2025.03.01.1"]
    forced = releases.release_of(home, day=2, formats=["parquet"], force=True)
    assert (forced.version, forced.manifest.base) == ("2025.03.02.1", "2025.03.01.1")


def test_releases_of_a_day_are_numbered_and_files_cannot_be_written(tmp_path) -> None:
    home = releases.make_home(tmp_path)
    made = [releases.release_of(home, formats=["parquet"], force=True).version for _ in range(2)]
    assert made == ["2025.03.01.1", "2025.03.01.2"]
    assert {path.stat().st_mode & 0o222 for path in (home / "releases" / made[0]).rglob("*") if path.is_file()} == {0}


def test_a_subset_keeps_what_belongs_to_its_papers(home) -> None:
    made = releases.release_of(home, formats=["parquet"], where="year = 2024 OR title LIKE '=%'", force=True)
    tables = {name: pl.read_parquet(made.folder / f"{name}.parquet") for name in MAIN}
    kept = {releases.paper_id(1), releases.paper_id(2)}
    assert set(tables["papers"]["paper_id"]) == kept
    assert set(tables["listings"]["listing_id"]) == {listing_id(name) for name in kept}
    assert tables["neighbors"].rows() == [(releases.paper_id(1), 1, releases.paper_id(2), 0.5)]
    for name in MAIN:
        for column, target in metadata(TABLES[name])["foreign_keys"].items():
            table, key = target.split(".")
            assert set(tables[name][column].drop_nulls()) <= set(tables[table][key]), f"{name}.{column}"


def test_a_subset_may_ask_other_tables(home) -> None:
    where = "paper_id IN (SELECT paper_id FROM links)"
    made = releases.release_of(home, formats=["parquet"], where=where, force=True)
    assert made.manifest.tables["papers"]["rows"] == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"where": "yeer = 2024"}, "no condition on papers"),
        ({"where": "1=1); DROP TABLE papers; SELECT (1"}, "more than one statement"),
        ({"where": "year = 1066"}, "no paper meets"),
        ({"tables": ["runs"]}, "there is no table 'runs' to release"),
        ({"formats": ["xlsx"]}, "there is no format 'xlsx' to release"),
        ({"tables": ["links"], "formats": ["csv"]}, "needs the table papers"),
    ],
    ids=["column", "injection", "empty", "withheld", "format", "papers_missing"],
)
def test_what_cannot_be_released_is_said(home, asked, told) -> None:
    with pytest.raises(SelectionError, match=told):
        releases.release_of(home, **asked)
    assert not list((home / "releases").glob(".building*"))


def test_a_file_of_an_earlier_version_is_not_released(tmp_path) -> None:
    home = releases.make_home(tmp_path)
    with duckdb.connect(str(home / "papers.duckdb")) as connection:
        connection.execute("ALTER TABLE quality DROP COLUMN outliers CASCADE")
    with pytest.raises(ReleaseError, match="publish it anew"):
        releases.release_of(home, formats=["parquet"])


def test_paths_of_the_machine_stay_at_home(tmp_path) -> None:
    made = releases.release_of(releases.make_home(tmp_path), formats=["parquet"])
    assert "/somewhere" not in (made.folder / "manifest.json").read_text()
    assert str(tmp_path) not in (made.folder / "manifest.json").read_text()
