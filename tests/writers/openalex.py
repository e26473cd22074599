"""Writes works of OpenAlex, one a line, and says what their reader should state."""

import json
from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

ADDRESS = "https://openalex.org/"


def write(papers: Iterable[Paper]) -> bytes:
    """One work a line."""
    return "".join(json.dumps(work(one), ensure_ascii=False) + "\n" for one in papers).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the reader should state of each paper."""
    return [
        {
            "position": position,
            "title_raw": one.title,
            "abstract_raw": one.abstract,
            "authors_raw": "; ".join(one.names),
            "authors": one.names,
            "published_raw": str(one.published),
            "openalex_raw": f"{ADDRESS}W{one.number + 1}",
            "doi_raw": f"https://doi.org/{one.doi}",
            "pmid_raw": f"https://pubmed.ncbi.nlm.nih.gov/{one.number + 1}",
            "arxiv_raw": f"http://arxiv.org/abs/{one.arxiv_id}",
            "categories": list(one.categories),
            "venue": one.venue,
            "volume": one.volume,
            "issue": one.issue,
            "pages": one.pages,
            "type_raw": "article",
            "urls": [f"https://doi.org/{one.doi}", f"http://arxiv.org/abs/{one.arxiv_id}"],
        }
        for position, one in enumerate(papers, start=1)
    ]


def work(paper: Paper) -> dict[str, Any]:
    """One work."""
    first, _, last = paper.pages.partition("-")
    location = {
        "is_oa": True,
        "landing_page_url": f"https://doi.org/{paper.doi}",
        "pdf_url": None,
        "source": {"id": f"{ADDRESS}S1", "display_name": paper.venue, "type": "journal"},
    }
    return {
        "id": f"{ADDRESS}W{paper.number + 1}",
        "doi": f"https://doi.org/{paper.doi}",
        "title": paper.title,
        "display_name": paper.title,
        "publication_year": paper.published.year,
        "publication_date": str(paper.published),
        "ids": {
            "openalex": f"{ADDRESS}W{paper.number + 1}",
            "mag": "17",
            "pmid": f"https://pubmed.ncbi.nlm.nih.gov/{paper.number + 1}",
        },
        "language": "en",
        "primary_location": location,
        "type": "article",
        "open_access": {"is_oa": True, "oa_url": f"https://doi.org/{paper.doi}"},
        "authorships": [
            {
                "author_position": "middle",
                "author": {"id": f"{ADDRESS}A{place}", "display_name": name, "orcid": None},
                "institutions": [],
            }
            for place, name in enumerate(paper.names)
        ],
        "cited_by_count": paper.votes,
        "biblio": {"volume": paper.volume, "issue": paper.issue, "first_page": first, "last_page": last},
        "topics": [{"id": f"{ADDRESS}T{place}", "display_name": name} for place, name in enumerate(paper.categories)],
        "locations": [location, {"landing_page_url": f"http://arxiv.org/abs/{paper.arxiv_id}", "pdf_url": None}],
        "abstract_inverted_index": inverted(paper.abstract),
        "updated_date": "2024-01-01",
    }


def inverted(text: str) -> dict[str, list[int]]:
    """The places of each word."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(text.split(" ")):
        places.setdefault(word, []).append(place)
    return places
