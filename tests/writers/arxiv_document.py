"""Writes documents of arXiv's search, one a line, and says what their reader should state."""

import json
from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

PERSONAL = ("somebody", "Elsewhere")
"""Parts of what the service knows of people's accounts; none may come out."""


def write(papers: Iterable[Paper]) -> bytes:
    """One document a line."""
    return "".join(json.dumps(document(one), ensure_ascii=False) + "\n" for one in papers).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the reader should state of each paper."""
    return [
        {
            "position": position,
            "title_raw": one.title,
            "abstract_raw": one.abstract,
            "authors_raw": ", ".join(one.names),
            "authors": one.names,
            "published_raw": f"{one.published}T10:00:00-0400",
            "updated_raw": f"{one.published}T11:00:00-0400",
            "arxiv_raw": f"{one.arxiv_id}v{one.version}",
            "doi_raw": one.doi,
            "categories": list(one.categories),
            "venue": f"{one.venue} {one.volume}",
        }
        for position, one in enumerate(papers, start=1)
    ]


def document(paper: Paper) -> dict[str, Any]:
    """What the metadata service knows of a paper."""
    first, last = (f"{paper.published}T{hour}:00:00-0400" for hour in (10, 11))
    category = {"id": paper.categories[0], "name": "A category"}
    return {
        "paper_id": paper.arxiv_id,
        "version": paper.version,
        "document_id": paper.number,
        "metadata_id": paper.number + 1,
        "title": paper.title,
        "title_utf8": paper.title,
        "abstract": paper.abstract,
        "abstract_utf8": paper.abstract,
        "authors": ", ".join(paper.names),
        "authors_utf8": ", ".join(paper.names),
        "authors_parsed": [{"first_name": given, "last_name": family} for given, family in paper.authors],
        "author_owners": [{"first_name": "somebody", "last_name": "Elsewhere", "author_id": "elsewhere_s_1"}],
        "submitter": {"name": "somebody", "email": "somebody@harbour.example", "is_author": False},
        "proxy": "somebody",
        "abs_categories": " ".join(paper.categories),
        "primary_classification": {"category": category},
        "secondary_classification": [],
        "submitted_date": last,
        "submitted_date_all": [first, last],
        "announced_date_first": str(paper.published)[:7],
        "comments": f"{paper.comments} pages",
        "comments_utf8": f"{paper.comments} pages",
        "journal_ref": f"{paper.venue} {paper.volume}",
        "doi": paper.doi,
        "report_num": None,
        "is_current": True,
        "is_withdrawn": False,
        "formats": ["pdf"],
        "license": {"label": "A licence", "uri": "https://licence.example/"},
    }
