"""The coverage part of the enrich step: which source states what, and why a field is empty."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.enrich.coverage import matrix, missing, reasons
from assets.home import Home
from assets.spill import Spill, SpillWriter, batches
from schemas.coverage import MissingValues

TABLES = ("missing_values", "coverage")
READ = sorted({*matrix.NEEDED, *reasons.READ})


@dg.multi_asset(outs={name: table_out(name) for name in TABLES}, check_specs=table_checks(*TABLES), group_name="enrich")
def coverage(
    home: Home,
    dumps: pl.DataFrame,
    listings: pl.LazyFrame,
    clean_listings: pl.LazyFrame,
    papers: pl.LazyFrame,
    paper_listings: pl.LazyFrame,
    pages: pl.DataFrame,
) -> Iterator[Any]:
    """Counts what the listings state of each field, and says why fields of papers are empty."""
    started = time.monotonic()
    parts, lost = [], []
    for batch in batches(listings.select(READ)):
        lost.append(reasons.not_understood(batch, pages))
        parts.append(matrix.counts(batch, lost[-1], pages))
    counted = matrix.coverage(parts)
    some = pl.concat(lost)
    members = paper_listings.select("paper_id", "listing_id").join(
        some.lazy().select("listing_id"), on="listing_id", how="semi"
    )
    known = missing.of_papers(some, members.collect())
    with SpillWriter(home.scratch / "missing_values.parquet", MissingValues) as writer:
        for batch in batches(papers.select("paper_id", *missing.FIELDS)):
            writer.write(missing.missing_values(batch, known))
    unexplained = writer.done()
    told = unexplained.scan().group_by("reason").agg(pl.len()).sort("reason").collect()
    counts = {**dict(told.iter_rows()), "seconds": round(time.monotonic() - started, 3)}
    tables: dict[str, pl.DataFrame | Spill] = {"missing_values": unexplained, "coverage": counted}
    yield from deliver(tables, {"missing_values": counts}, papers=papers, clean_listings=clean_listings, dumps=dumps)
