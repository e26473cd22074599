"""OpenAlex: works in every wrapper, and what is no work."""

import json
from typing import Any

import pytest

from assets.parse.formats.openalex import READER
from assets.parse.reader import RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse.readings import check_only_own, check_round_trip, check_spans, is_recognised, read, read_one
from tests.papers import paper, papers
from tests.writers import openalex as writer

AUTHOR = {"id": "https://openalex.org/A1", "display_name": "Ada Anker", "works_count": 3, "cited_by_count": 9}


def work(number: int = 0, **fields: Any) -> dict[str, Any]:
    return writer.work(paper(number)) | fields


def page(*results: Any, **meta: Any) -> bytes:
    return json.dumps({"meta": {"count": 9, "db_response_time_ms": 3, **meta}, "results": results}).encode()


def test_round_trip() -> None:
    frame = check_round_trip(READER, writer)
    check_spans(writer.write(papers(60)), frame, [writer.work(one) for one in papers(60)])


def test_other_formats_are_not_recognised() -> None:
    check_only_own(READER, writer)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(work()).encode(),
        json.dumps(work(), indent=2).encode(),
        json.dumps([work()]).encode(),
        page(work()),
        json.dumps(work(referenced_works=["https://openalex.org/W1"] * 20_000)).encode(),
    ],
    ids=["one", "one, indented", "array", "page", "longer than the head"],
)
def test_wrappers(content: bytes) -> None:
    assert is_recognised(READER, content)
    told = writer.expected([paper(0)])[0]
    row = read_one(READER, content)
    assert {column: row[column] for column in told} == told
    fragment = content[row["byte_start"] : row["byte_end"]]
    assert json.loads(fragment)["id"] == told["openalex_raw"]


def test_the_rest_is_kept() -> None:
    row = read_one(READER, page(work()))
    assert row["source_fields"]["authorships"] == work()["authorships"]
    assert row["source_fields"]["ids"]["mag"] == "17"
    stated = {"id", "doi", "title", "display_name", "publication_date", "type", "abstract_inverted_index"}
    assert row["source_fields"].keys() == work().keys() - stated


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"title": None, "display_name": "Gulls"}, "title_raw", "Gulls"),
        ({"publication_date": None}, "published_raw", "2008"),
        ({"primary_location": None, "host_venue": {"display_name": "Tides"}}, "venue", "Tides"),
        ({"topics": [], "concepts": [{"display_name": "Ropes"}]}, "categories", ["Ropes"]),
        ({"biblio": {"first_page": "e1", "last_page": "e1"}}, "pages", "e1"),
        ({"biblio": {"first_page": None, "last_page": None}}, "pages", None),
        ({"authorships": [{"author": {"display_name": None}, "raw_author_name": "B. Ek"}]}, "authors", ["B. Ek"]),
        ({"authorships": None}, "authors_raw", None),
        ({"locations": None}, "arxiv_raw", None),
        ({"abstract_inverted_index": None}, "abstract_raw", None),
        ({"abstract_inverted_index": {}}, "abstract_raw", None),
    ],
)
def test_fields(fields: dict[str, Any], column: str, value: Any) -> None:
    assert read_one(READER, json.dumps(work(**fields)).encode())[column] == value


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (json.dumps(AUTHOR).encode(), DumpReason.NO_RECORDS, "an author"),
        (page(AUTHOR, AUTHOR), DumpReason.NO_RECORDS, "an author"),
        (json.dumps([AUTHOR | {"id": "https://openalex.org/T7"}]).encode(), DumpReason.NO_RECORDS, "a topic"),
        (page(), DumpReason.NO_RECORDS, "no record"),
        (b'{"error": "Bad query", "message": "no such filter"}', DumpReason.ERROR_ANSWER, "no such filter"),
    ],
)
def test_other_answers(content: bytes, reason: DumpReason, detail: str) -> None:
    assert is_recognised(READER, content)
    with pytest.raises(RefusalError, match=detail) as refused:
        read(READER, content)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (json.dumps(AUTHOR).encode(), RejectReason.NOT_A_WORK),
        (b'{"id": "https://openalex.org/W9", }', RejectReason.MALFORMED_RECORD),
        (b'{"id": "https://openalex.org/W9", "id": "https://openalex.org/W8"}', RejectReason.DUPLICATE_KEYS),
    ],
)
def test_damaged_entity_takes_none_with_it(damaged: bytes, reason: str) -> None:
    sound = json.dumps(work()).encode()
    assert read(READER, b"[" + b",".join([sound, damaged, sound]) + b"]")["defect"].to_list() == [None, reason, None]
    lines = read(READER, b"\n".join([sound, damaged, sound]))
    assert lines["defect"].to_list() == [None, reason, None]
