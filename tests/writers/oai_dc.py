"""Writes papers as an OAI-PMH answer in Dublin Core."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from tests.oai_envelope import answer, header, key
from tests.papers import Paper

METADATA = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">
 <dc:title>{title}</dc:title>
{creators}{subjects} <dc:description>  {abstract}
</dc:description>
 <dc:description>Comment: {comments} pages</dc:description>
 <dc:date>{date}</dc:date>
 <dc:type>text</dc:type>
 <dc:identifier>http://arxiv.org/abs/{id}</dc:identifier>
 <dc:identifier>{venue} {volume}, {pages}</dc:identifier>
 <dc:identifier>doi:{doi}</dc:identifier>
 </oai_dc:dc>"""


def write(papers: Iterable[Paper]) -> bytes:
    """One answer with all papers, in their order."""
    return answer("oai_dc", map(_record, papers))


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
            "authors": [f"{family}, {given}" for given, family in paper.authors],
            "published_raw": paper.published.isoformat(),
            "arxiv_raw": f"http://arxiv.org/abs/{paper.arxiv_id}",
            "doi_raw": f"doi:{paper.doi}",
            "categories": list(paper.categories),
            "type_raw": "text",
            "urls": [f"http://arxiv.org/abs/{paper.arxiv_id}"],
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _record(paper: Paper) -> str:
    return header(paper) + METADATA.format(
        title=escape(paper.title),
        creators="".join(f" <dc:creator>{family}, {given}</dc:creator>\n" for given, family in paper.authors),
        subjects="".join(f" <dc:subject>{category}</dc:subject>\n" for category in paper.categories),
        abstract=escape(paper.abstract),
        comments=paper.comments,
        date=paper.published,
        id=paper.arxiv_id,
        venue=paper.venue,
        volume=paper.volume,
        pages=paper.pages,
        doi=paper.doi,
    )
