"""Coverage: what the sources state of each field, and why a field of a paper is empty."""

from typing import Any, ClassVar

from schemas.base import Table, column
from schemas.enrich_vocabulary import MissingReason
from schemas.fields import dump_id, listing_id, paper_id


class MissingValues(Table):
    """One empty field of a paper of which a source states something all the same; all others are not stated."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "audit",
            "primary_key": ("paper_id", "field"),
            "foreign_keys": {"paper_id": "papers.paper_id", "listing_id": "clean_listings.listing_id"},
        }

    paper_id: str = paper_id()
    field: str = column("Column of `papers` that is empty.")
    reason: str = column("Why; the gravest, where listings differ.", isin=list(MissingReason))
    stated: str = column(
        "The beginning of what is stated; empty where the texts of the paper are all there is.", nullable=True
    )
    listing_id: str = listing_id("The listing that states it.", nullable=True)


class Coverage(Table):
    """One field of the listings of one dump: how many state it, and how many of these statements were understood."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "audit",
            "primary_key": ("dump_id", "field"),
            "foreign_keys": {"dump_id": "dumps.dump_id"},
        }

    dump_id: str = dump_id()
    field: str = column("Column of `listings`, or `listed_on` for the day of the page.")
    listing_count: int = column("Listings of the dump that its reader stands behind.", ge=1)
    stated_count: int = column("Those that state the field, understood or not.", ge=0)
    parsed_count: int = column("Those that have a value.", ge=0)
    not_parsed_count: int = column("Those that state it in a form that was not understood.", ge=0)
    ambiguous_count: int = column("Those whose statement can be read in more than one way.", ge=0)
    conflict_count: int = column("Those whose statement is contradicted by others.", ge=0)
    share: float = column(
        "Share of the listings that have a value: parsed_count / listing_count.",
        in_range={"min_value": 0, "max_value": 1},
    )
