"""The validate step: listings become clean listings, or rejects with a reason."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.home import Home
from assets.removals import store as removals
from assets.removals.store import ids_in_force, labelled
from assets.spill import SpillWriter, batches, made_of
from assets.validate import rejects
from assets.validate.catalogue import DETECTORS, rules_fingerprint, select_rules
from assets.validate.clean import clean_listings as clean
from assets.validate.reuse import Before, describe
from assets.validate.rules import Rule
from schemas.audit import RejectedListings
from schemas.formats import Format
from schemas.listings import CleanListings
from schemas.vocabulary import RejectReason, Stage

TABLES = ("clean_listings", "rejected_listings")
SHOWN = (Format.PAGE_TEXT,)
"""Formats that show an abstract as a page renders it: what looks like LaTeX there is what rendering left."""


def _judge(
    listings: pl.DataFrame, dumps: pl.DataFrame, rules: Sequence[Rule], version: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The clean listings and the rejects of some listings."""
    shown = dumps.filter(pl.col("format").is_in(SHOWN))["dump_id"].implode()
    cleaned = clean(listings.filter(pl.col("defect").is_null()), rules, DETECTORS).with_columns(
        abstract_tex=pl.when(~pl.col("dump_id").is_in(shown)).then("abstract_tex")
    )
    passed, failed = rejects.split(cleaned, CleanListings)
    turned_away = [
        rejects.defective(listings, dumps.select("dump_id", "reader_version")),
        rejects.quarantine(cleaned, failed, Stage.VALIDATE, version),
    ]
    return passed, pl.concat(turned_away).sort("listing_id")


@dg.multi_asset(
    outs={name: table_out(name) for name in TABLES}, check_specs=table_checks(*TABLES), group_name="validate"
)
def validate(home: Home, dumps: pl.DataFrame, listings: pl.LazyFrame) -> Iterator[Any]:
    """Repairs the text, then keeps what satisfies the contract; the rest goes into quarantine with its reason."""
    started = time.monotonic()
    if not ids_in_force(removals.read(home.folder)) <= labelled(made_of(home.stage / "listings.parquet")):
        raise dg.Failure("a paper was removed since the dumps were read: start the run from the beginning")
    rules = select_rules(home.without_rules)
    version = rules_fingerprint(rules, DETECTORS)
    withheld = listings.filter(pl.col("defect") == RejectReason.REMOVED).select("listing_id").collect()["listing_id"]
    before = Before.load(home.stage, version, dumps, withheld.to_list())
    made = describe(version, dumps, withheld.to_list())
    counts = dict.fromkeys(("rows_in", "repaired", "flagged"), 0)
    with (
        SpillWriter(home.scratch / "clean_listings.parquet", CleanListings, made) as accepted,
        SpillWriter(home.scratch / "rejected_listings.parquet", RejectedListings, made) as rejected,
    ):
        for batch in batches(listings):
            passed, turned_away = before.complete(batch, lambda new: _judge(new, dumps, rules, version))
            accepted.write(passed)
            rejected.write(turned_away)
            counts["rows_in"] += batch.height
            counts["repaired"] += passed.filter(pl.col("repairs").list.len() > 0).height
            counts["flagged"] += passed.filter(pl.col("flags").list.len() > 0).height
    told = {
        **counts,
        "rows_out": accepted.rows,
        "rows_rejected": rejected.rows,
        "seconds": round(time.monotonic() - started, 3),
    }
    yield from deliver(
        {"clean_listings": accepted.done(), "rejected_listings": rejected.done()},
        {"clean_listings": told},
        listings=listings,
        dumps=dumps,
    )
