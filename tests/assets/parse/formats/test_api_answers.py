"""Answers of JSON services: where their records are."""

import json

import numpy as np
import pytest

from assets.parse.formats import api_answers
from assets.parse.formats.api_answers import candidates, elements, listed, value_of, values, without_brackets
from assets.parse.json_head import Shape, json_head
from assets.parse.json_scan import Members
from assets.parse.reader import Head
from assets.parse.spans import Spans


def test_elements_under_a_path() -> None:
    content = b'{"a": {"b": [1, {"c": 2}], "d": [3]}}'
    (spans,) = elements(content, "a", "b")
    assert [content[start:end] for start, end in zip(spans.starts, spans.ends, strict=True)] == [b"1", b'{"c": 2}']


@pytest.mark.parametrize(
    ("content", "shape", "count"),
    [(b"[1, 2, 3]", Shape.ARRAY, 3), (b'{"a": 1}\n{"a": 2}', Shape.LINES, 2), (b' {"a":\n1} ', Shape.OBJECT, 1)],
)
def test_listed(content: bytes, shape: Shape, count: int) -> None:
    assert sum(len(spans) for spans in listed(content, shape)) == count


def test_batches_are_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_answers, "MOST_RECORDS", 3)
    assert [len(spans) for spans in elements(b"[1,2,3,4,5,6,7]")] == [3, 3, 1]
    assert [len(spans) for spans in listed(b"{}\n{}\n{}\n{}", Shape.LINES)] == [3, 1]


def test_values() -> None:
    content = b'{"a": [1], "b" : {"a": 2}, "c": "x"}'
    assert [(key, content[start:end]) for key, start, end in values(content)] == [
        ("a", b"[1]"),
        ("b", b'{"a": 2}'),
        ("c", b'"x"'),
    ]
    assert [content[spans.starts[0] : spans.ends[0]] for spans in value_of(content, "b")] == [b'{"a": 2}']
    assert list(value_of(content, "z")) == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"x": 1, "items": [{"a": 1}, 7]}, [{"x": 1, "items": [{"a": 1}, 7]}, {"a": 1}]),
        ([{"a": 1}, 7], [{"a": 1}]),
    ],
)
def test_candidates(content: object, found: list[object]) -> None:
    head = json_head(Head(json.dumps(content).encode(), is_whole=True))
    assert head is not None
    assert candidates(head, ("items",)) == found


@pytest.mark.parametrize("text", [b'{"x": "1", "y": "z", "w": [1, 2', b'{"x": "1", "y": "z", "w": "1 2'])
def test_candidate_that_goes_on_beyond_the_head(text: bytes) -> None:
    head = json_head(Head(text, is_whole=False))
    assert head is not None
    assert candidates(head) == [{"x": "1", "y": "z"}]


def test_brackets_alone_are_no_record() -> None:
    content = b'{"a": 1}, ]} , }x'
    members = Members(Spans(np.array([0, 10, 15]), np.array([8, 12, 17])), np.array([0, 0, 0]), ["k"])
    left = without_brackets(content, members)
    kept = zip(left.spans.starts.tolist(), left.spans.ends.tolist(), strict=True)
    assert [content[start:end] for start, end in kept] == [b'{"a": 1}', b"}x"]
    assert len(left.holders) == 2
