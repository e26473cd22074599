"""Writes papers as a harvest of arXiv by day; every third one as the older harvests did, with a tag."""

import json
import re
from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

BETWEEN_SENTENCES = re.compile(r"(?<=\.) ")


def write(papers: Iterable[Paper]) -> bytes:
    """One object a line."""
    return "".join([json.dumps(record(paper), separators=(",", ":")) + "\n" for paper in papers]).encode()


def record(paper: Paper) -> dict[str, Any]:
    """A record, in the newer or the older form."""
    if paper.number % 3 == 2:
        return {
            "title": paper.title,
            "abstract": paper.abstract,
            "created": paper.published.isoformat(),
            "meta": {"link": link(paper), "tag": "tides"},
        }
    return {
        "created": f"{paper.published} 17:59:31",
        "title": paper.title,
        "abstract": paper.abstract,
        "sentences": BETWEEN_SENTENCES.split(paper.abstract),
        "url": link(paper),
    }


def link(paper: Paper) -> str:
    """Where arXiv has the paper."""
    return f"http://arxiv.org/abs/{paper.arxiv_id}v{paper.version}"


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the harvest states of each paper."""
    return [
        {
            "position": position,
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "published_raw": record(paper)["created"],
            "arxiv_raw": link(paper),
        }
        for position, paper in enumerate(papers, start=1)
    ]
