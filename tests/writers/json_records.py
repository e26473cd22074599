"""Writes papers as JSON records with the keys of a table, and as CSL-JSON."""

import json
from collections.abc import Iterable
from typing import Any

from tests.papers import Paper


def write(papers: Iterable[Paper]) -> bytes:
    """One object a line."""
    return "".join([json.dumps(record(paper)) + "\n" for paper in papers]).encode()


def write_csl(papers: Iterable[Paper]) -> bytes:
    """An array, as reference managers export it."""
    return json.dumps(list(map(csl, papers)), indent=2, ensure_ascii=False).encode()


def record(paper: Paper) -> dict[str, Any]:
    """A paper as the row of a table."""
    return {
        "record_id": f"quay_{paper.number}",
        "source": "quay",
        "title": paper.title,
        "authors": " and ".join(f"{family}, {given}" for given, family in paper.authors),
        "journal": paper.venue,
        "year": str(paper.published.year),
        "volume": paper.volume,
        "number": paper.issue,
        "pages": paper.pages,
        "doi": paper.doi,
        "abstract": paper.abstract,
        "keywords": list(paper.categories),
        "isbn": None,
        "url": f"https://quay.example/{paper.number}",
    }


def csl(paper: Paper) -> dict[str, Any]:
    """A paper as an item of CSL-JSON."""
    return {
        "id": f"item-{paper.number}",
        "type": "article-journal",
        "title": paper.title,
        "container-title": paper.venue,
        "page": paper.pages,
        "volume": paper.volume,
        "issue": paper.issue,
        "DOI": paper.doi,
        "abstract": paper.abstract,
        "author": [{"family": family, "given": given} for given, family in paper.authors],
        "issued": {"date-parts": [[paper.published.year, paper.published.month, paper.published.day]]},
    }


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the records state of each paper."""
    return [
        {
            "position": position,
            "source_key": f"quay_{paper.number}",
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": " and ".join(f"{family}, {given}" for given, family in paper.authors),
            "authors": [f"{family}, {given}" for given, family in paper.authors],
            "published_raw": str(paper.published.year),
            "doi_raw": paper.doi,
            "categories": list(paper.categories),
            "venue": paper.venue,
            "volume": paper.volume,
            "issue": paper.issue,
            "pages": paper.pages,
            "urls": [f"https://quay.example/{paper.number}"],
        }
        for position, paper in enumerate(papers, start=1)
    ]


def expected_csl(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the items of CSL-JSON state of each paper."""
    return [
        {
            "position": position,
            "source_key": f"item-{paper.number}",
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": "; ".join(paper.names),
            "authors": paper.names,
            "published_raw": paper.published.isoformat(),
            "doi_raw": paper.doi,
            "venue": paper.venue,
            "volume": paper.volume,
            "issue": paper.issue,
            "pages": paper.pages,
            "type_raw": "article-journal",
        }
        for position, paper in enumerate(papers, start=1)
    ]
