"""Writes papers as PubMed saves them: tags of four places, long lines continued, a blank line between records."""

from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

RECORD = """PMID- {pmid}
OWN - NLM
STAT- MEDLINE
IS  - 1234-5679 (Electronic)
VI  - {volume}
IP  - {issue}
DP  - {date}
{title}
PG  - {pages}
LID - {doi} [doi]
{abstract}
{authors}LA  - eng
PT  - Journal Article
JT  - {venue}
{categories}AID - {doi} [doi]

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
            "source_key": str(10_000_000 + paper.number),
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": "; ".join(f"{family}, {given}" for given, family in paper.authors),
            "authors": [f"{family}, {given}" for given, family in paper.authors],
            "published_raw": f"{paper.published:%Y %b} {paper.published.day}",
            "doi_raw": paper.doi,
            "pmid_raw": str(10_000_000 + paper.number),
            "categories": list(paper.categories),
            "venue": paper.venue,
            "volume": paper.volume,
            "issue": paper.issue,
            "pages": paper.pages,
            "type_raw": "Journal Article",
            "source_fields": '{"OWN":"NLM","STAT":"MEDLINE","IS":"1234-5679 (Electronic)","LA":"eng"}',
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _record(paper: Paper) -> str:
    return RECORD.format(
        pmid=10_000_000 + paper.number,
        volume=paper.volume,
        issue=paper.issue,
        date=f"{paper.published:%Y %b} {paper.published.day}",
        title=_wrapped("TI  - ", paper.title),
        pages=paper.pages,
        doi=paper.doi,
        abstract=_wrapped("AB  - ", paper.abstract),
        authors="".join(f"FAU - {family}, {given}\nAU  - {family} {given[0]}\n" for given, family in paper.authors),
        venue=paper.venue,
        categories="".join(f"OT  - {category}\n" for category in paper.categories),
    )


def _wrapped(tag: str, text: str) -> str:
    return tag + text.replace(". ", ".\n      ").replace(", Part", ",\n      Part")
