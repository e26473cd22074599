"""arXiv's metadata snapshot: one JSON object a line, with all versions and the parts of the authors' names."""

from collections.abc import Iterator

import polars as pl

from assets.parse.json_head import json_head, record_spans
from assets.parse.json_query import JsonMapping
from assets.parse.json_records import read_spans
from assets.parse.reader import Content, Head, Hints, Reader
from schemas.formats import Format

KEYS = {"id", "title", "abstract", "categories"}
OWN_KEYS = {"authors_parsed", "versions"}
"""At least one of them is in every record; no other format has them beside the others."""

_NEXT_DOI = r"[\s,;]+(?:doi:)?10\.[0-9]{4,9}/"

MAPPING = JsonMapping(
    texts={
        "source_key": "$.id",
        "title_raw": "$.title",
        "abstract_raw": "$.abstract",
        "authors_raw": "$.authors",
        "published_raw": "$.versions[0].created",
        "venue": '$."journal-ref"',
    },
    parts={"names": """json_transform({$.authors_parsed}, '[["VARCHAR"]]')"""},
    computed={
        # family name, given names, suffix; a name may be followed by affiliations
        "authors": """list_filter(list_transform({names}, lambda name:
            concat_ws(' ', nullif(name[2], ''), nullif(name[1], ''), nullif(name[3], ''))), lambda name: name <> '')""",
        "arxiv_raw": "{$.id} || coalesce({$.versions[#-1].version}, '')",
        "updated_raw": "CASE WHEN {$.versions[1]} IS NOT NULL THEN {$.versions[#-1].created} END",
        "doi_raw": f"regexp_replace(nullif({{$.doi}}, ''), '{_NEXT_DOI}.*$', '', 'is')",
        "categories": "list_filter(string_split({$.categories}, ' '), lambda category: category <> '')",
    },
    dropped=dict.fromkeys(("id", "submitter", "title", "abstract", "authors", "journal-ref", "categories")),
    dropped_if={
        "authors_parsed": "len(list_filter({names}, lambda name: name IS NULL OR len(name) > 3)) = 0",
        "doi": f"{{$.doi}} IS NULL OR NOT regexp_matches({{$.doi}}, '{_NEXT_DOI}', 'i')",
    },
)


def recognises(head: Head) -> bool:
    """Whether most of the first objects have the keys of the snapshot."""
    found = json_head(head)
    alike = [record.keys() >= KEYS and bool(OWN_KEYS & record.keys()) for record in found.objects] if found else []
    return 2 * sum(alike) > len(alike)


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:  # noqa: ARG001  # the contract of a reader
    """Reads all records of a snapshot.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per line.
    """
    yield from read_spans(content, record_spans(content), MAPPING)


READER = Reader(
    Format.ARXIV_SNAPSHOT,
    version=1,
    recognises=recognises,
    read=read,
    detection=(
        "JSON objects, one a line, most with `id`, `title`, `abstract`, `categories`, and `authors_parsed` or"
        " `versions`."
    ),
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "updated_on",
        "arxiv_id",
        "arxiv_version",
        "doi",
        "categories",
        "venue",
    ),
    definition="arXiv Dataset: https://www.kaggle.com/datasets/Cornell-University/arxiv",
)
