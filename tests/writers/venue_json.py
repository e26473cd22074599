"""Writes papers as the proceedings of a venue, as JSON."""

import json
from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

HEAD = '{\n  "venue": "quiet",\n  "year": "2020",\n  "papers": ['
VENUE, YEAR = "quiet", "2020"


def write(papers: Iterable[Paper]) -> bytes:
    """The wrapper object, indented."""
    return (HEAD + ",".join([_indented(record(paper)) for paper in papers]) + "\n  ]\n}\n").encode()


def write_lines(papers: Iterable[Paper]) -> bytes:
    """One paper a line."""
    return "".join([json.dumps(record(paper)) + "\n" for paper in papers]).encode()


def record(paper: Paper) -> dict[str, Any]:
    """A paper, as the proceedings have it."""
    return {
        "bibtex_key": f"{paper.authors[0][1].lower()}{YEAR}{VENUE}-{paper.number}",
        "title": paper.title,
        "authors": [
            {"given": given, "family": family, "slug": f"{family}-{given}".lower()} for given, family in paper.authors
        ],
        "year": str(paper.published.year),
        "venue": VENUE,
        "venue_name": paper.venue,
        "venue_type": "conference",
        "volume": paper.volume,
        "number": paper.issue,
        "pages": paper.pages,
        "abstract": paper.abstract,
        "pdf_url": f"https://quiet.example/{paper.number}.pdf",
        "venue_url": f"https://quiet.example/{paper.number}",
        "doi": paper.doi if paper.number % 2 else "",
        "openreview_url": f"https://openreview.net/forum?id={_forum(paper)}",
        "code_url": "",
        "source": "openreview",
        "source_id": _forum(paper),
    }


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the proceedings state of each paper."""
    return [
        {
            "position": position,
            "source_key": record(paper)["bibtex_key"],
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": "; ".join(paper.names),
            "authors": paper.names,
            "published_raw": str(paper.published.year),
            "doi_raw": paper.doi if paper.number % 2 else None,
            "openreview_raw": f"https://openreview.net/forum?id={_forum(paper)}",
            "venue": paper.venue,
            "volume": paper.volume,
            "issue": paper.issue,
            "pages": paper.pages,
            "urls": [f"https://quiet.example/{paper.number}", f"https://quiet.example/{paper.number}.pdf"],
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _indented(record: dict[str, Any]) -> str:
    """As `json.dumps` would indent it but for the authors, and five times as fast."""
    members = ",\n".join([f'      "{key}": {json.dumps(value)}' for key, value in record.items()])
    return f"\n    {{\n{members}\n    }}"


def _forum(paper: Paper) -> str:
    return f"Gull{paper.number:07}"
