"""Taking papers down: gone from everything that a home holds, accounted for, for good, and back when it is undone."""

import gzip
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pytest

from assets.home import Home
from assets.publish.ledger import unbalanced
from assets.release.store import Releases
from assets.removals import store
from assets.removals.lines import Removal
from pipeline import engine
from pipeline.history import prepare
from tests.frames import listing_id
from tests.pages import TITLES, abstract_of, page
from tests.pipeline.linked import call_here, publish_home
from tests.pipeline.linked import paper_id as linked_id
from tests.releases import PAPERS, make_home, paper_id, release_of

GONE, ALIKE = TITLES[2], "A Ledger of Found Umbrellas"
"""The paper that is removed, on two pages and in a reference; and one with nearly its title, which stays."""
AUTHOR, ARXIV, DOI, LINK = (
    "Ylva Sundqvist-Oreborg",
    "2403.90001",
    "10.5555/umbrellas.1",
    "github.com/sundqvist/umbrellas",
)
FOUND = (
    "Umbrellas that are found are handed in at the lighthouse. For forty years its keepers wrote down the colour, the "
    "handle and the weather of each, and we read all of their books. Most umbrellas are found on the second dry day."
)
REASON = "asked for by the heirs of Zacharias Quill"


def record(arxiv_id: str, title: str, author: str, doi: str | None) -> str:
    """A record of arXiv's metadata snapshot."""
    told = {"id": arxiv_id, "authors": author, "title": title, "abstract": abstract_of(title)}
    if author == AUTHOR:
        told["abstract"] += f" Code: https://{LINK}."
    told |= {"categories": "cs.DL", "doi": doi, "journal-ref": None, "comments": None}
    told |= {"versions": [{"version": "v1", "created": "Mon, 11 Mar 2024 10:00:00 GMT"}]}
    told |= {"authors_parsed": [[*author.split(" ")[::-1], ""]]}
    return json.dumps(told) + "\n"


class Data:
    """A home with its dumps, and what tests ask of it."""

    def __init__(self, folder: Path) -> None:
        self.home, self.raw, self.reference = folder / "home", folder / "raw", folder / "reference"

    def sheaf(self, *words: object, code: int = 0) -> str:
        done = call_here(*words, "--home", self.home)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def run(self, *options: str) -> str:
        return self.sheaf("run", "--raw", self.raw, "--reference", self.reference, *options)

    def rows(self, query: str, *values: object) -> list[tuple]:
        with duckdb.connect(str(self.home / "papers.duckdb"), read_only=True) as connection:
            return connection.execute(query, list(values)).fetchall()

    def paper(self, title: str) -> str:
        return str(self.rows("SELECT paper_id FROM papers WHERE title = ?", title)[0][0])

    def ids(self) -> dict[str, str]:
        return dict(self.rows("SELECT title, paper_id FROM papers"))

    def is_balanced(self) -> bool:
        with duckdb.connect(str(self.home / "papers.duckdb"), read_only=True) as connection:
            return unbalanced(connection.sql("FROM audit.ledger").pl()).is_empty()


FIRST = paper_id(1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of three papers, published without a run; tests only read it."""
    return make_home(tmp_path_factory.mktemp("three") / "home", PAPERS)


@pytest.fixture
def three(home: Path, tmp_path: Path) -> Path:
    """A home of three papers."""
    return Path(shutil.copytree(home, tmp_path / "home"))


@pytest.fixture(scope="module")
def once(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home from which the first paper was removed after it had been released; tests work on copies."""
    home = Path(shutil.copytree(home, tmp_path_factory.mktemp("once") / "home"))
    release_of(home, tables=["papers", "paper_listings"], formats=["parquet"])
    moment = datetime(2025, 3, 1, 12, tzinfo=UTC)
    store.record(home, Removal(FIRST, REASON, "Ada", moment, (listing_id(FIRST),), ()))
    rest = [{"paper_id": paper_id(number), **row} for number, row in enumerate(PAPERS, 1)][1:]
    return make_home(home, rest)


@pytest.fixture
def without(once: Path, tmp_path: Path) -> Path:
    """A home from which the first paper was removed after it had been released."""
    return Path(shutil.copytree(once, tmp_path / "home"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param([], "say one of", id="nothing"),
        pytest.param(["p" + "f" * 16, "--reason", "x"], "there is no paper", id="unknown id"),
        pytest.param(["'; DROP TABLE papers --", "--reason", "x"], "there is no paper", id="SQL"),
        pytest.param([FIRST[:4], "--reason", "x"], "there is no paper", id="too short a beginning"),
        pytest.param([FIRST[:16], "--reason", "x"], "begins more than one", id="beginning of several"),
        pytest.param([FIRST], "why is it removed", id="without a reason"),
        pytest.param([FIRST, "--reason", " "], "why is it removed", id="blank reason"),
        pytest.param([FIRST, "--reason", "a\x00b"], "without control characters", id="NUL in the reason"),
        pytest.param([FIRST, "--reason", "x", "--author", "A\nB"], "the author must be", id="two authors"),
        pytest.param([FIRST, "--list"], "say one of", id="two tasks"),
        pytest.param(["--list", "--reason", "x"], "say one of", id="reason to list"),
        pytest.param(["--withdraw"], "say one of", id="withdraw nothing"),
        pytest.param(["--undo", FIRST], "is removed in", id="undo of nothing"),
        pytest.param(["--undo", ""], "is removed in", id="undo of an empty id"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_nothing_is_on_record(home: Path, words: list[str], message: str) -> None:
    done = call_here("remove", *words, "--home", home)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert message in done.stderr
    assert store.read(home) == []


def test_without_a_published_file_there_is_nothing_to_remove(tmp_path: Path) -> None:
    done = call_here("remove", FIRST, "--reason", "x", "--home", tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_run_that_fails_leaves_the_removal_on_record(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = three
    (home / "cache" / "listings").mkdir(parents=True)
    (home / "cache" / "listings" / "old.parquet").write_text("gulls")
    (home / "releases").mkdir()
    (home / "releases" / "failed.json").write_text("gulls")
    monkeypatch.setattr(engine, "run", lambda *_, **__: engine.Outcome(success=False, faults=["the disk is full"]))
    done = call_here("remove", FIRST, "--reason", REASON, "--author", "Ada", "--home", home)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "still published: the disk is full" in done.stderr
    (one,) = store.read(home)
    assert (one.paper_id, one.reason, one.author) == (FIRST, REASON, "Ada")
    assert where(home / "cache", "gulls") == where(home / "releases", "gulls") == set()
    laid_ready = pl.read_parquet(home / "stage" / "listings.parquet")
    assert laid_ready.filter(defect="removed")["listing_id"].to_list() == [listing_id(FIRST)]
    assert laid_ready["title_raw"].drop_nulls().len() == len(PAPERS) - 1
    monkeypatch.setattr(engine, "run", lambda *_, **__: engine.Outcome(success=True))
    done = call_here("remove", FIRST, "--home", home)
    assert "was not carried out yet" in done.stdout, "saying it again carries it out"
    assert store.read(home) == [one]


def test_a_home_at_work_is_left_alone(three: Path) -> None:
    with Home(path=str(three)).locked():
        done = call_here("remove", FIRST, "--reason", REASON, "--home", three)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert store.read(three) == []


def test_an_id_that_was_merged_away_removes_the_paper_that_it_leads_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = publish_home(tmp_path / "home", {"a": ["x", "y"], "b": ["z"]}, aliases={"old": "a"})
    monkeypatch.setattr(engine, "run", lambda *_, **__: engine.Outcome(success=True))
    done = call_here("remove", linked_id("old"), "--reason", REASON, "--home", home)
    assert done.returncode == 0, done.stderr
    assert f"{linked_id('old')} was merged into {linked_id('a')}" in done.stdout
    (one,) = store.read(home)
    assert one.ids == {linked_id("a"), linked_id("old")}
    assert set(one.listing_ids) == {listing_id("x"), listing_id("y")}


def test_a_removed_paper_is_told_and_releases_that_hold_it_are_taken_back(without: Path) -> None:
    home, first = without, FIRST
    (kept,) = Releases(home).versions().items
    done = call_here("remove", first[:15] + "1", "--home", home)
    assert done.returncode == 2, "another id"
    done = call_here("remove", first, "--home", home)
    assert done.returncode == 0, done.stderr
    assert "was removed already, on 2025-03-01 by Ada" in done.stdout
    assert f"Releases that hold it: {kept}." in done.stdout
    for command in (["show", first], ["explain", first, paper_id(2)], ["judge", first, paper_id(2), "same"]):
        told = call_here(*command, "--home", home)
        assert (told.returncode, len(told.stderr.splitlines())) == (1, 1), command
        assert f"was removed on 2025-03-01 by Ada: {REASON}" in told.stderr
    done = call_here("remove", first, "--withdraw", "--home", home)
    assert f"Taken back: {kept}" in done.stdout
    versions = Releases(home).versions()
    assert (versions.items, list(versions.withdrawn)) == ((), [kept])
    assert not (home / "releases" / kept).exists()
    assert where(home / "releases", first, REASON, "Zacharias") == set()
    assert "No release holds it" in call_here("remove", first, "--withdraw", "--home", home).stdout


def test_removals_are_listed_and_taken_back(home: Path, without: Path) -> None:
    assert "Nothing was removed" in call_here("remove", "--list", "--home", home).stdout
    home, first = without, FIRST
    done = call_here("remove", "--undo", first, "--home", home)
    assert done.returncode == 0, done.stderr
    assert f"Next: sheaf run --home {home}" in done.stdout
    listed = call_here("remove", "--list", "--home", home).stdout.splitlines()
    assert len(listed) == 2
    assert listed[1].split("\t")[1:4] == [first, "1", "Ada"]
    assert REASON in listed[1]
    assert "is removed in" in call_here("remove", "--undo", first, "--home", home).stderr


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["remove", "--list"], id="list"),
        pytest.param(["remove", "--undo", FIRST], id="undo"),
        pytest.param(["remove", FIRST, "--reason", "x"], id="remove"),
        pytest.param(["show", "p" + "f" * 16], id="show"),
        pytest.param(["run", "--raw", "."], id="run", marks=pytest.mark.slow),
    ],
)
def test_a_damaged_file_of_removals_stops_every_command(three: Path, words: list[str]) -> None:
    (three / store.FILE).write_text("{}\n")
    done = call_here(*words, "--home", three)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert f"{store.FILE}:1: " in done.stderr


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Dumps and the home that was published from them, with Dagster's records; tests work on copies."""
    folder = tmp_path_factory.mktemp("base")
    for name in ("raw", "reference"):
        (folder / name).mkdir()
    (folder / "raw" / "a.txt").write_text(page(TITLES[0], GONE, TITLES[1]))
    (folder / "raw" / "b.txt").write_text("\n\n".join([page(GONE, TITLES[3], TITLES[4]), ALIKE, FOUND]))
    (folder / "reference" / "c.json").write_text(
        record(ARXIV, GONE, AUTHOR, DOI) + record("2403.90002", TITLES[0], "Bo Ek", None)
    )
    prepare(folder / "home")
    data = Data(folder)
    data.run()
    assert data.rows("SELECT count(*) FROM paper_listings WHERE paper_id = ?", data.paper(GONE)) == [(3,)]
    return folder


@pytest.fixture
def data(base: Path, tmp_path: Path) -> Data:
    return Data(Path(shutil.copytree(base, tmp_path / "copy")))


def contents(path: Path) -> Iterator[bytes]:
    """What a file says, in every form that somebody could read it in."""
    yield path.read_bytes()
    if path.suffix == ".gz":
        yield gzip.decompress(path.read_bytes())
    elif path.suffix == ".zst":
        with pa.input_stream(str(path), compression="zstd") as stream:
            yield stream.read()
    elif path.suffix == ".parquet":
        with duckdb.connect() as connection:
            yield str(connection.execute(f"FROM read_parquet('{path}')").fetchall()).encode()
    elif path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            query = "SELECT schema_name, table_name FROM duckdb_tables()"
            for schema, table in connection.execute(query).fetchall():
                yield str(connection.execute(f'FROM "{schema}"."{table}"').fetchall()).encode()


def where(folder: Path, *words: str) -> set[str]:
    """The files below a folder in which one of the words stands, whatever the letter case."""
    wanted = [word.lower().encode() for word in words]
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(word in text.lower() for text in contents(path) for word in wanted)
    }


def said() -> list[str]:
    """What only the removed paper says: its title (but for the part that another shares), names, numbers, links."""
    title = GONE.lower()
    return [
        f'{GONE}"',
        f"{GONE}'",
        f"{GONE}\n",
        f"about {title}.",
        f"that {title} needs",
        AUTHOR,
        "sundqvist",
        ARXIV,
        DOI,
    ]


def assert_gone(data: Data, removed: str) -> None:
    """Nothing that the paper said is in the home, and the ledger balances."""
    assert where(data.home, *said()) == set()
    assert where(data.home, removed) == {store.FILE}
    assert where(data.home, REASON) == {store.FILE}
    assert data.rows("SELECT count(*) FROM papers WHERE title = ?", GONE) == [(0,)]
    assert data.rows("SELECT title FROM search('umbrellas')") == [(ALIKE,)]
    assert data.is_balanced()


def take_down(data: Data) -> str:
    """Removes the paper; returns its id."""
    removed = data.paper(GONE)
    told = data.sheaf("remove", removed, "--reason", REASON, "--author", "Ada")
    assert f"Removed {removed}: 3 listings in 3 dumps" in told
    places = {line.split("\t")[0]: line.split("\t")[3] for line in told.splitlines() if "\t" in line}
    for dump, folder in (("a.txt", data.raw), ("c.json", data.reference)):
        start, end = map(int, places[dump].split("-"))
        assert GONE.encode() in (folder / dump).read_bytes()[start:end], "the place in the dump is told"
    return removed


@pytest.mark.slow
def test_a_removed_paper_is_nowhere(data: Data) -> None:
    before, values = data.ids(), "SELECT * FROM paper_field_values WHERE paper_id <> ? ORDER BY ALL"
    kept = data.rows(values, data.paper(GONE))
    pair = [data.rows("SELECT min(listing_id) FROM clean_listings WHERE title = ?", one)[0][0] for one in (GONE, ALIKE)]
    data.sheaf("judge", *pair, "different", "--author", "Ada")
    assert len(where(data.home, *said())) > 5, "the search finds what is there"
    removed = take_down(data)
    assert_gone(data, removed)
    assert data.ids() == {title: paper for title, paper in before.items() if title != GONE}
    assert data.rows(values, removed) == kept
    assert data.rows("SELECT reason, count(*) FROM audit.rejected_listings GROUP BY reason") == [("removed", 3)]
    assert data.rows("SELECT current_paper_id(?)", removed) == [(removed,)]
    assert "was removed on" in data.sheaf("show", removed, code=1)
    assert "Nothing has changed" in data.run()
    assert "was removed already" in data.sheaf("remove", removed, "--reason", REASON)
    data.run("--force")
    assert_gone(data, removed)


@pytest.mark.slow
def test_later_releases_do_not_have_it_and_earlier_ones_can_be_taken_back(data: Data) -> None:
    data.sheaf("release")
    removed = data.paper(GONE)
    (before,) = Releases(data.home).versions().items
    assert f"Releases that hold it: {before}." in data.sheaf("remove", removed, "--reason", REASON)
    data.sheaf("release")
    after = Releases(data.home).versions().items[-1]
    assert after != before
    assert where(data.home / "releases" / after, *said()) == set()
    named = where(data.home / "releases" / after, removed)
    assert {path.split("/")[0] for path in named} <= {"delta"}, "what is gone is named by its id alone"
    assert f"Taken back: {before}." in data.sheaf("remove", removed, "--withdraw")
    assert where(data.home, *said()) == set()
    assert where(data.home / "releases", REASON) == set()


@pytest.mark.slow
def test_new_dumps_do_not_bring_a_removed_paper_back_and_undo_does(data: Data) -> None:
    before, removed = data.ids(), take_down(data)
    again = page(TITLES[5], GONE).replace("three collections", "four collections").replace("half the time", "a third")
    (data.raw / "d.txt").write_text(again)
    (data.reference / "e.json").write_text(record(ARXIV, "Umbrellas, Revisited", AUTHOR, None))
    data.run()
    assert_gone(data, removed)
    assert where(data.home, "Umbrellas, Revisited") == set()
    assert data.rows("SELECT count(*) FROM audit.rejected_listings") == [(5,)]
    shutil.rmtree(data.home / "cache")
    data.run("--force")
    assert_gone(data, removed)
    data.sheaf("remove", "--undo", removed)
    data.run()
    assert data.ids() == {**before, TITLES[5]: data.paper(TITLES[5])}
    assert data.rows("SELECT count(*) FROM audit.rejected_listings") == [(0,)]
    assert data.rows("SELECT listing_count, reference_count FROM papers WHERE paper_id = ?", removed) == [(3, 2)]
    assert data.is_balanced()
