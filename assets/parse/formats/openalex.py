"""OpenAlex works: one, an array, a page of results, or one a line.

The abstract, which OpenAlex gives as an index of its words, is put together again. Other entities of OpenAlex are no
works.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from assets.parse.formats.api_answers import candidates, elements, has_keys, listed, with_authors_raw
from assets.parse.formats.openalex_abstract import abstracts
from assets.parse.json_head import JsonHead, Shape, head_of, json_head
from assets.parse.json_query import JsonMapping
from assets.parse.json_records import read_spans
from assets.parse.reader import Content, Head, Hints, Reader, RefusalError
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

ADDRESS = "https://openalex.org/"
RESULTS = "results"
WORK = rf"^{ADDRESS}[Ww][0-9]+$"
KEYS = ("display_name", "cited_by_count", "works_count", "updated_date", "created_date", "authorships", "works_api_url")
FEWEST_KEYS = 2
ENTITIES = {
    "A": "an author",
    "C": "a concept",
    "F": "a funder",
    "I": "an institution",
    "P": "a publisher",
    "S": "a source",
    "T": "a topic",
}

_NAME = "coalesce(nullif(x->>'$.author.display_name', ''), x->>'$.raw_author_name')"
_TOPICS = "json_extract_string(record, '$.topics[*].display_name')"
_CONCEPTS = "json_extract_string(record, '$.concepts[*].display_name')"
_LOCATION = "x->>'$.landing_page_url', x->>'$.pdf_url'"
_LOCATIONS = f"list_transform(json_extract(record, '$.locations[*]'), lambda x: [{_LOCATION}])"
_PRIMARY = "record->>'$.primary_location.landing_page_url', record->>'$.primary_location.pdf_url'"
_LINKS = f"list_concat([{_PRIMARY}, record->>'$.open_access.oa_url'], coalesce(flatten({_LOCATIONS}), []))"

MAPPING = JsonMapping(
    texts={
        "openalex_raw": ("$.id", "$.ids.openalex"),
        "doi_raw": ("$.doi", "$.ids.doi"),
        "pmid_raw": "$.ids.pmid",
        "title_raw": ("$.title", "$.display_name"),
        "abstract_raw": ("$.abstract_inverted_index", "$.abstract"),
        "published_raw": ("$.publication_date", "$.publication_year"),
        "venue": (
            "$.primary_location.source.display_name",
            "$.host_venue.display_name",
            "$.primary_location.raw_source_name",
        ),
        "volume": "$.biblio.volume",
        "issue": "$.biblio.issue",
        "type_raw": ("$.type", "$.type_crossref"),
    },
    computed={
        "authors": f"list_filter(list_transform(json_extract(record, '$.authorships[*]'), lambda x: {_NAME}),"
        " lambda x: x <> '')",
        "categories": f"CASE WHEN len({_TOPICS}) > 0 THEN {_TOPICS} ELSE {_CONCEPTS} END",
        "pages": "concat_ws('-', record->>'$.biblio.first_page',"
        " nullif(record->>'$.biblio.last_page', record->>'$.biblio.first_page'))",
        "urls": f"list_filter({_LINKS}, lambda x: x <> '')",
    },
    dropped={
        "id": None,
        "doi": None,
        "title": None,
        "display_name": None,
        "abstract_inverted_index": None,
        "publication_date": None,
        "publication_year": None,
        "type": None,
        "biblio": {"volume": None, "issue": None, "first_page": None, "last_page": None},
        "ids": {"openalex": None, "pmid": None},
    },
)


def recognises(head: Head) -> bool:
    """Whether a dump holds entities of OpenAlex, or is a page of results or an error message of it."""
    found = json_head(head)
    if found is None:
        return False
    if found.shape is Shape.OBJECT and {"meta", RESULTS} <= set(found.keys):
        meta = found.items("meta")
        return any(map(_is_entity, found.items(RESULTS))) or _is_empty_page(found, meta)
    return any(map(_is_entity, candidates(found))) or _error(found) is not None


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all works.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per entity; one that is no work has the defect NOT_A_WORK.

    Raises:
        RefusalError: ERROR_ANSWER for an error message; NO_RECORDS if all of it is about something else than works.
    """
    head = json_head(head_of(content))
    if head and (error := _error(head)):
        raise RefusalError(DumpReason.ERROR_ANSWER, error)
    is_page = head is not None and head.shape is Shape.OBJECT and RESULTS in head.keys
    samples = head.items(RESULTS) if head and is_page else candidates(head) if head else []
    if other := _other_entity(samples):
        raise RefusalError(DumpReason.NO_RECORDS, f"The answer describes {other}, and no work.")
    batches = elements(content, RESULTS) if is_page else listed(content, head.shape if head else Shape.OBJECT)
    yield from map(_finished, read_spans(content, batches, MAPPING))


def _finished(frame: pl.DataFrame) -> pl.DataFrame:
    """Puts the abstracts together, and marks what is no work."""
    frame = with_authors_raw(frame.with_columns(abstracts(frame["abstract_raw"])))
    arxiv = pl.element().filter(pl.element().str.contains("//arxiv.org/abs/", literal=True))
    is_other = pl.col("defect").is_null() & ~pl.col("openalex_raw").str.contains(WORK).fill_null(value=False)
    return frame.with_columns(
        defect=pl.when(is_other).then(pl.lit(str(RejectReason.NOT_A_WORK))).otherwise("defect"),
        arxiv_raw=pl.col("urls").list.eval(arxiv).list.first(),
        urls=pl.col("urls").list.unique(maintain_order=True),
        pages=pl.col("pages").replace("", None),
    )


def _is_entity(value: Any) -> bool:  # noqa: ANN401  # any JSON value
    if not isinstance(value, dict) or not str(value.get("id", "")).startswith(ADDRESS):
        return False
    return has_keys(value, KEYS, FEWEST_KEYS) or ("title" in value and "doi" in value)


def _is_empty_page(head: JsonHead, meta: list[Any]) -> bool:
    """Whether a page holds no results, and says so as OpenAlex does."""
    return bool(meta) and head.is_whole and b'"db_response_time_ms"' in head.data and not head.items(RESULTS)


def _other_entity(samples: list[Any]) -> str | None:
    """What the entities are, if none of them is a work."""
    ids = [str(one.get("id", "")).removeprefix(ADDRESS) for one in samples if isinstance(one, dict)]
    if not ids or any(one[:1] in "Ww" for one in ids):
        return None
    return ENTITIES.get(ids[0][:1].upper() if ids[0][1:].isdigit() else "", ids[0].split("/")[0] or "something else")


def _error(head: JsonHead) -> str | None:
    """The error message, if the dump is one."""
    if head.shape is not Shape.OBJECT or set(head.keys) != {"error", "message"} or not head.objects:
        return None
    return f"OpenAlex answered: {str(head.objects[0]['message'])[:200]}"


READER = Reader(
    Format.OPENALEX,
    version=1,
    recognises=recognises,
    read=read,
    detection="JSON objects whose `id` begins with `https://openalex.org/`, alone, a line each, or under `results`.",
    delivers=(
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "published_precision",
        "arxiv_id",
        "arxiv_version",
        "doi",
        "pmid",
        "openalex_id",
        "categories",
        "venue",
        "volume",
        "issue",
        "pages",
        "type_raw",
        "urls",
    ),
    definition="OpenAlex, the Work object: https://docs.openalex.org/api-entities/works/work-object",
)
