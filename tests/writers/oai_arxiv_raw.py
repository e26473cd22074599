"""Writes papers as an OAI-PMH answer in arXiv's format with versions."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape

from tests.oai_envelope import answer, header, key
from tests.papers import Paper

METADATA = """<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://arxiv.org/OAI/arXivRaw/ http://arxiv.org/OAI/arXivRaw.xsd">
 <id>{id}</id><submitter>Somebody Else</submitter>{versions}<title>{title}</title><authors>{authors}</authors>\
<categories>{categories}</categories><comments>{comments} pages</comments><journal-ref>{venue} {volume}</journal-ref>\
<doi>{doi}</doi><license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license><abstract>  {abstract}
</abstract></arXivRaw>"""
VERSION = '<version version="v{}"><date>{}</date><size>12kb</size><source_type>D</source_type></version>'


def write(papers: Iterable[Paper]) -> bytes:
    """One answer with all papers, in their order."""
    return answer("arXivRaw", map(_record, papers))


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the answer states of each paper."""
    return [
        {
            "page": 1,
            "position": position,
            "source_key": key(paper),
            "title_raw": paper.title,
            "abstract_raw": f"  {paper.abstract}\n",
            "authors_raw": ", ".join(paper.names),
            "authors": paper.names,
            "published_raw": _time(paper.published),
            "updated_raw": _time(paper.published + timedelta(paper.version - 1)) if paper.version > 1 else None,
            "arxiv_raw": f"{paper.arxiv_id}v{paper.version}",
            "doi_raw": paper.doi,
            "categories": list(paper.categories),
            "venue": f"{paper.venue} {paper.volume}",
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _time(day: date) -> str:
    return f"{day:%a, %d %b %Y} 17:59:46 GMT"


def _record(paper: Paper) -> str:
    days = (paper.published + timedelta(number) for number in range(paper.version))
    return header(paper) + METADATA.format(
        id=paper.arxiv_id,
        versions="".join(VERSION.format(number, _time(day)) for number, day in enumerate(days, start=1)),
        authors=", ".join(paper.names),
        title=escape(paper.title),
        categories=" ".join(paper.categories),
        comments=paper.comments,
        venue=paper.venue,
        volume=paper.volume,
        doi=paper.doi,
        abstract=escape(paper.abstract),
    )
