import json
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.parse import json_records
from assets.parse.json_query import JsonMapping
from assets.parse.json_records import extract, first_defect, is_last, read_spans
from assets.parse.json_scan import line_spans
from assets.parse.reader import STATEMENT_SCHEMA, RefusalError
from schemas.vocabulary import DumpReason, RejectReason

MAPPING = JsonMapping(
    texts={
        "source_key": "$.id",
        "title_raw": "$.title",
        "abstract_raw": "$.abstract",
        "doi_raw": ("$.doi", "$.DOI"),
        "venue": '$."journal-ref"',
    },
    lists={"authors": "$.people[*].name"},
    parts={"words": "string_split({$.words}, ' ')"},
    computed={"categories": "{words}", "issue": "upper({$.issue})", "volume": "CAST({$.volume} AS INTEGER)::VARCHAR"},
    dropped={
        **dict.fromkeys(("id", "title", "abstract", "doi", "DOI", "journal-ref", "words", "user")),
        "paper": {"secret": None, "deep": {"secret": None}},
    },
    elements={"$.people": ("name", "user"), "$.paper.people": ("user",)},
    dropped_if={"issue": "{$.issue} <> 'kept'"},
)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def one(text: str) -> dict[str, Any]:
    (row,) = extract(pl.Series([text]), MAPPING).to_dicts()
    return {name: value for name, value in row.items() if value not in (None, [], False)}


def fields(text: str) -> Any:
    return json.loads(one(text)["source_fields"])


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ('{"id": 7}', "source_key", "7"),
        ('{"id": ""}', "source_key", None),
        ('{"title": ""}', "title_raw", ""),
        ('{"title": null}', "title_raw", None),
        ('{"title": "a\\u0000b\\n\\"é\\ud83d\\ude00"}', "title_raw", 'a\x00b\n"é😀'),
        ('{"title": {"a": 1}}', "title_raw", '{"a":1}'),
        ('{"doi": "x", "DOI": "y"}', "doi_raw", "x"),
        ('{"doi": "", "DOI": "y"}', "doi_raw", "y"),
        ('{"doi": null, "DOI": "y"}', "doi_raw", "y"),
        ('{"journal-ref": "J"}', "venue", "J"),
        ('{"people": [{"name": "A"}, {"name": null}, {}, "s", {"name": "B"}]}', "authors", ["A", "B"]),
        ('{"people": "A"}', "authors", None),
        ('{"words": "a b"}', "categories", ["a", "b"]),
        ('{"issue": "x"}', "issue", "X"),
        ('{"volume": "7"}', "volume", "7"),
        ('{"volume": "seven"}', "volume", None),
    ],
)
def test_columns(text: str, column: str, value: Any) -> None:
    assert one(text).get(column) == value


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            '{"id": 1, "a": {"title": null, "b": [null, {"c": null}]}, "d": null}',
            {"a": {"title": None, "b": [None, {"c": None}]}, "d": None},
        ),
        ('{"n": 123456789012345678901234567890}', {"n": 123456789012345678901234567890}),
        ('{"n": 1.50, "e": 1e3, "z": -0.0}', {"n": 1.5, "e": 1000.0, "z": 0.0}),
        ('{"doi": "x", "DOI": "x"}', {}),
        ('{"doi": "x", "DOI": "y"}', {"DOI": "y"}),
        ('{"doi": "", "DOI": "y"}', {}),
        (
            '{"paper": {"secret": 1, "open": 2, "deep": {"secret": 3, "open": 4}}}',
            {"paper": {"open": 2, "deep": {"open": 4}}},
        ),
        ('{"paper": "text"}', {"paper": "text"}),
        ('{"a": 1}', {"a": 1}),
        ('{"people": [{"name": "A", "at": 1, "user": "u"}, "s", null, [2]]}', {"people": [{"at": 1}, "s", None, [2]]}),
        ('{"paper": {"people": [{"user": 1, "n": null}]}}', {"paper": {"people": [{"n": None}]}}),
        ('{"people": "x"}', {"people": "x"}),
        ('{"issue": "x"}', {}),
        ('{"issue": "kept"}', {"issue": "kept"}),
        ('{"user": {"name": "u"}}', {}),
        ('{"a\\"b\'c": 1, "": 2, "$.x": 3}', {"a\"b'c": 1, "": 2, "$.x": 3}),
    ],
)
def test_what_is_left(text: str, left: Any) -> None:
    assert fields(text) == left


@pytest.mark.parametrize(
    "text",
    [
        '{"a": NaN}',
        '{"a": -Infinity }',
        '{"a": [nan]}',
        '{"a": 1,}',
        '{"a": [1, ]}',
        '{"a": 1 /* b */}',
        "{'a': 1}",
        "{a: 1}",
        '{"a": 01}',
        '{"a": .5}',
        '{"a": +5}',
        '{"a": "\\ud800"}',
        '{"a": "\\x41"}',
        '{"a": "\t"}',
        '{"a": 1} x',
        '{"a": 1}{"b": 2}',
        '{"a": 1',
        "[1]",
        "7",
        '"x"',
        "null",
        "",
        "{",
        '{"a":' * 101 + "1" + "}" * 101,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        '{"a":' + "[" * 400_000,
    ],
    ids=lambda text: text[:20],
)
def test_malformed_records_spoil_no_others(text: str) -> None:
    good = '{"id": "k", "title": "t"}'
    found = extract(pl.Series([good, text, good]), MAPPING)
    assert found["is_malformed"].to_list() == [False, True, False]
    assert found["source_key"].to_list() == ["k", None, "k"]
    assert found["source_fields"].to_list() == ["{}", "{}", "{}"]
    assert found["authors"].to_list() == [[], None, []]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "x, NaN]"}',
        '{"a": "x,}"}',
        '{"a": "[[[{{{"}'.replace("[[[", "[" * 300),
        '{"a": [' + ",".join(["[1]"] * 300) + "]}",
        '{"a":' * 90 + "1" + "}" * 90,
        '{"a": "' + "x" * 900_000 + '"}',
    ],
    ids=lambda text: text[:20],
)
def test_sound_records_that_look_odd(text: str) -> None:
    assert fields(text) == json.loads(text)


def test_half_a_surrogate_pair_in_a_key_of_the_first_record_spoils_no_others() -> None:
    texts = pl.Series(['{"id": "a", "\\ud800": 1}', '{"id": "b", "title": "Kettles"}'])
    found = extract(texts, MAPPING)
    assert found["is_malformed"].to_list() == [True, False]
    assert found["source_key"].to_list() == [None, "b"]


def test_duplicate_keys() -> None:
    texts = ['{"a": 1, "b": 2}', '{"a": 1, "a": 1}', '{"b": {"a": 1}, "a": 2}', '{"a": 1, "\\u0061": 2}', "{"]
    for order in (1, -1):
        found = extract(pl.Series(texts[::order]), MAPPING)["has_duplicates"].to_list()
        assert [bool(flag) for flag in found][::order] == [False, True, False, True, False]


def test_defects_and_places() -> None:
    lines = [
        b'{"title": "a"}',
        b'{"title": "b\xff"}',
        b'{"title": "' + b"x" * 1_100_000 + b'"}',
        b'{"title": }',
        b'{"id": 1, "id": 2}',
        b'{"title": "cut',
    ]
    content = b"\n".join(lines)
    frame = pl.concat(read_spans(content, line_spans(content), MAPPING))
    assert frame.schema == STATEMENT_SCHEMA
    assert frame["defect"].to_list() == [
        None,
        RejectReason.INVALID_ENCODING,
        RejectReason.RECORD_TOO_LARGE,
        RejectReason.MALFORMED_RECORD,
        RejectReason.DUPLICATE_KEYS,
        RejectReason.TRUNCATED_RECORD,
    ]
    assert frame["position"].to_list() == [1, 2, 3, 4, 5, 6]
    assert frame["title_raw"].to_list()[:2] == ["a", "b\ufffd"]
    places = frame.select("byte_start", "byte_end").rows()
    assert [content[start:end] for start, end in places] == lines


def test_the_last_line_is_truncated_only_if_it_stops_inside() -> None:
    for content, defect in (
        (b'{"a": 1}}', RejectReason.MALFORMED_RECORD),
        (b'{"a": [1', RejectReason.TRUNCATED_RECORD),
    ):
        frame = pl.concat(read_spans(content + b"\n  ", line_spans(content + b"\n  "), MAPPING))
        assert frame["defect"].to_list() == [defect]


def test_positions_go_on_over_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.parse.json_scan.BATCH_BYTES", 100)
    monkeypatch.setattr("assets.parse.json_scan.WINDOW", 64)
    content = b'{"title": "a"}\n' * 50
    frames = list(read_spans(content, line_spans(content), MAPPING))
    assert len(frames) > 3
    assert pl.concat(frames)["position"].to_list() == list(range(1, 51))


def test_a_dump_without_records_is_refused() -> None:
    with pytest.raises(RefusalError) as caught:
        list(read_spans(b"[]", iter(()), MAPPING))
    assert caught.value.reason == DumpReason.NO_RECORDS


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_the_size_of_slices_changes_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series([json.dumps({"id": number, "title": "t" * number, "x": [number]}) for number in range(50)])
    whole = extract(texts, MAPPING)
    monkeypatch.setattr(json_records, "SLICE", size)
    assert extract(texts, MAPPING).equals(whole)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(TEXTS, JSON, max_size=5).filter(
        lambda record: record.keys().isdisjoint((*MAPPING.dropped, "people", "issue"))
    )
)
def test_whatever_is_not_mapped_is_left(record: dict[str, Any]) -> None:
    assert fields(json.dumps(record)) == record
    assert fields(json.dumps(record, ensure_ascii=False, indent=1)) == record


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.sampled_from(["{}", '{"a": %s}', "[%s]", "%s", '{"a": "%s"}', '{"%s": 1}']),
)
def test_any_text_is_judged_as_python_does(text: str, form: str) -> None:
    text = form.replace("%s", text)
    try:
        value = json.loads(text, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate is JSON to Python
    except ValueError:
        value = None
    is_object = isinstance(value, dict) and text.startswith("{")
    assert extract(pl.Series([text]), MAPPING)["is_malformed"].to_list() == [not is_object]


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def test_first_defect() -> None:
    flags = {
        RejectReason.RECORD_TOO_LARGE: np.array([True, False, False]),
        RejectReason.MALFORMED_RECORD: np.array([True, True, False]),
    }
    expected = [RejectReason.RECORD_TOO_LARGE, RejectReason.MALFORMED_RECORD, None]
    assert first_defect(flags).to_list() == expected


@pytest.mark.parametrize(("rest", "expected"), [(b"", True), (b" \n" * 9000, True), (b" \n" * 9000 + b"x", False)])
def test_is_last(rest: bytes, expected: bool) -> None:
    assert is_last(b"record" + rest, 6) == expected
