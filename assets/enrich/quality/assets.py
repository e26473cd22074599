"""The quality of the enrich step: every paper is measured, and compared with all the others."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.enrich.quality.bounds import bounds as usual
from assets.enrich.quality.bounds import languages
from assets.enrich.quality.judge import outliers as beyond
from assets.enrich.quality.judge import with_outliers
from assets.enrich.quality.measures import READ, measured
from assets.enrich.quality.surprise import Model
from assets.home import Home
from assets.spill import Spill, SpillWriter, batches
from schemas.quality import Outliers, Quality

TABLES = ("quality", "outliers", "quality_bounds")


@dg.multi_asset(outs={name: table_out(name) for name in TABLES}, check_specs=table_checks(*TABLES), group_name="enrich")
def quality(home: Home, papers: pl.LazyFrame) -> Iterator[Any]:
    """Measures the texts of all papers, finds what is usual, and lists what is far from it."""
    started = time.monotonic()
    model, known = Model(), languages(papers)
    for batch in batches(papers.select("title", "abstract")):
        model.read(batch["title"])
        model.read(batch["abstract"])
    with SpillWriter(home.scratch / "measures.parquet", Quality) as writer:
        for batch in batches(papers.select(READ)):
            writer.write(measured(batch, model, known))
    measures = writer.done()
    limits = usual(measures.scan())
    with (
        SpillWriter(home.scratch / "quality.parquet", Quality) as profiles,
        SpillWriter(home.scratch / "outliers.parquet", Outliers) as oddities,
    ):
        for batch in batches(measures.scan()):
            found = beyond(batch, limits)
            oddities.write(found)
            profiles.write(with_outliers(batch, found))
    measures.remove()
    odd = oddities.done().scan().select(pl.col("paper_id").n_unique()).collect().item()
    counts = {"papers_with_outliers": odd, "seconds": round(time.monotonic() - started, 3)}
    tables: dict[str, pl.DataFrame | Spill] = {
        "quality": profiles.done(),
        "outliers": oddities.done(),
        "quality_bounds": limits,
    }
    yield from deliver(tables, {"quality": counts}, papers=papers)
