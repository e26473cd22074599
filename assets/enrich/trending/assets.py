"""The trending part of the enrich step: who showed what, and what is talked about."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.enrich.trending import score
from assets.enrich.trending.showings import showings

TABLES = ("showings", "trending")


@dg.multi_asset(outs={name: table_out(name) for name in TABLES}, check_specs=table_checks(*TABLES), group_name="enrich")
def trending(
    dumps: pl.DataFrame,
    listings: pl.LazyFrame,
    clean_listings: pl.LazyFrame,
    papers: pl.LazyFrame,
    paper_listings: pl.LazyFrame,
    pages: pl.DataFrame,
) -> Iterator[Any]:
    """Lists the pages that showed each paper, and scores the papers as of the newest day that the dumps prove."""
    started = time.monotonic()
    shown = showings(paper_listings, listings, clean_listings, dumps, pages)
    as_of = score.newest_day(dumps, pages, shown, papers)
    scored = score.trending(shown, papers, as_of)
    counts = {
        "as_of": str(as_of or "unknown"),
        **dict(scored.group_by("age_basis").agg(pl.len()).sort("age_basis").iter_rows()),
        "seconds": round(time.monotonic() - started, 3),
    }
    tables = {"showings": shown, "trending": scored}
    yield from deliver(tables, {"trending": counts}, papers=papers, dumps=dumps, clean_listings=clean_listings)
