"""Pages: the result pages that listed papers, and the days that they showed."""

from typing import Any, ClassVar

import polars as pl

from schemas.base import Table, column
from schemas.enrich_vocabulary import MissingReason, PageDateProof
from schemas.fields import dump_id, listing_id


class Pages(Table):
    """One page of a dump that lists papers, and its day."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("dump_id", "page"),
            "foreign_keys": {"dump_id": "dumps.dump_id", "proof_listing_id": "clean_listings.listing_id"},
        }

    dump_id: str = dump_id()
    page: int = column("Page of the dump, from 1.", ge=1)
    page_date_raw: str = column("Date line of the page, verbatim; empty where it has none.", nullable=True)
    listing_count: int = column("Listings of the page that belong to papers.", ge=1)
    dated_count: int = column("Papers of the page whose first day is stated by a listing, a reference included.", ge=0)
    listed_on: pl.Date = column(
        "Day of the page: as its date line states it, or with the earliest year that no paper of the page contradicts; "
        "empty where nothing proves the year.",
        nullable=True,
    )
    proof: str = column("What proves the day.", nullable=True, isin=list(PageDateProof))
    missing_reason: str = column("Why there is no day.", nullable=True, isin=list(MissingReason))
    proof_listing_id: str = listing_id(
        "The listing that states the latest first day of the papers of the page, which rules out all earlier years; "
        "empty where none states a day.",
        nullable=True,
    )
    proof_published_on: pl.Date = column("That first day.", nullable=True)
