"""Search: the postings from which `search(query)` ranks papers, in plain tables."""

from typing import Any, ClassVar

from schemas.base import Table, column
from schemas.fields import paper_id


class SearchTerms(Table):
    """One term of the index."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {"schema": "search", "primary_key": ("term",), "foreign_keys": {}}

    term: str = column("The term: a word in search form, without its plural ending.", unique=True)
    document_count: int = column("Papers that contain it.", ge=1)
    weight: float = column("Inverse document frequency, as BM25 defines it.", ge=0)


class SearchPostings(Table):
    """One term in one paper."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {
            "schema": "search",
            "primary_key": ("term", "paper_id"),
            "foreign_keys": {"term": "search_terms.term", "paper_id": "papers.paper_id"},
        }

    term: str = column("The term.")
    paper_id: str = paper_id()
    score: float = column("BM25 score that the term gives the paper; a term in the title counts as three.", ge=0)
