"""arXiv's metadata snapshot: what a record states, in its newer and older forms, and damaged lines among sound ones."""

import json
from typing import Any

import pytest

from assets.parse.formats.arxiv_snapshot import READER
from schemas.vocabulary import RejectReason
from tests.assets.parse.readings import check_only_own, check_round_trip, check_spans, is_recognised, read, read_one
from tests.papers import paper, papers
from tests.writers import arxiv_harvest, json_records, venue_json
from tests.writers import arxiv_snapshot as writer


def line(**fields: Any) -> bytes:
    return json.dumps(writer.record(paper(0)) | fields).encode()


def test_round_trip() -> None:
    frame = check_round_trip(READER, writer)
    check_spans(writer.write(papers(60)), frame, [writer.record(one) for one in papers(60)])


def test_other_formats_are_not_recognised() -> None:
    check_only_own(READER, writer)
    others = (arxiv_harvest, venue_json, json_records)
    assert not any(is_recognised(READER, other.write(papers(3))) for other in others)


@pytest.mark.parametrize(
    "content",
    [
        line(),
        line() + b"\n" + line(),
        b"[" + line() + b"," + line() + b"]",
        line()[:200] + b"\n" + line() + b"\n" + line(),
        line(versions=None),
    ],
    ids=["one", "two", "array", "damaged first", "no versions"],
)
def test_it_is_recognised(content: bytes) -> None:
    assert is_recognised(READER, content)


def test_nobody_who_sent_a_paper_in_is_named() -> None:
    row = read_one(READER, line(submitter="Gull Keeper"))
    assert "Gull Keeper" not in json.dumps(row)


def test_the_rest_is_kept() -> None:
    row = read_one(READER, line(comments="9 pages", extra={"a": [None]}))
    record = json.loads(line())
    kept = {name: record[name] for name in ("report-no", "license", "versions", "update_date")}
    assert row["source_fields"] == {"comments": "9 pages", "extra": {"a": [None]}, **kept}


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"authors_parsed": [["Lee", "Ann", ""]]}, "authors", ["Ann Lee"]),
        ({"authors_parsed": [["Lee", "Ann", "Jr"]]}, "authors", ["Ann Lee Jr"]),
        ({"authors_parsed": [["Harbour Collaboration", "", ""]]}, "authors", ["Harbour Collaboration"]),
        ({"authors_parsed": [["Lee", "A.", "", "Institute of Tides"]]}, "authors", ["A. Lee"]),
        ({"authors_parsed": [["Lee", "A."], [], ["Ek"]]}, "authors", ["A. Lee", "Ek"]),
        ({"authors_parsed": []}, "authors", []),
        ({"authors_parsed": None}, "authors", []),
        ({"authors_parsed": "Lee, Ann"}, "authors", []),
        ({"authors_parsed": {"a": 1}}, "authors", []),
        ({"versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}]}, "updated_raw", None),
        ({"versions": []}, "published_raw", None),
        ({"versions": None}, "arxiv_raw", paper(0).arxiv_id),
        ({"versions": [{"version": "v1"}, {"version": "v7", "created": "x"}]}, "arxiv_raw", f"{paper(0).arxiv_id}v7"),
        ({"versions": [{"version": "v1"}, {"version": "v7", "created": "x"}]}, "updated_raw", "x"),
        ({"id": "math/0309136", "versions": []}, "arxiv_raw", "math/0309136"),
        ({"id": None}, "arxiv_raw", None),
        ({"categories": "math.CO cs.CG "}, "categories", ["math.CO", "cs.CG"]),
        ({"categories": None}, "categories", []),
        ({"doi": "10.1000/a, 10.1000/b"}, "doi_raw", "10.1000/a"),
        ({"doi": "10.1000/a b"}, "doi_raw", "10.1000/a b"),
        ({"doi": None}, "doi_raw", None),
        ({"title": "Gulls\n  and Ropes"}, "title_raw", "Gulls\n  and Ropes"),
        ({"abstract": ""}, "abstract_raw", ""),
        ({"journal-ref": None}, "venue", None),
    ],
)
def test_fields(fields: dict[str, Any], column: str, value: Any) -> None:
    assert read_one(READER, line(**fields))[column] == value


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"authors_parsed": [["Lee", "A.", "", "Institute of Tides"]]}, True),
        ({"authors_parsed": [["Lee", "A.", ""]]}, False),
        ({"authors_parsed": "Lee, Ann"}, True),
        ({"authors_parsed": [["Lee"], 7]}, True),
        ({"doi": "10.1000/a 10.1000/b"}, True),
        ({"doi": "10.1000/a"}, False),
    ],
)
def test_what_the_columns_cannot_hold_is_kept(fields: dict[str, Any], kept: bool) -> None:
    left = read_one(READER, line(**fields))["source_fields"]
    assert {name: left.get(name) for name in fields} == (fields if kept else dict.fromkeys(fields))


def test_damaged_lines_take_none_with_them() -> None:
    lines = writer.write(papers(9)).splitlines()
    lines[1] = lines[1][:100]
    lines[3] = lines[3].replace(b'"title":', b'"title":"x","title":')
    lines[5] = lines[5].replace(b'"id":"', b'"id":"\xff')
    lines[7] = b"[]"
    lines[8] = lines[8][:-1]
    frame = read(READER, b"\n".join(lines))
    assert dict(enumerate(frame["defect"].to_list())) == dict.fromkeys(range(9)) | {
        1: RejectReason.MALFORMED_RECORD,
        3: RejectReason.DUPLICATE_KEYS,
        5: RejectReason.INVALID_ENCODING,
        7: RejectReason.MALFORMED_RECORD,
        8: RejectReason.TRUNCATED_RECORD,
    }
    assert frame["title_raw"].to_list()[0::2][:2] == [paper(0).title, paper(2).title]
