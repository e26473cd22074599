"""Writes papers as a RIS file, as a reference manager exports it: line ends of Windows and a byte-order mark."""

from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

RECORD = """TY  - JOUR\r
ID  - harbour{number}\r
TI  - {title}\r
{authors}T2  - {venue}\r
JA  - Harb.\r
AB  - {abstract}\r
PY  - {year}\r
DA  - {date}\r
VL  - {volume}\r
IS  - {issue}\r
SP  - {first}\r
EP  - {last}\r
DO  - {doi}\r
UR  - https://arxiv.org/abs/{arxiv_id}v{version}\r
L1  - file:///Users/someone/{number}.pdf\r
SN  - 1234-5679\r
{categories}ER  - \r
\r
"""


def write(papers: Iterable[Paper]) -> bytes:
    """One file with all papers, in their order."""
    return ("\ufeff" + "".join(map(_record, papers))).encode()


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
            "published_raw": paper.published.isoformat(),
            "arxiv_raw": f"{paper.arxiv_id}v{paper.version}",
            "doi_raw": paper.doi,
            "categories": list(paper.categories),
            "venue": paper.venue,
            "volume": paper.volume,
            "issue": paper.issue,
            "pages": paper.pages,
            "type_raw": "JOUR",
            "urls": [f"https://arxiv.org/abs/{paper.arxiv_id}v{paper.version}"],
            "source_fields": '{"JA":"Harb.","SN":"1234-5679"}',
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _record(paper: Paper) -> str:
    first, _, last = paper.pages.partition("-")
    return RECORD.format(
        number=paper.number,
        title=paper.title,
        authors="".join(f"AU  - {family}, {given}\r\n" for given, family in paper.authors),
        venue=paper.venue,
        abstract=paper.abstract,
        year=paper.published.year,
        date=f"{paper.published:%Y/%m/%d}/",
        volume=paper.volume,
        issue=paper.issue,
        first=first,
        last=last,
        doi=paper.doi,
        arxiv_id=paper.arxiv_id,
        version=paper.version,
        categories="".join(f"KW  - {category}\r\n" for category in paper.categories),
    )
