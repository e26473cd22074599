"""Writes papers as one collection of the ACL Anthology in its XML: volumes of fifty papers, with their front matter."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

from tests.papers import Paper

COLLECTION = "2021.harbour"
VOLUME_PAPERS = 50

HEAD = f"<?xml version='1.0' encoding='UTF-8'?>\n<collection id=\"{COLLECTION}\">\n"
VOLUME = """  <volume id="{number}" ingest-date="2021-07-28" type="proceedings">
    <meta>
      <booktitle>Proceedings of the <fixed-case>H</fixed-case>arbour Meeting, Volume {number}</booktitle>
      <editor><first>Berta</first><last>Quay</last></editor>
      <publisher>Harbour Press</publisher>
      <address>Bergen, Norway</address>
      <month>{month}</month>
      <year>{year}</year>
      <url hash="0a1b2c3d">{collection}-{number}</url>
      <venue>harbour</venue>
    </meta>
    <frontmatter>
      <url hash="3d2c1b0a">{collection}-{number}.0</url>
      <bibkey>harbour-{year}-{number}</bibkey>
    </frontmatter>
"""
PAPER = """    <paper id="{place}">
      <title>{title}</title>
{authors}      <pages>{pages}</pages>
      <abstract>{abstract}</abstract>
      <url hash="{number:08x}">{acl_id}</url>
      <doi>{doi}</doi>
      <bibkey>{key}</bibkey>
      <award>Best Paper {number}</award>
      <pwccode url="https://code.example/{number}" additional="false">harbour/{number}</pwccode>
    </paper>
"""
AUTHOR = "      <author><first>{}</first><last>{}</last></author>\n"
TAIL = """  <event id="harbour-2021">
    <colocated>
      <volume-id>2021.quay-1</volume-id>
    </colocated>
  </event>
</collection>
"""


def write(papers: Iterable[Paper]) -> bytes:
    """One collection with all papers, in their order."""
    return "".join(_pieces(papers)).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the collection states of each paper."""
    return [
        {
            "page": 1,
            "position": position + 1,
            "source_key": _key(paper),
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": "; ".join(f"{family}, {given}" for given, family in paper.authors),
            "authors": [f"{family}, {given}" for given, family in paper.authors],
            "published_raw": first.published.strftime("%B %Y"),
            "acl_raw": f"{COLLECTION}-{number + 1}.{place + 1}",
            "doi_raw": paper.doi,
            "venue": f"Proceedings of the Harbour Meeting, Volume {number + 1}",
            "pages": paper.pages,
            "urls": [f"https://code.example/{paper.number}"],
            "defect": None,
        }
        for position, (number, place, first, paper) in enumerate(_placed(papers))
    ]


def _placed(papers: Iterable[Paper]) -> Iterator[tuple[int, int, Paper, Paper]]:
    """Number of the volume, place in it, the first paper of the volume, and the paper."""
    rest = iter(papers)
    number = 0
    while volume := list(islice(rest, VOLUME_PAPERS)):
        yield from ((number, place, volume[0], paper) for place, paper in enumerate(volume))
        number += 1


def _pieces(papers: Iterable[Paper]) -> Iterator[str]:
    yield HEAD
    for number, place, first, paper in _placed(papers):
        if not place:
            if number:
                yield "  </volume>\n"
            month, year = first.published.strftime("%B"), first.published.year
            yield VOLUME.format(number=number + 1, collection=COLLECTION, month=month, year=year)
        yield PAPER.format(
            number=paper.number,
            place=place + 1,
            title=f"<fixed-case>{paper.title[0]}</fixed-case>{escape(paper.title[1:])}",
            authors="".join(AUTHOR.format(*name) for name in paper.authors),
            pages=paper.pages,
            abstract=_emphasised(escape(paper.abstract)),
            acl_id=f"{COLLECTION}-{number + 1}.{place + 1}",
            doi=paper.doi,
            key=_key(paper),
        )
    yield "  </volume>\n" + TAIL


def _key(paper: Paper) -> str:
    return f"harbour-{paper.published.year}-part-{paper.number}"


def _emphasised(text: str) -> str:
    """The first word of a text in italics."""
    word, blank, rest = text.partition(" ")
    return f"<i>{word}</i>{blank}{rest}"
