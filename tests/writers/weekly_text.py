"""Writes weekly text, and says what its reader should state."""

import textwrap
from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

WIDTH = 60
"""Characters of a title line; a longer title goes on in an indented one."""


def write(papers: Iterable[Paper]) -> bytes:
    """One block per paper, each closed by a line of dashes."""
    return "".join(_block(one) for one in papers).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the reader should state of each paper."""
    return [
        {
            "position": position,
            "title_raw": _title(one),
            "abstract_raw": one.abstract,
            "arxiv_raw": _link(one),
            "urls": [_link(one)],
        }
        for position, one in enumerate(papers, start=1)
    ]


def _block(paper: Paper) -> str:
    return f"Title: {_title(paper)}\nPDF: {_link(paper)}\nSummary: {paper.abstract}\n---\n"


def _title(paper: Paper) -> str:
    if len(paper.title) <= WIDTH:
        return paper.title
    return "\n  ".join(textwrap.wrap(paper.title, WIDTH))


def _link(paper: Paper) -> str:
    return f"https://arxiv.org/pdf/{paper.arxiv_id}"
