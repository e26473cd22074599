"""The links of the enrich step: what the abstracts lead to."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, span_check, span_result, table_checks, table_out
from assets.enrich.extraction import extract
from assets.enrich.links.extract import links as find_links
from assets.home import Home
from schemas.enrich_vocabulary import LinkStatus
from schemas.enrichment import Links


@dg.multi_asset(
    outs={"links": table_out("links")},
    check_specs=[*table_checks("links"), span_check("links", "url_raw")],
    group_name="enrich",
)
def links(home: Home, papers: pl.LazyFrame) -> Iterator[Any]:
    """Finds the links of each abstract, what they lead to, and whether it is there yet."""
    started = time.monotonic()
    found = extract(papers, find_links, Links, home.scratch / "links.parquet", surface="url_raw")
    rows = found.rows.scan().select(
        papers=pl.col("paper_id").n_unique(), promised=(pl.col("status") == LinkStatus.PROMISED).sum()
    )
    counts = {**rows.collect().to_dicts()[0], "seconds": round(time.monotonic() - started, 3)}
    yield from deliver({"links": found.rows}, {"links": counts}, papers=papers)
    yield span_result("links", found.faults)
