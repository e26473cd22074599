"""Trending: which pages showed which paper, and what attention that adds up to."""

from typing import Any, ClassVar

import polars as pl

from schemas.base import Table, column
from schemas.enrich_vocabulary import AgeBasis
from schemas.fields import dump_id, listing_id, paper_id


class Showings(Table):
    """One page that showed a paper: a page of selected papers, or any listing that states votes or comments."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id", "dump_id", "page"),
            "foreign_keys": {
                "paper_id": "papers.paper_id",
                "dump_id": "dumps.dump_id",
                "listing_id": "clean_listings.listing_id",
            },
        }

    paper_id: str = paper_id()
    dump_id: str = dump_id()
    page: int = column("Page of the dump, from 1.", ge=1)
    listing_id: str = listing_id("The listing of the paper on the page: the best ranked, if there are several.")
    rank: int = column(
        "Rank of the paper on the page, from 1; empty where the order of the page is no ranking.", nullable=True, ge=1
    )
    shown_on: pl.Date = column(
        "Day of the page: pages.listed_on, or the day of the capture, where the manifest or the name of the file tells "
        "it; empty where neither is known.",
        nullable=True,
    )
    votes: int = column("Votes that the page states for the paper.", nullable=True, ge=0)
    comment_count: int = column("Comments that the page states for the paper.", nullable=True, ge=0)


class Trending(Table):
    """One paper that a page of selected papers showed, or that has votes: its score, and all that goes into it."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id",),
            "foreign_keys": {"paper_id": "papers.paper_id"},
        }

    paper_id: str = paper_id(unique=True)
    as_of: pl.Date = column(
        "Newest day that the dumps prove, never the clock; empty where they prove none.", nullable=True
    )
    score: float = column("Attention times decay.", ge=0)
    attention_score: float = column("Sum of the three contributions: what the paper had, whatever its age.", ge=0)
    page_count: int = column("Pages that showed the paper.", ge=1)
    best_position: int = column("Best rank on any of these pages; empty where none ranks papers.", nullable=True, ge=1)
    rank_weight: float = column("Sum over the pages of 1 / log2(1 + rank), at least 0.1 each.", ge=0)
    votes: int = column(
        "Votes on the latest page that states any; the most, if several of that day do; empty where none does.",
        nullable=True,
        ge=0,
    )
    comment_count: int = column(
        "Comments on the latest page that states any; the most, if several of that day do; empty where none does.",
        nullable=True,
        ge=0,
    )
    pages_contribution: float = column("What pages and ranks add to the attention.", ge=0)
    votes_contribution: float = column(
        "What the votes add to it; empty where none are stated, which is not the same as no votes.", nullable=True, ge=0
    )
    comments_contribution: float = column(
        "What the comments add to it; empty where none are stated.", nullable=True, ge=0
    )
    first_shown_on: pl.Date = column("First known day of a page that showed it.", nullable=True)
    last_shown_on: pl.Date = column("Last known day of a page that showed it.", nullable=True)
    age_basis: str = column("What the age is counted from.", isin=list(AgeBasis))
    age_days: int = column("Days from there to as_of; empty where no day is known.", unit="days", nullable=True, ge=0)
    decay: float = column(
        "Half for every seven days of age; 1 where the age is not known.", in_range={"min_value": 0, "max_value": 1}
    )
