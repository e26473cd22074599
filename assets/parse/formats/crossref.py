"""Crossref works: the answer for one, a list of them, or works without an envelope, in an array or one a line.

Titles and abstracts come with markup; what is stated is their text, and `source_fields` keeps them as they were where
that differs. What Crossref registers beside works (journals, issues, figures of articles) is none.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from assets.parse.formats.api_answers import candidates, elements, has_keys, listed, value_of, with_authors_raw
from assets.parse.formats.crossref_markup import text_of
from assets.parse.json_head import JsonHead, Shape, head_of, json_head
from assets.parse.json_query import JsonMapping
from assets.parse.json_records import read_spans
from assets.parse.reader import Content, Head, Hints, Reader, RefusalError
from assets.parse.spans import Spans
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

ENVELOPE = {"status", "message-type", "message"}
ITEMS = "items"
WORK, WORKS = "work", "work-list"
NOT_FOUND = b"Resource not found."
"""All that Crossref answers where there is nothing."""
KEYS = (
    "prefix",
    "member",
    "indexed",
    "deposited",
    "issued",
    "reference-count",
    "is-referenced-by-count",
    "container-title",
    "content-domain",
    "score",
)
FEWEST_KEYS = 3
NO_WORKS = (
    "journal",
    "journal-issue",
    "journal-volume",
    "proceedings-series",
    "book-series",
    "book-set",
    "report-series",
    "report-component",
    "standard-series",
    "component",
    "grant",
    "database",
)

_NAME = "concat_ws(' ', x->>'$.given', x->>'$.family', x->>'$.suffix')"
_DATES = ", ".join(
    f"""'$.{field}."date-parts"[0]'"""
    for field in ("issued", "published", '"published-print"', '"published-online"', "posted")
)
_LINKS = """list_filter(list_concat([record->>'$.URL', record->>'$.resource.primary.URL'],
    coalesce(json_extract_string(record, '$.link[*].URL'), [])), lambda x: x <> '')"""
_TITLE_IS_PLAIN = "NOT regexp_matches(record->>'$.title[0]', '[<&]')"

MAPPING = JsonMapping(
    texts={
        "doi_raw": "$.DOI",
        "title_raw": ("$.title[0]", '$."original-title"[0]'),
        "abstract_raw": "$.abstract",
        "venue": ('$."container-title"[0]', '$."short-container-title"[0]', "$.event.name"),
        "volume": "$.volume",
        "issue": ("$.issue", '$."journal-issue".issue'),
        "pages": "$.page",
        "type_raw": "$.type",
    },
    lists={"categories": "$.subject[*]"},
    computed={
        "authors": f"list_filter(list_transform(json_extract(record, '$.author[*]'),"
        f" lambda x: coalesce(nullif({_NAME}, ''), x->>'$.name')), lambda x: x <> '')",
        "published_raw": f"list_filter(json_extract_string(record, [{_DATES}]),"
        r""" lambda x: regexp_matches(x, '^\[\s*"?[0-9]'))[1]""",
        "urls": _LINKS,
    },
    dropped={"DOI": None, "volume": None, "issue": None, "page": None, "type": None, "subject": None, "URL": None},
    dropped_if={
        "title": f"json_array_length(record, '$.title') < 2 AND {_TITLE_IS_PLAIN}",
        "abstract": "NOT regexp_matches(record->>'$.abstract', '[<&]')",
        "container-title": "json_array_length(record, '$.\"container-title\"') < 2",
    },
)


def recognises(head: Head) -> bool:
    """Whether a dump is an answer of Crossref, or holds its works."""
    if head.is_whole and head.data.strip() == NOT_FOUND:
        return True
    found = json_head(head)
    if found is None:
        return False
    if found.shape is Shape.OBJECT and set(found.keys) >= ENVELOPE:
        return True
    return any(map(_is_work, candidates(found, (ITEMS,))))


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all works.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per work; what is none has the defect NOT_A_WORK.

    Raises:
        RefusalError: ERROR_ANSWER where Crossref says so; NO_RECORDS for an answer about something else, or an empty
            one.
    """
    if content[: len(NOT_FOUND)] == NOT_FOUND:
        raise RefusalError(DumpReason.ERROR_ANSWER, "Crossref answered: Resource not found.")
    head = json_head(head_of(content))
    yield from map(_finished, read_spans(content, _batches(content, head), MAPPING))


def _batches(content: Content, head: JsonHead | None) -> Iterator[Spans]:
    """The works of an answer."""
    if head is None or head.shape is not Shape.OBJECT:
        return listed(content, head.shape if head else Shape.OBJECT)
    if not set(head.keys) >= ENVELOPE:
        return elements(content, ITEMS) if ITEMS in head.keys else listed(content, Shape.OBJECT)
    status, kind = (_text(content, key) for key in ("status", "message-type"))
    if status != "ok":
        message = " ".join(_raw(content, "message")[:200].split())
        raise RefusalError(DumpReason.ERROR_ANSWER, f"Crossref answered with status {status}: {message}")
    if kind == WORKS:
        return elements(content, "message", ITEMS)
    if kind == WORK:
        return value_of(content, "message")
    raise RefusalError(DumpReason.NO_RECORDS, f"The answer is of the type {kind}, and describes no works.")


def _text(content: Content, key: str) -> str:
    return _raw(content, key).strip('"')


def _raw(content: Content, key: str) -> str:
    """The JSON text of a member of the top-level object, its beginning at least."""
    for spans in value_of(content, key):
        start = int(spans.starts[0])
        return content[start : min(int(spans.ends[0]), start + 1000)].decode(errors="replace")
    return ""


def _finished(frame: pl.DataFrame) -> pl.DataFrame:
    """Takes the markup out, and marks what is no work."""
    frame = with_authors_raw(frame.with_columns(text_of(frame["title_raw"]), text_of(frame["abstract_raw"])))
    is_bare = pl.col("doi_raw").is_null() & pl.col("title_raw").is_null()
    is_other = pl.col("defect").is_null() & (is_bare | pl.col("type_raw").is_in(NO_WORKS).fill_null(value=False))
    return frame.with_columns(
        defect=pl.when(is_other).then(pl.lit(str(RejectReason.NOT_A_WORK))).otherwise("defect"),
        published_raw=pl.col("published_raw")
        .str.extract_all("[0-9]+")
        .list.eval(pl.element().str.zfill(2))
        .list.join("-"),
        urls=pl.col("urls").list.unique(maintain_order=True),
    )


def _is_work(record: dict[str, Any]) -> bool:
    return isinstance(record.get("DOI"), str) and has_keys(record, KEYS, FEWEST_KEYS)


READER = Reader(
    Format.CROSSREF,
    version=1,
    recognises=recognises,
    read=read,
    detection="A JSON object with `status`, `message-type` and `message`, or JSON objects with a `DOI` and at least "
    "three of Crossref's own fields.",
    delivers=(
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "published_precision",
        "doi",
        "categories",
        "venue",
        "volume",
        "issue",
        "pages",
        "type_raw",
        "urls",
    ),
    definition="Crossref REST API, works: https://api.crossref.org/swagger-ui/index.html",
)
