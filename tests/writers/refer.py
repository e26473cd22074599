"""Writes papers in Refer, as EndNote exports it: a percent sign and another sign, a blank line between records."""

from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

RECORD = """%0 Journal Article
{authors}%D {year}
%T {title}
%J {venue}
%V {volume}
%N {issue}
%P {pages}
%8 {day}
%@ 1234-5679
%R doi:{doi}
%F harbour{number}
%K {categories}
%X {abstract}
%U https://doi.org/{doi}

"""


def write(papers: Iterable[Paper]) -> bytes:
    """One file with all papers, in their order."""
    return "".join(map(_record, papers)).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the file states of each paper."""
    return [
        {
            "page": 1,
            "position": position,
            "source_key": f"harbour{paper.number}",
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": "; ".join(f"{family}, {given}" for given, family in paper.authors),
            "authors": [f"{family}, {given}" for given, family in paper.authors],
            "published_raw": f"{_day(paper)} {paper.published.year}",
            "doi_raw": f"doi:{paper.doi}",
            "categories": list(paper.categories),
            "venue": paper.venue,
            "volume": paper.volume,
            "issue": paper.issue,
            "pages": paper.pages,
            "type_raw": "Journal Article",
            "urls": [f"https://doi.org/{paper.doi}"],
            "source_fields": '{"%@":"1234-5679"}',
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _record(paper: Paper) -> str:
    return RECORD.format(
        authors="".join(f"%A {family}, {given}\n" for given, family in paper.authors),
        year=paper.published.year,
        title=paper.title,
        venue=paper.venue,
        volume=paper.volume,
        issue=paper.issue,
        pages=paper.pages,
        day=_day(paper),
        doi=paper.doi,
        number=paper.number,
        categories="\n".join(paper.categories),
        abstract=paper.abstract,
    )


def _day(paper: Paper) -> str:
    return f"{paper.published:%B} {paper.published.day}"
