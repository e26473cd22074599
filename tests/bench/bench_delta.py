"""Time, memory and bytes of a delta between two releases, and of making the next one from it.

    python -m tests.bench.bench_delta [PAPERS...]

Two made-up releases with papers, their listings and ten neighbors each: from the first to the second, one paper in a
hundred changed, one is new, and one in a thousand is gone. `read` reads both releases with DuckDB and nothing else,
`copy` writes the tables of the second with a plain COPY: what no comparison and no patch can do without. `compare` is
what `sheaf diff` does, `delta` writes the delta and proves it, as every release does, `patch` is what a reader does.
Seconds are those of the processor, on all cores; anonymous memory (RssAnon) is looked at every 20 ms, Linux only.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from assets.release.build import with_files, write_parquet
from assets.release.delta.diff import diff
from assets.release.delta.patch import patch
from assets.release.delta.write import write_deltas
from assets.release.draft import Draft
from assets.release.formats.parquet import copy_table
from assets.release.snapshot import Selection, Snapshot, working_connection
from pipeline.memory import keep_freed_memory
from schemas.catalog import TABLES
from schemas.release_vocabulary import ReleaseFormat
from schemas.render import column_facts
from schemas.render.sql import identifier, sql_type
from tests import deltas
from tests.bench.bench_scale import anonymous_bytes
from tests.papers import papers

SIZES = (100_000, 1_000_000)
POOL = 20_000
"""Papers with texts of their own; those beyond repeat them under another title."""
NAMES = ("papers", "paper_listings", "neighbors")


def pool(folder: Path) -> Path:
    """Writes texts of real length."""
    made = list(papers(POOL, first=0, sentences=22))
    path = folder / "pool.parquet"
    pl.DataFrame(
        {
            "number": range(POOL),
            "title": [one.title for one in made],
            "abstract": [one.abstract for one in made],
            "authors": [one.names for one in made],
            "venue": [one.venue for one in made],
        }
    ).write_parquet(path)
    return path


def source(name: str, texts: Path, count: int, *, is_next: bool) -> str:
    """The query for a table of the first or of the next release."""
    numbers = f"FROM range({count + count // 100 * is_next}) AS numbers(i)"
    kept = f"WHERE {'i % 1000 <> 7' if is_next else 'true'}"
    change = "i % 100 = 3" if is_next else "false"
    given = {
        "paper_id": "printf('p%016x', i * 2654435761 % 1152921504606846976)",
        "listing_id": "printf('%032x', i * 2654435761 % 1152921504606846976)",
        "neighbor_id": "printf('p%016x', (i + rank) * 2654435761 % 1152921504606846976)",
        "rank": "rank",
        "similarity": f"CASE WHEN {change} THEN 0.25 ELSE 0.5 END",
        "title": f"t.title || ' ' || i || CASE WHEN {change} THEN ' again' ELSE '' END",
        "abstract": "t.abstract",
        "authors": "t.authors",
        "venue": "t.venue",
        "listing_count": f"CASE WHEN {change} THEN 2 ELSE 1 END",
    }
    columns = []
    for facts in column_facts(TABLES[name]):
        kind = sql_type(facts.dtype)
        other = "[]" if kind.endswith("[]") else "NULL" if facts.nullable else "'feed'" if kind == "VARCHAR" else "1"
        columns.append(f"({given.get(facts.name, other)})::{kind} AS {identifier(facts.name)}")
    joined = f"JOIN '{texts}' t ON t.number = i % {POOL}" if name == "papers" else ""
    ranks = ", range(1, 11) AS ranks(rank)" if name == "neighbors" else ""
    return f"SELECT {', '.join(columns)} {numbers} {joined} {ranks} {kept}"


def draft(folder: Path, number: int, texts: Path, count: int) -> Draft:
    """One of the two releases."""
    release = folder / deltas.version(number)
    work = release / ".work"
    work.mkdir(parents=True)
    with working_connection(work) as connection:
        rows = {
            name: copy_table(
                connection, name, source(name, texts, count, is_next=number == 2), release / f"{name}.parquet"
            )
            for name in NAMES
        }
    selection = Selection(NAMES, (ReleaseFormat.PARQUET,))
    snapshot = Snapshot(release, work, selection, {name: release / f"{name}.parquet" for name in NAMES}, rows)
    made = Draft(release.name, datetime(2025, 3, number, tzinfo=UTC), snapshot, deltas.ORIGIN, None)
    return with_files(made, write_parquet(snapshot))


def read(*releases: Path) -> None:
    """Reads every value of both releases."""
    for release in releases:
        for name in NAMES:
            with working_connection(release) as connection:
                values = ", ".join(f"max({identifier(facts.name)})" for facts in column_facts(TABLES[name]))
                connection.execute(f"SELECT {values} FROM '{release / name}.parquet'").fetchall()


def copy(release: Path, folder: Path) -> None:
    """Writes the tables of a release again."""
    for name in NAMES:
        with duckdb.connect() as connection:
            to = folder / f"{name}.parquet"
            connection.execute(f"COPY (FROM '{release / name}.parquet') TO '{to}' (FORMAT parquet, COMPRESSION zstd)")


def measured(step: Callable[[], object]) -> tuple[float, int]:
    """Seconds of the processor, and the peak of anonymous memory in bytes."""
    peak, is_done = 0, threading.Event()

    def look() -> None:
        nonlocal peak
        while not is_done.wait(0.02):
            peak = max(peak, anonymous_bytes())

    watch = threading.Thread(target=look)
    watch.start()
    begun = time.process_time()
    step()
    seconds = time.process_time() - begun
    is_done.set()
    watch.join()
    return seconds, peak


def steps(folder: Path, count: int) -> Iterator[tuple[str, Callable[[], object], Path | None]]:
    """What is measured: its name, what it does, and the folder that it writes."""
    texts = pool(folder)
    first = deltas.finish(draft(folder, 1, texts, count))
    made = draft(folder, 2, texts, count)
    second, delta, plain, out = (
        deltas.finish(made),
        made.folder / "delta" / first.name,
        folder / "plain",
        folder / "out",
    )
    plain.mkdir()
    yield "read", lambda: read(first, second), None
    yield "copy", lambda: copy(second, plain), plain
    yield "compare", lambda: diff(first, second), None
    yield "delta", lambda: write_deltas(made, {first.name: first}), delta
    yield "patch", lambda: patch(first, delta, out), out


def main(sizes: list[int]) -> None:
    """Prints a line for every step of every size."""
    keep_freed_memory()
    print(f"{'papers':>10}{'step':>10}{'seconds':>9}{'x read':>8}{'memory MB':>11}{'written MB':>12}")
    for count in sizes:
        floor = 0.0
        with tempfile.TemporaryDirectory(prefix="sheaf-bench-") as name:
            for step, run, output in steps(Path(name), count):
                seconds, peak = measured(run)
                floor = floor or seconds
                size = sum(path.stat().st_size for path in output.iterdir()) / 1e6 if output else 0
                told = f"{seconds:>9.1f}{seconds / floor:>8.1f}{peak / 1e6:>11,.0f}{size:>12,.1f}"
                print(f"{count:>10,}{step:>10}{told}", flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))
