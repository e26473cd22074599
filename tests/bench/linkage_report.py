"""How well records are linked: `python -m tests.bench.linkage_report FOLDER [SET…]`.

One configuration on every labelled set of a folder, one table: what was compared, precision, recall and F1 over pairs,
seconds, and beside them the best figure known and the figure that must be reached. Exits with 1 where one is missed.

`--misses` prints every pair that is joined wrongly or not joined, with both records, the features and the reason.
`--reasons` prints what each decision and each kind of blocking key brought.
"""

import argparse
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.dedupe import linkage
from assets.dedupe.decide import decide
from assets.dedupe.features import compare
from assets.dedupe.forms import forms
from schemas.match_vocabulary import Decision
from tests.bench.labelled import PAIR, LabelledSet, Score, labelled_sets, pairs_of, score
from tests.bench.linkage_misses import print_misses, print_reasons


@dataclass(frozen=True)
class Target:
    """What is known of a set, and what must be reached."""

    best: str
    precision: float = 0.0
    f1: float = 0.0
    seconds: float = float("inf")


TARGETS = {
    "cardiac": Target("BibDedupe P .9997 F1 .9974, 19.4 s", precision=0.9995, f1=0.998, seconds=1.0),
    "diabetes": Target("BibDedupe 1.000", precision=1.0, f1=1.0),
    "cytology_screening": Target("BibDedupe P 1.0 F1 .9922", precision=1.0, f1=0.994),
    "respiratory": Target("BibDedupe P 1.0 F1 .9622", precision=0.999, f1=0.975),
    "dblp-acm": Target("JedAI .993, Ditto .990 (trained)", f1=0.993),
    "cora": Target("pyJedAI .771, exact title .769", f1=0.93),
    "dblp-scholar": Target("Ditto .956 (trained), GPT-4o .909", f1=0.95),
}


@dataclass(frozen=True)
class Result:
    """What linking a set gave."""

    compared: pl.DataFrame
    """Rows of `match_pairs`."""
    joined: pl.DataFrame
    """Pairs that are said to be the same work."""

    def score(self, labelled: LabelledSet) -> Score:
        return score(self.joined, labelled.truth)


def run(labelled: LabelledSet) -> Result:
    """Links the records of a set; of a set of labelled pairs, decides on each pair alone."""
    if labelled.judged is not None:
        compared = decided(labelled.judged, labelled.records)
        return Result(compared, compared.filter(pl.col("decision") == Decision.MATCH).select(PAIR))
    compared, groups = linked(labelled.records, one_to_one=labelled.one_to_one)
    return Result(compared, pairs_of(groups))


def decided(pairs: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Rows of `match_pairs` for any pairs, whatever their keys."""
    unblocked = pairs.select(*PAIR, blocked_by=pl.lit([], pl.List(pl.String)))
    return decide(compare(unblocked, forms(records)))


def linked(records: pl.DataFrame, *, one_to_one: bool = False) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of `match_pairs`, and the group of each record: listing_id, cluster."""
    result = linkage.link(records, one_to_one=one_to_one)
    return result.compared.pairs, result.groups


def timed(labelled: LabelledSet, repeats: int) -> tuple[Result, float]:
    """What linking a set gives, and the median of the seconds it takes."""
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        result = run(labelled)
        seconds.append(time.perf_counter() - started)
    return result, statistics.median(seconds)


def verdict(name: str, reached: Score, seconds: float) -> str:
    """`ok`, or what falls short of the target."""
    target = TARGETS.get(name)
    if target is None:
        return ""
    short = [
        ("P", reached.precision < target.precision),
        ("F1", reached.f1 < target.f1),
        ("time", seconds > target.seconds),
    ]
    return "short: " + ", ".join(what for what, is_short in short if is_short) if any(s for _, s in short) else "ok"


def aim(target: Target | None) -> str:
    """The figures to reach, in a few characters."""
    if target is None:
        return ""
    said = [f"P {target.precision:g}"] * (target.precision > 0) + [f"F1 {target.f1:g}"]
    return " ".join(said + [f"{target.seconds:g} s"] * (target.seconds < float("inf")))


def line(*cells: str) -> str:
    """A line of the table."""
    widths = (20, 8, 9, 9, 9, 9, 9, 6, 6, 8, 22, 16, 0)
    return " ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of labelled sets")
    parser.add_argument("sets", nargs="*", help="sets to run; all where none is named")
    parser.add_argument("--misses", action="store_true", help="print the pairs that came out wrong")
    parser.add_argument("--reasons", action="store_true", help="print what each decision and kind of key brought")
    parser.add_argument("--limit", type=int, default=100, help="wrong pairs to print of each kind")
    parser.add_argument("--repeats", type=int, default=3, help="runs of which the median is told")
    options = parser.parse_intermixed_args()
    heads = (
        "set",
        "records",
        "compared",
        "blocked",
        "P",
        "R",
        "F1",
        "false",
        "missed",
        "seconds",
        "to reach",
        "verdict",
    )
    print(line(*heads, "best known"))
    short = 0
    for labelled in labelled_sets(options.folder, options.sets):
        result, seconds = timed(labelled, options.repeats)
        reached, blocked = result.score(labelled), score(result.compared.select(PAIR), labelled.truth).recall
        target, said = TARGETS.get(labelled.name), verdict(labelled.name, reached, seconds)
        short += said.startswith("short")
        figures = (f"{figure:.5f}" for figure in (blocked, reached.precision, reached.recall, reached.f1))
        counts = (f"{labelled.records.height:,}", f"{result.compared.height:,}")
        wrong = (str(reached.false), str(reached.missed), f"{seconds:.2f}")
        print(line(labelled.name, *counts, *figures, *wrong, aim(target), said, target.best if target else ""))
        if options.reasons:
            print_reasons(labelled, result.compared, result.joined)
        if options.misses:
            print_misses(labelled, result.compared, result.joined, options.limit)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
