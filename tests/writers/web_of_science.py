"""Writes papers as Web of Science saves them: tags of two places, further values on indented lines."""

from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

RECORD = """PT J
AU {short}
AF {full}
TI {title}
SO {venue}
LA English
DT Article
DE {categories}
AB {abstract}
C1 Quay Univ, Harbour Lab, Bergen, Norway.
EM nobody@harbour.example
SN 1234-5679
PD {day}
PY {year}
VL {volume}
IS {issue}
BP {first}
EP {last}
DI {doi}
UT WOS:{number:015}
ER

"""


def write(papers: Iterable[Paper]) -> bytes:
    """One file with all papers, in their order."""
    return ("FN Clarivate Analytics Web of Science\nVR 1.0\n" + "".join(map(_record, papers)) + "EF").encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the file states of each paper."""
    return [
        {
            "page": 1,
            "position": position,
            "source_key": f"WOS:{paper.number:015}",
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": "; ".join(f"{family}, {given}" for given, family in paper.authors),
            "authors": [f"{family}, {given}" for given, family in paper.authors],
            "published_raw": f"{_day(paper)} {paper.published.year}",
            "doi_raw": paper.doi,
            "categories": list(paper.categories),
            "venue": paper.venue,
            "volume": paper.volume,
            "issue": paper.issue,
            "pages": paper.pages,
            "type_raw": "Article",
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _record(paper: Paper) -> str:
    first, _, last = paper.pages.partition("-")
    return RECORD.format(
        short="\n   ".join(f"{family}, {given[0]}" for given, family in paper.authors),
        full="\n   ".join(f"{family}, {given}" for given, family in paper.authors),
        title=paper.title.replace(", Part", ",\n   Part"),
        venue=paper.venue,
        categories="; ".join(paper.categories),
        abstract=paper.abstract,
        day=_day(paper),
        year=paper.published.year,
        volume=paper.volume,
        issue=paper.issue,
        first=first,
        last=last,
        doi=paper.doi,
        number=paper.number,
    )


def _day(paper: Paper) -> str:
    return f"{paper.published:%b} {paper.published.day}".upper()
