"""The database of a release: complete, described, answering, and the same bytes for the same rows."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.publish.search import search_tables
from assets.publish.views import MACROS, VIEWS
from assets.publish.warehouse import WAREHOUSE, open_private
from assets.release.formats import database
from assets.release.layout import INNER, WITHHELD
from assets.release.manifest import ReleaseError
from assets.release.snapshot import Selection, Snapshot, take
from schemas.catalog import TABLES, qualified
from tests.frames import listing_id, table
from tests.releases import PAPERS, Row, make_home, paper_id

DECOY = "Zyxomma Obtusum"
"""Words that only what is not released has."""


def snapshot_of(home: Path, folder: Path, tables: list[str] | None = None, where: str | None = None) -> Snapshot:
    work = folder / "work"
    work.mkdir(parents=True)
    chosen = Selection.of(tables, ["parquet", "duckdb"], where)
    return take(home / WAREHOUSE, folder, work, chosen)


def written(home: Path, folder: Path, tables: list[str] | None = None, where: str | None = None) -> Path:
    snapshot = snapshot_of(home, folder, tables, where)
    (file,) = database.write(snapshot)
    return folder / file.path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    judged = {"author": DECOY, "note": DECOY, "verdict": "same", "judged_at": datetime(2025, 3, 1, tzinfo=UTC)}
    pair = {"listing_a": listing_id("a"), "listing_b": listing_id("b"), "judgement_id": "j"}
    return make_home(tmp_path_factory.mktemp("home"), judgements=table("judgements", [{**pair, **judged}]))


@pytest.fixture(scope="module")
def whole(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(home, tmp_path_factory.mktemp("whole"))


def test_every_table_is_there_as_the_published_file_has_it(home: Path, whole: Path) -> None:
    with open_private(whole) as released, open_private(home / WAREHOUSE) as published:
        for name in INNER:
            expected = published.sql(f"FROM {qualified(name)} ORDER BY ALL").pl()
            if name == "dumps":  # when a file was last written says nothing
                expected = expected.with_columns(captured_at=None, captured_from=None)
            found = released.sql(f"FROM {qualified(name)} ORDER BY ALL").pl()
            assert found.to_dicts() == expected.to_dicts(), name


def test_tables_columns_and_views_say_what_they_mean(home: Path, whole: Path) -> None:
    told = "SELECT schema_name, table_name, column_name, is_nullable, comment FROM duckdb_columns() ORDER BY ALL"
    views = "SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
    with open_private(whole) as released, open_private(home / WAREHOUSE) as published:
        expected = [row for row in published.sql(told).fetchall() if row[1] not in WITHHELD]
        assert released.sql(told).fetchall() == expected
        assert all(row[-1] for row in expected if row[1] in TABLES)
        assert released.sql(views).fetchall() == published.sql(views).fetchall()
        assert released.sql("SELECT count(*) FROM duckdb_tables() WHERE comment IS NULL").fetchall() == [(0,)]


def test_views_macros_and_search_answer(home: Path, whole: Path) -> None:
    questions = [f"FROM {name} ORDER BY ALL" for name in VIEWS]
    questions += ["FROM search('gulls')", f"FROM related('{paper_id(1)}')", f"SELECT current_paper_id('{paper_id(2)}')"]
    with open_private(whole) as released, open_private(home / WAREHOUSE) as published:
        for question in questions:
            assert released.sql(question).fetchall() == published.sql(question).fetchall(), question
        assert [row[0] for row in released.sql("FROM search('gulls')").fetchall()] == [paper_id(1)]


def test_older_duckdb_and_the_browser_can_open_it(whole: Path) -> None:
    with open_private(whole) as connection:
        tags = connection.sql("SELECT tags FROM duckdb_databases() WHERE NOT internal AND path IS NOT NULL").fetchall()
    assert "v1.0.0" in str(tags)


def test_withheld_tables_are_absent_with_every_byte_of_them(home: Path, whole: Path) -> None:
    assert DECOY.encode() in (home / WAREHOUSE).read_bytes()
    assert DECOY.encode() not in whole.read_bytes()
    with open_private(whole) as connection:
        for name in WITHHELD:
            with pytest.raises(duckdb.CatalogException):
                connection.sql(f"FROM {qualified(name)}")


MANY: tuple[Row, ...] = (
    *PAPERS,
    {"title": "Counting Ropes", "abstract": "We count ropes and umbrellas, but few gulls.", "year": 2021},
    {"title": f"{DECOY} in Harbours", "abstract": f"{DECOY} counts nothing. See {DECOY}.", "year": 1999},
)


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = make_home(tmp_path_factory.mktemp("many"), MANY)
    return written(home, tmp_path_factory.mktemp("part"), where="year > 2000")


@pytest.mark.parametrize(
    ("query", "found"),
    [("count", [1, 4]), ("gulls", [1, 4]), ("ropes", [4]), ("maps", [3]), ("zyxomma", []), ("umbrellas", [4])],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_search_finds_exactly_the_subset(part: Path, query: str, found: list[int]) -> None:
    with open_private(part) as connection:
        hits = connection.execute("SELECT paper_id FROM search(?) ORDER BY paper_id", [query]).fetchall()
    assert [hit for (hit,) in hits] == [paper_id(number) for number in found]


def test_the_index_of_a_subset_is_that_of_its_papers_alone(part: Path) -> None:
    with open_private(part) as connection:
        papers = connection.sql("FROM papers").pl()
        for name, expected in zip(("search_terms", "search_postings"), search_tables(papers), strict=True):
            keys = expected.columns[:1] if name == "search_terms" else ["term", "paper_id"]
            assert connection.sql(f"FROM search.{name}").pl().sort(keys).equals(expected.sort(keys)), name


def test_a_subset_has_no_byte_of_the_other_papers(part: Path) -> None:
    content = part.read_bytes().lower()
    for word in DECOY.lower().split():
        assert word.encode() not in content


@pytest.mark.parametrize(
    ("tables", "views", "macros"),
    [
        (["papers"], set(), {"search"}),
        (["links", "source_links"], {"paper_links"}, set()),
        (["papers", "paper_aliases", "neighbors"], set(), {"current_paper_id", "related", "search"}),
        (["papers", "paper_values"], {"conflicts", "audit.conflicts_by_field"}, {"search"}),
    ],
    ids=["papers", "no papers", "neighbors", "a view in a schema without tables"],
)
def test_selected_tables_come_with_what_they_are_enough_for(
    home: Path, tmp_path: Path, tables: list[str], views: set[str], macros: set[str]
) -> None:
    path = written(home, tmp_path, tables)
    with open_private(path) as connection:
        there = {name for (name,) in connection.sql("SELECT table_name FROM duckdb_tables()").fetchall()}
        seen = connection.sql("SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        known = connection.sql("SELECT function_name FROM duckdb_functions() WHERE NOT internal").fetchall()
        search = {"search_terms", "search_postings"} if "papers" in tables else set()
        assert there == {*tables, *search}
        found = {name if schema == "main" else f"{schema}.{name}" for schema, name in seen}
        assert found >= views
        for name in found:
            connection.sql(f"FROM {name}").fetchall()
        assert {name for (name,) in known if name in {*MACROS, "search"}} >= macros


def test_a_machine_with_too_little_memory_is_told(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BLOCKS", "900TB")
    with pytest.raises(ReleaseError, match=r"^papers\.duckdb needs a machine with 2 GB of memory"):
        written(home, tmp_path, ["topics"])


def test_a_folder_may_be_called_as_a_pattern(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home [a-c]*")
    path = written(home, tmp_path / "release [1]*", ["papers"])
    with open_private(path) as connection:
        assert connection.sql("SELECT count(*) FROM papers").fetchall() == [(len(PAPERS),)]


BUILD = """
import sys
from pathlib import Path
import duckdb
from assets.release.formats import database
from assets.release.snapshot import Selection, Snapshot
from schemas.catalog import TABLES
folder, tables, history, portion = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
for _ in range(history):
    with duckdb.connect() as other:
        rows = "SELECT uuid()::VARCHAR u, repeat('y', (random() * 300)::INT) v FROM range(50000)"
        other.execute(f"CREATE TABLE t AS {rows}")
        other.execute("SELECT v, count(u) FROM t GROUP BY v ORDER BY 2").fetchall()
database.PORTION = portion or database.PORTION
paths = {name: tables / f"{name}.parquet" for name in TABLES if (tables / f"{name}.parquet").exists()}
(folder / "work").mkdir(parents=True)
database.write(Snapshot(folder, folder / "work", Selection(), paths, {}))
"""
"""Writes the database in a process that may have done something else with DuckDB before."""


def built(tables: Path, folder: Path, history: int = 0, portion: int = 0) -> bytes:
    words = [sys.executable, "-c", BUILD, str(folder), str(tables), str(history), str(portion)]
    subprocess.run(words, check=True)
    return (folder / "papers.duckdb").read_bytes()


def test_another_process_writes_the_same_bytes_elsewhere(home: Path, whole: Path, tmp_path: Path) -> None:
    snapshot = snapshot_of(home, tmp_path / "tables")
    for name, path in snapshot.tables.items():
        path.rename(tmp_path / f"{name}.parquet")
    assert built(tmp_path, tmp_path / "deeper" / "still", history=1) == whole.read_bytes()


def many_papers(rows: int) -> pl.DataFrame:
    """Papers with whatever makes blocks differ: nulls among numbers, texts of all lengths, lists, repeated values."""
    noise = pl.int_range(rows) * 2_654_435_761 % 1_000_003
    words = (noise.cast(pl.String) + " ").repeat_by(noise % 61).list.join("")
    one = table("papers", [{}], record_type="article", dump_count=1, best_position=1, conflict_count=0)
    made = pl.select(
        paper_id=pl.format("p{}", pl.int_range(rows).cast(pl.String).str.zfill(16)),
        title=pl.format("Title of {}", noise),
        abstract=pl.when(noise % 7 > 0).then(words),
        year=pl.when(noise % 3 > 0).then((noise % 100).cast(pl.Int64) + 1950),
        authors=pl.concat_list(pl.format("A {}", noise % 97), pl.format("B {}", noise % 89)),
        listing_count=(noise % 5).cast(pl.Int64),
        reference_count=pl.int_range(rows),
    )
    return made.join(one.drop(made.columns), how="cross").select(one.columns)


@pytest.mark.slow
@pytest.mark.parametrize(
    "portion", [0, 150_000_000, 30_000_000], ids=["in one portion", "in several portions", "in portions of long rows"]
)
def test_two_processes_write_the_same_bytes_of_many_papers(tmp_path: Path, portion: int) -> None:
    papers = many_papers(300_000)
    papers.write_parquet(tmp_path / "papers.parquet", row_group_size=30_720)
    one = built(tmp_path, tmp_path / "one", portion=portion)
    assert one == built(tmp_path, tmp_path / "two", history=2, portion=portion)
    with open_private(tmp_path / "one" / "papers.duckdb") as connection:
        assert connection.sql("FROM papers").pl().equals(papers)
        groups = connection.sql("SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('papers')").fetchall()
    assert groups == [(3,)] or portion == 30_000_000
