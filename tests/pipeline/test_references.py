"""References through the whole pipeline: their values flow in, they make no papers, and their paths are remembered."""

import json
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.home import Home
from pipeline import engine
from schemas.catalog import TABLES
from tests.pages import HEADER
from tests.pipeline.conftest import ROOT, SAMPLES, Sheaf
from tests.pipeline.test_determinism import digests
from tests.pipeline.test_readme import IN_A_TERMINAL, plain

KITES = "Bounded Kites: Steering Slow Gliders in Gusts of Unknown Strength"
KITES_TEX = (
    r"Gliders that are steered by wind alone lose their way in gusts. We study gliders that know their height and not "
    r"the strength of the gusts, and show that a glider with $k$ sails needs $\tilde{\mathcal{O}}(\sqrt{k})$ turns, "
    r"where earlier methods need $k \geq 12$ of them. On 340 flights over a lake it finds its way in 91\% of all gusts."
)
KITES_SHOWN = (
    r"Gliders that are steered by wind alone lose their way in gusts. We study gliders that know their height and not "
    r"the strength of the gusts, and show that a glider with k sails needs mathcal{O}(k) turns, where earlier methods "
    r"need k geq 12 of them. On 340 flights over a lake it finds its way in 91\% of all gusts."
)
MOORING = "Mooring by Ear: Locating Small Boats from the Sound of Their Ropes"
MOORING_TEXT = (
    "Ropes creak when boats pull at them, and no two boats creak alike. We record the ropes of a marina for a winter "
    "and locate every boat by ear: four microphones suffice to tell 212 berths apart in wind of any direction. The "
    "method needs no light and no radio, and a harbour master found two boats with it that had been moored wrongly."
)
UNLISTED = "Forty Winters of Harbour Ice: A Record of What Was Not Written Down"


def snapshot(arxiv_id: str, title: str, abstract: str, authors: list[str], created: str) -> str:
    """A record of arXiv's metadata snapshot."""
    record = {"id": arxiv_id, "authors": ", ".join(authors), "title": title, "abstract": f"  {abstract}\n"}
    record |= {"categories": "cs.RO cs.SY", "doi": None, "journal-ref": None, "comments": None}
    record["versions"] = [{"version": "v1", "created": created}]
    record["authors_parsed"] = [[*name.split(" ")[::-1], ""] for name in authors]
    return json.dumps(record) + "\n"


def proceedings() -> str:
    """Proceedings that name one author more of a paper."""
    people = [{"given": given, "family": "Hjort"} for given in ("Runa", "Eskil")]
    paper = {"title": MOORING, "authors": people, "year": "2024", "venue": "tides", "venue_name": "Tides in Practice"}
    paper |= {"bibtex_key": "hjort2024mooring", "abstract": MOORING_TEXT, "doi": "10.5555/tides.7", "pages": "3-9"}
    return json.dumps({"venue": "tides", "year": "2024", "papers": [paper]})


@dataclass(frozen=True)
class Data:
    """A feed, two references, and the home that was published from them."""

    folder: Path

    def __getattr__(self, name: str) -> Path:
        """A folder of it: raw, arxiv, venue, home."""
        return self.folder / name


@pytest.fixture(scope="module")
def data(sheaf: Sheaf, tmp_path_factory: pytest.TempPathFactory) -> Data:
    made = Data(tmp_path_factory.mktemp("references"))
    for name in ("raw", "arxiv", "venue"):
        (made.folder / name).mkdir()
    paragraphs = [*HEADER, "Mar 14", KITES, KITES_SHOWN, MOORING, MOORING_TEXT]
    (made.raw / "page.txt").write_text("\n\n".join(paragraphs))
    (made.arxiv / "a.json").write_text(
        snapshot("2403.90001", KITES, KITES_TEX, ["Ylva Sund", "Bo Ek"], "Mon, 11 Mar 2024 10:00:00 GMT")
        + snapshot("2403.90002", MOORING, MOORING_TEXT, ["Runa Hjort"], "Tue, 12 Mar 2024 10:00:00 GMT")
        + snapshot("2403.90003", UNLISTED, MOORING_TEXT[::-1], ["Ida Is"], "Tue, 12 Mar 2024 10:00:00 GMT")
    )
    (made.venue / "a.json").write_text(proceedings())
    given = ("--raw", made.raw, "--reference", made.arxiv, "--reference", made.venue / "*.json")
    done = sheaf("run", *given, "--home", made.home)
    assert done.returncode == 0, done.stdout + done.stderr
    (made.folder / "told.txt").write_text(done.stdout)
    return made


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home / "papers.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def run(home: Path, raw: list[Path], reference: list[Path]) -> engine.Outcome:
    """One run in this process."""
    place = Home(path=str(home), raw=[str(path) for path in raw], reference=[str(path) for path in reference])
    outcome = engine.run(place, lambda _: None)
    assert outcome.success, outcome.faults
    return outcome


def test_values_flow_in_and_no_papers(data: Data) -> None:
    query = "SELECT title, arxiv_id, doi, len(authors), reference_count FROM papers ORDER BY title"
    assert rows(data.home, query) == [
        (KITES, "2403.90001", None, 2, 1),
        (MOORING, "2403.90002", "10.5555/tides.7", 2, 2),
    ]
    assert rows(data.home, "SELECT paper_count, merged_count FROM audit.runs") == [(2, 0)]


def test_the_command_tells_references_apart(data: Data) -> None:
    told = (data.folder / "told.txt").read_text()
    assert "1 dumps, 2 references (3 files opened)" in told
    assert "2 papers, 0 listings merged, 3 of references added" in told


def test_what_the_page_lost_comes_back(data: Data) -> None:
    ((abstract, flags),) = rows(data.home, f"SELECT abstract, flags FROM papers WHERE title = '{KITES}'")
    assert "√k" in str(abstract)
    assert flags == []
    assert rows(data.home, "SELECT field, resolved_flags FROM text_repairs") == [("abstract", ["math_loss"])]


def test_the_year_of_the_page_is_proved(data: Data) -> None:
    assert rows(data.home, "SELECT strftime(listed_on, '%Y-%m-%d') FROM pages") == [("2024-03-14",)]


def test_two_sources_that_disagree_are_seen(data: Data) -> None:
    ((chosen, others),) = rows(data.home, "SELECT chosen_value, other_values FROM conflicts WHERE field = 'authors'")
    assert (chosen, others) == ('["Runa Hjort","Eskil Hjort"]', ['["Runa Hjort"]'])


def test_the_use_of_each_reference_is_told(data: Data) -> None:
    query = "SELECT uri, format, listing_count, matched_count, paper_count, chosen_count > 0 FROM audit.reference_use"
    assert sorted(rows(data.home, query)) == [
        ("a.json", "arxiv_snapshot", 3, 2, 2, True),
        ("a.json", "venue_json", 1, 1, 1, True),
    ]


@pytest.mark.slow
def test_a_run_without_words_repeats_the_last_one(data: Data, sheaf: Sheaf) -> None:
    assert Home(path=str(data.home)).reference_paths == [str(data.arxiv), str(data.venue / "*.json")]
    assert "Nothing has changed: 2 papers" in sheaf("run", "--home", data.home).stdout


def test_the_original_of_a_listing_of_a_reference(data: Data, sheaf: Sheaf) -> None:
    query = "SELECT listing_id FROM paper_listings JOIN clean_listings USING (listing_id) WHERE doi IS NOT NULL"
    ((listing_id,),) = rows(data.home, query)
    assert json.loads(sheaf("show", listing_id, "--raw", "--home", data.home).stdout)["doi"] == "10.5555/tides.7"


def unchanged(home: Path, raw: list[Path], reference: list[Path]) -> bool:
    place = Home(path=str(home), raw=[str(path) for path in raw], reference=[str(path) for path in reference])
    return engine.is_unchanged(place)


def test_a_dump_that_changes_its_role_is_noticed(data: Data) -> None:
    assert unchanged(data.home, [data.raw], [data.venue, data.arxiv])
    assert not unchanged(data.home, [data.raw, data.arxiv], [data.venue])
    assert not unchanged(data.home, [data.raw], [data.arxiv])
    assert not unchanged(data.home, [data.raw], [])


@pytest.mark.slow
def test_the_same_bytes_as_a_feed_are_a_feed(data: Data, tmp_path: Path) -> None:
    shutil.copy2(data.raw / "page.txt", tmp_path / "copy.txt")
    assert not unchanged(data.home, [data.raw], [data.venue, data.arxiv, tmp_path])  # it has one place more
    run(tmp_path / "home", [data.raw], [tmp_path / "copy.txt"])
    assert rows(tmp_path / "home", "SELECT uri, role, also_at FROM dumps") == [("page.txt", "feed", ["copy.txt"])]
    assert unchanged(tmp_path / "home", [data.raw], [tmp_path / "copy.txt"])
    assert unchanged(tmp_path / "home", [data.raw, tmp_path / "copy.txt"], [])


@pytest.mark.slow
def test_the_order_of_references_changes_nothing_and_going_back_gives_the_same(data: Data, tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, [data.raw, data.venue, data.arxiv], [])
    before = dict(rows(home, "SELECT title, paper_id FROM papers"))
    assert set(before) == {KITES, MOORING, UNLISTED}
    run(home, [data.raw], [data.venue, data.arxiv])
    assert dict(rows(home, "SELECT title, paper_id FROM papers")).items() <= before.items()
    tables = {"paper_keys", "paper_aliases"}  # what is remembered of every id that was ever given
    assert {name: one for name, one in digests(home).items() if name not in tables} == {
        name: one for name, one in digests(data.home).items() if name not in tables
    }
    outcome = run(home, [data.raw], [])
    assert outcome.missing == ["a.json", "a.json"]
    assert rows(home, "SELECT count(arxiv_id), sum(reference_count), count(listed_on) FROM papers, pages") == [
        (0, 0, 0)
    ]


def named_by_listing(home: Path, table: str) -> list[str]:
    """The rows of a table, each paper named by the first listing of a feed that it has instead of by its id."""
    members = pl.read_parquet(home / "stage" / "paper_listings.parquet").filter(role="feed")
    first = members.group_by("paper_id").agg(pl.col("listing_id").min())
    names = dict(first.iter_rows())
    told = pl.read_parquet(home / "stage" / f"{table}.parquet")
    ids = [name for name in ("paper_id", "neighbor_id") if name in told.columns]
    return sorted(map(repr, told.with_columns(pl.col(ids).replace(names)).rows()))


@pytest.mark.slow
def test_references_that_come_and_go_leave_no_trace_but_ids(tmp_path: Path) -> None:
    pages, references = sorted(SAMPLES.glob("*.txt")), sorted((SAMPLES / "reference").iterdir())
    run(tmp_path / "never", pages, [])
    run(tmp_path / "gone", pages, references)
    before = rows(tmp_path / "gone", "SELECT paper_id FROM papers ORDER BY ALL")
    run(tmp_path / "gone", pages, [])
    assert rows(tmp_path / "gone", "SELECT paper_id FROM papers ORDER BY ALL") == before
    for table in set(TABLES) - {"runs", "paper_keys"}:
        assert named_by_listing(tmp_path / "gone", table) == named_by_listing(tmp_path / "never", table), table


@pytest.mark.slow
def test_references_that_come_later_give_what_a_run_from_the_beginning_gives(tmp_path: Path) -> None:
    pages, references = sorted(SAMPLES.glob("*.txt")), sorted((SAMPLES / "reference").iterdir())
    run(tmp_path / "later", pages[:1], [])
    run(tmp_path / "later", pages, references[:1])
    run(tmp_path / "later", pages, references)
    run(tmp_path / "once", pages, references)
    for table in set(TABLES) - {"runs", "paper_keys"}:
        assert named_by_listing(tmp_path / "later", table) == named_by_listing(tmp_path / "once", table), table


def test_references_alone_are_a_wrong_command(data: Data, sheaf: Sheaf, tmp_path: Path) -> None:
    done = sheaf("run", "--reference", data.arxiv, "--home", tmp_path / "home")
    assert (done.returncode, done.stdout) == (2, "")
    assert "name one with --raw" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_environment_stands_for_the_option(data: Data, sheaf: Sheaf, tmp_path: Path) -> None:
    told = {"SHEAF_RAW": str(data.raw), "SHEAF_REFERENCE": str(tmp_path / "nowhere")}
    assert "nowhere" in sheaf("run", "--home", tmp_path / "home", **told).stderr


PAGE = (ROOT / "docs" / "references.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```console\n\$ (sheaf sql .*)\n((?:.*\n)+?)```", PAGE)


@pytest.mark.parametrize(("command", "output"), QUERIES, ids=["values", "repairs", "conflicts"])
def test_the_queries_of_the_documentation(sheaf: Sheaf, published: Path, command: str, output: str) -> None:
    done = sheaf(*shlex.split(command)[1:], "--home", published, **IN_A_TERMINAL)
    assert plain(done.stdout) == plain(output)
