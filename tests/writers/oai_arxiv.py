"""Writes papers as an OAI-PMH answer in arXiv's own metadata format."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from tests.oai_envelope import answer, header, key
from tests.papers import Paper

METADATA = """<arXiv xmlns="http://arxiv.org/OAI/arXiv/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://arxiv.org/OAI/arXiv/ http://arxiv.org/OAI/arXiv.xsd">
 <id>{id}</id><created>{created}</created><authors>{authors}</authors><title>{title}</title>\
<categories>{categories}</categories><comments>{comments} pages</comments><journal-ref>{venue} {volume} &amp; sequel\
</journal-ref><doi>{doi}</doi><license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>\
<abstract>  {abstract}
</abstract></arXiv>"""
AUTHOR = "<author><keyname>{}</keyname><forenames>{}</forenames></author>"


def write(papers: Iterable[Paper]) -> bytes:
    """One answer with all papers, in their order."""
    return answer("arXiv", map(_record, papers))


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the answer states of each paper."""
    return [
        {
            "page": 1,
            "position": position,
            "source_key": key(paper),
            "title_raw": paper.title,
            "abstract_raw": f"  {paper.abstract}\n",
            "authors_raw": "; ".join(f"{family}, {given}" for given, family in paper.authors),
            "authors": paper.names,
            "published_raw": paper.published.isoformat(),
            "arxiv_raw": paper.arxiv_id,
            "doi_raw": paper.doi,
            "categories": list(paper.categories),
            "venue": f"{paper.venue} {paper.volume} & sequel",
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _record(paper: Paper) -> str:
    return header(paper) + METADATA.format(
        id=paper.arxiv_id,
        created=paper.published,
        authors="".join(AUTHOR.format(family, given) for given, family in paper.authors),
        title=escape(paper.title),
        categories=" ".join(paper.categories),
        comments=paper.comments,
        venue=paper.venue,
        volume=paper.volume,
        doi=paper.doi,
        abstract=escape(paper.abstract),
    )
