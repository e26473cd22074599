"""The list of all tables, in the order of the flow: the one place that knows their names."""

from typing import Any

from schemas.audit import Ledger, RejectedListings, Runs
from schemas.base import Table
from schemas.coverage import Coverage, MissingValues
from schemas.dumps import Dumps
from schemas.enrichment import Links, ReleaseClaims, SourceLinks
from schemas.judgements import Judgements
from schemas.listings import CleanListings, Listings
from schemas.matches import BlockingKeys, ClusterCuts, MatchPairs
from schemas.pages import Pages
from schemas.papers import PaperAliases, PaperKeys, PaperListings, Papers, PaperSplits, PaperValues
from schemas.quality import Outliers, Quality, QualityBounds
from schemas.quantities import Quantities
from schemas.repairs import TextRepairs
from schemas.search import SearchPostings, SearchTerms
from schemas.terms import Terms
from schemas.topics import CategoryModel, CategorySuggestions, Neighbors, PaperTopics, PaperVectors, Topics
from schemas.trending import Showings, Trending

TABLES: dict[str, type[Table]] = {
    "dumps": Dumps,
    "listings": Listings,
    "clean_listings": CleanListings,
    "papers": Papers,
    "paper_listings": PaperListings,
    "paper_values": PaperValues,
    "paper_aliases": PaperAliases,
    "paper_splits": PaperSplits,
    "text_repairs": TextRepairs,
    "pages": Pages,
    "links": Links,
    "source_links": SourceLinks,
    "release_claims": ReleaseClaims,
    "terms": Terms,
    "quantities": Quantities,
    "paper_vectors": PaperVectors,
    "neighbors": Neighbors,
    "topics": Topics,
    "paper_topics": PaperTopics,
    "category_suggestions": CategorySuggestions,
    "category_model": CategoryModel,
    "showings": Showings,
    "trending": Trending,
    "quality": Quality,
    "outliers": Outliers,
    "quality_bounds": QualityBounds,
    "missing_values": MissingValues,
    "coverage": Coverage,
    "rejected_listings": RejectedListings,
    "judgements": Judgements,
    "match_pairs": MatchPairs,
    "blocking_keys": BlockingKeys,
    "cluster_cuts": ClusterCuts,
    "paper_keys": PaperKeys,
    "ledger": Ledger,
    "runs": Runs,
    "search_terms": SearchTerms,
    "search_postings": SearchPostings,
}
"""Table name -> model."""


def metadata(model: type[Table]) -> dict[str, Any]:
    """What a model's Config says of the whole table: `schema`, `primary_key`, `foreign_keys`."""
    return model.Config.metadata


def qualified(name: str) -> str:
    """The name of a table as SQL writes it: `papers`, `audit.ledger`, `search.search_terms`.

    Raises:
        KeyError: If there is no table of this name.
    """
    schema = metadata(TABLES[name])["schema"]
    return name if schema == "main" else f"{schema}.{name}"
