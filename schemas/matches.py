"""Matches: every pair of listings that was compared, joined or not."""

from typing import Any, ClassVar

from schemas.agreement import (
    AbstractAgreement,
    Agreement,
    AuthorAgreement,
    NumbersAgreement,
    PlaceAgreement,
    TitleAgreement,
    VenueAgreement,
    YearAgreement,
)
from schemas.base import Table, column
from schemas.fields import Texts, listing_id
from schemas.match_vocabulary import BlockingKind, CutReason, Decision, MatchReason


class MatchPairs(Table):
    """One pair of listings that was compared, with what was seen and what was decided."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "audit",
            "primary_key": ("listing_a", "listing_b"),
            "foreign_keys": {"listing_a": "clean_listings.listing_id", "listing_b": "clean_listings.listing_id"},
        }

    listing_a: str = listing_id("The one listing: the smaller identifier of the two.")
    listing_b: str = listing_id("The other listing.")
    decision: str = column("What was decided.", isin=list(Decision))
    reason: str = column("What decided it.", isin=list(MatchReason))
    score: float = column(
        "How sure the decision is that both are the same paper, from 0 to 1.", in_range={"min_value": 0, "max_value": 1}
    )
    bits: float = column("Evidence for one paper: the sum of the weights of what agrees and what differs.", unit="bits")
    blocked_by: Texts = column("Kinds of the blocking keys that brought the two together, sorted.")
    title_agreement: str = column("How far the titles agree.", isin=list(TitleAgreement))
    authors_agreement: str = column("How far the shorter list of authors is in the longer.", isin=list(AuthorAgreement))
    first_author_agreement: str = column("Whether the first authors agree.", isin=list(Agreement))
    year_agreement: str = column("How far the years agree.", isin=list(YearAgreement))
    venue_agreement: str = column("How far the venues agree.", isin=list(VenueAgreement))
    place_agreement: str = column("How far volume and pages agree.", isin=list(PlaceAgreement))
    doi_agreement: str = column("Whether their DOIs agree.", isin=list(Agreement))
    abstract_agreement: str = column("How far the abstracts agree.", isin=list(AbstractAgreement))
    numbers_agreement: str = column("Whether the numbers in the titles agree.", isin=list(NumbersAgreement))
    kind_agreement: str = column("Whether both are of one kind: papers, or about a paper.", isin=list(Agreement))
    title_similarity: float = column(
        "Similarity of the titles, letter by letter.", in_range={"min_value": 0, "max_value": 1}
    )
    author_similarity: float = column(
        "Similarity of the authors' names; empty where a closer look could not have joined the two.",
        nullable=True,
        in_range={"min_value": 0, "max_value": 1},
    )
    abstract_similarity: float = column(
        "Share of equal values of the signatures of the abstracts.",
        nullable=True,
        in_range={"min_value": 0, "max_value": 1},
    )
    same_arxiv_id: bool = column("Whether their arXiv identifiers agree; empty where one states none.", nullable=True)
    same_doi: bool = column("Whether their DOIs agree; empty where one states none.", nullable=True)
    rule_version: str = column("Version of the rules that decided.")


class BlockingKeys(Table):
    """One kind of blocking key, and what it brought in the last run."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {"schema": "audit", "primary_key": ("kind",), "foreign_keys": {}}

    kind: str = column("The kind of key.", unique=True, isin=list(BlockingKind))
    block_count: int = column("Blocks with at least two listings.", ge=0)
    largest_block: int = column("Listings in the largest block.", ge=0)
    capped_count: int = column("Blocks beyond the cap, of which only neighbours are compared.", ge=0)
    pair_count: int = column("Pairs that this kind brought.", ge=0)
    only_count: int = column("Pairs that no other kind brought.", ge=0)
    match_count: int = column("Pairs that this kind brought and that are a match.", ge=0)
    only_match_count: int = column("Pairs that no other kind brought and that are a match.", ge=0)


class ClusterCuts(Table):
    """A pair of listings on which the grouping of a paper departs from the decision on the pair."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "audit",
            "primary_key": ("listing_a", "listing_b", "reason"),
            "foreign_keys": {},
        }

    listing_a: str = listing_id("The one listing: the smaller identifier of the two.")
    listing_b: str = listing_id("The other listing.")
    reason: str = column("Why the two stand apart, or together.", isin=list(CutReason))
    detail: str = column("What was found, in one sentence.")
