"""The parse step: files become dumps and listings."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.home import Home
from assets.parse.folder import find_files
from assets.parse.survey import survey
from assets.removals import store as removals
from assets.removals.sweep import give_back, look_through
from assets.spill import SpillWriter
from schemas.listings import Listings
from schemas.vocabulary import DumpStatus, Role

TABLES = ("dumps", "listings")


@dg.multi_asset(outs={name: table_out(name) for name in TABLES}, check_specs=table_checks(*TABLES), group_name="parse")
def parse(home: Home) -> Iterator[Any]:
    """Reads every raw file; one that cannot be read is a row with its reason and never stops the others.

    Of the listings of papers that were removed only their places are passed on.
    """
    started = time.monotonic()
    taken_down = removals.read(home.folder)
    give_back(home.cache, taken_down)
    found = survey(find_files(home.raw_paths, home.reference_paths), home.cache, home.scratch)
    look_through(found.paths, home.cache, taken_down)
    defective = 0
    with SpillWriter(
        home.scratch / "listings.parquet", Listings, removals.label(removals.ids_in_force(taken_down))
    ) as writer:
        for batch in found.listings():
            writer.write(batch)
            defective += batch.height - batch["defect"].null_count()
    seconds = round(time.monotonic() - started, 3)
    yield from deliver(
        {"dumps": found.dumps, "listings": writer.done()},
        {
            "dumps": {
                "references": found.dumps.filter(pl.col("role") == Role.REFERENCE).height,
                "opened": found.opened,
                "rejected": found.dumps.filter(pl.col("status") == DumpStatus.REJECTED).height,
                "bytes": int(found.dumps["size_bytes"].sum()),
            },
            "listings": {
                "rows_in": writer.rows,
                "rows_out": writer.rows - defective,
                "rows_rejected": defective,
                "seconds": seconds,
            },
        },
    )
