"""Small listings that state things in odd ways, for the tests of coverage."""

from typing import Any

import polars as pl

from tests.frames import dump_id, listing_id, table


def listings(*rows: dict[str, Any]) -> pl.DataFrame:
    """Rows of `listings`; `id` names the listing, `dump` its dump."""
    filled = []
    for row in rows:
        told = {"page": 1, "position": 1, "source_fields": "{}", **row}
        name, dump = str(told.pop("id", "a")), str(told.pop("dump", "d"))
        filled.append({"listing_id": listing_id(name), "dump_id": dump_id(dump), **told})
    return table("listings", filled)


def pages(*rows: dict[str, Any]) -> pl.DataFrame:
    """Rows of `pages`; `dump` names the dump."""
    filled = [{"page": 1, **row, "dump_id": dump_id(str(row.get("dump", "d")))} for row in rows]
    return table("pages", [{name: value for name, value in row.items() if name != "dump"} for row in filled])
