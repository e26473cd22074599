"""The publish step: the account is closed, and the tables become one file that people query."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.home import Home
from assets.publish import warehouse as file
from assets.publish.ledger import funnel, unbalanced, worst_share
from assets.publish.ledger import ledger as account
from assets.publish.runs import Settings, run_row
from assets.publish.search import search_tables
from assets.removals.store import digest
from assets.spill import made_of
from schemas.catalog import TABLES
from schemas.vocabulary import RejectReason

SEARCH = ("search_terms", "search_postings")


@dg.multi_asset(
    outs={name: table_out(name) for name in SEARCH}, check_specs=table_checks(*SEARCH), group_name="publish"
)
def search_index(papers: pl.DataFrame) -> Iterator[Any]:
    """Makes the postings from which `search(query)` ranks papers."""
    started = time.monotonic()
    terms, postings = search_tables(papers)
    counts = {"seconds": round(time.monotonic() - started, 3)}
    yield from deliver({"search_terms": terms, "search_postings": postings}, {"search_postings": counts}, papers=papers)


@dg.multi_asset(
    outs={"ledger": table_out("ledger")},
    check_specs=[
        *table_checks("ledger"),
        dg.AssetCheckSpec(
            "conservation",
            asset="ledger",
            blocking=True,
            description="rows_in = rows_out + rows_merged + rows_rejected, for every stage and dump.",
        ),
        dg.AssetCheckSpec(
            "reject_share",
            asset="ledger",
            blocking=True,
            description="No more than the permitted share of the records was rejected, of feeds and of references.",
        ),
        dg.AssetCheckSpec(
            "row_counts", asset="ledger", description="There are not far fewer papers than in the run before."
        ),
    ],
    group_name="publish",
)
def ledger(
    home: Home,
    dumps: pl.DataFrame,
    listings: pl.LazyFrame,
    clean_listings: pl.LazyFrame,
    rejected_listings: pl.LazyFrame,
    paper_listings: pl.DataFrame,
    papers: pl.DataFrame,
) -> Iterator[Any]:
    """Accounts for every record of every dump, stage by stage."""
    rows = account(dumps, listings, clean_listings, rejected_listings, paper_listings, papers)
    counts = funnel(rows)
    yield from deliver({"ledger": rows}, {"ledger": counts}, dumps=dumps)
    lost = unbalanced(rows)
    yield dg.AssetCheckResult(
        passed=lost.is_empty(),
        check_name="conservation",
        asset_key="ledger",
        metadata={"faults": [str(row) for row in lost.head(10).iter_rows()]},
    )
    share, found, rejected = worst_share(rows, _removed(rejected_listings, dumps))
    yield dg.AssetCheckResult(
        passed=share <= home.max_reject_share,
        check_name="reject_share",
        asset_key="ledger",
        metadata={
            "share": share,
            "permitted": home.max_reject_share,
            "faults": [f"{rejected} of {found} records were rejected"],
        },
    )
    before = home.published("papers").height
    yield dg.AssetCheckResult(
        passed=counts["papers"] >= 0.9 * before,
        severity=dg.AssetCheckSeverity.WARN,
        check_name="row_counts",
        asset_key="ledger",
        metadata={"papers": counts["papers"], "papers_before": before},
    )


def _removed(rejected_listings: pl.LazyFrame, dumps: pl.DataFrame) -> dict[str, int]:
    """The records that were turned away because their paper was removed, by the role of their dump."""
    removed = rejected_listings.filter(pl.col("reason") == RejectReason.REMOVED).select("dump_id").collect()
    return dict(removed.join(dumps, on="dump_id").group_by("role").agg(pl.len()).iter_rows())


@dg.multi_asset(outs={"runs": table_out("runs")}, check_specs=table_checks("runs"), group_name="publish")
def runs(context: dg.AssetExecutionContext, home: Home, dumps: pl.DataFrame, ledger: pl.DataFrame) -> Iterator[Any]:
    """Adds this run to the runs that were published before."""
    settings = Settings(tuple(home.without_rules), home.vectors)
    given = {
        name: [path if "://" in path else str(Path(path).absolute()) for path in paths]
        for name, paths in (("raw", home.raw_paths), ("reference", home.reference_paths))
    }
    started_at = datetime.fromtimestamp(
        context.instance.get_run_stats(context.run.run_id).start_time or time.time(), UTC
    )
    applied = digest(made_of(home.stage / "listings.parquet"))
    this = run_row(context.run.run_id, started_at, given, settings, dumps.height, ledger, applied)
    before = home.published("runs").filter(pl.col("run_id") != context.run.run_id)
    yield from deliver({"runs": pl.concat([before, this]).sort("started_at", "run_id")}, {})


@dg.asset(deps=list(TABLES), group_name="publish", kinds={"duckdb"})
def warehouse(home: Home) -> dg.MaterializeResult[None]:
    """The published file: all tables, views and macros, swapped in whole."""
    started = time.monotonic()
    counts = file.publish({name: home.stage / f"{name}.parquet" for name in TABLES}, home.warehouse)
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(str(home.warehouse)),
            "bytes": home.warehouse.stat().st_size,
            "rows": counts,
            "seconds": round(time.monotonic() - started, 3),
        }
    )
