"""Writes papers as EndNote exports a library in XML: styled runs of text, a journal article each."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from tests.papers import Paper

STYLE = '<style face="normal" font="default" size="100%">{}</style>'
RECORD = """<record><database name="Harbour.enl" path="Harbour.enl">Harbour.enl</database>\
<source-app name="EndNote" version="20.0">EndNote</source-app><rec-number>{number}</rec-number>\
<foreign-keys><key app="EN" db-id="a1b2c3">{number}</key></foreign-keys>\
<ref-type name="Journal Article">17</ref-type><contributors><authors>{authors}</authors></contributors>\
<titles><title>{title}</title><secondary-title>{venue}</secondary-title></titles>\
<periodical><full-title>{venue}</full-title></periodical><pages>{pages}</pages><volume>{volume}</volume>\
<number>{issue}</number><keywords>{keywords}</keywords>\
<dates><year>{year}</year><pub-dates><date>{day}</date></pub-dates></dates><abstract>{abstract}</abstract>\
<urls><related-urls><url>{link}</url></related-urls></urls>\
<electronic-resource-num>{doi}</electronic-resource-num>\
<remote-database-name>{database}</remote-database-name><accession-num>{pmid}</accession-num>\
<language>{language}</language></record>"""


def write(papers: Iterable[Paper]) -> bytes:
    """One library with all papers, in their order."""
    records = "".join(map(_record, papers))
    return f'<?xml version="1.0" encoding="UTF-8" ?><xml><records>{records}</records></xml>'.encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the library states of each paper."""
    return [
        {
            "page": 1,
            "position": position + 1,
            "source_key": str(paper.number + 1),
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": "; ".join(_names(paper)),
            "authors": _names(paper),
            "published_raw": f"{paper.published:%d %B %Y}",
            "doi_raw": paper.doi,
            "pmid_raw": str(paper.number + 1),
            "categories": list(paper.categories),
            "venue": paper.venue,
            "volume": paper.volume,
            "issue": paper.issue,
            "pages": paper.pages,
            "type_raw": "Journal Article",
            "urls": [f"https://harbour.example/{paper.number}"],
            "defect": None,
        }
        for position, paper in enumerate(papers)
    ]


def _names(paper: Paper) -> list[str]:
    return [f"{family}, {given}" for given, family in paper.authors]


def _record(paper: Paper) -> str:
    def styled(text: str) -> str:
        return STYLE.format(escape(text))

    first, blank, rest = paper.title.partition(" ")
    return RECORD.format(
        number=paper.number + 1,
        authors="".join(f"<author>{styled(name)}</author>" for name in _names(paper)),
        title=f'<style face="italic" font="default" size="100%">{escape(first)}</style>' + styled(blank + rest),
        venue=styled(paper.venue),
        pages=styled(paper.pages),
        volume=styled(paper.volume),
        issue=styled(paper.issue),
        keywords="".join(f"<keyword>{styled(word)}</keyword>" for word in paper.categories),
        year=styled(str(paper.published.year)),
        day=styled(f"{paper.published:%b %d}"),
        abstract=styled(paper.abstract),
        link=styled(f"https://harbour.example/{paper.number}"),
        doi=styled(paper.doi),
        database=styled("Medline"),
        pmid=styled(str(paper.number + 1)),
        language=styled("English"),
    )
