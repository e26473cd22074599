"""The five real dumps, end to end: counts, bytes, truth."""

import csv
import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from schemas.catalog import TABLES
from tests.pipeline.conftest import call

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    done = call("run", "--raw", shared / "dumps", "--home", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def connection(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(home / "papers.duckdb"), read_only=True) as opened:
        yield opened


def test_counts(connection: duckdb.DuckDBPyConnection) -> None:
    names = "dump_count, found_count, parsed_count, valid_count, merged_count, rejected_count, paper_count"
    assert connection.sql(f"SELECT {names} FROM audit.runs").fetchall() == [(5, 461, 461, 461, 54, 0, 407)]
    per_dump = connection.sql("SELECT listing_count FROM dumps ORDER BY uri").fetchall()
    assert per_dump == [(83,), (129,), (69,), (93,), (87,)]
    assert connection.sql("FROM audit.ledger WHERE rows_in != rows_out + rows_merged + rows_rejected").fetchall() == []


def test_every_byte_range_reproduces_the_raw_text(connection: duckdb.DuckDBPyConnection, shared: Path) -> None:
    bytes_of = {sha256(path.read_bytes()).hexdigest(): path.read_bytes() for path in (shared / "dumps").iterdir()}
    rows = connection.sql("SELECT dump_id, byte_start, byte_end, title_raw, abstract_raw FROM listings").fetchall()
    assert len(rows) == 461
    for dump_id, start, end, title, abstract in rows:
        record = bytes_of[dump_id][start:end]
        assert record.startswith(title.encode())
        assert record.endswith(abstract.encode())


def test_labelled_pairs(connection: duckdb.DuckDBPyConnection, shared: Path) -> None:
    query = "SELECT uri[:3] || ':' || (position - 1), paper_id FROM listed"
    paper = dict(connection.sql(query).fetchall())
    with (shared / "gold" / "duplicates.tsv").open(newline="") as labels:
        for row in csv.DictReader(labels, delimiter="\t"):
            same = paper[row["a"]] == paper[row["b"]]
            assert same == (row["relation"] == "duplicate"), row["title_a"]


@pytest.mark.slow
def test_renamed_and_split_in_time_the_ids_are_the_same(home: Path, shared: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    dumps = sorted((shared / "dumps").iterdir())
    for number, dump in enumerate(reversed(dumps[1:])):
        shutil.copy2(dump, raw / f"{number}.txt")
    later = tmp_path / "home"
    assert call("run", "--raw", raw, "--home", later, POLARS_MAX_THREADS="1").returncode == 0
    shutil.copy2(dumps[0], raw / "late.txt")
    assert call("run", "--raw", raw, "--home", later).returncode == 0
    for name in set(TABLES) - {"runs", "dumps"}:
        one, other = (folder / "stage" / f"{name}.parquet" for folder in (home, later))
        assert one.read_bytes() == other.read_bytes(), name


@pytest.mark.slow
def test_broken_files_beside_the_real_ones(connection: duckdb.DuckDBPyConnection, shared: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(shared / "dumps", raw)
    whole = (raw / "003_fac7318c524860c5.txt").read_bytes()
    (raw / "empty.txt").write_bytes(b"")
    (raw / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (raw / "shifted.txt").write_bytes(whole.replace(b"Mar 11\n\n", b"Mar 11\n\nA line more\n\n", 1))
    (raw / "truncated.txt").write_bytes(whole[: len(whole) // 2])
    (raw / "latin.txt").write_bytes(whole[:40_000] + b"\xff\xfe" + whole[40_000:])
    done = call("run", "--raw", raw, "--home", tmp_path / "home")
    assert done.returncode == 0, done.stderr
    query = "SELECT paper_id, title, abstract FROM papers ORDER BY paper_id"
    told = json.loads(call("sql", query, "--home", tmp_path / "home", "--format", "json").stdout)
    assert [tuple(row.values()) for row in told] == connection.sql(query).fetchall()
    for reason in ("empty_file", "binary_file", "shifted_pairs", "truncated_record", "invalid_encoding"):
        assert reason in done.stdout
