"""The commands as users call them: what they print, and their exit codes."""

import csv
import io
import json
import re
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.pages import TITLES, page
from tests.pipeline.conftest import SAMPLES, Sheaf

COMMANDS = (
    "run",
    "sql",
    "search",
    "show",
    "rejects",
    "schema",
    "rules",
    "status",
    "dev",
    "dedupe",
    "explain",
    "judge",
    "review",
    "diff",
    "patch",
)
WITHOUT_HOME = ("dedupe", "patch")
"""Commands that work on files of their own."""


@pytest.fixture(scope="module")
def counts(published: Path) -> dict[str, int]:
    with duckdb.connect(str(published / "papers.duckdb"), read_only=True) as connection:
        names = ("dumps", "listings", "papers", "audit.rejected_listings", "links")
        return {name: connection.sql(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in names}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(sheaf: Sheaf, command: str) -> None:
    done = sheaf(command, "--help")
    assert done.returncode == 0
    assert f"Example: sheaf {command}" in done.stdout
    assert ("--home" in done.stdout) == (command not in WITHOUT_HOME)


def test_help_lists_every_command(sheaf: Sheaf) -> None:
    done = sheaf("--help")
    assert done.returncode == 0
    assert all(re.search(rf"^\s+{command}\s", done.stdout, re.MULTILINE) for command in COMMANDS)


def test_run_ends_with_the_funnel_and_what_to_try(sheaf: Sheaf, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "one.txt").write_text(page(*TITLES[:3]))
    (raw / "two.txt").write_text(page(*TITLES[2:5]))
    done = sheaf("run", "--raw", raw, "--home", tmp_path / "home")
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in lines[:5]] == ["parse", "validate", "dedupe", "enrich", "publish"]
    assert "found\tparsed\tvalid\tmerged\tpapers\trejected" in lines
    assert "6\t6\t6\t1\t5\t0" in lines
    assert str(tmp_path / "home" / "papers.duckdb") in done.stdout
    assert len([line for line in lines if line.startswith("  sheaf ")]) == 3
    assert "\x1b" not in done.stdout

    again = sheaf("run", "--raw", raw, "--home", tmp_path / "home")
    assert again.returncode == 0
    assert again.stdout.startswith("Nothing has changed: 5 papers")

    remembered = sheaf("run", "--home", tmp_path / "home")
    assert remembered.stdout == again.stdout, "the raw folder of the last run is taken"


@pytest.mark.slow
def test_a_dump_that_is_gone_is_named(sheaf: Sheaf, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "one.txt").write_text(page(*TITLES[:3]))
    (raw / "two.txt").write_text(page(*TITLES[2:5]))
    assert sheaf("run", "--raw", raw, "--home", tmp_path / "home").returncode == 0
    (raw / "two.txt").unlink()
    without = sheaf("run", "--raw", raw, "--home", tmp_path / "home")
    assert "missing: the dump two.txt" in without.stdout


def test_run_reads_the_raw_folder_of_the_home(sheaf: Sheaf, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "one.txt").write_text(page(*TITLES[:2]))
    done = sheaf("run", SHEAF_HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "papers.duckdb").exists()


def test_nothing_is_published_when_too_much_is_rejected(sheaf: Sheaf, tmp_path: Path) -> None:
    raw = tmp_path / "one.txt"
    raw.write_text(page(*TITLES[:3]) + "\n\nA Title without an Abstract")
    done = sheaf("run", "--raw", raw, "--home", tmp_path, "--max-rejects", "0.1")
    assert done.returncode == 1
    assert "1 of 4 records were rejected" in done.stderr
    assert not (tmp_path / "papers.duckdb").exists()


def test_an_empty_raw_folder_is_a_wrong_command_and_not_an_empty_data_set(sheaf: Sheaf, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    done = sheaf("run", "--home", tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "papers.duckdb").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(["run", "--raw", "no/such/folder"], "no/such/folder", id="raw folder missing"),
        pytest.param(["run", "--raw", SAMPLES, "--without", "no_such_rule"], "no_such_rule", id="unknown rule"),
        pytest.param(["frobnicate"], "frobnicate", id="unknown command"),
        pytest.param(["sql"], "QUERY", id="argument missing"),
        pytest.param(["sql", "SELEC"], "syntax error", id="wrong SQL"),
        pytest.param(["sql", "DROP TABLE papers"], "read-only", id="changing the data"),
        pytest.param(["rejects", "--reason", "bad_mood"], "bad_mood", id="unknown reason"),
        pytest.param(["schema", "novels"], "novels", id="unknown table"),
        pytest.param(["status", "--home", "no/such/home"], "sheaf run --raw", id="nothing published"),
        pytest.param(["search", "x", "--limit", "0"], "limit", id="limit out of range"),
    ],
)
def test_a_wrong_command_is_one_line_and_exit_code_2(
    sheaf: Sheaf, published: Path, words: list[str], says: str
) -> None:
    home = [] if "--home" in words or words[0] in ("frobnicate", "schema") else ["--home", published]
    done = sheaf(*words, *home)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert says.lower() in done.stderr.lower()


def test_an_unknown_paper_is_exit_code_1(sheaf: Sheaf, published: Path) -> None:
    done = sheaf("show", "pffffffffffffffff", "--home", published)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (1, 1)


def test_sql_formats_agree(sheaf: Sheaf, published: Path, tmp_path: Path) -> None:
    query = "SELECT paper_id, title, flags, listing_count FROM papers ORDER BY paper_id"
    home = ("--home", published)
    rows = json.loads(sheaf("sql", query, *home, "--format", "json").stdout)
    comma = list(csv.DictReader(io.StringIO(sheaf("sql", query, *home, "--format", "csv").stdout)))
    assert sheaf("sql", query, *home, "--format", "parquet", "--out", tmp_path / "x.parquet").returncode == 0
    parquet = pl.read_parquet(tmp_path / "x.parquet").rows(named=True)
    tabs = sheaf("sql", query, *home).stdout.splitlines()
    assert rows == parquet
    assert [(row["paper_id"], row["title"], json.loads(row["flags"])) for row in comma] == [
        (row["paper_id"], row["title"], row["flags"]) for row in rows
    ]
    assert len(tabs) == len(rows) + 1


def test_sums_are_numbers(sheaf: Sheaf, published: Path) -> None:
    done = sheaf("sql", "SELECT sum(listing_count) AS n FROM papers", "--home", published, "--format", "json")
    assert isinstance(json.loads(done.stdout)[0]["n"], int)


def test_search_finds_the_paper_by_its_title(sheaf: Sheaf, published: Path) -> None:
    query = "SELECT paper_id, title FROM papers ORDER BY paper_id LIMIT 3"
    for row in json.loads(sheaf("sql", query, "--home", published, "--format", "json").stdout):
        found = sheaf("search", row["title"], "--home", published)
        assert found.stdout.splitlines()[1].split("\t")[1] == row["paper_id"]


@pytest.mark.parametrize("words", ["'; DROP TABLE papers; --", '"', "%", "(((", "\\", "\u202e"])
def test_search_takes_anything_as_text(sheaf: Sheaf, published: Path, words: str) -> None:
    assert sheaf("search", words, "--home", published).returncode == 0


def test_show_tells_where_everything_comes_from(sheaf: Sheaf, published: Path) -> None:
    query = """
        SELECT paper_id, any_value(byte_start) AS start FROM paper_listings JOIN clean_listings USING (listing_id)
        JOIN listings USING (listing_id) JOIN papers USING (paper_id)
        WHERE listing_count > 1 AND len(repairs) > 0 GROUP BY paper_id ORDER BY paper_id LIMIT 1
    """
    found = json.loads(sheaf("sql", query, "--home", published, "--format", "json").stdout)[0]
    shown = sheaf("show", found["paper_id"], "--home", published).stdout
    for heading in ("Listings", "Where each value comes from", "Why fields are empty", "Repairs"):
        assert heading in shown.splitlines()
    assert str(found["start"]) in shown
    assert sheaf("show", found["paper_id"][:12], "--home", published).stdout == shown


def test_show_tells_what_was_found_in_the_abstract(sheaf: Sheaf, published: Path) -> None:
    query = "SELECT paper_id, any_value(surface) AS surface FROM quantities GROUP BY paper_id ORDER BY paper_id LIMIT 1"
    found = json.loads(sheaf("sql", query, "--home", published, "--format", "json").stdout)[0]
    shown = sheaf("show", found["paper_id"], "--home", published).stdout
    assert {"Quantities", "Topic"} <= set(shown.splitlines())
    assert found["surface"] in shown.split("Quantities", 1)[1].split("\n\n", 1)[0]


def test_show_tells_why_a_listing_was_turned_away(sheaf: Sheaf, published: Path) -> None:
    query = "SELECT listing_id, reason FROM audit.rejected_listings ORDER BY ALL LIMIT 1"
    found = json.loads(sheaf("sql", query, "--home", published, "--format", "json").stdout)[0]
    shown = sheaf("show", found["listing_id"], "--home", published).stdout
    assert re.search(rf"^reason\s+{found['reason']}$", shown, re.MULTILINE)


def test_show_tells_that_a_listing_of_a_reference_is_of_no_paper(sheaf: Sheaf, published: Path) -> None:
    query = """
        SELECT listing_id, title FROM clean_listings ANTI JOIN paper_listings USING (listing_id) ORDER BY ALL LIMIT 1
    """
    found = json.loads(sheaf("sql", query, "--home", published, "--format", "json").stdout)[0]
    shown = sheaf("show", found["listing_id"][:10], "--home", published).stdout
    assert re.search(r"^belongs\s+to no paper", shown, re.MULTILINE)
    assert found["title"] in shown


def test_what_dumps_smuggle_in_never_reaches_the_terminal(sheaf: Sheaf, tmp_path: Path) -> None:
    title = "Escape \x1b[31mRed\x1b[0m [bold]Markup[/bold] \u202eReversed"
    (tmp_path / "a.txt").write_text(page(title, *TITLES[:2]))
    home = ("--home", tmp_path / "home")
    done = sheaf("run", "--raw", tmp_path / "a.txt", *home, FORCE_COLOR="1", TERM="xterm")
    assert done.returncode == 0, done.stderr
    for words in (
        ["search", "escape"],
        ["sql", "SELECT title_raw, title FROM listings JOIN clean_listings USING (listing_id)"],
    ):
        printed = sheaf(*words, *home, FORCE_COLOR="1", TERM="dumb").stdout
        assert "[bold]Markup[/bold]" in " ".join(printed.split())
        assert not re.search("[\x1b\u202e]", printed)


def test_rejects_are_counted_and_listed(sheaf: Sheaf, published: Path, counts: dict[str, int]) -> None:
    lines = sheaf("rejects", "--home", published).stdout.splitlines()[1:]
    total = sum(int(line.split("\t")[3]) for line in lines if line.startswith("listing"))
    assert total == counts["audit.rejected_listings"] > 0
    reason = lines[0].split("\t")[2]
    listed = sheaf("rejects", "--reason", reason, "--home", published).stdout.splitlines()
    assert len(listed) == int(lines[0].split("\t")[3]) + 1


@pytest.mark.slow
def test_replay_accepts_what_a_changed_rule_lets_pass(sheaf: Sheaf, tmp_path: Path) -> None:
    raw = tmp_path / "one.txt"
    raw.write_text(page(*TITLES[:4]) + "\n\nA Title without an Abstract")
    assert sheaf("run", "--raw", raw, "--home", tmp_path / "home").returncode == 0
    raw.unlink()
    done = sheaf("rejects", "--replay", "--home", tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert "Replayed 1 rejected listings: 0 are accepted now, 1 are not." in done.stdout


def test_schema_shows_every_table_and_column(
    sheaf: Sheaf, published: Path, counts: dict[str, int], tmp_path: Path
) -> None:
    tables = dict(line.split("\t")[:2] for line in sheaf("schema", "--home", published).stdout.splitlines()[1:])
    assert {"audit.ledger", "listed", "audit.funnel"} <= set(tables)
    assert tables["papers"] == str(counts["papers"])
    nowhere = sheaf("schema", "--home", tmp_path)
    assert [line.split("\t")[0] for line in nowhere.stdout.splitlines()[1:]] == list(tables)
    columns = sheaf("schema", "papers").stdout
    assert "best_position\tBIGINT\tnever\t" in columns


def test_status_tells_the_last_run(sheaf: Sheaf, published: Path, counts: dict[str, int]) -> None:
    shown = sheaf("status", "--home", published).stdout
    assert re.search(rf"^papers\s+{counts['papers']}$", shown, re.MULTILINE)
    assert "publish\t" in shown
    funnel = [line.split("\t") for line in shown.split("role\tstage\t", 1)[1].splitlines() if line]
    assert {len(line) for line in funnel[1:]} == {len(funnel[0]) + 2}, "a heading for every column"


def test_rules_counts_what_each_has_changed(sheaf: Sheaf, published: Path) -> None:
    lines = [line.split("\t") for line in sheaf("rules", "--home", published).stdout.splitlines()[1:]]
    assert sum(int(line[3]) > 0 for line in lines) > 20


@pytest.mark.slow
def test_a_switched_off_rule_changes_nothing(sheaf: Sheaf, tmp_path: Path) -> None:
    raw = tmp_path / "one.txt"
    raw.write_text(page(*TITLES[:2]).replace("half the time", "50\\% of the time"))
    home = ("--home", tmp_path / "home")
    assert sheaf("run", "--raw", raw, *home).returncode == 0
    rule = json.loads(
        sheaf("sql", "SELECT DISTINCT unnest(repairs) AS r FROM clean_listings", *home, "--format", "json").stdout
    )
    assert len(rule) == 1
    assert sheaf("run", "--raw", raw, *home, "--without", rule[0]["r"]).returncode == 0
    kept = sheaf("sql", "SELECT count(*) FROM papers WHERE contains(abstract, '50\\%')", *home)
    assert kept.stdout.splitlines()[1] == "2"
