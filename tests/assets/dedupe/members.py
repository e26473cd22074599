"""Listings of papers beside where they were listed, for tests of what becomes of them."""

import polars as pl

from assets.dedupe.papers import golden, survive
from assets.dedupe.papers.page_dates import page_dates
from tests.frames import clean, dump_id, listing_id, table

PAPER = "p0123456789abcdef"

OF_PLACE = ("page", "position", "page_date_raw", "format", "role", "paper", "title_raw", "abstract_raw")


def members(*rows: dict[str, object], texts: bool = True) -> pl.DataFrame:
    """Listings, each on a page of its own; what OF_PLACE has may be named, and what `clean` takes.

    Args:
        texts: Whether what clean listings state stands beside the places.
    """
    named = [{"id": str(number), **row} for number, row in enumerate(rows)]
    cleaned = clean(*({name: value for name, value in row.items() if name not in OF_PLACE} for row in named))
    dumps = table(
        "dumps",
        [
            {"dump_id": one, "format": form, "role": role}
            for one, (form, role) in {
                dump_id(str(row.get("dump", "dump"))): (row.get("format", "page_text"), row.get("role", "feed"))
                for row in named
            }.items()
        ],
    )
    listings = table(
        "listings",
        [
            {
                "listing_id": listing_id(str(row["id"])),
                "dump_id": dump_id(str(row.get("dump", "dump"))),
                "page": row.get("page", number),
                "position": row.get("position", 1),
                "page_date_raw": row.get("page_date_raw"),
            }
            for number, row in enumerate(named, 1)
        ],
    )
    owners = pl.DataFrame(
        [{"listing_id": listing_id(str(row["id"])), "paper_id": row.get("paper", PAPER)} for row in named]
    )
    placed = golden.places(owners, listings.lazy(), dumps)
    placed = golden.with_days(placed, page_dates(placed, cleaned, dumps))
    return survive.derived(placed.join(cleaned.drop("dump_id"), on="listing_id")) if texts else placed
