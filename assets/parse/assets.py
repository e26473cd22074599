"""The parse step: files become dumps and listings."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets.checks import deliver, table_checks, table_out
from assets.home import Home
from assets.parse.folder import find_files, read_all
from schemas.vocabulary import DumpStatus

TABLES = ("dumps", "listings")


@dg.multi_asset(outs={name: table_out(name) for name in TABLES}, check_specs=table_checks(*TABLES), group_name="parse")
def parse(home: Home) -> Iterator[Any]:
    """Reads every raw file; one that cannot be read is a row with its reason and never stops the others."""
    started = time.monotonic()
    dumps, listings = read_all(find_files(home.raw_paths), home.scratch)
    turned_away = dumps.filter(dumps["status"] == DumpStatus.REJECTED).height
    seconds = round(time.monotonic() - started, 3)
    defective = listings.height - listings["defect"].null_count()
    yield from deliver(
        {"dumps": dumps, "listings": listings},
        {
            "dumps": {"rejected": turned_away, "bytes": int(dumps["size_bytes"].sum())},
            "listings": {
                "rows_in": listings.height,
                "rows_out": listings.height - defective,
                "rows_rejected": defective,
                "seconds": seconds,
            },
        },
    )
