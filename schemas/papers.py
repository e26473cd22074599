"""Papers: the golden records, which listings make them up, and who said what."""

from typing import Any, ClassVar

import polars as pl

from schemas.base import Table, column
from schemas.fields import Texts, listing_id, paper_id
from schemas.match_vocabulary import MatchReason, Relation, SurvivalRule
from schemas.vocabulary import DatePrecision, Flag, RecordType, Role


class Papers(Table):
    """One paper: the golden record, put together from all listings of the same work."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {"schema": "main", "primary_key": ("paper_id",), "foreign_keys": {}}

    paper_id: str = paper_id(unique=True)
    title: str = column("Title, as it should be displayed.", source="the title chosen in paper_values")
    abstract: str = column("Abstract, as it should be displayed; empty where no listing has one.", nullable=True)
    abstract_tex: str = column(
        "The abstract in LaTeX, where the listing that it was taken from has it so; empty elsewhere.", nullable=True
    )
    authors: Texts = column("Names of all authors, in order; an empty list where no listing states them all.")
    first_author: str = column(
        "The first of the authors; where no listing states them all, the one that is named alone.", nullable=True
    )
    year: int = column("Year of publication; empty unless a listing proves it.", nullable=True)
    published_on: pl.Date = column(
        "Date of publication, or of the first version; empty where no listing states it.", nullable=True
    )
    published_precision: str = column("How much of published_on is stated.", nullable=True, isin=list(DatePrecision))
    arxiv_id: str = column("arXiv identifier without its version; empty where no listing states it.", nullable=True)
    doi: str = column("DOI, in lower case, without a resolver; empty where no listing states it.", nullable=True)
    acl_id: str = column("Identifier in the ACL Anthology.", nullable=True)
    openreview_id: str = column("Identifier of the forum at OpenReview.", nullable=True)
    pmid: str = column("Identifier in PubMed.", nullable=True)
    dblp_key: str = column("Key in DBLP.", nullable=True)
    s2_id: str = column("Identifier in Semantic Scholar.", nullable=True)
    openalex_id: str = column("Identifier in OpenAlex.", nullable=True)
    categories: Texts = column("Subjects, in the chosen source's own terms; an empty list where none are stated.")
    venue: str = column("Where the paper appeared; empty where no listing states it.", nullable=True)
    volume: str = column("Volume; empty where no listing states it.", nullable=True)
    issue: str = column("Issue or number; empty where no listing states it.", nullable=True)
    pages: str = column("Pages; empty where no listing states them.", nullable=True)
    code_url: str = column(
        "Repository of the code as a source states it, in canonical form; those in the abstract are in links.",
        nullable=True,
    )
    language: str = column(
        "Language of title and abstract: an ISO 639-1 code; empty where it cannot be told.", nullable=True
    )
    record_type: str = column("What kind of record it is.", isin=list(RecordType))
    listing_count: int = column("Listings of the paper in feeds.", ge=1)
    reference_count: int = column("Listings of references that belong to the paper and only add values.", ge=0)
    dump_count: int = column("Dumps of feeds that list the paper.", ge=1)
    best_position: int = column("Best rank that any page gave the paper, from 1.", ge=1)
    conflict_count: int = column(
        "Fields in which its listings state values that differ in more than spelling; see paper_values.", ge=0
    )
    first_listed_on: pl.Date = column(
        "First day on which a page listed it; empty where no page has a day, see pages.", nullable=True
    )
    last_listed_on: pl.Date = column(
        "Last day on which a page listed it; empty where no page has a day, see pages.", nullable=True
    )
    flags: Texts = column(
        f"Damage that is left in the chosen title and abstract, sorted: {', '.join(Flag)}.", members=Flag
    )


class PaperListings(Table):
    """One listing of a paper, and why it belongs to it."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("listing_id",),
            "foreign_keys": {"paper_id": "papers.paper_id", "listing_id": "clean_listings.listing_id"},
        }

    paper_id: str = paper_id()
    listing_id: str = listing_id(unique=True)
    role: str = column("Whether the listing is one of the paper or only adds values to it.", isin=list(Role))
    relation: str = column("What the listing is to the paper, where that is certain.", isin=list(Relation))
    match_reason: str = column(
        "What joined the listing to the others of the paper: the strongest reason of its matches.",
        isin=list(MatchReason),
    )


class PaperValues(Table):
    """One value that a listing states for a field of a paper with more than one listing, and whether it won."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id", "field", "listing_id"),
            "foreign_keys": {"paper_id": "papers.paper_id", "listing_id": "clean_listings.listing_id"},
        }

    paper_id: str = paper_id()
    field: str = column("Column of `papers` that the value is for.")
    value: str = column("The value, as text; lists as JSON.")
    listing_id: str = listing_id("The listing that states the value.")
    chosen: bool = column("Whether this is the value in `papers`; true for every listing that states the chosen value.")
    differs: bool = column(
        "Whether the value says something else than the chosen one, not the same in another spelling: case, accents, "
        "punctuation, initials for given names, a date that says less; subjects never do, nor the date of a preprint."
    )
    rule: str = column("Why the chosen value of this field won.", isin=list(SurvivalRule))


class PaperAliases(Table):
    """One identifier that was merged away and still leads to its paper."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {"schema": "main", "primary_key": ("old_paper_id",), "foreign_keys": {}}

    old_paper_id: str = paper_id("Identifier that is no longer used for a paper of its own.", unique=True)
    paper_id: str = paper_id("The paper that it now leads to.")
    since: pl.Date = column("Day of the run that merged the two.")


class PaperSplits(Table):
    """One paper that took listings out of another: the two were one paper before and are two now."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("from_paper_id", "paper_id", "since"),
            "foreign_keys": {},  # either paper may be merged away or gone later; the split stays
        }

    from_paper_id: str = paper_id("The paper that the listings belonged to before.")
    paper_id: str = paper_id("The paper that they belong to since: a new one, or one that was known.")
    since: pl.Date = column("Day of the run that parted them.")
    listing_count: int = column("Listings that went from the one paper to the other.", ge=1)


class PaperKeys(Table):
    """One key by which a paper is known again from run to run; kept when its dump is gone."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {"schema": "audit", "primary_key": ("key",), "foreign_keys": {}}

    key: str = column(
        "What identifies a listing's paper: `arxiv:…`, `doi:…` and the like; `text:` and a hash of title and abstract; "
        "`work:` and a hash of title, first author and year; or `listing:…`.",
        unique=True,
    )
    paper_id: str = paper_id("The paper that owns the key.")
