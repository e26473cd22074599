"""Writes papers of Semantic Scholar, one a line, and says what their reader should state."""

import json
from collections.abc import Iterable
from typing import Any

from tests.papers import Paper


def write(papers: Iterable[Paper]) -> bytes:
    """One paper a line."""
    return "".join(json.dumps(record(one), ensure_ascii=False) + "\n" for one in papers).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the reader should state of each paper."""
    return [
        {
            "position": position,
            "source_key": str(one.number + 1),
            "title_raw": one.title,
            "abstract_raw": one.abstract,
            "authors_raw": "; ".join(one.names),
            "authors": one.names,
            "published_raw": str(one.published),
            "doi_raw": one.doi,
            "arxiv_raw": one.arxiv_id,
            "s2_raw": _id(one),
            "dblp_raw": f"journals/harbour/{one.number}",
            "pmid_raw": str(one.number + 1),
            "acl_raw": f"2020.harbour-1.{one.number + 1}",
            "categories": list(one.categories),
            "venue": one.venue,
            "volume": one.volume,
            "pages": one.pages,
            "type_raw": "JournalArticle, Review",
            "urls": [f"https://papers.example/{_id(one)}", f"https://papers.example/{one.number}.pdf"],
        }
        for position, one in enumerate(papers, start=1)
    ]


def record(paper: Paper) -> dict[str, Any]:
    """One paper."""
    return {
        "paperId": _id(paper),
        "externalIds": {
            "ArXiv": paper.arxiv_id,
            "DBLP": f"journals/harbour/{paper.number}",
            "PubMed": str(paper.number + 1),
            "ACL": f"2020.harbour-1.{paper.number + 1}",
            "DOI": paper.doi,
            "CorpusId": paper.number + 1,
        },
        "corpusId": paper.number + 1,
        "url": f"https://papers.example/{_id(paper)}",
        "title": paper.title,
        "abstract": paper.abstract,
        "venue": paper.venue,
        "year": paper.published.year,
        "citationCount": paper.votes,
        "isOpenAccess": True,
        "openAccessPdf": {"url": f"https://papers.example/{paper.number}.pdf", "status": "GREEN"},
        "fieldsOfStudy": list(paper.categories),
        "publicationTypes": ["JournalArticle", "Review"],
        "publicationDate": str(paper.published),
        "journal": {"name": paper.venue, "volume": paper.volume, "pages": paper.pages},
        "authors": [{"authorId": str(place), "name": name} for place, name in enumerate(paper.names)],
    }


def _id(paper: Paper) -> str:
    return f"{paper.number:040x}"
