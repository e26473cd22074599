import json
import mmap
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse import json_scan, json_structure
from assets.parse.json_scan import find_grandchildren, find_members, in_batches, line_spans, trim, whole_span
from assets.parse.json_structure import is_unfinished
from assets.parse.spans import Spans

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def texts(content: bytes, spans: Spans) -> list[bytes]:
    return [content[start:end] for start, end in zip(spans.starts.tolist(), spans.ends.tolist(), strict=True)]


def members(content: bytes, *path: str) -> list[bytes]:
    return texts(content, find_members(content, path).spans)


@pytest.fixture(params=[1, 3, 64, 4 << 20], ids=lambda size: f"windows of {size}")
def window(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    size: int = request.param
    monkeypatch.setattr(json_structure, "WINDOW", size)
    monkeypatch.setattr(json_scan, "WINDOW", size)
    return size


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize(
    ("content", "path", "found"),
    [
        (b'[1, "a", null]', (), [b"1", b'"a"', b"null"]),
        (b'[{"a": [1, 2]}, {"b": {"c": 3}}]', (), [b'{"a": [1, 2]}', b'{"b": {"c": 3}}']),
        (b'{"a": 1, "b": [2, 3]}', (), [b'"a": 1', b'"b": [2, 3]']),
        (b'{"n": [9], "p": [1, 2], "q": 5}', ("p",), [b"1", b"2"]),
        (b'{"m": {"i": [1], "j": [2]}, "i": [3]}', ("m", "i"), [b"1"]),
        (b'{"p": {"k": 1, "l": {}}}', ("p",), [b'"k": 1', b'"l": {}']),
        (b'{"p": [1], "p": [2]}', ("p",), [b"1", b"2"]),
        (b'["]", "}\\"],", "\\\\"]', (), [b'"]"', b'"}\\"],"', b'"\\\\"']),
        (b"[]", (), []),
        (b"[ ]", (), []),
        (b'{"p": []}', ("p",), []),
        (b'{"p": 5}', ("p",), []),
        (b"\xef\xbb\xbf [1,2]\r\n", (), [b"1", b"2"]),
        (b"[1]\n[2]", (), [b"1", b"2"]),
        (b'["a\\u0022b", 2]', (), [b'"a\\u0022b"', b"2"]),
        (b'{"p\\u0071": [1]}', ("pq",), [b"1"]),
        (b"[1,,2,]", (), [b"1", b"2"]),
        (b"[" + b" " * 100 + b"1" + b" " * 100 + b"]", (), [b"1"]),
    ],
)
def test_members(content: bytes, path: tuple[str, ...], found: list[bytes]) -> None:
    assert members(content, *path) == found


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize(
    ("content", "path", "found"),
    [
        (b'[1, {"a": 2', (), [b"1", b'{"a": 2']),
        (b'{"p": [{"a": 1}, {"b": "x', ("p",), [b'{"a": 1}', b'{"b": "x']),
        (b'[{"a": 1}}, {"b": 2}]', (), [b'{"a": 1}', b', {"b": 2}]']),
        (b"[1] rest", (), [b"1", b"rest"]),
        (b"[1] {", (), [b"1"]),
        (b"]]", (), []),
        (b'{"a" 5, "b": 6', (), [b'"a" 5', b'"b": 6']),
        (b'["lost, "b"\n, 3]', (), [b'"lost, "b"', b"3"]),
    ],
    ids=[
        "cut",
        "cut in a string",
        "stray bracket",
        "text behind",
        "bracket behind",
        "closed only",
        "no colon",
        "quote",
    ],
)
def test_damaged_members(content: bytes, path: tuple[str, ...], found: list[bytes]) -> None:
    assert members(content, *path) == found


@pytest.mark.usefixtures("window")
def test_grandchildren() -> None:
    content = b'{"x": 1, "N": {"a": "b", "c": {"d": 5}}, "C": {}, "q": [1, 2], "s": "t"}'
    found = find_grandchildren(content)
    assert texts(content, found.spans) == [b'"x": 1', b'"a": "b"', b'"c": {"d": 5}', b"1", b"2", b'"s": "t"']
    named = [found.names[holder] if holder >= 0 else None for holder in found.holders.tolist()]
    assert named == [None, "N", "N", "q", "q", None]


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 0, 1, 4]))
def test_all_that_python_writes_is_found(values: list[Any], indent: int | None) -> None:
    content = json.dumps(values, indent=indent).encode()
    assert [json.loads(text) for text in members(content)] == values
    wrapped = json.dumps({"before": values, "p": values, "after": {"p": 1}}, indent=indent, ensure_ascii=False)
    content = wrapped.encode(errors="replace")
    assert len(members(content, "p")) == len(values)
    assert not is_unfinished(content)


@given(st.binary(max_size=60), st.sampled_from([(), ("p",), ("p", "q")]))
def test_spans_of_anything_are_in_order_and_visible(content: bytes, path: tuple[str, ...]) -> None:
    for content_ in (content, b'{"p": [' + content, b"[" + content):
        spans = find_members(content_, path).spans
        assert (spans.starts < spans.ends).all()
        assert (spans.starts[1:] >= spans.ends[:-1]).all()
        assert all(text.strip(b" \t\r\n") == text for text in texts(content_, spans))


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", []),
        (b" \n \r\n", []),
        (b"a\nb", [b"a", b"b"]),
        (b"a\r\n\r\n  b \n", [b"a", b"b"]),
        (b"\xef\xbb\xbf{}\n{}", [b"{}", b"{}"]),
        (b"a\n" + b" " * 60 + b"b" + b" " * 60 + b"\n", [b"a", b"b"]),
    ],
)
def test_lines(content: bytes, found: list[bytes]) -> None:
    assert [text for spans in line_spans(content) for text in texts(content, spans)] == found


def test_lines_come_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_scan, "WINDOW", 16)
    monkeypatch.setattr(json_scan, "BATCH_BYTES", 64)
    content = b"0123456\n" * 100
    batches = list(line_spans(content))
    assert len(batches) > 10
    assert np.concatenate([spans.starts for spans in batches]).tolist() == list(range(0, 800, 8))


def test_batches_cover_all_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_scan, "BATCH_BYTES", 100)
    starts = np.array([0, 50, 90, 300, 310])
    ends = np.array([40, 80, 290, 305, 330])
    batches = list(in_batches(Spans(starts, ends)))
    assert [spans.starts.tolist() for spans in batches] == [[0, 50], [90], [300, 310]]


def test_batches_have_no_more_records_than_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_scan, "MOST_IN_BATCH", 40)
    assert [len(spans) for spans in line_spans(b"{}\n" * 100)] == [40, 40, 20]
    assert [len(spans) for spans in in_batches(find_members(b"[" + b"{}," * 100 + b"]").spans)] == [40, 40, 20]


def test_mapped_content(tmp_path: Path) -> None:
    path = tmp_path / "dump"
    path.write_bytes(b'[{"a": 1}, {"b": 2}]')
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        assert len(find_members(content).spans) == 2
        assert whole_span(content).ends.tolist() == [20]


@pytest.mark.parametrize("content", [b"", b"  "])
def test_nothing_is_no_span(content: bytes) -> None:
    assert len(whole_span(content)) == 0
    assert len(trim(content, Spans(np.array([0]), np.array([len(content)])))) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"{}", False),
        (b'{"a": [1, 2]}', False),
        (b'{"a": 1', True),
        (b'{"a": "x', True),
        (b'{"a": "x\\"', True),
        (b'{"a": 1}}', False),
        (b'"\\\\"', False),
    ],
)
def test_unfinished(text: bytes, expected: bool) -> None:
    assert is_unfinished(text) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 1_000_000,
        b"[]" * 300_000,
        b'{"p":[],' * 200_000,
        b'{"p":{"p":' * 100_000,
        b"," * 1_000_000,
        b"[" + b"{}," * 500_000,
        b"[" + b" , " * 300_000,
        b"\\" * 1_000_000 + b'"',
        b'"' * 1_000_001,
        b"[1" + b" " * 2_000_000,
        b"}" * 1_000_000,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_hostile_content_takes_linear_time(content: bytes) -> None:
    for path in ((), ("p",)):
        spans = find_members(content, path).spans
        assert len(spans) <= len(content)
    assert len(find_grandchildren(content).spans) <= len(content)


def test_too_many_holders_end_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_scan, "MOST_HOLDERS", 3)
    content = b"[1][2][3][4][5]"
    assert members(content) == [b"1", b"2", b"3", b"[4][5]"]
