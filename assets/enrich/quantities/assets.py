"""The quantities of the enrich step: what the abstracts state in numbers."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, span_check, span_result, table_checks, table_out
from assets.enrich.extraction import extract
from assets.enrich.quantities.extract import quantities as find_quantities
from assets.home import Home
from schemas.quantities import Quantities


@dg.multi_asset(
    outs={"quantities": table_out("quantities")},
    check_specs=[*table_checks("quantities"), span_check("quantities")],
    group_name="enrich",
)
def quantities(home: Home, papers: pl.LazyFrame) -> Iterator[Any]:
    """Finds what each abstract states in numbers: sizes, scores, gains, factors, costs."""
    started = time.monotonic()
    found = extract(papers, find_quantities, Quantities, home.scratch / "quantities.parquet")
    rows = found.rows.scan().select(papers=pl.col("paper_id").n_unique(), subjects=pl.col("subject").count())
    counts = {**rows.collect().to_dicts()[0], "seconds": round(time.monotonic() - started, 3)}
    yield from deliver({"quantities": found.rows}, {"quantities": counts}, papers=papers)
    yield span_result("quantities", found.faults)
