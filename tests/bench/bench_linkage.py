"""Time and memory of record linkage, step by step, from records to groups.

    python -m tests.bench.bench_linkage [--sizes RECORDS,...] [FOLDER]

Records are made up (`tests.damage`); of a FOLDER of labelled sets, each set is a line too. Every line is a process of
its own: reading the records is not in the seconds, but in the peak of memory. `title` is the baseline, a join of
records with equal titles by Polars: its seconds, and the pairs that it finds. Seconds are those of the processor, on
all cores, because a busy machine makes the clock lie; `wall` is the clock for all steps together.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl

from assets.dedupe.blocking import candidate_pairs
from assets.dedupe.forms import forms
from assets.dedupe.groups.cluster import cluster
from assets.dedupe.linkage import NO_JUDGEMENTS, compare_and_decide, conclude
from pipeline.memory import keep_freed_memory
from tests.bench.labelled import MADE_UP, labelled_sets, made_up
from tests.bench.near_peers import peak_bytes, processor_seconds

SIZES = (8_948, 100_000, 400_000)
"""Records: as many as the largest labelled set has, and more."""
RECORDS_PER_WORK = 3.5
"""Records that are made of a work, a little fewer than there are."""
STEPS = ("forms", "blocking", "comparing", "grouping")

Made = TypeVar("Made")


def make_records(count: int, path: Path) -> None:
    """Writes made-up records."""
    made_up(int(count / RECORDS_PER_WORK) + 1).records.head(count).write_parquet(path)


def title_join(records: pl.DataFrame) -> int:
    """Pairs records whose titles are equal; returns how many."""
    titles = records.lazy().select("listing_id", "title_search").filter(pl.col("title_search") != "")
    pairs = titles.join(titles, on="title_search").filter(pl.col("listing_id") < pl.col("listing_id_right"))
    return int(pairs.select(pl.len()).collect().item())


def measure(path: Path) -> None:
    """Prints what the steps took with the records of a file."""
    records = pl.read_parquet(path)
    seconds: dict[str, float] = {}

    def timed(step: str, work: Callable[[], Made]) -> Made:
        begun = processor_seconds()
        made = work()
        seconds[step] = processor_seconds() - begun
        return made

    begin = time.perf_counter()
    made = timed("forms", lambda: forms(records))
    found = timed("blocking", lambda: candidate_pairs(made))
    parts = timed("comparing", lambda: pl.concat(compare_and_decide(found.pairs, made)))
    pairs = conclude(found, parts, NO_JUDGEMENTS).pairs
    groups = timed("grouping", lambda: cluster(records, pairs, NO_JUDGEMENTS)).groups
    wall = time.perf_counter() - begin
    told = {"wall": wall, "peak": peak_bytes(), "records": records.height, "pairs": pairs.height}
    told["groups"] = groups["cluster"].n_unique()
    told["title_pairs"] = timed("title", lambda: title_join(records))
    print(json.dumps(told | seconds))


def line(name: str, path: Path) -> None:
    """Measures in a process of its own, and prints one line of the table."""
    command = [sys.executable, "-m", "tests.bench.bench_linkage", "--measure", str(path)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    steps = [told[step] for step in STEPS]
    print(
        f"{name:20}{told['records']:>9,}{told['pairs']:>11,}{told['groups']:>9,}"
        + "".join(f"{one:>10.2f}" for one in (*steps, sum(steps), told["wall"]))
        + f"{sum(steps) / told['records'] * 1e6:>10.0f}{told['peak'] / 1e6:>9.0f}"
        + f"{told['title']:>9.3f}{told['title_pairs']:>11,}",
        flush=True,
    )


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--sizes", type=lambda text: [int(one) for one in text.split(",") if one], default=SIZES)
    parser.add_argument("--measure", type=Path)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    keep_freed_memory()  # the processes that measure inherit it
    heads = (*STEPS, "all", "wall", "us/record")
    print(f"{'set':20}{'records':>9}{'pairs':>11}{'groups':>9}" + "".join(f"{head:>10}" for head in heads), end="")
    print(f"{'peak MB':>9}{'title':>9}{'its pairs':>11}")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "records.parquet")
        for size in options.sizes:
            make_records(size, path)
            line(MADE_UP, path)
        for one in labelled_sets(options.folder) if options.folder else ():
            if one.name != MADE_UP:
                one.records.write_parquet(path)
                line(one.name, path)


if __name__ == "__main__":
    main()
