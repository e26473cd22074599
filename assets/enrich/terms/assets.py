"""The terms of the enrich step: what the abstracts name."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, span_check, span_result, table_checks, table_out
from assets.enrich.extraction import extract, span_faults
from assets.enrich.terms.extract import terms as find_terms
from assets.home import Home
from schemas.terms import Terms


@dg.multi_asset(
    outs={"terms": table_out("terms")},
    check_specs=[*table_checks("terms"), span_check("terms")],
    group_name="enrich",
)
def terms(home: Home, papers: pl.LazyFrame) -> Iterator[Any]:
    """Finds the acronyms that each abstract defines, what its paper proposes, and the known names in it."""
    started = time.monotonic()
    faults: list[int] = []

    def kernel(batch: pl.DataFrame) -> pl.DataFrame:
        """Finds the terms, and counts the expansions that are not what their spans hold."""
        found = find_terms(batch)
        expanded = found.filter(pl.col("expansion").is_not_null()).select(
            "paper_id", "expansion", span_start="expansion_start", span_end="expansion_end"
        )
        faults.append(span_faults(expanded, batch, "expansion"))
        return found

    found = extract(papers, kernel, Terms, home.scratch / "terms.parquet")
    by_kind = found.rows.scan().group_by("kind").len().sort("kind").collect()
    counts = {
        "papers": found.rows.scan().select(pl.col("paper_id").n_unique()).collect().item(),
        **dict(by_kind.iter_rows()),
        "seconds": round(time.monotonic() - started, 3),
    }
    yield from deliver({"terms": found.rows}, {"terms": counts}, papers=papers)
    yield span_result("terms", found.faults + sum(faults))
