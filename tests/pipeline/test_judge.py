"""`sheaf judge`: which listings an identifier stands for, what is kept, what is told, and what is refused."""

import csv
import io
from pathlib import Path

import pytest

from assets.dedupe.judgements import store as judgements
from tests.frames import listing_id
from tests.pipeline.linked import call_here as sheaf
from tests.pipeline.linked import paper_id, publish_home

RED, BLUE, GREEN, GREY = (listing_id(name) for name in ("red", "blue", "green", "grey"))
PAIRED = sorted((RED, BLUE))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_home(
        tmp_path_factory.mktemp("data"),
        {"one": ["red", "grey"], "two": ["blue"], "three": ["green"]},
        aliases={"old": "two"},
        loose=["loose", "looser"],
        rejected={"bad": "empty_title"},
    )


@pytest.fixture
def home(data: Path) -> Path:
    """The published home without any judgement."""
    (data / judgements.FILE).unlink(missing_ok=True)
    return data


def kept(home: Path) -> list[tuple[str, str, str]]:
    return [(*one.pair, one.verdict) for one in judgements.stored(home) if one.deleted_at is None]


FIRST = min(RED, GREY)


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        pytest.param(RED, BLUE, (RED, BLUE), id="listings"),
        pytest.param(BLUE, RED.upper(), (RED, BLUE), id="either order, either case"),
        pytest.param(RED[:6], BLUE[:8], (RED, BLUE), id="beginnings"),
        pytest.param(paper_id("one"), paper_id("two"), (FIRST, BLUE), id="papers"),
        pytest.param(paper_id("one")[:7], paper_id("old"), (FIRST, BLUE), id="a beginning and an alias"),
        pytest.param(GREEN, paper_id("two"), (GREEN, BLUE), id="one of each"),
    ],
)
def test_identifiers(home: Path, one: str, other: str, pair: tuple[str, str]) -> None:
    done = sheaf("judge", one, other, "Same", "--home", home, "--author", "Ada")
    assert done.returncode == 0, done.stderr
    assert kept(home) == [(*sorted(pair), "same")]


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        pytest.param([RED, BLUE], "say one of", 2, id="no verdict"),
        pytest.param([RED, BLUE, "maybe"], "say same or different", 2, id="another verdict"),
        pytest.param([RED, RED, "same"], "nothing to judge", 2, id="with itself"),
        pytest.param([RED[:5], BLUE, "same"], "at least 6", 1, id="too short a beginning"),
        pytest.param(["0" * 32, BLUE, "same"], "there is no listing", 1, id="unknown listing"),
        pytest.param(["p" + "0" * 16, BLUE, "same"], "there is no paper", 1, id="unknown paper"),
        pytest.param([listing_id("bad"), BLUE, "same"], "turned away (empty_title)", 1, id="rejected listing"),
        pytest.param([paper_id("two"), paper_id("old"), "different"], "sheaf show", 2, id="one paper twice"),
        pytest.param([paper_id("one"), GREY, "different"], "name two of its listings", 2, id="a paper and its own"),
        pytest.param([RED, BLUE, "same", "--note", "\x1b[31m"], "the note must be", 2, id="hostile note"),
        pytest.param([RED, BLUE, "same", "--author", " \n"], None, 0, id="no name is the login name"),
        pytest.param(["'; DROP TABLE papers; --", BLUE, "same"], "there is no listing", 1, id="SQL"),
        pytest.param(["%", BLUE, "same"], "there is no listing", 1, id="a pattern"),
        pytest.param(["--undo", "--list"], "say one of", 2, id="two tasks"),
        pytest.param(["--undo"], "no judgement to take back", 1, id="nothing to take back"),
        pytest.param(["--undo", RED, BLUE], "there is no judgement on", 1, id="nothing on the pair"),
        pytest.param(["--skip-bad", RED, BLUE, "same"], "--skip-bad goes with --import", 2, id="stray option"),
        pytest.param(["--import", "no/such.csv"], "cannot be read", 2, id="no file"),
    ],
)
def test_what_is_refused_is_one_line(home: Path, words: list[str], says: str | None, code: int) -> None:
    done = sheaf("judge", *words, "--home", home)
    assert done.returncode == code, done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == (1 if says else 0)
    assert (says or "") in done.stderr
    assert bool(kept(home)) == (says is None)


def test_it_says_what_the_next_run_will_do(home: Path) -> None:
    told = {
        ("same", BLUE): "become one; the id that goes stays as an alias.",
        ("different", BLUE): "already; the judgement keeps them apart.",
        ("same", GREY): "already; the judgement keeps them there.",
        ("different", GREY): "is divided; the part that goes gets a new id.",
    }
    for (verdict, other), effect in told.items():
        done = sheaf("judge", RED, other, verdict, "--home", home, "--author", "Ada")
        assert effect in done.stdout
        assert f"sheaf run --home {home}" in done.stdout
    assert "It replaces the judgement same, by Ada" in done.stdout
    again = sheaf("judge", GREY, RED, "different", "--home", home, "--author", "Ada")
    assert again.stdout.startswith("Already judged: different, by Ada")
    assert len(judgements.stored(home)) == 4


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(["loose", "blue", "same"], f"adds to the paper {paper_id('two')}.", id="same"),
        pytest.param(["red", "loose", "different"], f"is not in {paper_id('one')}; the judgement", id="different"),
        pytest.param(["loose", "looser", "same"], "Both are of references", id="two of them"),
    ],
)
def test_a_listing_of_a_reference_that_no_paper_has(home: Path, words: list[str], says: str) -> None:
    one, other, verdict = words
    done = sheaf("judge", listing_id(one), listing_id(other)[:9], verdict, "--home", home, "--author", "Ada")
    assert (done.returncode, done.stderr) == (0, "")
    assert says in done.stdout
    assert kept(home) == [(*sorted((listing_id(one), listing_id(other))), verdict)]


def test_contradictions_are_told_at_once(home: Path) -> None:
    options = ("--home", home, "--author", "Ada")
    assert sheaf("judge", RED, BLUE, "same", *options).returncode == 0
    assert "warning" not in sheaf("judge", BLUE, GREEN, "same", *options).stdout
    done = sheaf("judge", RED, GREEN, "different", *options)
    assert done.returncode == 0
    assert "warning: it contradicts other judgements" in done.stdout
    assert "audit.cluster_cuts" in done.stdout


def test_undo(home: Path) -> None:
    options = ("--home", home, "--author", "Ada")
    for words in ((RED, BLUE, "same"), (RED, BLUE, "different"), (RED, GREEN, "same")):
        assert sheaf("judge", *words, *options).returncode == 0
    back = sheaf("judge", "--undo", BLUE[:8], paper_id("one") if FIRST == RED else RED, *options)
    assert "the earlier judgement holds again (same, by Ada" in back.stdout, back.stderr
    assert f"{PAIRED[0]} and {PAIRED[1]} are no longer judged" in back.stdout
    last = sheaf("judge", "--undo", *options)
    assert "the rules decide again" in last.stdout
    assert kept(home) == [(*PAIRED, "same")]
    assert len(judgements.stored(home)) == 3


def test_a_judgement_by_papers_is_taken_back_by_papers(home: Path) -> None:
    options = ("--home", home, "--author", "Ada")
    sheaf("judge", paper_id("one"), paper_id("two"), "same", *options)
    assert sheaf("judge", "--undo", paper_id("old"), paper_id("one"), *options).returncode == 0
    assert kept(home) == []
    sheaf("judge", RED, BLUE, "same", *options)
    sheaf("judge", GREY, BLUE, "same", *options)
    both = sheaf("judge", "--undo", paper_id("one"), paper_id("two"), *options)
    assert (both.returncode, len(both.stderr.splitlines())) == (2, 1)
    assert "name two listings" in both.stderr


def test_judgements_need_no_published_file_to_go_out_and_in(tmp_path: Path) -> None:
    home, table = tmp_path / "deep" / "home", tmp_path / "in.csv"
    table.write_text(f"listing_a,listing_b,verdict,note\n{RED},{BLUE},same,=cmd()\n{RED},{GREEN},different,\n")
    done = sheaf("judge", "--import", table, "--home", home, "--author", "Ada")
    assert done.returncode == 0, done.stderr
    assert f"Imported {table}: 2 new, 0 known, 0 refused." in done.stdout
    out = sheaf("judge", "--export", "-", "--home", home)
    rows = list(csv.DictReader(io.StringIO(out.stdout)))
    assert [row["note"] for row in rows if row["verdict"] == "same"] == ["'=cmd()"]
    assert sheaf("judge", "--export", tmp_path / "out.csv", "--home", home).returncode == 0
    again = sheaf("judge", "--import", tmp_path / "out.csv", "--home", home)
    assert "0 new, 2 known, 0 refused" in again.stdout
    listed = sheaf("judge", "--list", "--home", home).stdout.splitlines()
    assert len(listed) == 3
    assert "=cmd()" in listed[1] + listed[2]
    assert sheaf("judge", "--undo", RED, BLUE, "--home", home).returncode == 0


def test_a_bad_row_is_told_and_stops_the_import(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text(f"listing_a,listing_b,verdict\n{RED},{BLUE},same\n{RED},\x1b[31m,same\n")
    done = sheaf("judge", "--import", table, "--home", home)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "refused: line 3: " in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert kept(home) == []
    assert sheaf("judge", "--import", table, "--skip-bad", "--home", home).returncode == 0
    assert len(kept(home)) == 1


def test_a_damaged_file_is_named_by_line(home: Path, tmp_path: Path) -> None:
    (home / judgements.FILE).write_text("{}\n")
    table = tmp_path / "in.csv"
    table.write_text("listing_a,listing_b,verdict\n")
    for words in ((RED, BLUE, "same"), ("--list",), ("--undo",), ("--import", table)):
        done = sheaf("judge", *words, "--home", home)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert f"{home / judgements.FILE}:1: " in done.stderr


def test_the_empty_list_says_what_to_do(tmp_path: Path) -> None:
    assert "sheaf review" in sheaf("judge", "--list", "--home", tmp_path).stdout
