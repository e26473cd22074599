"""Writes paper tables, table rows and list items in turn, and says what their reader should state."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tests.papers import Paper

PER_TOPIC = 1000


def write(papers: Iterable[Paper]) -> bytes:
    """Topics with the rows of PER_TOPIC papers each."""
    return b"{" + "".join(_pieces(papers)).encode() + b"}}"


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the reader should state of each paper."""
    return [
        {
            "position": position,
            "source_key": one.arxiv_id,
            "title_raw": one.title,
            "authors_raw": f"{one.names[0]} et.al.",
            "authors": [one.names[0]],
            "published_raw": str(one.published),
            "arxiv_raw": _link(one),
            "categories": [_topic((position - 1) // PER_TOPIC)],
            "urls": [_link(one), _code(one)] if one.number % 3 else [_link(one)],
        }
        for position, one in enumerate(papers, start=1)
    ]


def _pieces(papers: Iterable[Paper]) -> Iterator[str]:
    for place, one in enumerate(papers):
        if place % PER_TOPIC == 0:
            yield f"{'}, ' if place else ''}{json.dumps(_topic(place // PER_TOPIC))}: {{"
        comma = ", " if place % PER_TOPIC else ""
        yield f'{comma}"{one.arxiv_id}": {json.dumps(_item(one) if one.number % 2 else _row(one))}'


def _row(paper: Paper) -> str:
    code = f"**[link]({_code(paper)})**" if paper.number % 3 else "null"
    label = f"{paper.arxiv_id}v{paper.version}"
    head = f"|**{paper.published}**|**{paper.title}**|{paper.names[0]} et.al."
    return f"{head}|[{label}]({_link(paper)})|{code}|\n"


def _item(paper: Paper) -> str:
    code = f", Code: **[{_code(paper)}]({_code(paper)})**" if paper.number % 3 else ""
    head = f"- {paper.published}, **{paper.title}**, {paper.names[0]} et.al."
    return f"{head}, Paper: [{_link(paper)}]({_link(paper)}){code}\n"


def _topic(number: int) -> str:
    return f"Topic {number}"


def _link(paper: Paper) -> str:
    return f"http://arxiv.org/abs/{paper.arxiv_id}v{paper.version}"


def _code(paper: Paper) -> str:
    return f"https://code.example/{paper.number}"
