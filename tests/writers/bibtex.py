"""Writes papers as a BibTeX file: macros, a preamble, remarks between the entries, accents as LaTeX commands."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from tests.papers import Paper

HEAD = """% Encoding: UTF-8
This file was written by nobody @home.

@preamble{ "\\newcommand{\\noopsort}[1]{} " }
@string{harbour = "Harbour " # {Studies}}

"""
ENTRY = """@Article{{harbour{number},
  author        = {{{authors}}},
  title         = {{{{{first}}} {others}}},
  journal       = {journal},
  volume        = {{{volume}}},
  number        = {issue},
  pages         = "{pages}",
  year          = {year},
  month         = {month},
  day           = {{{day}}},
  doi           = {{{doi}}},
  url           = {{https://doi.org/{doi}}},
  eprint        = {{{arxiv_id}v{version}}},
  archiveprefix = {{arXiv}},
  primaryclass  = {{{category}}},
  keywords      = {{{categories}}},
  abstract      = {{{abstract}}},
  publisher     = {{{{Harbour Press}} \\& Sons}},
}}

"""
TAIL = "@comment{jabref-meta: databaseType:bibtex;}\n"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
COMMANDS = {
    "å": r"{\aa}",
    "é": r"\'{e}",
    "ê": r"{\^e}",
    "í": r"{\'\i}",
    "ö": r"{\"o}",
    "ó": r"\'o",
    "ü": r"{\"{u}}",
    "Ł": r"{\L}",
}


def write(papers: Iterable[Paper]) -> bytes:
    """One file with all papers, in their order."""
    return (HEAD + "".join(map(_entry, papers)) + TAIL).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the file states of each paper."""
    return [
        {
            "page": 1,
            "position": position,
            "source_key": f"harbour{paper.number}",
            "title_raw": paper.title,
            "abstract_raw": paper.abstract,
            "authors_raw": _authors(paper),
            "authors": [f"{family}, {given}" for given, family in paper.authors],
            "published_raw": paper.published.isoformat(),
            "arxiv_raw": f"{paper.arxiv_id}v{paper.version}",
            "doi_raw": paper.doi,
            "categories": list(paper.categories),
            "venue": paper.venue,
            "volume": paper.volume,
            "issue": paper.issue,
            "pages": paper.pages,
            "type_raw": "Article",
            "urls": [f"https://doi.org/{paper.doi}"],
            "defect": None,
        }
        for position, paper in enumerate(papers, start=1)
    ]


def _entry(paper: Paper) -> str:
    first, _, others = paper.title.partition(" ")
    return ENTRY.format(
        number=paper.number,
        authors=_authors(paper),
        first=first,
        others=others,
        journal="harbour" if paper.venue == "Harbour Studies" else f"{{{paper.venue}}}",
        volume=paper.volume,
        issue=paper.issue,
        pages=paper.pages.replace("-", "--"),
        year=paper.published.year,
        month=MONTHS[paper.published.month - 1],
        day=paper.published.day,
        doi=paper.doi,
        arxiv_id=paper.arxiv_id,
        version=paper.version,
        category=paper.categories[0],
        categories=", ".join(paper.categories),
        abstract=paper.abstract.replace("%", r"\%").replace("&", r"\&"),
    )


def _authors(paper: Paper) -> str:
    return " and ".join(_name(family, given) for given, family in paper.authors)


@cache
def _name(family: str, given: str) -> str:
    return "".join(COMMANDS.get(letter, letter) for letter in f"{family}, {given}")
