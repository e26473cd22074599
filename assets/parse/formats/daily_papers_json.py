"""Daily-papers JSON: what the API of a daily-papers site answers, an array of entries that hold a paper each.

Its keys came and went over the years. A wrapper object may hold the array as `data`, and an entry may be a string
that holds Python's notation of it. Accounts, avatars and submitters are left out here.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from assets.parse.formats.api_answers import elements, listed, with_authors_raw
from assets.parse.formats.daily_papers_repr import json_of
from assets.parse.json_head import JsonHead, Shape, head_of, json_head
from assets.parse.json_query import JsonMapping
from assets.parse.json_records import extract, first_defect, is_last
from assets.parse.json_structure import is_unfinished
from assets.parse.reader import STATEMENT_SCHEMA, Content, Head, Hints, Reader, RefusalError, statements
from assets.parse.selective import change_some
from assets.parse.spans import Spans
from assets.parse.texts import decode_spans
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

WRAPPED = "data"
"""Key of the array in the wrapper object."""
PAPER_KEYS = {"title", "summary", "authors", "publishedAt", "upvotes"}
FEWEST_KEYS = 3
ARXIV_ID = r"^(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?$"
UPLOADER = r"(/uploads/)[0-9a-f]{24}\b"
"""In the address of a picture or film: the account that put it there."""
REMOVED = "[account removed]"
_PERSONAL = ("avatar", "avatarUrl", "followerCount", "isFollowing")
_ORGANISATION = dict.fromkeys(_PERSONAL)

MAPPING = JsonMapping(
    texts={
        "source_key": "$.paper.id",
        "title_raw": ("$.paper.title", "$.title"),
        "abstract_raw": ("$.paper.summary", "$.summary"),
        "published_raw": "$.paper.publishedAt",
        "votes_raw": ("$.paper.upvotes", "$.upvotes"),
        "comments_raw": ("$.numComments", "$.paper.numComments"),
    },
    lists={"authors": "$.paper.authors[*].name"},
    computed={
        "has_doubles": "coalesce(list_unique(json_keys(record, '$.paper')) < len(json_keys(record, '$.paper')), false)",
        "arxiv_raw": f"CASE WHEN regexp_matches(record->>'$.paper.id', '{ARXIV_ID}') THEN record->>'$.paper.id' END",
        "urls": "list_filter([record->>'$.paper.githubRepo', record->>'$.paper.projectPage'], lambda x: x <> '')",
    },
    dropped={
        "title": None,
        "summary": None,
        "upvotes": None,
        "numComments": None,
        "submittedBy": None,
        "submittedOnDailyBy": None,
        "upvoters": None,
        "comments": None,
        "user": None,
        "organization": _ORGANISATION,
        "submitterOrganization": _ORGANISATION,
        "paper": {
            "id": None,
            "title": None,
            "summary": None,
            "publishedAt": None,
            "upvotes": None,
            "submittedBy": None,
            "submittedOnDailyBy": None,
            "upvoters": None,
            "comments": None,
            "organization": _ORGANISATION,
        },
    },
    elements={"$.paper.authors": ("_id", "name", "user")},
)


def recognises(head: Head) -> bool:
    """Whether a dump is such an array, alone or wrapped, or holds one entry a line."""
    found = json_head(head)
    return found is not None and any(map(_is_entry, _samples(found)))


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all entries.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per entry; `page_date_raw` is the date of the wrapper object, where there is one.

    Raises:
        RefusalError: NO_RECORDS, if the array is empty.
    """
    head = json_head(head_of(content))
    is_wrapped = head is not None and head.shape is Shape.OBJECT and WRAPPED in head.keys
    batches = elements(content, WRAPPED) if is_wrapped else listed(content, head.shape if head else Shape.ARRAY)
    date = _date(head) if head and is_wrapped else None
    position = 1
    for spans in batches:
        yield _statements(content, spans, position, date)
        position += len(spans)
    if position == 1:
        raise RefusalError(DumpReason.NO_RECORDS, "The answer holds no paper.")


def _statements(content: Content, spans: Spans, position: int, date: str | None) -> pl.DataFrame:
    """States a batch of entries."""
    texts = decode_spans(content, spans)
    is_printed = texts.values.str.starts_with('"')
    columns = extract(change_some(texts.values, is_printed, _unprinted), MAPPING)
    is_malformed = columns["is_malformed"].to_numpy()
    start, end = int(spans.starts[-1]), int(spans.ends[-1])
    is_truncated = np.zeros(len(spans), dtype=np.bool_)
    is_truncated[-1] = is_malformed[-1] and is_last(content, end) and is_unfinished(content[start:end])
    is_empty = ~is_malformed & (columns["title_raw"].is_null() & columns["source_key"].is_null()).to_numpy()
    defect = first_defect(
        {
            RejectReason.RECORD_TOO_LARGE: texts.is_cut,
            RejectReason.INVALID_ENCODING: texts.is_invalid,
            RejectReason.TRUNCATED_RECORD: is_truncated,
            RejectReason.MALFORMED_RECORD: is_malformed,
            RejectReason.DUPLICATE_KEYS: (columns["has_duplicates"] | columns["has_doubles"]).to_numpy(),
            RejectReason.NOT_A_WORK: is_empty,
        }
    )
    place = {
        "position": np.arange(position, position + len(spans)),
        "byte_start": spans.starts,
        "byte_end": spans.ends,
        "page_date_raw": [date] * len(spans),
        "defect": defect,
    }
    stated = {name: columns[name] for name in columns.columns if name in STATEMENT_SCHEMA}
    stated["source_fields"] = stated["source_fields"].str.replace_all(UPLOADER, f"${{1}}{REMOVED}")
    return with_authors_raw(statements(stated | place))


def _unprinted(texts: pl.Series) -> pl.Series:
    """What entries hold that are strings: JSON, or what is none where they hold something else."""
    return pl.Series([_inside(text) for text in texts], dtype=pl.String)


def _inside(text: str) -> str:
    try:
        inner = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(inner, str):
        return ""
    inner = inner.strip()
    told = inner if inner.startswith('{"') and _is_json(inner) else json_of(inner)
    return (told or "").encode(errors="replace").decode()


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _samples(head: JsonHead) -> list[Any]:
    """The first entries of a dump."""
    return head.items(WRAPPED) if head.shape is Shape.OBJECT and WRAPPED in head.keys else list(head.samples)


def _is_entry(sample: Any) -> bool:  # noqa: ANN401  # any JSON value
    """Whether a value is an entry, or a string that holds one."""
    if isinstance(sample, str) and sample[:20].lstrip().startswith(("{'paper'", '{"paper"')):
        text = json_of(sample)
        try:
            sample = json.loads(text) if text else None
        except (ValueError, RecursionError):
            return False
    paper = sample.get("paper") if isinstance(sample, dict) else None
    if not isinstance(paper, dict) or not isinstance(paper.get("id"), str):
        return False
    return len(PAPER_KEYS & paper.keys()) >= FEWEST_KEYS


def _date(head: JsonHead) -> str | None:
    """The date that the wrapper object states."""
    stated = next((one.get("date") for one in head.objects), None)
    return stated if isinstance(stated, str) else None


READER = Reader(
    Format.DAILY_PAPERS_JSON,
    version=1,
    recognises=recognises,
    read=read,
    detection="JSON whose entries, objects or strings that hold one in Python's notation, have a `paper` with an `id`.",
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "published_precision",
        "arxiv_id",
        "arxiv_version",
        "urls",
        "votes",
        "comment_count",
        "page_date_raw",
    ),
    definition="Hugging Face, daily papers: https://huggingface.co/docs/hub/api#get-apidailypapers",
)
