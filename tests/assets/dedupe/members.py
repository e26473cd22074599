"""Listings of papers beside where they were listed, for tests of what becomes of them."""

import polars as pl

from assets.dedupe.papers import golden
from tests.frames import clean, dump_id, listing_id, table

PAPER = "p0123456789abcdef"

OF_PLACE = ("position", "page_date_raw", "format", "paper")


def members(*rows: dict[str, object], texts: bool = True) -> pl.DataFrame:
    """Listings; `position`, `page_date_raw`, `format` and `paper` may be named, and what `clean` takes.

    Args:
        texts: Whether what clean listings state stands beside the places.
    """
    named = [{"id": str(number), **row} for number, row in enumerate(rows)]
    cleaned = clean(*({name: value for name, value in row.items() if name not in OF_PLACE} for row in named))
    dumps = table(
        "dumps",
        [
            {"dump_id": one, "format": form}
            for one, form in {
                dump_id(str(row.get("dump", "dump"))): row.get("format", "page_text") for row in named
            }.items()
        ],
    )
    listings = table(
        "listings",
        [
            {
                "listing_id": listing_id(str(row["id"])),
                "dump_id": dump_id(str(row.get("dump", "dump"))),
                "position": row.get("position", 1),
                "page_date_raw": row.get("page_date_raw"),
            }
            for row in named
        ],
    )
    owners = pl.DataFrame(
        [{"listing_id": listing_id(str(row["id"])), "paper_id": row.get("paper", PAPER)} for row in named]
    )
    placed = golden.places(owners, listings.lazy(), dumps)
    return placed.join(cleaned.drop("dump_id"), on="listing_id") if texts else placed
