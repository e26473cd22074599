"""Judgements: what people decided on pairs of listings."""

from typing import Any, ClassVar

from schemas.base import Table, column
from schemas.fields import Moment, listing_id
from schemas.match_vocabulary import Verdict


class Judgements(Table):
    """One decision of a person on two listings; it wins over the rules."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "audit",
            "primary_key": ("judgement_id",),
            "foreign_keys": {},  # a listing may be gone with its dump; the judgement stays
        }

    judgement_id: str = column("Hash of the two listings, the verdict, the person and the moment.", unique=True)
    listing_a: str = listing_id("The one listing: the smaller identifier of the two.")
    listing_b: str = listing_id("The other listing.")
    verdict: str = column("What was decided.", isin=list(Verdict))
    author: str = column("Who decided: a name of their own choice.")
    note: str = column("Why, in their words.", nullable=True)
    judged_at: Moment = column("When it was decided.")
    deleted_at: Moment = column("When it was taken back; empty while it holds.", nullable=True)
