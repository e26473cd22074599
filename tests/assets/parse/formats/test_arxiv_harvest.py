"""Harvests of arXiv by day, in their newer and older forms."""

import json
from typing import Any

import pytest

from assets.parse.formats.arxiv_harvest import READER
from schemas.vocabulary import RejectReason
from tests.assets.parse.readings import check_only_own, check_round_trip, check_spans, is_recognised, read, read_one
from tests.papers import paper, papers
from tests.writers import arxiv_harvest as writer
from tests.writers import arxiv_snapshot, json_records, venue_json

NEWER, OLDER = writer.record(paper(0)), writer.record(paper(2))


def test_round_trip() -> None:
    frame = check_round_trip(READER, writer)
    check_spans(writer.write(papers(60)), frame, [writer.record(one) for one in papers(60)])


def test_other_formats_are_not_recognised() -> None:
    check_only_own(READER, writer)
    others = (arxiv_snapshot, venue_json, json_records)
    assert not any(is_recognised(READER, other.write(papers(3))) for other in others)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (NEWER, True),
        (OLDER, True),
        ({**NEWER, "sentences": None}, True),
        ({**OLDER, "meta": {"tag": "tides"}}, False),
        ({**OLDER, "meta": "link"}, False),
        ({"created": "2020-01-01", "title": "Gulls", "abstract": "Many."}, False),
        ({"title": "Gulls", "sentences": []}, False),
    ],
)
def test_recognition(record: dict[str, Any], expected: bool) -> None:
    assert is_recognised(READER, json.dumps(record).encode()) == expected


def test_the_rest_is_kept() -> None:
    newer = read_one(READER, json.dumps(NEWER | {"lang": "en"}).encode())
    assert newer["source_fields"] == {"sentences": NEWER["sentences"], "lang": "en"}
    older = read_one(READER, json.dumps(OLDER).encode())
    assert older["source_fields"] == {"meta": OLDER["meta"]}


def test_two_links_that_differ_are_both_kept() -> None:
    row = read_one(READER, json.dumps({**OLDER, "url": "http://arxiv.org/abs/2001.00002v1"}).encode())
    assert row["arxiv_raw"] == "http://arxiv.org/abs/2001.00002v1"
    assert row["source_fields"]["meta"] == OLDER["meta"]


def test_damaged_lines_take_none_with_them() -> None:
    lines = writer.write(papers(5)).splitlines()
    lines[2] = lines[2].replace(b'"', b"", 1)
    lines[4] = lines[4][:50]
    frame = read(READER, b"\n".join(lines))
    assert frame["defect"].to_list() == [
        None,
        None,
        RejectReason.MALFORMED_RECORD,
        None,
        RejectReason.TRUNCATED_RECORD,
    ]
