"""Writes a list of works as Crossref answers it, and says what its reader should state."""

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from tests.papers import Paper

HEAD = b'{"status":"ok","message-type":"work-list","message-version":"1.0.0","message":{"facets":{},"items":['


def write(papers: Iterable[Paper]) -> bytes:
    """One answer with all papers."""
    return HEAD + ",".join(json.dumps(work(one), ensure_ascii=False) for one in papers).encode() + b"]}}"


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the reader should state of each paper."""
    return [
        {
            "position": position,
            "title_raw": one.title,
            "abstract_raw": one.abstract,
            "authors_raw": "; ".join(one.names),
            "authors": one.names,
            "published_raw": str(one.published) if one.number % 2 else str(one.published)[:7],
            "doi_raw": one.doi,
            "categories": list(one.categories),
            "venue": one.venue,
            "volume": one.volume,
            "issue": one.issue,
            "pages": one.pages,
            "type_raw": "journal-article",
            "urls": [f"http://dx.doi.org/{one.doi}"],
        }
        for position, one in enumerate(papers, start=1)
    ]


def work(paper: Paper) -> dict[str, Any]:
    """One work."""
    date = [paper.published.year, paper.published.month, paper.published.day]
    return {
        "indexed": {"date-parts": [[2024, 1, 1]], "timestamp": 1704067200000},
        "reference-count": 1,
        "publisher": "Harbour Press",
        "DOI": paper.doi,
        "type": "journal-article",
        "prefix": "10.5555",
        "member": "1",
        "title": [paper.title],
        "abstract": f"<jats:title>Abstract</jats:title><jats:p>{escape(paper.abstract, quote=False)}</jats:p>",
        "author": [
            {"given": given, "family": family, "sequence": "additional", "affiliation": [{"name": "Harbour Office"}]}
            for given, family in paper.authors
        ],
        "issued": {"date-parts": [date if paper.number % 2 else date[:2]]},
        "container-title": [paper.venue],
        "volume": paper.volume,
        "issue": paper.issue,
        "page": paper.pages,
        "subject": list(paper.categories),
        "reference": [{"key": "1", "unstructured": "A. Anker, Ropes, 1901"}],
        "is-referenced-by-count": paper.votes,
        "URL": f"http://dx.doi.org/{paper.doi}",
        "ISSN": ["1234-5678"],
    }
