"""Writes papers as arXiv's metadata snapshot."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from tests.papers import Paper

ENCODE = json.JSONEncoder(separators=(",", ":")).encode
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write(papers: Iterable[Paper]) -> bytes:
    """One object a line."""
    return "".join([ENCODE(record(paper)) + "\n" for paper in papers]).encode()


def record(paper: Paper) -> dict[str, Any]:
    """A record, as the snapshot has it."""
    return {
        "id": paper.arxiv_id,
        "submitter": f"{paper.authors[0][0]} {paper.authors[0][1]}",
        "authors": ", ".join(paper.names),
        "title": paper.title,
        "comments": f"{paper.comments} pages, 3 figures" if paper.comments else None,
        "journal-ref": f"{paper.venue} {paper.volume}",
        "doi": paper.doi,
        "report-no": None,
        "categories": " ".join(paper.categories),
        "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "abstract": f"  {paper.abstract}\n",
        "versions": [
            {"version": f"v{number}", "created": created(paper, number)} for number in range(1, paper.version + 1)
        ],
        "update_date": (paper.published + timedelta(paper.version)).isoformat(),
        "authors_parsed": [[family, given, ""] for given, family in paper.authors],
    }


def created(paper: Paper, version: int) -> str:
    """The date of a version, as in a mail."""
    return _mailed(paper.published + timedelta(version - 1))


@cache
def _mailed(day: date) -> str:
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year} 12:00:00 GMT"


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the snapshot states of each paper."""
    return [
        {
            "position": position,
            "source_key": paper.arxiv_id,
            "title_raw": paper.title,
            "abstract_raw": f"  {paper.abstract}\n",
            "authors_raw": ", ".join(paper.names),
            "authors": paper.names,
            "published_raw": created(paper, 1),
            "updated_raw": created(paper, paper.version) if paper.version > 1 else None,
            "arxiv_raw": f"{paper.arxiv_id}v{paper.version}",
            "doi_raw": paper.doi,
            "categories": list(paper.categories),
            "venue": f"{paper.venue} {paper.volume}",
        }
        for position, paper in enumerate(papers, start=1)
    ]
