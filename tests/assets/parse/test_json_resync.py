import json
import re
from itertools import pairwise
from typing import Any

import pytest

from assets.parse.json_resync import is_json, line_records, member_spans, resynchronise
from assets.parse.json_scan import find_grandchildren, find_members

RECORDS: list[dict[str, Any]] = [
    {"key": f"k{number}", "title": f'Gulls, {number} [of] "them" {{\\', "authors": [{"given": "Ann"}, {"given": "Bo"}]}
    for number in range(8)
]
STYLES = {
    "compact": lambda value: json.dumps(value, separators=(",", ":")),
    "spaced": json.dumps,
    "indented": lambda value: json.dumps(value, indent=2),
    "no indent": lambda value: json.dumps(value, indent=0),
}


def parts(content: bytes, *path: str) -> list[bytes]:
    (spans,) = member_spans(content, path)
    pairs = list(zip(spans.starts.tolist(), spans.ends.tolist(), strict=True))
    assert all(end <= start for (_, end), (start, _) in pairwise(pairs))
    return [content[start:end] for start, end in pairs]


def sound(pieces: list[bytes]) -> list[int]:
    """The numbers of the records that are whole."""
    return [number for number, record in enumerate(RECORDS) if any(loads(piece) == record for piece in pieces)]


def loads(piece: bytes) -> Any:
    try:
        return json.loads(piece)
    except ValueError:
        return None


@pytest.fixture(params=STYLES, ids=str)
def style(request: pytest.FixtureRequest) -> Any:
    return STYLES[request.param]


@pytest.mark.parametrize("path", [(), ("papers",)], ids=["array", "wrapped"])
@pytest.mark.parametrize(
    ("damage", "by"),
    [
        ('"k3"', '"k3'),
        ('"k3"', 'k3"'),
        ('"k3"', '{"k3"'),
        ('"k3"', '["k3"'),
        ('"k3"', '"k3"}'),
        ('"k3"', '"k3"]'),
        ('"k3"', ""),
        ("Gulls, 3 [of]", 'Gulls, 3" [of]'),
        ("Gulls, 3 [of]", "Gulls, 3 \\"),
    ],
)
def test_one_damaged_record_takes_none_with_it(style: Any, path: tuple[str, ...], damage: str, by: str) -> None:
    text = style({"venue": "x", "papers": RECORDS, "others": [{"key": "no record"}]} if path else RECORDS)
    assert text.count(damage) == 1
    pieces = parts(text.replace(damage, by).encode(), *path)
    assert sound(pieces) == [0, 1, 2, 4, 5, 6, 7]


@pytest.mark.parametrize("bracket", "{}[]")
def test_a_lost_bracket_anywhere_costs_at_most_two_records(style: Any, bracket: str) -> None:
    text = style(RECORDS)
    for place in [at for at, character in enumerate(text) if character == bracket][1:-1]:
        assert len(sound(parts((text[:place] + text[place + 1 :]).encode()))) >= 6


def test_sound_records_that_hold_the_beginning_of_another_stay_whole(style: Any) -> None:
    records = [{"title": "a"}] * 30 + [{"title": "b", "cites": [{"title": "c"}, {"title": "d"}]}]
    assert [json.loads(piece) for piece in parts(style(records).encode())] == records


def test_nothing_is_lost_of_a_damaged_record() -> None:
    content = b'[{"a": 1}, {"a": {, {"a": 3}, {"a": 4}]'
    assert parts(content) == [b'{"a": 1}', b'{"a": {', b'{"a": 3}', b'{"a": 4}']


def test_what_follows_the_last_record_is_not_lost() -> None:
    content = b'[{"a": 1}, {"a": {, {"a": 3} {"b": 4}, "x"]'
    assert parts(content) == [b'{"a": 1}', b'{"a": {', b'{"a": 3} {"b": 4}, "x"]']


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'{"a":1}{"a":2}\n{"a":3}', [b'{"a":1}', b'{"a":2}', b'{"a":3}']),
        (b'{"a":1}{"a":2}{"a":\n', [b'{"a":1}', b'{"a":2}', b'{"a":']),
        (b'{"a":"{b}{"}\n{"a":"}{\\"x"}', [b'{"a":"{b}{"}', b'{"a":"}{\\"x"}']),
        (b"7\n8", [b"7", b"8"]),
    ],
)
def test_a_lost_line_break_costs_no_record(content: bytes, found: list[bytes]) -> None:
    pieces = [
        content[start:end]
        for spans in line_records(content)
        for start, end in zip(spans.starts.tolist(), spans.ends.tolist(), strict=True)
    ]
    assert pieces == found


def test_a_mark_finds_members_of_objects() -> None:
    content = b'{"T": {"1": "a", "2": "b, "3": "c", "4": "d"}, "U": {"5": "e"}}'
    found = resynchronise(content, find_grandchildren(content), re.compile(rb'("\d": ")'))
    spans = zip(found.spans.starts.tolist(), found.spans.ends.tolist(), strict=True)
    pieces = [content[start:end] for start, end in spans]
    assert pieces[:2] == [b'"1": "a"', b'"2": "b']
    assert b'"4": "d"' in pieces
    assert len(found.holders) == len(found.spans)


@pytest.mark.parametrize(
    "content",
    [b"", b"[", b"[1", b"{}", b"[[[", b'[{"a"', b"[{}, {}", b'[{"a":1},' * 3],
)
def test_anything_is_taken(content: bytes) -> None:
    members = find_members(content)
    assert len(resynchronise(content, members).spans) >= len(members.spans)


@pytest.mark.parametrize(
    "content",
    [
        b'[{"a":' * 100_000,
        b"[" + b'{"a":{,' * 100_000,
        b"[" + b'{"a":1},' * 20 + b'{"a":"' + b',{"a":1}' * 200_000,
        b"[" + b'{"a":1},\n' * 100_000 + b"}",
    ],
    ids=["nested", "all damaged", "swallowed", "sound"],
)
def test_hostile_content_takes_linear_time(content: bytes) -> None:
    assert sum(len(spans) for spans in member_spans(content)) > 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'{"a": 1}', True),
        (b'"a": 1', True),
        (b'"a"', True),
        (b'{"a": 1', False),
        (b"", False),
        (b"[" * 100_000, False),
    ],
)
def test_is_json(text: bytes, expected: bool) -> None:
    assert is_json(text, 0, len(text)) == expected
