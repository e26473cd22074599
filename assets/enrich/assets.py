"""The enrich step: what the abstracts say beyond the fields of a paper."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.enrich.links import links as find_links
from schemas.vocabulary import LinkStatus


def span_faults(links: pl.DataFrame, papers: pl.DataFrame) -> int:
    """Counts the links whose span does not hold them: `abstract[span_start:span_end]` is the evidence."""
    length = pl.col("span_end") - pl.col("span_start")
    evidence = pl.col("abstract").str.slice(pl.col("span_start"), length)
    beside = links.join(papers.select("paper_id", "abstract"), on="paper_id", how="left")
    return beside.filter(evidence.ne_missing(pl.col("url_raw"))).height


@dg.multi_asset(
    outs={"links": table_out("links")},
    check_specs=[
        *table_checks("links"),
        dg.AssetCheckSpec(
            "spans", asset="links", blocking=True, description="abstract[span_start:span_end] is the link as it stands."
        ),
    ],
    group_name="enrich",
)
def links(papers: pl.DataFrame) -> Iterator[Any]:
    """Finds the links of each abstract, what they lead to, and whether it is there yet."""
    started = time.monotonic()
    found = find_links(papers)
    counts = {
        "papers": found["paper_id"].n_unique(),
        "promised": found.filter(pl.col("status") == LinkStatus.PROMISED).height,
        "seconds": round(time.monotonic() - started, 3),
    }
    yield from deliver({"links": found}, {"links": counts}, papers=papers)
    faults = span_faults(found, papers)
    yield dg.AssetCheckResult(passed=faults == 0, check_name="spans", asset_key="links", metadata={"faults": faults})
