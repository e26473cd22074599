"""The links of the enrich step: what abstracts and sources lead to, and releases that are claimed without a link."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, span_check, span_result, table_checks, table_out
from assets.enrich.extraction import extract
from assets.enrich.links.claims import release_claims as find_claims
from assets.enrich.links.extract import links as find_links
from assets.enrich.links.sources import source_links as describe_links
from assets.home import Home
from assets.spill import SpillWriter, batches
from schemas.enrich_vocabulary import ClaimStatus, LinkStatus
from schemas.enrichment import Links, ReleaseClaims, SourceLinks


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


@dg.multi_asset(
    outs={"source_links": table_out("source_links")}, check_specs=table_checks("source_links"), group_name="enrich"
)
def source_links(
    home: Home, clean_listings: pl.LazyFrame, papers: pl.LazyFrame, paper_listings: pl.LazyFrame
) -> Iterator[Any]:
    """Describes the links that sources state for each paper."""
    started = time.monotonic()
    with SpillWriter(home.scratch / "source_links.parquet", SourceLinks) as writer:
        for batch in batches(clean_listings.select("listing_id", "urls")):
            stating = batch.filter(pl.col("urls").list.len() > 0)
            members = paper_listings.select("paper_id", "listing_id").join(
                stating.lazy().select("listing_id"), on="listing_id", how="semi"
            )
            writer.write(describe_links(stating, members.collect()))
    found = writer.done()
    rows = found.scan().select(papers=pl.col("paper_id").n_unique(), unknown=pl.col("kind").null_count())
    counts = {**rows.collect().to_dicts()[0], "seconds": round(time.monotonic() - started, 3)}
    yield from deliver({"source_links": found}, {"source_links": counts}, papers=papers, clean_listings=clean_listings)


@dg.multi_asset(
    outs={"release_claims": table_out("release_claims")},
    check_specs=[*table_checks("release_claims"), span_check("release_claims")],
    group_name="enrich",
)
def release_claims(home: Home, papers: pl.LazyFrame) -> Iterator[Any]:
    """Finds what each abstract says is released, or will be, without a link."""
    started = time.monotonic()
    found = extract(papers, find_claims, ReleaseClaims, home.scratch / "release_claims.parquet")
    rows = found.rows.scan().select(
        papers=pl.col("paper_id").n_unique(), promised=(pl.col("status") == ClaimStatus.PROMISED).sum()
    )
    counts = {**rows.collect().to_dicts()[0], "seconds": round(time.monotonic() - started, 3)}
    yield from deliver({"release_claims": found.rows}, {"release_claims": counts}, papers=papers)
    yield span_result("release_claims", found.faults)
