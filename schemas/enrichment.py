"""Enrichment: what is found in the text of a paper, each with the span that proves it."""

from typing import Any, ClassVar

from schemas.base import Table, column
from schemas.enrich_vocabulary import ClaimStatus, LinkFlag, LinkKind, LinkStatus
from schemas.fields import Texts, listing_id, paper_id


class Links(Table):
    """One link in the abstract of a paper."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id", "span_start"),
            "foreign_keys": {"paper_id": "papers.paper_id"},
        }

    paper_id: str = paper_id()
    url: str = column("The link in a form that can be followed.", str_matches=r"^(?:https?|ftp)://")
    canonical_url: str = column(
        "One form for each target: the root of a repository, arXiv without a version, a DOI in lower case; a key for "
        "comparing. Empty where the target cannot be told from the link, as behind a shortener.",
        nullable=True,
    )
    url_raw: str = column("The link as it stands in the abstract: its characters from span_start to span_end.")
    kind: str = column("What it leads to.", isin=list(LinkKind))
    host: str = column("Host of the link, in lower case, without `www.` and port.")
    repository: str = column("`owner/name` on a host of repositories; empty elsewhere.", nullable=True)
    status: str = column("Whether what it leads to was there, or only promised.", isin=list(LinkStatus))
    flags: Texts = column(f"What to know before following it, sorted: {', '.join(LinkFlag)}.", members=LinkFlag)
    span_start: int = column("Offset of the link's first character in papers.abstract.", unit="characters", ge=0)
    span_end: int = column("Offset after the link's last character in papers.abstract.", unit="characters", ge=1)


class SourceLinks(Table):
    """One link that a source states for a paper, beside its abstract."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("listing_id", "position"),
            "foreign_keys": {"paper_id": "papers.paper_id", "listing_id": "clean_listings.listing_id"},
        }

    paper_id: str = paper_id()
    listing_id: str = listing_id("The listing that states the link.")
    position: int = column("Place of the link in clean_listings.urls, from 1.", ge=1)
    url: str = column("The link, as the source states it.")
    canonical_url: str = column(
        "One form for each target, as in links; empty where it cannot be told from the link.", nullable=True
    )
    kind: str = column("What it leads to; empty where its host does not tell.", nullable=True, isin=list(LinkKind))
    host: str = column("Host of the link, in lower case, without `www.` and port.", nullable=True)
    repository: str = column("`owner/name` on a host of repositories; empty elsewhere.", nullable=True)


class ReleaseClaims(Table):
    """One thing that the abstract of a paper says is released, or will be, without a link of its kind."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "main",
            "primary_key": ("paper_id", "span_start", "kind"),
            "foreign_keys": {"paper_id": "papers.paper_id"},
        }

    paper_id: str = paper_id()
    kind: str = column("What is released.", isin=list(LinkKind))
    status: str = column("Whether it is there, is promised, or has to be asked for.", isin=list(ClaimStatus))
    surface: str = column("The claim as it stands in the abstract: its characters from span_start to span_end.")
    span_start: int = column("Offset of the claim's first character in papers.abstract.", unit="characters", ge=0)
    span_end: int = column("Offset after the claim's last character in papers.abstract.", unit="characters", ge=1)
