"""Any JSON of papers: what its keys say, names in all forms, CSL-JSON, and what is left to other formats."""

import json
from typing import Any

import polars as pl
import pytest

from assets.parse.formats.json_records import READER
from assets.parse.reader import Hints
from schemas.vocabulary import RejectReason
from tests.assets.parse.readings import check_only_own, check_round_trip, check_spans, is_recognised, read, read_one
from tests.papers import paper, papers
from tests.writers import arxiv_harvest, arxiv_snapshot, venue_json
from tests.writers import json_records as writer


def lines(*records: dict[str, Any]) -> bytes:
    return "\n".join(map(json.dumps, records)).encode()


def one(**fields: Any) -> dict[str, Any]:
    return read_one(READER, lines({"title": "Gulls", **fields}))


def test_round_trip() -> None:
    frame = check_round_trip(READER, writer)
    check_spans(writer.write(papers(60)), frame, [writer.record(one) for one in papers(60)])


def test_csl_json() -> None:
    content = writer.write_csl(papers(9))
    assert is_recognised(READER, content)
    told = writer.expected_csl(papers(9))
    frame = read(READER, content)
    assert frame.select(told[0].keys()).to_dicts() == told
    check_spans(content, frame, [writer.csl(one) for one in papers(9)])


def test_other_formats_are_not_recognised() -> None:
    check_only_own(READER, writer)
    others = (arxiv_snapshot, arxiv_harvest, venue_json)
    assert not any(is_recognised(READER, other.write(papers(3))) for other in others)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (lines({"title": "Gulls", "abstract": "Many."}), True),
        (lines({"Title": "Gulls", "DOI": "10.1000/a"}), True),
        (lines({"title": "Gulls", "year": 2020}), False),
        (lines({"title": "Gulls", "url": "https://quay.example"}), False),
        (lines({"title": {"en": "Gulls"}, "abstract": "Many."}), False),
        (lines({"label": 1, "left": {"title": "Gulls"}, "right": {"title": "Ropes"}}), False),
        (lines({"name": "quay", "version": "1", "author": "Ann Lee"}), False),
        (b"[" + lines({"title": "Gulls", "authors": []}) + b"]", True),
        (b"[]", False),
        (b'{"rows": [{"title": "Gulls", "abstract": "Many."}]}', False),
        (b"title,abstract\nGulls,Many\n", False),
    ],
)
def test_recognition(content: bytes, expected: bool) -> None:
    assert is_recognised(READER, content) == expected


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (["Ann Lee", "Ek, Bo"], ["Ann Lee", "Ek, Bo"]),
        ([{"given": "Ann", "family": "Lee"}, {"first_name": "Bo", "last_name": "Ek"}], ["Ann Lee", "Bo Ek"]),
        ([{"name": "Ann Lee"}, {"literal": "Tides Group"}, {"full_name": "Bo"}], ["Ann Lee", "Tides Group", "Bo"]),
        ([{"given": "Jan", "family": "Dam", "non-dropping-particle": "van"}], ["Jan van Dam"]),
        ([{"given": "Bo", "family": "Ek", "suffix": "Jr."}, {}, None, 7, [], ""], ["Bo Ek Jr."]),
        ([], []),
        ({"name": "Ann Lee"}, []),
        ("Lee, Ann; Ek, Bo", ["Lee, Ann", "Ek, Bo"]),
        ("Lee, Ann and Ek, Bo", ["Lee, Ann", "Ek, Bo"]),
        ("Ann Lee, Bo Ek, and C. Ro", ["Ann Lee", "Bo Ek", "C. Ro"]),
        ("Ann L&#252;e, Bo Ek, C. Ro", ["Ann Lüe", "Bo Ek", "C. Ro"]),
        ("Lee A. B.Ek C.", ["Lee A. B.", "Ek C."]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("", []),
        (None, []),
    ],
)
def test_authors(value: Any, names: list[str]) -> None:
    row = one(authors=value)
    assert row["authors"] == names
    assert row["authors_raw"] == ((value or None) if isinstance(value, str) else "; ".join(names) or None)


def test_lists_in_several_forms_are_told_apart() -> None:
    values = [
        "Lee, Ann; Ek, Bo",
        "Lee, Ann and Ek, Bo",
        "Ann Lee, Bo Ek",
        "Ann Lee, Bo Ek, C. Ro",
        "Lee, Ann",
        "Ann Lee, Di Ro",
    ]
    frame = read(READER, lines(*({"title": "Gulls", "authors": value} for value in values)))
    assert frame["authors"].to_list()[:2] == [["Lee, Ann", "Ek, Bo"]] * 2
    assert frame["authors"].to_list()[3] == ["Ann Lee", "Bo Ek", "C. Ro"]


def test_a_separator_can_be_told() -> None:
    content = lines({"title": "Gulls", "authors": "Ann Lee / Bo Ek"})
    (frame,) = READER.read(content, Hints(separator="/"))
    assert frame["authors"].to_list() == [["Ann Lee", "Bo Ek"]]


def test_columns_can_be_told() -> None:
    content = lines({"title": "Gulls", "what": "Ropes", "doi": "10.1000/a"})
    (frame,) = READER.read(content, Hints(columns={"title": "what"}))
    assert frame["title_raw"].to_list() == ["Ropes"]
    assert json.loads(frame["source_fields"][0]) == {"title": "Gulls"}


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"year": 2020, "doi": "x"}, "published_raw", "2020"),
        ({"year": 2020, "publication_date": "2020-07-01", "doi": "x"}, "published_raw", "2020-07-01"),
        ({"issued": {"date-parts": [[2020, 7]]}, "DOI": "x"}, "published_raw", "2020-07"),
        ({"issued": {"date-parts": [[2020]]}, "DOI": "x"}, "published_raw", "2020"),
        ({"issued": {"raw": "July 2020"}, "DOI": "x"}, "published_raw", "July 2020"),
        ({"issued": {"date-parts": [[]]}, "year": "2021", "DOI": "x"}, "published_raw", "2021"),
        ({"keywords": "gulls; ropes", "doi": "x"}, "categories", ["gulls", "ropes"]),
        ({"keywords": "gulls, ropes", "doi": "x"}, "categories", ["gulls", "ropes"]),
        ({"keywords": ["gulls, grey", "ropes"], "doi": "x"}, "categories", ["gulls, grey", "ropes"]),
        ({"keywords": [{"a": 1}], "doi": "x"}, "categories", []),
        (
            {"url": "https://a.example", "pdf_url": "https://b.example", "doi": "x"},
            "urls",
            ["https://a.example", "https://b.example"],
        ),
        (
            {"url": "https://a.example/b;c=1,2; https://d.example", "doi": "x"},
            "urls",
            ["https://a.example/b;c=1,2", "https://d.example"],
        ),
        ({"start_page": 3, "end_page": 9, "doi": "x"}, "pages", "3-9"),
        ({"doi": ""}, "doi_raw", None),
        ({"abstract": ""}, "abstract_raw", ""),
        ({"doi": True}, "doi_raw", "true"),
        ({"doi": "x", "venue": {"name": "Tides"}}, "venue", None),
    ],
)
def test_fields(fields: dict[str, Any], column: str, value: Any) -> None:
    assert one(**fields)[column] == value


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"doi": "x", "note": {"a": [None]}, "n": 10**30}, {"note": {"a": [None]}, "n": 10**30}),
        ({"doi": "x", "venue": {"name": "Tides"}}, {"venue": {"name": "Tides"}}),
        ({"doi": "x", "journal": "Tides", "venue": "Tides"}, {}),
        ({"doi": "x", "journal": "Tides", "venue": "Tides 2020"}, {"venue": "Tides 2020"}),
        ({"authors": ["Ann Lee", 7]}, {"authors": ["Ann Lee", 7]}),
        ({"authors": [{"name": "Ann Lee"}]}, {}),
        ({"authors": [{"name": "Ann Lee", "orcid": "0"}]}, {"authors": [{"name": "Ann Lee", "orcid": "0"}]}),
        ({"doi": "x", "keywords": ["a"]}, {}),
        ({"doi": "x", "keywords": [{"a": 1}]}, {"keywords": [{"a": 1}]}),
        ({"doi": "x", "a'b": 1, 'c"d': 2, "e{f}": 3, "": 4}, {"a'b": 1, 'c"d': 2, "e{f}": 3, "": 4}),
    ],
)
def test_what_the_columns_cannot_hold_is_kept(fields: dict[str, Any], left: dict[str, Any]) -> None:
    assert one(**fields)["source_fields"] == left


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"doi": "x", "submitter": "gull7", "user_id": 5}, {}),
        ({"doi": "x", "meta": {"user": {"name": "gull7"}, "n": 1}}, {"meta": {"n": 1}}),
        ({"authors": [{"name": "Lee", "email": "lee@quay.example", "n": 1}]}, {"authors": [{"name": "Lee", "n": 1}]}),
        ({"doi": "x", "log": [{"by": {"username": "gull7"}}], "n": 1}, {"n": 1}),
        ({"doi": "x", "reviews": [{"userName": "gull7", "n": 1}, "s"]}, {"reviews": [{"n": 1}, "s"]}),
    ],
)
def test_accounts_of_people_are_left_out(fields: dict[str, Any], left: dict[str, Any]) -> None:
    assert one(**fields)["source_fields"] == left


def test_damaged_records_take_none_with_them() -> None:
    records = writer.write(papers(5)).splitlines()
    records[1] = b"7"
    records[3] = records[3].replace(b"{", b'{"title": "x",', 1)
    frame = read(READER, b"\n".join(records) + b'\n{"title": "cut')
    assert frame["defect"].to_list() == [
        *(None, RejectReason.MALFORMED_RECORD, None, RejectReason.DUPLICATE_KEYS, None),
        RejectReason.TRUNCATED_RECORD,
    ]
    assert frame["title_raw"].to_list()[0::2] == [paper(number).title for number in (0, 2, 4)]


def test_what_is_not_wanted_may_be_left_out() -> None:
    content = writer.write(papers(5)) + b'{"title": "No more", "doi": {"a": 1}, "source": null}\n'
    whole = read(READER, content)
    wanted = frozenset({"title_raw", "authors", "authors_raw", "published_raw", "source"})
    part = pl.concat(READER.read(content, Hints(wanted=wanted)))
    same = [*(wanted - {"source"}), "position", "byte_start", "byte_end", "defect"]
    assert part.select(same).equals(whole.select(same))
    assert part["source_fields"].to_list() == ['{"source":"quay"}'] * 5 + ["{}"]
    assert part["doi_raw"].null_count() == 6
