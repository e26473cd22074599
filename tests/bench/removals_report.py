"""How well removed papers are known again, on a published home: python -m tests.bench.removals_report HOME

Every paper of several listings is removed in thought, with one of its listings known, and looked for among all listings
of papers: how many of its own are found, and how many of others. Beside it stand equal raw titles and equal identifiers
alone. Then every paper is removed with all its listings known, and looked for among everything that the home has read.
"""

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from assets.dedupe.papers.identity import Known
from assets.dedupe.papers.identity_keys import ID_KINDS
from assets.home import Home
from assets.publish.warehouse import open_private
from assets.removals.describe import describe
from assets.removals.lines import Removal
from assets.removals.marks import NEEDED
from assets.removals.recognise import Register, recognise
from schemas.listings import Listings
from schemas.render import polars_schema

NOW = datetime(2025, 3, 1, tzinfo=UTC)


def removals(rows: pl.DataFrame, groups: list[tuple[str, list[str]]]) -> list[Removal]:
    """The removals of papers of which some listings are known; their places are left out."""
    of = {row["listing_id"]: at for at, row in enumerate(rows.select("listing_id").to_dicts())}
    made = []
    for paper, listings in groups:
        known = rows[[of[one] for one in listings]]
        made.append(describe(paper, known, Known.nothing(), reason="measured", author="bench", now=NOW))
    return [replace(one, listing_ids=()) for one in made]


def joined(rows: pl.DataFrame, groups: list[tuple[str, list[str]]], columns: list[str]) -> pl.DataFrame:
    """The baseline: listings with an equal value in one of some columns: listing_id, paper."""
    known = pl.DataFrame(
        [(paper, one) for paper, listings in groups for one in listings], schema=["paper", "listing_id"], orient="row"
    ).join(rows.select("listing_id", *columns), on="listing_id")
    parts = [
        rows.select("listing_id", one).drop_nulls().join(known.select("paper", one).drop_nulls(), on=one)
        for one in columns
    ]
    return pl.concat([part.select("listing_id", "paper") for part in parts]).unique()


def tell(name: str, found: pl.DataFrame, own: pl.DataFrame, seconds: float) -> None:
    """One line: listings of the papers that were found, and of other papers."""
    got = found.join(own, on="listing_id")
    right = got.filter(pl.col("paper") == pl.col("owner"))["listing_id"].n_unique()
    wrong = got.filter(pl.col("paper") != pl.col("owner"))["listing_id"].n_unique()
    print(f"{name:<34} {right:>8,} of {own.height:,} found   {wrong:>6,} of other papers   {seconds:>7.1f} s")


def main(folder: Path) -> None:
    home = Home(path=str(folder))
    types = polars_schema(Listings)
    with open_private(home.warehouse) as connection:
        everything = connection.sql(f"SELECT {', '.join(NEEDED)} FROM listings ORDER BY listing_id").pl()
    everything = everything.cast({name: types[name] for name in NEEDED})
    own = home.published("paper_listings").select("listing_id", owner="paper_id").sort("owner", "listing_id")
    several = own.filter(pl.col("owner").is_duplicated())
    rows = everything.join(several, on="listing_id", how="semi")
    for label, one in (("first", pl.col("listing_id").first()), ("last", pl.col("listing_id").last())):
        chosen = several.group_by("owner", maintain_order=True).agg(one)
        groups = [(paper, [listing]) for paper, listing in chosen.iter_rows()]
        names = dict(enumerate(paper for paper, _ in groups))
        started = time.process_time()
        hits = recognise(rows, Register(tuple(removals(rows, groups))))
        found = hits.select("listing_id", paper=pl.col("removal").replace_strict(names, return_dtype=pl.String))
        tell(f"{label} listing known", found.unique(), several, time.process_time() - started)
        for baseline, columns in (("equal titles alone", ["title_raw"]), ("identifiers alone", [*ID_KINDS.values()])):
            started = time.process_time()
            tell(f"  {baseline}", joined(rows, groups, columns), several, time.process_time() - started)
    groups = [
        (paper, list(listings))
        for paper, listings in own.group_by("owner", maintain_order=True).agg("listing_id").iter_rows()
    ]
    names = dict(enumerate(paper for paper, _ in groups))
    started = time.process_time()
    hits = recognise(everything, Register(tuple(removals(everything, groups))))
    found = hits.select("listing_id", paper=pl.col("removal").replace_strict(names, return_dtype=pl.String)).unique()
    tell(f"all known, among {everything.height:,}", found, own, time.process_time() - started)
    loose = found.join(own, on="listing_id", how="anti")["listing_id"].n_unique()
    print(f"and {loose:,} listings of no paper")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
