"""References beside the real dumps: what is found in them, beside equal titles, and that the identifiers agree."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from assets.home import Home
from pipeline import engine
from tests.bench.reference_report import REFERENCES, TARGETS, counted, prepare

pytestmark = [pytest.mark.real, pytest.mark.slow]

FEW = ("hf-weekly-text",)
"""References that are read in seconds."""


def published(shared: Path, references: list[Path], folder: Path) -> Home:
    """The real dumps, published with some references."""
    home = Home(path=str(folder), raw=[str(shared / "dumps")], reference=[str(path) for path in references])
    outcome = engine.run(home, lambda _: None)
    assert outcome.success, outcome.faults
    return home


@pytest.fixture(scope="module")
def con(
    shared: Path, packs: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """What was published with a few references, and the tables of the report."""
    home = published(shared, [packs(name) for name in FEW], tmp_path_factory.mktemp("home"))
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        prepare(connection)
        yield connection


def one(con: duckdb.DuckDBPyConnection, query: str) -> tuple[object, ...]:
    return con.execute(query).fetchall()[0]


def test_as_many_as_by_equal_titles_are_found(con: duckdb.DuckDBPyConnection) -> None:
    for measure, found, equal, _ in counted(con).iter_rows():
        assert found >= equal, measure
    assert one(con, "SELECT count(*), sum(listing_count) FROM papers") == (407, 461)


def test_no_identifier_contradicts_equal_titles(con: duckdb.DuckDBPyConnection) -> None:
    wrong = "SELECT count(*) FROM papers JOIN equal_titles e USING (paper_id) WHERE papers.arxiv_id <> e.arxiv_id"
    assert one(con, wrong) == (0,)
    ids, distinct = one(con, "SELECT count(arxiv_id), count(DISTINCT arxiv_id) FROM papers")
    assert ids == distinct >= 20


def test_pages_have_their_year(con: duckdb.DuckDBPyConnection) -> None:
    assert one(con, "SELECT count(*) FROM papers WHERE abstract IS NULL") == (0,)
    assert one(con, "SELECT count(*), count(listed_on) + count(missing_reason) FROM pages") == (5, 5)


def test_all_references_reach_the_targets(shared: Path, packs: Callable[[str], Path], tmp_path: Path) -> None:
    home = published(shared, [packs(name) for name in REFERENCES], tmp_path)
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        prepare(con)
        for measure, found, _, target in counted(con).iter_rows():
            assert found >= target, measure
        assert one(con, "SELECT count(*) FROM pages WHERE listed_on IS NULL") == (0,)
        assert one(con, "SELECT count(*) FROM papers WHERE arxiv_id IS NOT NULL") >= (TARGETS["with an arXiv id"],)
