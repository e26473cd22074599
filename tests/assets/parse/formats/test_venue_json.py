"""Proceedings as JSON, in their wrapper and one paper a line."""

import json
from typing import Any

import pytest

from assets.parse.formats.venue_json import READER
from assets.parse.reader import RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse.readings import check_only_own, check_round_trip, check_spans, is_recognised, read, read_one
from tests.papers import paper, papers
from tests.writers import arxiv_harvest, arxiv_snapshot, json_records
from tests.writers import venue_json as writer


def wrapped(*records: Any, **around: Any) -> bytes:
    return json.dumps({"venue": "quiet", "year": "2020", "papers": records, **around}).encode()


def record(**fields: Any) -> dict[str, Any]:
    return writer.record(paper(0)) | fields


def test_round_trip() -> None:
    frame = check_round_trip(READER, writer)
    check_spans(writer.write(papers(60)), frame, [writer.record(one) for one in papers(60)])


def test_lines() -> None:
    content = writer.write_lines(papers(9))
    assert is_recognised(READER, content)
    told = writer.expected(papers(9))
    assert read(READER, content).select(told[0].keys()).to_dicts() == told


def test_other_formats_are_not_recognised() -> None:
    check_only_own(READER, writer)
    others = (arxiv_snapshot, arxiv_harvest, json_records)
    assert not any(is_recognised(READER, other.write(papers(3))) for other in others)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (wrapped(), True),
        (wrapped({"title": "Gulls"}), True),
        (wrapped("Gulls"), False),
        (wrapped({"paperId": "x"}), False),
        (b'{"venue": "quiet"}', False),
        (b'{"papers": [{"title": "Gulls"}]}', False),
        (b'{"venue": "quiet", "papers": [{"title": "Gul', True),
        (json.dumps(record()).encode(), True),
        (json.dumps([record()]).encode(), True),
    ],
)
def test_recognition(content: bytes, expected: bool) -> None:
    assert is_recognised(READER, content) == expected


def test_no_papers() -> None:
    with pytest.raises(RefusalError) as caught:
        read(READER, wrapped())
    assert caught.value.reason == DumpReason.NO_RECORDS


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"venue_name": ""}, "venue", "quiet"),
        ({"venue_name": None, "venue": None}, "venue", "quiet"),
        ({"year": ""}, "published_raw", "2020"),
        ({"authors": []}, "authors", []),
        ({"authors": []}, "authors_raw", None),
        ({"authors": [{"given": "", "family": "Ek"}, {"given": "Bo"}, {}]}, "authors", ["Ek", "Bo"]),
        ({"authors": None}, "authors", []),
        ({"authors": "Ann Lee"}, "authors", []),
        ({"openreview_url": ""}, "openreview_raw", None),
        ({"abstract": ""}, "abstract_raw", ""),
        ({"code_url": "https://quiet.example/code", "pdf_url": ""}, "urls", ["https://quiet.example/0", "https://quiet.example/code"]),
        ({"pdf_url": "https://quiet.example/0"}, "urls", ["https://quiet.example/0"]),
    ],
)  # fmt: skip
def test_fields(fields: dict[str, Any], column: str, value: Any) -> None:
    assert read_one(READER, wrapped(record(**fields)))[column] == value


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"authors": [{"given": "Ann", "family": "Lee", "slug": "lee-ann"}]}, False),
        ({"authors": [{"given": "Ann", "family": "Lee", "affiliation": "Institute of Tides"}]}, True),
        ({"authors": ["Ann Lee"]}, True),
        ({"authors": "Ann Lee"}, True),
        ({"venue": "quiet"}, True),
        ({"source_id": "v1/lee"}, True),
        ({"pdf_url": "https://quiet.example/9.pdf"}, True),
    ],
)
def test_what_the_columns_cannot_hold_is_kept(fields: dict[str, Any], kept: bool) -> None:
    left = read_one(READER, wrapped(record(**fields)))["source_fields"]
    assert {name: left.get(name) for name in fields} == (fields if kept else dict.fromkeys(fields))


def test_the_wrapper_speaks_for_sound_papers_only() -> None:
    content = wrapped(record(venue_name="", venue=""), record()).replace(b'"volume"', b"volume", 1)
    frame = read(READER, content)
    assert frame["defect"].to_list() == [RejectReason.MALFORMED_RECORD, None]
    assert frame["venue"].to_list() == [None, paper(0).venue]


@pytest.mark.parametrize("damage", [(b'"volume"', b'volume"'), (b'"slug"', b'{"slug"'), (b'"pages":', b'"pages"}')])
def test_a_damaged_paper_takes_none_with_it(damage: tuple[bytes, bytes]) -> None:
    content = writer.write(papers(9))
    place = content.index(damage[0], len(content) // 2)
    frame = read(READER, content[:place] + content[place:].replace(*damage, 1))
    sound = frame.filter(frame["defect"].is_null())["source_key"].to_list()
    keys = [writer.record(one)["bibtex_key"] for one in papers(9)]
    assert len(sound) == 8
    assert set(sound) < set(keys)


def test_a_dump_that_ends_early() -> None:
    content = writer.write(papers(9))
    frame = read(READER, content[: len(content) // 2])
    assert frame["defect"].to_list()[-1] == RejectReason.TRUNCATED_RECORD
    assert frame["defect"].drop_nulls().len() == 1
