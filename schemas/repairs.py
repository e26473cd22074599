"""Repairs from sources: damaged texts of listings, what they were made of, and what proves it."""

from typing import Any, ClassVar

from schemas.base import Table, column
from schemas.enrich_vocabulary import RepairedField, TextProof
from schemas.fields import HASH_ID, Texts, listing_id, paper_id
from schemas.vocabulary import Flag


class TextRepairs(Table):
    """One damaged text of a listing whose source another listing of the paper has; both texts and the proof."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id", "field", "listing_id"),
            "foreign_keys": {
                "paper_id": "papers.paper_id",
                "listing_id": "clean_listings.listing_id",
                "source_listing_id": "clean_listings.listing_id",
            },
        }

    paper_id: str = paper_id()
    field: str = column("Which text it is.", isin=list(RepairedField))
    listing_id: str = listing_id("The listing whose text is damaged.")
    source_listing_id: str = column(
        "The listing whose text it was made of; of several the best one.", str_matches=HASH_ID
    )
    proof: str = column("What proves that the one text was made of the other.", isin=list(TextProof))
    before: str = column("The damaged text, after the cleaning rules.", source="clean_listings of listing_id")
    after: str = column(
        "The text it was made of, after the cleaning rules.", source="clean_listings of source_listing_id"
    )
    resolved_flags: Texts = column("Damage of the text that the other one does not have, sorted.", members=Flag)
