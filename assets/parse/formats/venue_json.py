"""Proceedings as JSON: an object `{venue, year, papers}`, or one of its papers a line."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from assets.parse.formats.api_answers import with_authors_raw
from assets.parse.json_head import Shape, head_of, json_head, record_spans, scalars_of
from assets.parse.json_query import JsonMapping
from assets.parse.json_records import read_spans
from assets.parse.json_resync import member_spans
from assets.parse.reader import Content, Head, Hints, Reader
from schemas.formats import Format

WRAPPER = {"venue", "papers"}
KEYS = {"title", "authors", "venue"}
OWN_KEYS = {"bibtex_key", "venue_type", "openreview_url"}

_LINKS = "[{$.venue_url}, {$.pdf_url}, {$.code_url}]"

MAPPING = JsonMapping(
    texts={
        "source_key": "$.bibtex_key",
        "title_raw": "$.title",
        "abstract_raw": "$.abstract",
        "published_raw": "$.year",
        "doi_raw": "$.doi",
        "openreview_raw": "$.openreview_url",
        "venue": ("$.venue_name", "$.venue"),
        "volume": "$.volume",
        "issue": "$.number",
        "pages": "$.pages",
    },
    parts={"people": """json_transform({$.authors}, '[{"given":"VARCHAR","family":"VARCHAR"}]')"""},
    computed={
        "authors": """list_filter(list_transform({people}, lambda person:
            concat_ws(' ', nullif(person.given, ''), nullif(person.family, ''))), lambda name: name <> '')""",
        "urls": f"list_filter({_LINKS}, lambda url, i: url <> '' AND list_position({_LINKS}, url) = i)",
    },
    dropped=dict.fromkeys(
        (
            "bibtex_key",
            "title",
            "abstract",
            "year",
            "doi",
            "openreview_url",
            "venue_name",
            "venue",
            "volume",
            "number",
            "pages",
        )
    ),
    # the slug of an author is made of the name; what else is said of anybody stays
    dropped_if={
        "authors": """{people} IS NOT NULL AND len(list_filter(json_extract(record, '$.authors[*]'), lambda person:
            json_type(person) <> 'OBJECT' OR NOT list_has_all(['given', 'family', 'slug'], json_keys(person)))) = 0"""
    },
)


def recognises(head: Head) -> bool:
    """Whether a dump is proceedings in their wrapper, or most of its first objects are papers of such."""
    found = json_head(head)
    if found is None:
        return False
    if found.shape is Shape.OBJECT and set(found.keys) >= WRAPPER:
        return all(isinstance(paper, dict) and "title" in paper for paper in found.items("papers"))
    alike = [_is_paper(record) for record in found.objects]
    return 2 * sum(alike) > len(alike)


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:  # noqa: ARG001  # the contract of a reader
    """Reads all papers of proceedings.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per paper. What only the wrapper states, venue and year, is each paper's.
    """
    found = json_head(head_of(content))
    is_wrapped = found is not None and found.shape is Shape.OBJECT and "papers" in found.keys
    around = scalars_of(content) if is_wrapped else {}
    spans = member_spans(content, ("papers",)) if is_wrapped else record_spans(content)
    is_sound = pl.col("defect").is_null()
    for frame in read_spans(content, spans, MAPPING):
        yield with_authors_raw(frame).with_columns(
            pl.when(is_sound).then(pl.col(column).fill_null(pl.lit(around.get(key)))).otherwise(column).alias(column)
            for column, key in (("venue", "venue"), ("published_raw", "year"))
        )


def _is_paper(record: dict[str, Any]) -> bool:
    return record.keys() >= KEYS and len(OWN_KEYS & record.keys()) > 1


READER = Reader(
    Format.VENUE_JSON,
    version=1,
    recognises=recognises,
    read=read,
    detection=(
        "JSON object with `venue` and an array `papers`; or JSON objects, one a line, most with `title`, `authors`,"
        " `venue` and two of `bibtex_key`, `venue_type`, `openreview_url`."
    ),
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "doi",
        "openreview_id",
        "venue",
        "volume",
        "issue",
        "pages",
        "urls",
    ),
    definition="No published definition: proceedings by venue and year, fields named as in BibTeX and OpenReview.",
)
