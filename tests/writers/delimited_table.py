"""Writes delimited tables, and says what their reader should state."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

HEADER = (
    *(
        "Key",
        "Title",
        "Authors",
        "Abstract",
        "Publication Date",
        "DOI",
        "arXiv ID",
        "Journal",
        "Volume",
        "Issue",
        "Pages",
    ),
    *("Keywords", "URL", "Upvotes", "Comment Count", "Note"),
)


def write(papers: Iterable[Paper], *, delimiter: str = ",", line_end: str = "\r\n") -> bytes:
    """A header line, then one line for each paper; quotation marks where RFC 4180 asks for them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(HEADER)
    writer.writerows(map(_row, papers))
    return text.getvalue().encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the reader should state of each paper."""
    return [
        {
            "position": position,
            "source_key": f"K{one.number}",
            "title_raw": one.title,
            "authors_raw": _authors(one),
            "authors": [f"{family}, {given}" for given, family in one.authors],
            "abstract_raw": one.abstract,
            "published_raw": one.published.isoformat(),
            "doi_raw": one.doi,
            "arxiv_raw": f"{one.arxiv_id}v{one.version}",
            "venue": one.venue,
            "volume": one.volume,
            "issue": one.issue,
            "pages": one.pages,
            "categories": list(one.categories),
            "urls": [_link(one)],
            "votes_raw": str(one.votes),
            "comments_raw": str(one.comments),
            "source_fields": json.dumps({"Note": _note(one)}, separators=(",", ":")),
        }
        for position, one in enumerate(papers, start=1)
    ]


def _row(paper: Paper) -> tuple[str, ...]:
    return (
        f"K{paper.number}",
        paper.title,
        _authors(paper),
        paper.abstract,
        paper.published.isoformat(),
        paper.doi,
        f"{paper.arxiv_id}v{paper.version}",
        paper.venue,
        paper.volume,
        paper.issue,
        paper.pages,
        "; ".join(paper.categories),
        _link(paper),
        str(paper.votes),
        str(paper.comments),
        _note(paper),
    )


def _authors(paper: Paper) -> str:
    return "; ".join(f"{family}, {given}" for given, family in paper.authors)


def _link(paper: Paper) -> str:
    return f"https://harbour.example/papers/{paper.number}"


def _note(paper: Paper) -> str:
    return f'=SUM(A1:A{paper.number}), "said" Ann,\nand left'
