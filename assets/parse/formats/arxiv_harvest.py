"""Records of arXiv harvested by day: one JSON object a line, with the abstract cut into sentences, or with a tag."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from assets.parse.json_head import json_head, record_spans
from assets.parse.json_query import JsonMapping
from assets.parse.json_records import read_spans
from assets.parse.reader import Content, Head, Hints, Reader
from schemas.formats import Format

KEYS = {"created", "title", "abstract"}

MAPPING = JsonMapping(
    texts={
        "title_raw": "$.title",
        "abstract_raw": "$.abstract",
        "published_raw": "$.created",
        "arxiv_raw": ("$.url", "$.meta.link"),
    },
    dropped=dict.fromkeys(("title", "abstract", "created", "url")),
)


def recognises(head: Head) -> bool:
    """Whether most of the first objects have the keys of a harvest."""
    found = json_head(head)
    alike = [_is_record(record) for record in found.objects] if found else []
    return 2 * sum(alike) > len(alike)


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:  # noqa: ARG001  # the contract of a reader
    """Reads all records of a harvest.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per line.
    """
    yield from read_spans(content, record_spans(content), MAPPING)


def _is_record(record: dict[str, Any]) -> bool:
    meta = record.get("meta")
    return record.keys() >= KEYS and ("sentences" in record or (isinstance(meta, dict) and "link" in meta))


READER = Reader(
    Format.ARXIV_HARVEST,
    version=1,
    recognises=recognises,
    read=read,
    detection="JSON objects, one a line, most with `created`, `title`, `abstract`, and `sentences` or `meta.link`.",
    delivers=("title_raw", "abstract_raw", "published_on", "arxiv_id", "arxiv_version"),
    definition="Fields as dumped by harvesters of the arXiv API: https://info.arxiv.org/help/api/user-manual.html",
)
