"""What each degree of agreement proves, in bits: `python -m tests.bench.linkage_weights FOLDER [SET…]`.

Beside the fixed weights stand estimates of log2(m / u): from the labels of the made-up works, and for each set of the
folder by expectation maximisation, without its labels. `--labels` takes the labels of the sets in its place: to look
at, not to fit to. An estimate from fewer than ten pairs of either kind is left out.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.weights import WEIGHTS
from tests.bench.em_weights import Observed, observe, posterior
from tests.bench.labelled import MADE_UP, PAIR, LabelledSet, labelled_sets, made_up
from tests.bench.linkage_misses import print_table
from tests.bench.linkage_report import run

LEAST = 10
"""Pairs of either kind from which an estimate is told."""


def estimates(seen: Observed, chance: NDArray[np.float64]) -> pl.DataFrame:
    """Bits of each word, given how likely each pair is a match: field, word, bits."""
    rows: list[tuple[str, str, float | None]] = []
    for at, words in enumerate(seen.words):
        stated = seen.levels[:, at] > 0
        match, other = (
            np.bincount(seen.levels[stated, at], weights=weights[stated], minlength=len(words) + 1)[1:]
            for weights in (chance, 1 - chance)
        )
        bits = np.log2((match + 0.5) / match.sum()) - np.log2((other + 0.5) / other.sum())
        is_told = (match + other >= LEAST) & (match.sum() >= LEAST) & (other.sum() >= LEAST)
        told = [float(bit) if is_enough else None for bit, is_enough in zip(bits, is_told, strict=True)]
        rows += list(zip([words.name] * len(words), words.to_list(), told, strict=True))
    return pl.DataFrame(rows, schema={"field": pl.String, "word": pl.String, "bits": pl.Float64}, orient="row")


def of_set(labelled: LabelledSet, *, by_labels: bool) -> pl.DataFrame:
    """The estimates from one set."""
    compared = run(labelled).compared
    seen = observe(compared, compared)
    if by_labels:
        true = labelled.truth.with_columns(is_true=1.0)
        same = compared.select(PAIR).join(true, on=PAIR, how="left", maintain_order="left")["is_true"]
        return estimates(seen, same.fill_null(0).to_numpy())
    return estimates(seen, posterior(seen.levels, seen.start, seen.counts, None))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of labelled sets")
    parser.add_argument("sets", nargs="*", help="sets to estimate on; all where none is named")
    parser.add_argument("--labels", action="store_true", help="estimate from the labels")
    options = parser.parse_intermixed_args()
    fixed = [(f"{field}_agreement", word, bits) for field, weights in WEIGHTS.items() for word, bits in weights.items()]
    table = pl.DataFrame(fixed, schema={"field": pl.String, "word": pl.String, "fixed": pl.Float64}, orient="row")
    sets = [one for one in labelled_sets(options.folder, options.sets) if one.name != MADE_UP]
    columns = [(f"{MADE_UP}, labels", of_set(made_up(), by_labels=True))]
    columns += [(one.name, of_set(one, by_labels=options.labels)) for one in sets]
    for name, told in columns:
        bits = told.select("field", "word", pl.col("bits").round(1).alias(name))
        table = table.join(bits, on=["field", "word"], how="left", maintain_order="left")
    print_table(table.with_columns(pl.exclude("field", "word").cast(pl.String).fill_null("")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
