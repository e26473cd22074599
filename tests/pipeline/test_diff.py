"""sheaf diff and sheaf patch: what they print, and their exit codes."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from pipeline.cli.main import app
from tests import deltas
from tests.pipeline.conftest import call as sheaf_process
from tests.releases import paper_id

FIRST, SECOND = "2025.03.01.1", "2025.03.02.1"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two releases: the first paper has another title and an author less, the third is gone, another is new."""
    home = tmp_path_factory.mktemp("home")
    rows = {1: {"title": "Gulls", "authors": ["Ada Anker", "Bo Brandt"]}, 2: {}, 3: {}}
    before = {
        "papers": deltas.papers(rows),
        "paper_listings": deltas.owners({"a": 1, "b": 2, "c": 3}),
        "paper_aliases": deltas.aliases({7: 1}),
    }
    after = {
        "papers": deltas.papers({1: {"title": "Gulls \u202eagain", "authors": ["Ada Anker"]}, 2: {}, 9: {}}),
        "paper_listings": deltas.owners({"a": 1, "b": 2, "d": 9}),
        "paper_aliases": deltas.aliases({7: 1}),
    }
    first, second, _ = deltas.pair(home / "releases", before, after)
    deltas.enter(home / "releases", first, second)
    return home


def sheaf(*words: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.stdout, done.stderr


def test_a_line_a_table_under_one_another(home) -> None:
    code, told, _ = sheaf("diff", FIRST, "current", "--home", home)
    assert code == 1
    assert told.splitlines() == [
        "table           2025.03.01.1  2025.03.02.1  added  changed  removed  is",
        "papers                     3             3      1        1        1  changed",
        "paper_listings             3             3      1        0        1  changed",
        "paper_aliases              1             1      0        0        0  equal",
        "",
        "field of papers  changed",
        "authors                1",
        "title                  1",
    ]


@pytest.mark.parametrize("other", ["version", "folder", "home", "releases"])
def test_a_release_can_be_named_in_many_ways(home, other) -> None:
    named = {"version": SECOND, "folder": home / "releases" / SECOND, "home": home, "releases": home / "releases"}
    code, told, _ = sheaf("diff", named[other], "current", "--home", home)
    assert code == 0
    assert {line.split()[-1] for line in told.splitlines()[1:]} == {"equal"}


def test_equal_tables_are_not_read(home, tmp_path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(home / "releases" / SECOND, copy)
    for path in copy.glob("*.parquet"):
        path.chmod(0o644)
        path.write_bytes(b"")
    assert sheaf("diff", copy, SECOND, "--home", home)[0] == 0


def test_papers_are_listed_without_harm(home) -> None:
    code, told, _ = sheaf("diff", FIRST, SECOND, "--home", home, "--papers", "--limit", 2, "--table", "papers")
    assert code == 1
    assert told.splitlines()[-3:] == [
        "paper_id\tchange\tfield\told value\tnew value",
        'p0000000000000001\tchanged\tauthors\t["Ada Anker","Bo Brandt"]\t["Ada Anker"]',
        'p0000000000000001\tchanged\ttitle\t"Gulls"\t"Gulls \\u202eagain"',
    ]


def test_json_says_the_same(home) -> None:
    code, told, _ = sheaf("diff", FIRST, SECOND, "--home", home, "--json", "--papers", "--table", "papers")
    found = json.loads(told)
    assert (code, found["equal"], found["before"]["version"], found["after"]["version"]) == (1, False, FIRST, SECOND)
    assert list(found["tables"]) == ["papers"]
    counts = {name: found["tables"]["papers"][name] for name in ("rows_before", "rows", "added", "changed", "removed")}
    assert counts == {"rows_before": 3, "rows": 3, "added": 1, "changed": 1, "removed": 1}
    assert found["tables"]["papers"]["fields"] == {"authors": 1, "title": 1}
    assert found["papers"][2] == {
        "paper_id": paper_id(3),
        "change": "removed",
        "field": None,
        "old_value": None,
        "new_value": None,
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((FIRST, "2031.01.01.1"), "there is no release 2031.01.01.1"),
        ((FIRST, "nowhere"), "there is no release nowhere"),
        ((FIRST, SECOND, "--table", "dumps"), "neither release has a table dumps"),
    ],
    ids=["version", "folder", "table"],
)
def test_what_cannot_be_compared_is_said(home, words, told) -> None:
    code, printed, complaint = sheaf("diff", *words, "--home", home)
    assert (code, printed) == (2, "")
    assert complaint.startswith("sheaf: the releases could not be compared: ")
    assert told in complaint


@pytest.mark.parametrize("damage", ["manifest", "table", "versions"])
def test_what_is_damaged_cannot_be_compared(home, tmp_path, damage) -> None:
    copy = tmp_path / "releases"
    shutil.copytree(home / "releases", copy)
    name = {"manifest": f"{SECOND}/manifest.json", "table": f"{SECOND}/papers.parquet", "versions": "versions.json"}
    path = copy / name[damage]
    path.chmod(0o644)
    path.write_bytes(b"{}")
    code, _, complaint = sheaf("diff", copy / FIRST, copy if damage == "versions" else copy / SECOND)
    assert code == 2
    assert complaint.count("\n") == 1


def test_a_release_without_parquet_cannot_be_compared(home, tmp_path) -> None:
    bare = deltas.finish(deltas.replace(deltas.draft(tmp_path, 3, {"papers": deltas.papers({1: {}})}), files=()))
    code, _, complaint = sheaf("diff", bare, SECOND, "--home", home)
    assert code == 2
    assert "has no Parquet files to compare" in complaint


def test_a_reader_makes_the_next_release(home, tmp_path) -> None:
    base, following = home / "releases" / FIRST, home / "releases" / SECOND
    code, told, _ = sheaf("patch", base, following / "delta" / FIRST, tmp_path / "out")
    assert (code, told) == (0, f"release {SECOND}, 3 tables as they are there, byte for byte: {tmp_path / 'out'}\n")
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (following / path.name).read_bytes()
    assert sheaf("diff", following, following)[0] == 0


@pytest.mark.parametrize(
    ("base", "more", "code", "told"),
    [
        (SECOND, [], 1, "nothing was made: "),
        (FIRST, ["--formats", "duckdb"], 2, "a delta does not give the format 'duckdb'"),
    ],
    ids=["base", "format"],
)
def test_what_cannot_be_made_is_said(home, tmp_path, base, more, code, told) -> None:
    delta = home / "releases" / SECOND / "delta" / FIRST
    found, _, complaint = sheaf("patch", home / "releases" / base, delta, tmp_path / "out", *more)
    assert found == code
    assert told in complaint
    assert not (tmp_path / "out").exists()


@pytest.mark.real
@pytest.mark.slow
def test_a_real_dump_more_is_told(shared, tmp_path) -> None:
    """Release four of the five real dumps, then all five: what is new is the fifth, and nothing else is gone."""
    dumps = sorted((shared / "dumps").iterdir())
    raw = tmp_path / "raw"
    raw.mkdir()
    for day, some in enumerate((dumps[:-1], dumps[-1:]), 1):
        for dump in some:
            shutil.copy(dump, raw)
        assert sheaf_process("run", "--raw", raw, "--home", tmp_path).returncode == 0
        released = sheaf_process("release", "--home", tmp_path, "--formats", "parquet")
        assert released.returncode == 0, released.stderr
        assert day == len(json.loads((tmp_path / "releases" / "versions.json").read_text())["items"])
    first, second = json.loads((tmp_path / "releases" / "versions.json").read_text())["items"]
    code, told, _ = sheaf("diff", first, second, "--home", tmp_path, "--json")
    tables = json.loads(told)["tables"]
    assert code == 1
    assert {name: tables[name]["added"] for name in ("dumps", "listings", "papers")} == {
        "dumps": 1,
        "listings": 87,
        "papers": 72,
    }
    assert [name for name in tables if tables[name]["removed"] and name != "topics"] == []
    assert set(tables["papers"]["fields"]) <= {"listing_count", "dump_count", "best_position"}
    base, following = (tmp_path / "releases" / version for version in (first, second))
    assert sheaf("patch", base, following / "delta" / first, tmp_path / "out")[0] == 0
    assert sheaf("diff", base, base)[0] == 0
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (following / path.name).read_bytes(), path.name
