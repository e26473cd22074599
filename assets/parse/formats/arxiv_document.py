"""Documents of arXiv's search: what its metadata service knows of one version of a paper, or what its index is given.

One object, an array of them, or one a line. Submitters, owners and proxies are accounts and are left out here.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from assets.parse.formats.api_answers import candidates, has_keys, listed, with_authors_raw
from assets.parse.json_head import Shape, head_of, json_head
from assets.parse.json_query import JsonMapping
from assets.parse.json_records import read_spans
from assets.parse.reader import Content, Head, Hints, Reader
from schemas.formats import Format
from schemas.vocabulary import RejectReason

KEYS = (
    "abs_categories",
    "abstract_utf8",
    "author_owners",
    "authors_freeform",
    "authors_parsed",
    "authors_utf8",
    "document_id",
    "is_current",
    "metadata_id",
    "paper_id_v",
    "primary_classification",
    "title_utf8",
)
FEWEST_KEYS, FEWEST_ALONE = 3, 5
"""Keys that a document has beside its `paper_id`, and those that prove one whose `paper_id` comes late."""

_NAMES = """list_filter(list_transform(
    CASE WHEN json_type(record, '$.authors_parsed') = 'ARRAY' THEN json_extract(record, '$.authors_parsed[*]')
        ELSE json_extract(record, '$.authors[*]') END,
    lambda x: trim(concat_ws(' ', x->>'$.first_name', x->>'$.last_name', x->>'$.suffix'))), lambda x: x <> '')"""
"""Names; `authors` itself is a text in one kind of document and an array in the other."""

MAPPING = JsonMapping(
    texts={
        "title_raw": ("$.title", "$.title_utf8"),
        "abstract_raw": ("$.abstract", "$.abstract_utf8"),
        "published_raw": ("$.submitted_date_first", "$.submitted_date_all[0]", "$.created"),
        "updated_raw": ("$.submitted_date_latest", "$.submitted_date_all[#-1]", "$.updated"),
        "doi_raw": "$.doi",
        "venue": ("$.journal_ref", "$.journal_ref_utf8"),
    },
    computed={
        "authors": _NAMES,
        "authors_raw": "coalesce(record->>'$.authors_freeform', record->>'$.authors_utf8',"
        " CASE WHEN json_type(record, '$.authors') = 'VARCHAR' THEN record->>'$.authors' END)",
        "arxiv_raw": "coalesce(record->>'$.paper_id_v',"
        " (record->>'$.paper_id') || coalesce('v' || nullif(record->>'$.version', ''), ''))",
        "categories": "string_split_regex(trim(record->>'$.abs_categories'), '\\s+')",
    },
    dropped={
        "title": None,
        "title_utf8": None,
        "abstract": None,
        "abstract_utf8": None,
        "journal_ref": None,
        "journal_ref_utf8": None,
        "doi": None,
        "created": None,
        "updated": None,
        "submitted_date_first": None,
        "submitted_date_latest": None,
        "paper_id": None,
        "paper_id_v": None,
        "version": None,
        "abs_categories": None,
        "authors_freeform": None,
        "submitter": None,
        "author_owners": None,
        "proxy": None,
    },
    dropped_if={
        "authors": "json_type(record, '$.authors') = 'VARCHAR' AND (record->>'$.authors_utf8' IS NULL"
        " OR record->>'$.authors' = record->>'$.authors_utf8')",
        "authors_utf8": "record->>'$.authors_freeform' IS NULL",
        "comments_utf8": "record->>'$.comments_utf8' = record->>'$.comments'",
    },
)


def recognises(head: Head) -> bool:
    """Whether a dump holds such documents."""
    found = json_head(head)
    if found is None:
        return False
    is_long = found.shape is Shape.OBJECT and not found.is_whole
    return any(map(_is_document, candidates(found))) or (is_long and has_keys(found.keys, KEYS, FEWEST_ALONE))


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all documents: one statement for each, and so for each version of a paper.

    Args:
        content: The dump after unpacking.

    Raises:
        RefusalError: NO_RECORDS, if there is none.
    """
    head = json_head(head_of(content))
    shape = head.shape if head else Shape.OBJECT
    yield from map(_finished, read_spans(content, listed(content, shape), MAPPING))


def _finished(frame: pl.DataFrame) -> pl.DataFrame:
    """Fills `authors_raw` where a document states the names only one by one, and marks what is no document."""
    joined = with_authors_raw(frame)["authors_raw"].alias("joined")
    is_bare = pl.all_horizontal(pl.col("arxiv_raw", "title_raw", "defect").is_null())
    return frame.with_columns(
        authors_raw=pl.coalesce("authors_raw", joined),
        defect=pl.when(is_bare).then(pl.lit(str(RejectReason.NOT_A_WORK))).otherwise("defect"),
    )


def _is_document(record: dict[str, Any]) -> bool:
    return isinstance(record.get("paper_id"), str) and has_keys(record, KEYS, FEWEST_KEYS)


READER = Reader(
    Format.ARXIV_DOCUMENT,
    version=1,
    recognises=recognises,
    read=read,
    detection="JSON objects with a `paper_id` and at least three of arXiv's own fields, such as `abs_categories`.",
    delivers=(
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "published_precision",
        "updated_on",
        "arxiv_id",
        "arxiv_version",
        "doi",
        "categories",
        "venue",
    ),
    definition="arXiv search, document metadata: https://github.com/arXiv/arxiv-search (schema/DocMeta.json)",
)
