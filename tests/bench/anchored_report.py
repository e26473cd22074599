"""Linkage of real dumps against their identifiers: `python -m tests.bench.anchored_report PACKS CACHE`.

Records of different sources that state the same arXiv identifier or DOI are one work. All identifiers are hidden, the
records are linked by what is left, and what was not joined is told by source, by what the two have in common, and by
reason. Records with one title and different identifiers of one kind must stay apart; that is told with the
identifiers hidden and with them shown.

PACKS holds the unpacked folders of real data; they are read and validated once into CACHE, which takes minutes.
"""

import argparse
import sys
import time
from pathlib import Path

import polars as pl

from assets.dedupe.records import ID_COLUMNS, of_listings
from assets.hashing import blake2b_hex
from tests.bench.anchors import ANCHORS, NOTHING_ALIKE, anchored_pairs, class_of_pairs, conflicts, same_title_pairs
from tests.bench.labelled import PAIR, pairs_of
from tests.bench.linkage_misses import print_pairs, print_table, with_decisions
from tests.bench.linkage_report import linked
from tests.bench.packs_records import clean_packs

PACKS = (
    "hf-daily-json",
    "hf-weekly-text",
    "arxiv-formats",
    "api-fixtures",
    "asysd-exports",
    "arxiv-oai-xml",
    "venue-json",
    "arxiv-harvest-jsonl",
    "acl-anthology-xml",
    "arxiv-daily-tables",
)
LARGEST = 2000
"""Records in a group beyond which its pairs are only counted."""


def sampled(records: pl.DataFrame, share: float) -> pl.DataFrame:
    """The records with a share of the identifiers, and every record that has the title of one of these."""
    anchor = pl.coalesce(*ANCHORS, "listing_id")
    drawn = blake2b_hex(records.select(anchor).to_series(), digits=8).str.to_integer(base=16) < share * 16**8
    titles = records.filter(drawn)["title_search"].unique().implode()
    return records.filter(drawn | pl.col("title_search").is_in(titles))


def joined_pairs(records: pl.DataFrame, head: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Links records; all pairs that are joined, and those that were compared."""
    started = time.perf_counter()
    compared, groups = linked(records)
    seconds = time.perf_counter() - started
    sizes = groups.group_by("cluster").len()
    print(
        f"\n=== {head}: {records.height:,} records, {compared.height:,} pairs compared, {sizes.height:,} works, "
        f"the largest of {sizes['len'].max()!s} records, {seconds:.1f} s"
    )
    small = sizes.filter(pl.col("len") <= LARGEST)
    if small.height < sizes.height:
        print(f"!!! {sizes.height - small.height} groups have more than {LARGEST} records and are left out")
    return pairs_of(groups.join(small, on="cluster", how="semi")), compared


def report_recall(records: pl.DataFrame, anchored: pl.DataFrame, joined: pl.DataFrame, compared: pl.DataFrame) -> None:
    """Prints how many of the anchored pairs were joined, in three tables."""
    seen = with_decisions(anchored, compared).join(
        joined.with_columns(is_joined=True), on=PAIR, how="left", maintain_order="left"
    )
    seen = class_of_pairs(seen.with_columns(pl.col("is_joined").fill_null(value=False)), records)
    counts = {"pairs": pl.len(), "joined": pl.col("is_joined").sum(), "recall": pl.col("is_joined").mean().round(5)}
    print("\nsame identifier, other source, all identifiers hidden")
    is_answerable = ~pl.col("alike").str.contains(NOTHING_ALIKE)
    print_table(seen.select(among=pl.lit("all"), **counts))
    print_table(seen.filter(is_answerable).select(among=pl.lit("those whose title or abstract is alike"), **counts))
    for by in (["kind", "sources"], ["alike"]):
        print_table(seen.group_by(by).agg(**counts).sort("pairs", descending=True))
    missed = seen.filter(~pl.col("is_joined")).group_by("alike", "decision", "reason").agg(missed=pl.len())
    print_table(missed.sort("missed", descending=True).head(40))


def report_conflicts(records: pl.DataFrame, joined: pl.DataFrame) -> pl.DataFrame:
    """Prints how many joined pairs state different identifiers of one kind; returns these pairs."""
    print("\none title, different identifiers of one kind: pairs that must stay apart")
    print_table(same_title_pairs(records))
    found = class_of_pairs(conflicts(joined, records), records)
    print(f"{found.height} pairs with different identifiers are joined")
    for by in ("sources", "alike"):
        print_table(found.group_by("kind", by).agg(joined=pl.len()).sort("joined", by, descending=[True, False]))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", type=Path, help="folder of unpacked packs")
    parser.add_argument("cache", type=Path, help="folder for the validated records")
    parser.add_argument("--share", type=float, default=1.0, help="share of the identifiers to take")
    parser.add_argument("--misses", type=int, default=0, help="pairs to print of each kind of fault")
    parser.add_argument("--alike", default="", help="print only missed pairs whose class has this text in its name")
    options = parser.parse_args()
    clean = clean_packs(options.packs, PACKS, options.cache)
    origin = clean.select("listing_id", origin=pl.col("format")).collect()
    records = sampled(of_listings(clean), options.share)
    anchored = anchored_pairs(records, origin)
    sourced = records.join(origin, on="listing_id", how="left", maintain_order="left")

    hidden = records.with_columns(pl.lit(None, pl.String).alias(name) for name in ID_COLUMNS)
    joined, compared = joined_pairs(hidden, "identifiers hidden")
    report_recall(sourced, anchored, joined, compared)
    found = report_conflicts(sourced, joined)
    if options.misses:
        missed = class_of_pairs(anchored.join(joined, on=PAIR, how="anti"), sourced)
        for (alike,), pairs in sorted(missed.group_by("alike")):
            if options.alike in str(alike):
                print(f"\n--- not joined: {alike}")
                print_pairs(pairs.select(PAIR), records, compared, options.misses)
        print("\n--- joined, identifiers hidden")
        print_pairs(found.select(PAIR).unique(), records, compared, options.misses)

    joined, compared = joined_pairs(records, "identifiers shown")
    found = report_conflicts(sourced, joined)
    if options.misses:
        print_pairs(found.select(PAIR).unique(), records, compared, options.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
