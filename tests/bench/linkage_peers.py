"""Record linkage beside other tools: `python -m tests.bench.linkage_peers FOLDER [SET…] --peers PYTHON`.

PYTHON is the interpreter of an environment that holds some of bib-dedupe, splink and pyjedai; it may be given several
times. A tool that is in none of them is left out with its last words. All read the same texts, each in a process of its
own. Every row of the table is one tool on one set: precision, recall and F1 over pairs, and the seconds the tool took.
`exact title` is the floor: equal titles in search form; `EM` are the candidates and features of our own with
weights that expectation maximisation finds on each set, in the place of the fixed ones.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

from tests.bench.em_weights import joined_by_em
from tests.bench.labelled import PAIR, LabelledSet, Score, labelled_sets, ordered, pairs_of, score
from tests.bench.linkage_report import timed

SCRIPT = Path(__file__).with_name("peer_linkers.py")
PEERS = ("bibdedupe", "splink", "pyjedai")
LONGEST = 600
"""Seconds after which a tool is stopped."""


def exact_title(labelled: LabelledSet) -> pl.DataFrame:
    """Pairs with equal titles in search form; between sources only, where they are free of duplicates inside."""
    titled = labelled.records.filter(pl.col("title_search") != "")
    pairs = pairs_of(titled.select("listing_id", cluster="title_search"))
    if not labelled.one_to_one:
        return pairs
    sources = titled.select("listing_id", "source")
    sides = pairs.join(sources, left_on="listing_a", right_on="listing_id").join(
        sources, left_on="listing_b", right_on="listing_id", suffix="_b"
    )
    return sides.filter(pl.col("source") != pl.col("source_b")).select(PAIR)


def by_peers(pythons: list[str], peer: str, labelled: LabelledSet, folder: Path) -> tuple[pl.DataFrame, float] | str:
    """What a tool joins, run where it is installed, and its seconds; or why there is nothing."""
    for python in pythons:
        if not isinstance(found := by_peer(python, peer, labelled, folder), str):
            break
    return found


def by_peer(python: str, peer: str, labelled: LabelledSet, folder: Path) -> tuple[pl.DataFrame, float] | str:
    """What another tool joins, and its seconds; or why there is nothing."""
    source, target = folder / f"{labelled.name}.csv", folder / f"{labelled.name}.{peer}.csv"
    labelled.texts.with_columns(pl.all().fill_null("")).write_csv(source)
    link = ["link"] if labelled.one_to_one else []
    try:
        done = subprocess.run(
            [python, SCRIPT, peer, source, target, *link], capture_output=True, text=True, check=False, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        return f"stopped after {LONGEST} s"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no word"])[-1][:100]
    return ordered(pl.read_csv(target, infer_schema=False)), float(done.stdout.split("seconds ")[-1])


def line(name: str, tool: str, pairs: pl.DataFrame, labelled: LabelledSet, seconds: float) -> str:
    """A row of the table."""
    if labelled.judged is not None:
        pairs = pairs.join(labelled.judged, on=PAIR, how="semi")
    reached: Score = score(pairs, labelled.truth)
    figures = f"{reached.precision:.4f} {reached.recall:.4f} {reached.f1:.4f}"
    return f"{name:<20} {tool:<12} {figures} {reached.false:>6} {reached.missed:>6} {seconds:>8.2f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of labelled sets")
    parser.add_argument("sets", nargs="*", help="sets to run; all where none is named")
    parser.add_argument("--peers", action="append", default=[], help="Python of an environment with other tools")
    options = parser.parse_intermixed_args()
    print(f"{'set':<20} {'tool':<12} {'P':<6} {'R':<6} {'F1':<6} {'false':>6} {'missed':>6} {'seconds':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for labelled in labelled_sets(options.folder, options.sets):
            result, seconds = timed(labelled, 3)
            print(line(labelled.name, "papersheaf", result.joined, labelled, seconds))
            for name, joined in joined_by_em(labelled, result.compared):
                print(line("", name, joined, labelled, float("nan")))
            print(line("", "exact title", exact_title(labelled), labelled, float("nan")))
            for peer in PEERS if options.peers else ():
                found = by_peers(options.peers, peer, labelled, Path(folder))
                said = (
                    f"{'':<20} {peer:<12} {found}"
                    if isinstance(found, str)
                    else line("", peer, found[0], labelled, found[1])
                )
                print(said, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
