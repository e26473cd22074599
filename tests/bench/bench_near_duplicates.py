"""How fast near-duplicates are found among made-up abstracts, how many of the planted ones, and how many others.

    python -m tests.bench.bench_near_duplicates [--peers PYTHON] [RECORDS...]

Every line is a process of its own: reading is not in the seconds, but in the peak of memory. `split` is Polars
splitting the same texts into words, batch by batch, the floor of any such work; the ratio is to it. Peers are run at
the sizes they can bear, with the PYTHON of an environment that has them. Then texts that break linkage by pairs.
On a busy machine look at `cpu us`, the time of all threads for a record: seconds are those of whoever else is there.
Compiled kernels are in numba's cache after the warm-up.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from assets.dedupe.signatures.minhash import signatures
from assets.dedupe.signatures.near import near_duplicates
from tests.bench.near_corpus import PATHOLOGICAL, make_corpus, pathological
from tests.bench.near_peers import WAYS, peak_bytes, processor_seconds

SIZES = (10_000, 100_000, 300_000, 1_000_000, 1_500_000)
PATHOLOGICAL_SIZE = 100_000
BEARABLE = {"rensa": 300_000, "datasketch": 100_000, "text-dedup": 100_000, "splink": 10_000}
"""Records up to which a peer is run."""
TIMEOUT = 900


def split(texts: pl.Series) -> None:
    """Splits texts into words, without keeping them."""
    for batch in range(0, len(texts), 50_000):
        texts[batch : batch + 50_000].str.split(" ").list.len().sum()


def pairs_of(groups: pl.DataFrame, ids: pl.Series) -> np.ndarray:
    """All pairs of rows that stand in one group."""
    rows = pl.DataFrame({"listing_id": ids}).with_row_index("row")
    grouped = groups.filter(pl.col("cluster").is_duplicated()).join(rows, on="listing_id").select("cluster", "row")
    both = grouped.join(grouped, on="cluster", suffix="_b").filter(pl.col("row") < pl.col("row_b"))
    return both.select("row", "row_b").cast(pl.Int64).to_numpy()


def measure(way: str, source: str, pairs: Path) -> None:
    """Prints what one way took: `near`, `signatures` or `split`, of a corpus or of a pathological kind."""
    if source in PATHOLOGICAL:
        texts = pathological(source, PATHOLOGICAL_SIZE)
        ids = pl.Series([f"{row:08}" for row in range(len(texts))])
    else:
        ids, texts = pl.read_parquet(source).get_columns()
    begin, begun = time.perf_counter(), processor_seconds()
    if way == "near":
        groups = near_duplicates(ids, texts)
    elif way == "signatures":
        signatures(texts)
    else:
        split(texts)
    told = {"seconds": time.perf_counter() - begin, "cpu": processor_seconds() - begun, "peak": peak_bytes()}
    if way == "near":
        sizes = groups.group_by("cluster").len()["len"]
        told |= {"groups": int((sizes > 1).sum()), "largest": int(sizes.max() or 0)}
        if source not in PATHOLOGICAL:
            np.save(pairs, pairs_of(groups, ids))
    print(json.dumps(told))


def run(command: list[object]) -> dict[str, float]:
    """Runs one measurement; an empty answer where it failed or took too long."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        print(f"  {command[-3]}: {str(error.stderr or error).strip().splitlines()[-1][:120]}")
        return {}
    return json.loads(done.stdout.splitlines()[-1])


def line(way: str, count: int, told: dict[str, float], floor: float, more: str = "") -> None:
    """Prints one line of the table."""
    seconds = told["seconds"]
    print(
        f"{way:14}{count:11,}{seconds:9.2f}{seconds / count * 1e6:10.2f}{seconds / floor:8.2f}{told['peak'] / 1e6:9.0f}"
        f"{told.get('cpu', 0) / count * 1e6:8.2f}"
        f"{more}",
        flush=True,
    )


def accuracy(pairs: Path, truth: Path) -> str:
    """Recall and precision of the pairs that were found."""
    found, true = ({tuple(pair) for pair in np.sort(np.load(path), axis=1).tolist()} for path in (pairs, truth))
    hits = len(found & true)
    return f"{len(found):9,}{hits / len(true):9.4f}{hits / max(1, len(found)):11.4f}"


def of_size(count: int, folder: Path, peers: str | None) -> None:
    """Prints the lines of one size."""
    corpus, truth = make_corpus(count, folder)
    pairs = folder / "pairs.npy"
    here: list[object] = [sys.executable, "-m", "tests.bench.bench_near_duplicates", "--measure"]
    told = run([*here, "split", corpus, pairs])
    floor = told["seconds"]
    line("split", count, told, floor)
    if told := run([*here, "signatures", corpus, pairs]):
        line("signatures", count, told, floor)
    if told := run([*here, "near", corpus, pairs]):
        line("near", count, told, floor, accuracy(pairs, truth))
    for way in WAYS if peers else ():
        told = (
            run([peers, Path(__file__).with_name("near_peers.py"), way, corpus, pairs])
            if count <= BEARABLE[way]
            else {}
        )
        if told:
            line(way, count, told, floor, accuracy(pairs, truth))
    corpus.unlink()


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--peers")
    parser.add_argument("--measure", nargs=3)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure[0], options.measure[1], Path(options.measure[2]))
        return
    near_duplicates(pl.Series(["a"]), pl.Series(["warms up"]))
    signatures(pl.Series(["x " * 10_000_000]))
    print(f"{'way':14}{'records':>11}{'seconds':>9}{'us/record':>10}{'ratio':>8}{'peak MB':>9}{'cpu us':>8}", end="")
    print(f"{'pairs':>9}{'recall':>9}{'precision':>11}")
    with tempfile.TemporaryDirectory() as folder:
        for count in options.sizes:
            of_size(count, Path(folder), options.peers)
        here: list[object] = [sys.executable, "-m", "tests.bench.bench_near_duplicates", "--measure"]
        for kind in PATHOLOGICAL:
            floor = run([*here, "split", kind, folder])["seconds"]
            if told := run([*here, "near", kind, folder]):
                groups = f"  {told['groups']:,} groups, the largest of {told['largest']:,}"
                line(kind, PATHOLOGICAL_SIZE, told, floor, groups)


if __name__ == "__main__":
    main()
