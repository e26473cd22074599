"""Writes papers as the records of one year: XML that resembles OAI-PMH, on one line but for the abstracts."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from tests.papers import Paper

RECORD = (
    "<record><header><identifier>oai:arXiv.org:{id}</identifier></header><metadata><title>{title}</title>"
    "<description>  {abstract}\n</description><date>{date}</date></metadata></record>"
)


def write(papers: Iterable[Paper]) -> bytes:
    """One list with all papers, in their order."""
    return "".join(_pieces(papers)).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the list states of each paper."""
    return [
        {
            "page": 1,
            "position": position,
            "source_key": f"oai:arXiv.org:{paper.arxiv_id}",
            "title_raw": paper.title,
            "abstract_raw": f"  {paper.abstract}\n",
            "published_raw": paper.published.isoformat(),
            "arxiv_raw": f"oai:arXiv.org:{paper.arxiv_id}",
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _pieces(papers: Iterable[Paper]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?><ListRecords>'
    for paper in papers:
        yield RECORD.format(
            id=paper.arxiv_id, title=escape(paper.title), abstract=escape(paper.abstract), date=paper.published
        )
    yield "</ListRecords>"
