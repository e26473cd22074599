"""Judgements through the pipeline: they win at the next run, hold transitively, and can be taken back."""

import shutil
from pathlib import Path

import duckdb
import pytest

from assets.dedupe.judgements import store as judgements
from tests.pages import TITLES, page
from tests.pipeline.linked import call_here

BOTH, ONE, OTHER, THIRD = TITLES[0], TITLES[1], TITLES[2], TITLES[3]
"""BOTH is on both pages, and so one paper of two listings; the others are on one page each."""


class Data:
    """A home, and what tests ask of it."""

    def __init__(self, folder: Path) -> None:
        self.home, self.raw = folder / "home", folder / "raw"

    def sheaf(self, *words: object) -> str:
        done = call_here(*words, "--home", self.home)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, *options: str) -> str:
        return self.sheaf("run", "--raw", self.raw, *options)

    def judge(self, one: str, other: str, verdict: str) -> None:
        self.sheaf("judge", one, other, verdict, "--author", "Ada")

    def rows(self, query: str, *values: object) -> list[tuple]:
        with duckdb.connect(str(self.home / "papers.duckdb"), read_only=True) as connection:
            return connection.execute(query, list(values)).fetchall()

    def listings(self, title: str) -> list[str]:
        return [
            one for (one,) in self.rows("SELECT listing_id FROM clean_listings WHERE title = ? ORDER BY ALL", title)
        ]

    def papers(self) -> dict[str, frozenset[str]]:
        """Paper -> its listings."""
        return {
            paper: frozenset(listings)
            for paper, listings in self.rows("SELECT paper_id, list(listing_id) FROM paper_listings GROUP BY paper_id")
        }

    def paper_of(self, listing: str) -> str:
        return str(self.rows("SELECT paper_id FROM paper_listings WHERE listing_id = ?", listing)[0][0])


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with raw pages and the home that was published from them; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("base")
    (folder / "raw").mkdir()
    (folder / "raw" / "a.txt").write_text(page(BOTH, ONE, OTHER))
    (folder / "raw" / "b.txt").write_text(page(THIRD, BOTH))
    Data(folder).run()
    return folder


@pytest.fixture
def data(base: Path, tmp_path: Path) -> Data:
    return Data(Path(shutil.copytree(base, tmp_path / "copy")))


@pytest.mark.slow
def test_same_joins_two_papers_and_undo_restores_their_ids(data: Data) -> None:
    before = data.papers()
    (one,), (other,) = data.listings(ONE), data.listings(OTHER)
    data.judge(one, other, "same")
    assert data.papers() == before, "a judgement changes nothing until the next run"
    assert "Nothing has changed" not in data.run(), "a judgement is a change"
    assert data.paper_of(one) == data.paper_of(other)
    gone = ({*before} - {*data.papers()}).pop()
    assert data.rows("SELECT paper_id FROM paper_aliases WHERE old_paper_id = ?", gone) == [(data.paper_of(one),)]
    told = data.rows(
        "SELECT decision, reason FROM audit.match_pairs WHERE [listing_a, listing_b] = ?", sorted([one, other])
    )
    assert told == [("match", "judged_same")]
    assert data.rows("SELECT verdict, author FROM audit.judgements") == [("same", "Ada")]
    assert "Nothing has changed" in data.run()

    data.sheaf("judge", "--undo", one, other)
    data.run()
    assert data.papers() == before


@pytest.mark.slow
def test_different_splits_a_paper_and_undo_joins_it_again(data: Data) -> None:
    before = data.papers()
    first, second = data.listings(BOTH)
    assert data.paper_of(first) == data.paper_of(second)
    kept = data.paper_of(first)
    data.judge(first, second, "different")
    data.run()
    now = {data.paper_of(first), data.paper_of(second)}
    assert len(now) == 2
    assert kept in now, "one part keeps the id"
    explained = data.sheaf("explain", first, second)
    assert "judged_different" in explained
    data.sheaf("judge", "--undo")
    data.run()
    assert data.papers() == before


@pytest.mark.slow
def test_judgements_hold_transitively_and_a_contradiction_is_reported(data: Data) -> None:
    (one,), (other,), (third,) = data.listings(ONE), data.listings(OTHER), data.listings(THIRD)
    data.judge(one, other, "same")
    data.judge(other, third, "same")
    (data.home / "papers.duckdb").unlink()  # judgements outlive the published file
    data.run()
    assert len({data.paper_of(listing) for listing in (one, other, third)}) == 1
    data.judge(one, third, "different")
    data.run()
    assert data.paper_of(one) != data.paper_of(third), "the latest judgement is followed"
    cuts = data.rows("SELECT listing_a, listing_b FROM audit.cluster_cuts WHERE reason = 'judgement_conflict'")
    assert cuts == [tuple(sorted((one, third)))]


@pytest.mark.slow
def test_a_judgement_on_listings_that_are_gone_waits_for_them(data: Data) -> None:
    (one,), (third,) = data.listings(ONE), data.listings(THIRD)
    data.judge(one, third, "same")
    content = (data.raw / "b.txt").read_text()
    (data.raw / "b.txt").unlink()
    data.run()
    assert data.listings(THIRD) == []
    (data.raw / "b.txt").write_text(content)
    data.run()
    assert data.paper_of(one) == data.paper_of(third)


@pytest.mark.parametrize("options", [pytest.param((), id="run"), pytest.param(("--force",), id="forced run")])
def test_a_damaged_file_of_judgements_stops_the_run_and_publishes_nothing(data: Data, options: tuple[str, ...]) -> None:
    before = data.papers()
    (data.home / judgements.FILE).write_text("{}\n")
    done = call_here("run", "--raw", data.raw, "--home", data.home, *options)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert f"{judgements.FILE}:1: " in done.stderr
    assert data.papers() == before
