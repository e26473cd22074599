"""How fast every format is read: from the file to validated Parquet.

    python -m tests.bench.bench_formats [RECORDS] [RUNS] [FORMAT...]

Writes a dump of that many made-up papers (20,000) in each format, and prints medians of several runs (3): records and
megabytes a second, and the seconds that `reader.read` alone takes. Beside the arXiv snapshot stands the plain floor for
JSON lines: Polars scan_ndjson -> sink_parquet of the same file, without any check, hash, date, name or identifier.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from assets.parse.cache import Cache
from assets.parse.detect import READERS
from assets.parse.folder import find_files
from assets.parse.intake import Intake
from assets.parse.read import read_file
from assets.parse.reader import NO_HINTS
from schemas.formats import Format
from tests.bench.make_dump import make_dump


def median_seconds(call: Callable[[], object], runs: int) -> float:
    """Median of the wall time of several runs."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def to_parquet(path: Path, folder: Path) -> int:
    """What the pipeline does with a file that it does not know: detect, read, normalise, check, write."""
    shutil.rmtree(folder / "cache", ignore_errors=True)
    (file,) = find_files([str(path)])
    cache = Cache(folder / "cache", readers="bench")
    intake = Intake(cache)
    (part,) = read_file(file, intake, folder)
    intake.flush()
    facts = cache.facts[part.key]
    if facts.reason:
        raise SystemExit(f"{path}: {facts.reason}: {facts.detail}")
    return facts.listing_count


def floor(path: Path, folder: Path) -> None:
    """The least that can be done with JSON lines."""
    pl.scan_ndjson(path).sink_parquet(folder / "floor.parquet", compression="zstd", compression_level=1)


def main() -> None:
    """Prints the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    wanted = sys.argv[3:]
    print(f"{'format':22}{'records':>10}{'MB':>8}{'seconds':>9}{'records/s':>11}{'MB/s':>8}{'read alone':>12}")
    for reader in READERS:
        if reader.format is Format.PAGE_TEXT or (wanted and str(reader.format) not in wanted):
            continue
        with tempfile.TemporaryDirectory() as name:
            folder, path = Path(name), Path(name, "dump")
            megabytes = make_dump(str(reader.format), count, path) / 1e6
            found = to_parquet(path, folder)
            seconds = median_seconds(lambda path=path, folder=folder: to_parquet(path, folder), runs)
            content = path.read_bytes()
            alone = median_seconds(
                lambda reader=reader, content=content: sum(one.height for one in reader.read(content, NO_HINTS)), runs
            )
            print(
                f"{reader.format:22}{found:10,}{megabytes:8.1f}{seconds:9.2f}{found / seconds:11,.0f}"
                f"{megabytes / seconds:8.1f}{alone:12.2f}",
                flush=True,
            )
            if reader.format is Format.ARXIV_SNAPSHOT:
                least = median_seconds(lambda path=path, folder=folder: floor(path, folder), runs)
                print(
                    f"{'  polars floor':22}{found:10,}{megabytes:8.1f}{least:9.2f}{found / least:11,.0f}"
                    f"{megabytes / least:8.1f}   ratio {seconds / least:.2f}"
                )


if __name__ == "__main__":
    main()
