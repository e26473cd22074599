"""Writes papers as an answer of the arXiv API."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from xml.sax.saxutils import escape

from tests.papers import Paper

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/harbour</id>
  <title>arXiv Query: search_query=all:harbour&amp;start=0</title>
  <updated>2024-05-06T07:08:09Z</updated>
  <link href="https://arxiv.org/api/query?search_query=all:harbour&amp;start=0" type="application/atom+xml"/>
  <opensearch:startIndex>0</opensearch:startIndex>
"""
ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{id}</id>
    <title>{title}</title>
    <updated>{updated}T17:59:46Z</updated>
    <link href="https://arxiv.org/abs/{id}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/{id}" rel="related" type="application/pdf" title="pdf"/>
    <summary>{abstract}</summary>
{categories}    <published>{published}T17:59:46Z</published>
    <arxiv:comment>{comments} pages</arxiv:comment>
    <arxiv:primary_category term="{primary}"/>
    <arxiv:journal_ref>{venue} {volume}</arxiv:journal_ref>
{authors}    <arxiv:doi>{doi}</arxiv:doi>
  </entry>
"""
CATEGORY = '    <category term="{}" scheme="http://arxiv.org/schemas/atom"/>\n'
AUTHOR = "    <author>\n      <name>{}</name>\n    </author>\n"


def write(papers: Iterable[Paper]) -> bytes:
    """One feed with all papers, in their order."""
    return "".join(_pieces(papers)).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the feed states of each paper."""
    return [
        {
            "page": 1,
            "position": position,
            "source_key": f"http://arxiv.org/abs/{_versioned(paper)}",
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": "; ".join(paper.names),
            "authors": paper.names,
            "published_raw": f"{paper.published}T17:59:46Z",
            "updated_raw": f"{paper.published + timedelta(paper.version)}T17:59:46Z",
            "arxiv_raw": f"http://arxiv.org/abs/{_versioned(paper)}",
            "doi_raw": paper.doi,
            "categories": list(paper.categories),
            "venue": f"{paper.venue} {paper.volume}",
            "urls": [f"https://arxiv.org/abs/{_versioned(paper)}", f"https://arxiv.org/pdf/{_versioned(paper)}"],
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _versioned(paper: Paper) -> str:
    return f"{paper.arxiv_id}v{paper.version}"


def _pieces(papers: Iterable[Paper]) -> Iterator[str]:
    yield HEAD
    for paper in papers:
        yield ENTRY.format(
            id=_versioned(paper),
            title=escape(paper.title),
            updated=paper.published + timedelta(paper.version),
            published=paper.published,
            abstract=escape(paper.abstract),
            categories="".join(map(CATEGORY.format, paper.categories)),
            comments=paper.comments,
            primary=paper.categories[0],
            venue=paper.venue,
            volume=paper.volume,
            authors="".join(map(AUTHOR.format, paper.names)),
            doi=paper.doi,
        )
    yield "</feed>\n"
