"""Listings: one row per record found in a dump, first untouched, then cleaned.

In `listings` the columns that end in `_raw`, and `source_fields`, hold the source's own words. The others are read from
them: put into one form, and checked.
"""

from typing import Any, ClassVar

import pandera.polars as pa
import polars as pl

from schemas.base import Table, column
from schemas.fields import ARXIV_ID, DOI, Texts, dump_id, listing_id
from schemas.vocabulary import DatePrecision, Flag, RecordType, RejectReason

HAS_LETTER = r"[\p{L}\p{N}]"


class Listings(Table):
    """One record found in a dump: evidence that a source stated a paper."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("listing_id",),
            "foreign_keys": {"dump_id": "dumps.dump_id"},
        }

    listing_id: str = listing_id(unique=True)
    dump_id: str = dump_id()
    page: int = column("Page of the dump that shows the record, from 1; 1 where the format has no pages.", ge=1)
    position: int = column("Rank of the record on its page, from 1.", ge=1)
    locator: str = column(
        "Where the record is in its dump: `START-END` in bytes, the end exclusive; `row N` of a Parquet file, from 0."
    )
    byte_start: int = column(
        "Offset of the first byte of the record in the dump; empty in a Parquet file.",
        unit="bytes",
        nullable=True,
        ge=0,
    )
    byte_end: int = column(
        "Offset after the last byte of the record; empty in a Parquet file.", unit="bytes", nullable=True, ge=0
    )
    page_date_raw: str = column("Date line of the record's page, verbatim; a page states no year.", nullable=True)
    source_key: str = column("The source's own key of the record, where it has one.", nullable=True)
    title_raw: str = column("Title as the dump has it; U+FFFD stands for bytes that are not UTF-8.", nullable=True)
    abstract_raw: str = column("Abstract as the dump has it; empty where the record has none.", nullable=True)
    authors_raw: str = column("Authors as the dump has them; empty where the source states none.", nullable=True)
    authors: Texts = column("Names of the authors, in order, the given name first; an empty list where none is stated.")
    published_raw: str = column("Date of publication as the dump has it; empty where it states none.", nullable=True)
    published_on: pl.Date = column(
        "Date of publication, or of the first version; see published_precision.", nullable=True
    )
    published_precision: str = column(
        "How much of published_on the source states.", nullable=True, isin=list(DatePrecision)
    )
    updated_on: pl.Date = column("Date of the latest version; stated in full or left empty.", nullable=True)
    arxiv_id: str = column("arXiv identifier without its version.", nullable=True, str_matches=ARXIV_ID)
    arxiv_version: int = column("Version of the arXiv identifier, where it is stated.", nullable=True, ge=1)
    doi: str = column("DOI, in lower case, without a resolver.", nullable=True, str_matches=DOI)
    acl_id: str = column("Identifier in the ACL Anthology.", nullable=True)
    openreview_id: str = column("Identifier of the forum at OpenReview.", nullable=True)
    pmid: str = column("Identifier in PubMed.", nullable=True)
    dblp_key: str = column("Key in DBLP.", nullable=True)
    s2_id: str = column("Identifier in Semantic Scholar: 40 hexadecimal digits.", nullable=True)
    openalex_id: str = column("Identifier in OpenAlex: `W` and digits.", nullable=True)
    invalid_ids: Texts = column("Identifiers that break the syntax of their kind, as `kind: text`; they are not used.")
    categories: Texts = column("Subjects, in the source's own terms and order.")
    venue: str = column("Where the paper appeared, as the source names it.", nullable=True)
    volume: str = column("Volume, as the source has it.", nullable=True)
    issue: str = column("Issue or number, as the source has it.", nullable=True)
    pages: str = column("Pages, as the source has them.", nullable=True)
    type_raw: str = column("What kind of work it is, in the source's own term.", nullable=True)
    urls: Texts = column("Links that the source states for the paper, in its order.")
    votes: int = column("Votes that the paper had when the dump was captured.", nullable=True, ge=0)
    comment_count: int = column("Comments that the paper had when the dump was captured.", nullable=True, ge=0)
    source_fields: str = column("All other fields of the source, verbatim, as a JSON object.")
    defect: str = column(
        "Why the reader does not stand behind the record; empty where it does.", nullable=True, isin=list(RejectReason)
    )


class CleanListings(Table):
    """One listing whose text has been repaired and whose fields satisfy every check."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("listing_id",),
            "foreign_keys": {"listing_id": "listings.listing_id", "dump_id": "dumps.dump_id"},
        }

    listing_id: str = listing_id(unique=True)
    dump_id: str = dump_id()
    title: str = column("Title as it should be displayed.", source="title_raw after the cleaning rules")
    abstract: str = column(
        "Abstract as it should be displayed; empty where the source has none.",
        source="abstract_raw after the cleaning rules",
        nullable=True,
    )
    abstract_tex: str = column(
        "The abstract in LaTeX that compiles, on one line; empty where the source has none or no LaTeX in it.",
        source="abstract_raw",
        nullable=True,
    )
    title_search: str = column(
        "Search form of the title: case, accents, hyphens, superscripts and punctuation folded.", source="title"
    )
    abstract_search: str = column("Search form of the abstract.", source="abstract", nullable=True)
    authors: Texts = column("Names of the authors, in order; an empty list where the source states none.")
    year: int = column(
        "Year of publication; empty unless the source proves it.",
        nullable=True,
        in_range={"min_value": 1500, "max_value": 2200},
    )
    published_on: pl.Date = column(
        "Date of publication, or of the first version; see published_precision.", nullable=True
    )
    published_precision: str = column(
        "How much of published_on the source states.", nullable=True, isin=list(DatePrecision)
    )
    updated_on: pl.Date = column("Date of the latest version.", nullable=True)
    arxiv_id: str = column("arXiv identifier without its version.", nullable=True, str_matches=ARXIV_ID)
    arxiv_version: int = column("Version of the arXiv identifier, where it is stated.", nullable=True, ge=1)
    doi: str = column("DOI, in lower case, without a resolver.", nullable=True, str_matches=DOI)
    acl_id: str = column("Identifier in the ACL Anthology.", nullable=True)
    openreview_id: str = column("Identifier of the forum at OpenReview.", nullable=True)
    pmid: str = column("Identifier in PubMed.", nullable=True)
    dblp_key: str = column("Key in DBLP.", nullable=True)
    s2_id: str = column("Identifier in Semantic Scholar: 40 hexadecimal digits.", nullable=True)
    openalex_id: str = column("Identifier in OpenAlex: `W` and digits.", nullable=True)
    categories: Texts = column("Subjects, in the source's own terms and order.")
    venue: str = column("Where the paper appeared, as the source names it.", nullable=True)
    volume: str = column("Volume, as the source has it.", nullable=True)
    issue: str = column("Issue or number, as the source has it.", nullable=True)
    pages: str = column("Pages, as the source has them.", nullable=True)
    urls: Texts = column("Links that the source states for the paper, in its order.")
    votes: int = column("Votes that the paper had when the dump was captured.", nullable=True, ge=0)
    comment_count: int = column("Comments that the paper had when the dump was captured.", nullable=True, ge=0)
    language: str = column(
        "Language of title and abstract: an ISO 639-1 code; empty where the text is too short to tell.",
        nullable=True,
        str_matches=r"^[a-z]{2,3}$",
    )
    record_type: str = column("What kind of record it is.", isin=list(RecordType))
    flags: Texts = column(f"Damage that was seen and not repaired, sorted: {', '.join(Flag)}.", members=Flag)
    repairs: Texts = column(
        "Names of the cleaning rules that changed the title or the abstract, in the order in which they first did."
    )

    @pa.check("title", name="empty_title", error=RejectReason.EMPTY_TITLE)
    def title_has_text(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A title has at least one letter or digit."""
        return data.lazyframe.select(pl.col(data.key).str.contains(HAS_LETTER))

    @pa.check("title", name="title_too_long", error=RejectReason.TITLE_TOO_LONG)
    def title_is_short(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """No title of a paper reaches 500 characters; an abstract in its place does."""
        return data.lazyframe.select(pl.col(data.key).str.len_chars() <= 500)

    @pa.check("abstract", name="empty_abstract", error=RejectReason.EMPTY_ABSTRACT)
    def abstract_has_text(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """An abstract that is there has at least one letter or digit."""
        return data.lazyframe.select(pl.col(data.key).str.contains(HAS_LETTER))

    @pa.check("abstract", name="abstract_too_long", error=RejectReason.ABSTRACT_TOO_LONG)
    def abstract_is_one(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """Abstracts end well before 20,000 characters; several records run together do not."""
        return data.lazyframe.select(pl.col(data.key).str.len_chars() <= 20_000)

    @pa.dataframe_check(name="abstract_is_title", error=RejectReason.ABSTRACT_IS_TITLE)
    def abstract_says_more(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """An abstract says more than the title does."""
        return data.lazyframe.select(
            pl.col("abstract_search").ne_missing(pl.col("title_search")).alias("abstract_says_more")
        )
