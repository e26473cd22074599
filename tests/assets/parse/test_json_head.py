import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse.json_head import JsonHead, Shape, head_of, json_head, record_spans, scalars_of
from assets.parse.reader import Head

RECORDS = [{"a": number, "b": [number, {"c": None}]} for number in range(3)]
LINES = "".join(json.dumps(record) + "\n" for record in RECORDS).encode()
ARRAY = json.dumps(RECORDS, indent=2).encode()
WRAPPED = json.dumps({"venue": "x", "papers": RECORDS, "year": 2020, "deep": {"items": RECORDS}}, indent=1).encode()


def look(content: bytes, *, is_whole: bool = True) -> JsonHead:
    found = json_head(Head(content, is_whole=is_whole))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("content", "shape", "samples"),
    [
        (LINES, Shape.LINES, RECORDS),
        (LINES.replace(b"\n", b"\r\n\r\n"), Shape.LINES, RECORDS),
        (b'{"a": 1, "b\n' + LINES, Shape.LINES, RECORDS),
        (LINES.replace(b"null", b"nul"), Shape.LINES, []),
        (
            b'{"v": 1, "papers": [\n{"a": 1},\n{"a": 2},\n{"a": 3}\n]}',
            Shape.OBJECT,
            [{"v": 1, "papers": [{"a": 1}, {"a": 2}, {"a": 3}]}],
        ),
        (ARRAY, Shape.ARRAY, RECORDS),
        (b"[]", Shape.ARRAY, []),
        (b'[1, "x", null]', Shape.ARRAY, [1, "x", None]),
        (LINES.splitlines()[0], Shape.OBJECT, RECORDS[:1]),
        (WRAPPED, Shape.OBJECT, [json.loads(WRAPPED)]),
        (b'{\n"papers": [\n{"a": 1},\n{"a": 2}\n]\n}', Shape.OBJECT, [{"papers": [{"a": 1}, {"a": 2}]}]),
        (b"{}", Shape.OBJECT, [{}]),
        (b'{"a": 1} {"b": 2}', Shape.OBJECT, []),
    ],
)
def test_shapes(content: bytes, shape: Shape, samples: list[Any]) -> None:
    found = look(content)
    assert (found.shape, found.samples) == (shape, samples)
    assert found.objects == [sample for sample in samples if isinstance(sample, dict)]


@pytest.mark.parametrize("content", [b"", b"<xml/>", b'"text"', b"12", b"null", b"\xff"])
def test_what_is_no_array_and_no_object(content: bytes) -> None:
    assert json_head(Head(content, is_whole=True)) is None


def test_keys_and_items() -> None:
    found = look(WRAPPED)
    assert found.keys == ["venue", "papers", "year", "deep"]
    assert found.items("papers") == RECORDS
    assert found.items("deep", "items") == RECORDS
    assert found.items("deep") == [RECORDS]
    assert found.items("venue") == found.items("nothing") == []


def test_a_head_that_is_cut() -> None:
    for end in range(1, len(WRAPPED)):
        found = look(WRAPPED[:end], is_whole=False)
        assert found.shape is Shape.OBJECT
        assert found.items("papers") == RECORDS[: len(found.items("papers"))]
        assert found.keys == ["venue", "papers", "year", "deep"][: len(found.keys)]
    for end in range(1, len(ARRAY)):
        assert look(ARRAY[:end], is_whole=False).samples == RECORDS[: len(look(ARRAY[:end], is_whole=False).samples)]
    for end in range(60, len(LINES)):
        found = look(LINES[:end], is_whole=False)
        assert found.samples == RECORDS[: len(found.samples)]


def test_the_samples_are_few() -> None:
    assert len(look(b"[" + b"1," * 1000 + b"1]").samples) == 20
    assert len(look(b'{"a": 1}\n' * 1000).samples) == 20


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'[{"a": ' + b"9" * 10_000 + b"}]",
        b'[{"a": NaN}]',
        b'[{"a": 1, "a": 2}]',
        b'["\\ud800"]',
        b'[{"a": "\xff"}]',
        b'{"a\xff": 1}',
        b'{"\\x": 1}',
        b"{,,,}",
        b"[" + b"," * 10_000,
        b'{"' + b"k" * 10_000 + b'": [1]}',
    ],
    ids=lambda content: repr(content[:14]),
)
def test_hostile_heads(content: bytes) -> None:
    for is_whole in (True, False):
        found = look(content, is_whole=is_whole)
        assert len(found.samples) <= 20
        assert found.items("a") is not None
    assert all(len(spans) for spans in record_spans(content))


@given(st.binary(max_size=50), st.booleans())
def test_anything_is_looked_at(content: bytes, is_whole: bool) -> None:
    for one in (content, b"[" + content, b"{" + content, b'{"a":' + content, LINES + content):
        found = json_head(Head(one, is_whole=is_whole))
        if found is not None:
            found.items("a")


@pytest.mark.parametrize("content", [LINES, ARRAY, LINES.splitlines()[1]], ids=["lines", "array", "object"])
def test_record_spans(content: bytes) -> None:
    (spans,) = record_spans(content)
    pieces = [content[start:end] for start, end in zip(spans.starts, spans.ends, strict=True)]
    assert all(json.loads(piece) in RECORDS for piece in pieces)


def test_scalars() -> None:
    assert scalars_of(WRAPPED) == {"venue": "x", "year": "2020"}
    assert scalars_of(b'{"a": true, "b": null, "c": [1], "d": 1.5, "e": "x", "e": "y", "f') == {"d": "1.5", "e": "x"}


def test_head_of() -> None:
    assert head_of(b"\xef\xbb\xbf\n {}") == Head(b"{}", is_whole=True)
    assert not head_of(b"[" + b" " * (1 << 20)).is_whole
