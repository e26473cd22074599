"""The validate step: listings become clean listings, or rejects with a reason."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.home import Home
from assets.validate import rejects
from assets.validate.catalogue import DETECTORS, rules_fingerprint, select_rules
from assets.validate.clean import clean_listings as clean
from schemas.listings import CleanListings
from schemas.vocabulary import Stage

TABLES = ("clean_listings", "rejected_listings")


@dg.multi_asset(
    outs={name: table_out(name) for name in TABLES}, check_specs=table_checks(*TABLES), group_name="validate"
)
def validate(home: Home, dumps: pl.DataFrame, listings: pl.DataFrame) -> Iterator[Any]:
    """Repairs the text, then keeps what satisfies the contract; the rest goes into quarantine with its reason."""
    started = time.monotonic()
    rules = select_rules(home.without_rules)
    cleaned = clean(listings.filter(pl.col("defect").is_null()), rules, DETECTORS)
    passed, failed = rejects.split(cleaned, CleanListings)
    version = rules_fingerprint(rules, DETECTORS)
    rejected = pl.concat(
        [
            rejects.defective(listings, dumps.select("dump_id", "reader_version")),
            rejects.quarantine(cleaned, failed, Stage.VALIDATE, version),
        ]
    ).sort("listing_id")
    counts = {
        "rows_in": listings.height,
        "rows_out": passed.height,
        "rows_rejected": rejected.height,
        "repaired": passed.filter(pl.col("repairs").list.len() > 0).height,
        "flagged": passed.filter(pl.col("flags").list.len() > 0).height,
        "seconds": round(time.monotonic() - started, 3),
    }
    yield from deliver(
        {"clean_listings": passed.sort("listing_id"), "rejected_listings": rejected},
        {"clean_listings": counts},
        listings=listings,
        dumps=dumps,
    )
