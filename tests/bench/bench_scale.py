"""Whether time stays linear and memory bounded: arXiv snapshots of 10^4 to 1.5 million records to validated Parquet.

    python -m tests.bench.bench_scale [RECORDS...]

Every size is read in a process of its own, its allocator set as `sheaf` sets it; beside it, in the same run, Polars
scan_ndjson -> sink_parquet of the same file. Anonymous memory (RssAnon, without the pages of the mapped file) is looked
at every 20 ms, Linux only. The largest dump takes 3.3 GB of disk.
"""

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from pipeline.memory import keep_freed_memory
from tests.bench.bench_formats import floor, to_parquet
from tests.bench.make_dump import make_dump

SIZES = (10_000, 100_000, 1_000_000, 1_500_000)


def anonymous_bytes() -> int:
    """Anonymous memory of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) * 1024
    return 0


def measure(what: str, path: Path, folder: Path) -> None:
    """Prints seconds and the peak of anonymous memory of one way to read a file."""
    peak, is_done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not is_done.wait(0.02):
            peak = max(peak, anonymous_bytes())

    watcher = threading.Thread(target=watch)
    watcher.start()
    begin = time.perf_counter()
    {"sheaf": to_parquet, "floor": floor}[what](path, folder)
    seconds = time.perf_counter() - begin
    is_done.set()
    watcher.join()
    print(seconds, peak)


def main() -> None:
    """Prints the table."""
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
        return
    keep_freed_memory()  # the processes that measure inherit it
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    print(
        f"{'records':>10}{'MB':>8}{'way':>7}{'seconds':>9}{'records/s':>11}{'MB/s':>8}{'anonymous MB':>14}{'ratio':>7}"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            path = Path(name, "dump")
            megabytes = make_dump("arxiv_snapshot", size, path) / 1e6
            took = {}
            for what in ("floor", "sheaf"):
                command = [sys.executable, "-m", "tests.bench.bench_scale", "--measure", what, path, name]
                told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
                took[what], peak = float(told[0]), int(told[1])
                ratio = f"{took[what] / took['floor']:7.2f}"
                print(
                    f"{size:10,}{megabytes:8.0f}{what:>7}{took[what]:9.2f}{size / took[what]:11,.0f}"
                    f"{megabytes / took[what]:8.1f}{peak / 1e6:14.0f}{ratio}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
