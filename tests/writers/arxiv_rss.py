"""Writes papers as arXiv's daily feed in RSS 2.0: every third a new paper, a cross-list, a later version."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from tests.papers import Paper

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel>
    <title>harbour updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/harbour</link>
    <description>harbour updates on the arXiv.org e-print archive.</description>
    <atom:link href="http://rss.arxiv.org/rss/harbour" rel="self" type="application/rss+xml"/>
    <pubDate>Mon, 06 May 2024 00:00:00 -0400</pubDate>
    <skipDays>
      <day>Sunday</day>
    </skipDays>
"""
ITEM = """    <item>
      <title>{title}</title>
      <link>https://arxiv.org/abs/{id}</link>
      <description>arXiv:{versioned} Announce Type: {kind}\x20
Abstract: {abstract}</description>
      <guid isPermaLink="false">oai:arXiv.org:{versioned}</guid>
{categories}      <pubDate>{date:%a, %d %b %Y} 00:00:00 -0400</pubDate>
      <arxiv:announce_type>{kind}</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <dc:creator>{creator}</dc:creator>
      <arxiv:DOI>{doi}</arxiv:DOI>
      <arxiv:journal_reference>{venue} {volume}</arxiv:journal_reference>
    </item>
"""
KINDS = ("new", "cross", "replace")


def write(papers: Iterable[Paper]) -> bytes:
    """One feed with all papers, in their order."""
    return "".join(_pieces(papers)).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the feed states of each paper."""
    return [
        {
            "page": 1,
            "position": position,
            "source_key": f"oai:arXiv.org:{paper.arxiv_id}v{paper.version}",
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": ", ".join(paper.names),
            "authors": paper.names,
            "published_raw": _date(paper) if _kind(paper) == "new" else None,
            "updated_raw": _date(paper) if _kind(paper) == "replace" else None,
            "arxiv_raw": f"arXiv:{paper.arxiv_id}v{paper.version}",
            "doi_raw": paper.doi,
            "categories": list(paper.categories),
            "venue": f"{paper.venue} {paper.volume}",
            "urls": [f"https://arxiv.org/abs/{paper.arxiv_id}"],
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _kind(paper: Paper) -> str:
    return KINDS[paper.number % len(KINDS)]


def _date(paper: Paper) -> str:
    return f"{paper.published:%a, %d %b %Y} 00:00:00 -0400"


def _pieces(papers: Iterable[Paper]) -> Iterator[str]:
    yield HEAD
    for paper in papers:
        yield ITEM.format(
            title=escape(paper.title),
            id=paper.arxiv_id,
            versioned=f"{paper.arxiv_id}v{paper.version}",
            kind=_kind(paper),
            abstract=escape(paper.abstract),
            categories="".join(f"      <category>{category}</category>\n" for category in paper.categories),
            date=paper.published,
            creator=", ".join(paper.names),
            doi=paper.doi,
            venue=paper.venue,
            volume=paper.volume,
        )
    yield "  </channel>\n</rss>\n"
