"""Time, bytes and memory of every part of a release, beside plain copies of the same tables in the same run.

    python -m tests.bench.bench_release --home HOME
    python -m tests.bench.bench_release --papers 1000000
    python -m tests.bench.bench_release --home HOME --ways duckdb --rounds 5 --work FOLDER

Every measurement has a process of its own; the rounds are interleaved and medians are told. `seconds` is wall time,
`processor` that of all cores, which other work on the machine disturbs less; `peak MB` is the largest resident memory,
Linux only. Plain copies go from the published file: `COPY table TO … (FORMAT parquet, COMPRESSION zstd)`, JSON and CSV
likewise, and `CREATE TABLE … AS FROM table` into a DuckDB file, with the same limit of memory and on all cores. The
ratios of `parquet`, `duckdb`, `jsonl` and `csv` are to them. `hashes` is what the manifest needs, `release` the whole
command.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from assets.publish.warehouse import STORAGE_VERSION, WAREHOUSE
from assets.release.build import WRITERS, release
from assets.release.layout import INNER
from assets.release.snapshot import Selection, Snapshot, take, working_connection
from assets.release.store import sha256_of
from schemas.catalog import TABLES, metadata, qualified
from schemas.release_vocabulary import ReleaseFormat
from tests.bench.release_corpus import make_home

PLAIN = {
    "parquet": "plain parquet",
    "duckdb": "plain duckdb",
    "jsonl": "plain json",
    "csv": "plain csv",
}
"""What is measured -> the plain copy that it is compared with."""
NO_LISTS = "SELECT * EXCLUDE (authors, categories, flags) FROM home.main.papers"
"""What a plain CSV can hold."""


def _plain(home: Path, folder: Path, statements: dict[str, str]) -> None:
    """Runs statements on the published file."""
    with working_connection(folder) as connection:
        connection.execute(f"ATTACH '{home / WAREHOUSE}' AS home (READ_ONLY)")
        for name, statement in statements.items():
            connection.execute(statement.format(name=name, path=folder / name))


def plain_parquet(home: Path, folder: Path, _: Snapshot) -> None:
    """COPY of every table, as it lies."""
    copy = "COPY (FROM home.{}.{}) TO '{{path}}.parquet' (FORMAT parquet, COMPRESSION zstd)"
    _plain(home, folder, {name: copy.format(metadata(TABLES[name])["schema"], name) for name in INNER})


def plain_duckdb(home: Path, folder: Path, _: Snapshot) -> None:
    """Every table copied into a new database."""
    statements = {"made": f"ATTACH '{{path}}.duckdb' AS made (STORAGE_VERSION '{STORAGE_VERSION}')"}
    schemas = {metadata(TABLES[name])["schema"] for name in INNER}
    statements |= {schema: f"CREATE SCHEMA IF NOT EXISTS made.{schema}" for schema in sorted(schemas)}
    for name in INNER:
        schema = metadata(TABLES[name])["schema"]
        statements[qualified(name)] = f"CREATE TABLE made.{schema}.{name} AS FROM home.{schema}.{name}"
    _plain(home, folder, {**statements, "end": "DETACH made"})


def plain_json(home: Path, folder: Path, _: Snapshot) -> None:
    """COPY of papers as JSON lines."""
    copy = "COPY (FROM home.main.papers) TO '{path}.jsonl.zst' (FORMAT json, COMPRESSION zstd)"
    _plain(home, folder, {"papers": copy})


def plain_csv(home: Path, folder: Path, _: Snapshot) -> None:
    """COPY of papers, without what has several values, as CSV."""
    _plain(home, folder, {"papers": f"COPY ({NO_LISTS}) TO '{{path}}.csv.gz' (FORMAT csv, COMPRESSION gzip)"})


def parquet(home: Path, folder: Path, _: Snapshot) -> None:
    """All tables as canonical Parquet."""
    take(home / WAREHOUSE, folder, folder, Selection(formats=(ReleaseFormat.PARQUET, ReleaseFormat.DUCKDB)))


def hashes(_: Path, __: Path, snapshot: Snapshot) -> None:
    """SHA-256 of the tables of the snapshot."""
    for path in snapshot.tables.values():
        sha256_of(path)


def whole(home: Path, folder: Path, _: Snapshot) -> None:
    """The command: every format, delta, documentation."""
    release(folder, home / WAREHOUSE, Selection(), datetime(2025, 3, 1, tzinfo=UTC))


def writes(form: ReleaseFormat) -> Callable[[Path, Path, Snapshot], None]:
    """What writes a format."""

    def write(_: Path, folder: Path, snapshot: Snapshot) -> None:
        elsewhere = Snapshot(folder, folder, snapshot.selection, snapshot.tables, snapshot.rows)
        WRITERS[form](elsewhere)

    return write


WAYS: dict[str, Callable[[Path, Path, Snapshot], None]] = {
    "plain parquet": plain_parquet,
    "parquet": parquet,
    "plain duckdb": plain_duckdb,
    **{str(form): writes(form) for form in WRITERS if form != ReleaseFormat.PARQUET},
    "plain json": plain_json,
    "plain csv": plain_csv,
    "hashes": hashes,
    "release": whole,
}
"""Name -> what is measured: home, an empty folder to write to, the snapshot."""


def snapshot_in(folder: Path) -> Snapshot:
    """The snapshot that was taken into a folder."""
    rows: dict[str, int] = json.loads((folder / "rows.json").read_text())
    return Snapshot(folder, folder, Selection(), {name: folder / f"{name}.parquet" for name in rows}, rows)


def measure(way: str, home: Path, tables: Path, folder: Path) -> None:
    """Prints what one way costs."""
    snapshot = snapshot_in(tables)
    began, began_processor = time.perf_counter(), time.process_time()
    WAYS[way](home, folder, snapshot)
    seconds, processor = time.perf_counter() - began, time.process_time() - began_processor
    status = Path("/proc/self/status").read_text()  # ru_maxrss would be that of the process that started this one
    peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
    written = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    told = {"seconds": seconds, "processor": processor, "peak": peak, "bytes": written}
    print(json.dumps(told))


def costs(way: str, home: Path, tables: Path, work: Path) -> dict[str, float]:
    """Measures one way in a process of its own; what it writes is removed."""
    folder = work / "written"
    folder.mkdir()
    try:
        words = [
            sys.executable,
            "-m",
            "tests.bench.bench_release",
            "--measure",
            way,
            str(home),
            str(tables),
            str(folder),
        ]
        told: dict[str, float] = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
        return told
    finally:
        shutil.rmtree(folder)


def show(found: dict[str, list[dict[str, float]]]) -> None:
    """Prints the table."""
    middle = {way: {name: median(one[name] for one in all_) for name in all_[0]} for way, all_ in found.items()}
    head = ("", "seconds", "processor", "MB", "MB/s", "peak MB", "time ratio", "processor", "bytes")
    print(f"{head[0]:<16}" + "".join(f"{name:>11}" for name in head[1:]))
    for way, one in middle.items():
        plain = middle.get(PLAIN.get(way, ""))
        size = one["bytes"] / 1e6
        cells = [f"{one['seconds']:.2f}", f"{one['processor']:.2f}", f"{size:,.1f}", f"{size / one['seconds']:.1f}"]
        cells.append(f"{one['peak'] / 1e6:,.0f}")
        cells += [f"{one[name] / plain[name]:.2f}" for name in ("seconds", "processor", "bytes")] if plain else []
        print(f"{way:<16}" + "".join(f"{cell:>11}" for cell in cells))


def main() -> None:
    """Measures and prints."""
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], *map(Path, sys.argv[3:6]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a home that is published; it is only read")
    parser.add_argument("--papers", type=int, default=100_000, help="or so many made-up papers")
    parser.add_argument("--ways", default=",".join(WAYS), help="what to measure, with commas between")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, help="folder for what is written; the system's otherwise")
    given = parser.parse_args()
    ways = [way for way in WAYS if way in given.ways.split(",")]
    with tempfile.TemporaryDirectory(dir=given.work) as place:
        work = Path(place)
        home = given.home or make_home(given.papers, work / "home").parent
        tables = work / "tables"
        tables.mkdir()
        taken = take(home / WAREHOUSE, tables, tables, Selection())
        (tables / "rows.json").write_text(json.dumps(taken.rows))
        found: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
        for _ in range(given.rounds):
            for way in ways:
                found[way].append(costs(way, home.absolute(), tables, work))
        print(f"{home}: {taken.rows['papers']:,} papers, {sum(taken.rows.values()):,} rows")
        show(found)


if __name__ == "__main__":
    main()
