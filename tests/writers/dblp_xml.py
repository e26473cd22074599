"""Writes papers in DBLP's XML: articles of journals and of arXiv's, and proceedings papers, in turn."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from tests.papers import Paper

HEAD = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n'
RECORD = """<{tag} mdate="2024-05-06" key="{key}">
{authors}<title>{title}.</title>
<pages>{pages}</pages>
<year>{year}</year>
<volume>{volume}</volume>
{place}<ee type="oa">{link}</ee>
<url>db/harbour/harbour{year}.html#{number}</url>
</{tag}>
"""
PERSON = '<www mdate="2024-05-06" key="homepages/00/1"><author>Ada Anker</author><title>Home Page</title></www>\n'
NAMES = ["aring", "ecirc", "iacute", "ouml", "uuml", "eacute", "oacute", "oslash"]
ENTITIES = {ord(char): f"&{name};" for char, name in zip("åêíöüéóø", NAMES, strict=True)}


def write(papers: Iterable[Paper]) -> bytes:
    """All papers in their order."""
    return "".join(_pieces(papers)).encode("ascii", "xmlcharrefreplace")


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What DBLP states of each paper."""
    return [
        {
            "page": 1,
            "position": position + 1,
            "source_key": _key(paper),
            "dblp_raw": _key(paper),
            "title_raw": f"{paper.title}.",
            "authors_raw": "; ".join([f"{paper.names[0]} 0001", *paper.names[1:]]),
            "authors": paper.names,
            "published_raw": str(paper.published.year),
            "doi_raw": _link(paper) if _kind(paper) != "corr" else None,
            "arxiv_raw": _link(paper) if _kind(paper) == "corr" else None,
            "venue": "CoRR" if _kind(paper) == "corr" else paper.venue,
            "volume": f"abs/{paper.arxiv_id}" if _kind(paper) == "corr" else paper.volume,
            "issue": paper.issue if _kind(paper) == "journal" else None,
            "pages": paper.pages,
            "type_raw": "inproceedings" if _kind(paper) == "conf" else "article",
            "urls": [_link(paper)],
            "defect": None,
        }
        for position, paper in enumerate(papers)
    ]


def _kind(paper: Paper) -> str:
    return ("journal", "conf", "corr")[paper.number % 3]


def _key(paper: Paper) -> str:
    kind = {"journal": "journals/harbour", "conf": "conf/harbour", "corr": "journals/corr"}[_kind(paper)]
    return f"{kind}/{paper.number}"


def _link(paper: Paper) -> str:
    return f"http://arxiv.org/abs/{paper.arxiv_id}" if _kind(paper) == "corr" else f"https://doi.org/{paper.doi}"


def _title(paper: Paper) -> str:
    """The title; every twentieth with markup."""
    first, rest = paper.title[0], escape(paper.title[1:])
    return f"<i>{first}</i>{rest}" if paper.number % 20 == 0 else first + rest


def _pieces(papers: Iterable[Paper]) -> Iterator[str]:
    yield HEAD
    for paper in papers:
        kind = _kind(paper)
        venue = escape(paper.venue)
        place = {
            "journal": f"<number>{paper.issue}</number>\n<journal>{venue}</journal>\n",
            "conf": f"<booktitle>{venue}</booktitle>\n<crossref>conf/harbour/{paper.published.year}</crossref>\n",
            "corr": "<journal>CoRR</journal>\n",
        }[kind]
        names = [f"{paper.names[0]} 0001", *paper.names[1:]]
        yield RECORD.format(
            tag="inproceedings" if kind == "conf" else "article",
            key=_key(paper),
            authors="".join(f"<author>{escape(name).translate(ENTITIES)}</author>\n" for name in names),
            title=_title(paper),
            pages=paper.pages,
            year=paper.published.year,
            volume=f"abs/{paper.arxiv_id}" if kind == "corr" else paper.volume,
            place=place,
            link=_link(paper),
            number=paper.number,
        )
    yield "</dblp>\n"
