"""The beginning of a JSON dump, decoded: what readers of JSON formats look at to recognise theirs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

import numpy as np

from assets.parse.json_resync import line_records, member_spans
from assets.parse.json_scan import BLANKS, KEY, find_members, line_spans, whole_span
from assets.parse.paragraphs import first_visible
from assets.parse.reader import HEAD_BYTES, Content, Head
from assets.parse.spans import Spans

MOST_SAMPLES = 20
LINES_COMPARED = 20
LONGEST_SCALAR = 1000
LONGEST_INTEGER = 1000
"""Digits of an integer that becomes a number: Python refuses more than 4,300."""


class Shape(Enum):
    """How the values of a JSON dump stand side by side."""

    LINES = "lines"
    """One object a line."""
    ARRAY = "array"
    """An array."""
    OBJECT = "object"
    """One object, on one line or many."""


@dataclass(frozen=True)
class JsonHead:
    """What the beginning of a JSON dump holds; only what is there in full."""

    shape: Shape
    samples: Sequence[Any]
    """The first values: of the lines, of the array, or the one object, if it is there in full."""
    keys: Sequence[str]
    """Keys of the object, in order, that of a last member without its end too; of an array or lines none."""
    data: bytes
    """The beginning itself."""
    is_whole: bool

    def items(self, *path: str) -> list[Any]:
        """The first elements of the array, or values of the object, under a path of keys of the object."""
        return _values(self.data, find_members(self.data, path).spans, is_whole=self.is_whole)

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The samples that are objects."""
        return [sample for sample in self.samples if isinstance(sample, dict)]


def head_of(content: Content) -> Head:
    """The head of a dump, as readers that recognise it see it."""
    start = first_visible(content)
    return Head(content[start : start + HEAD_BYTES], is_whole=start + HEAD_BYTES >= len(content))


def record_spans(content: Content) -> Iterator[Spans]:
    """Yields the records of a dump, in batches: its lines, what its array holds, or the one object that it is."""
    found = json_head(head_of(content))
    if found is not None and found.shape is Shape.LINES:
        return line_records(content)
    if found is not None and found.shape is Shape.ARRAY:
        return member_spans(content)
    return iter([whole_span(content)])


def scalars_of(content: Content) -> dict[str, str]:
    """The short strings and numbers that the top-level object holds, as texts."""
    spans = find_members(content).spans
    found: dict[str, str] = {}
    for row in np.flatnonzero(spans.lengths <= LONGEST_SCALAR).tolist():
        text = content[int(spans.starts[row]) : int(spans.ends[row])]
        key = KEY.match(text)
        value = _value(text[key.end() :]) if key else None
        if key and isinstance(value, str | int | float) and not isinstance(value, bool):
            found.setdefault(str(_value(key[1])), str(value))
    return found


@lru_cache(maxsize=4)
def json_head(head: Head) -> JsonHead | None:
    """Looks at the beginning of a dump.

    Args:
        head: It may end anywhere, and be anything.

    Returns:
        What it holds; None where it does not begin as a JSON object or array does.
    """
    data = head.data
    if data[:1] == b"[":
        samples = _values(data, find_members(data).spans, is_whole=head.is_whole)
        return JsonHead(Shape.ARRAY, samples, (), data, head.is_whole)
    if data[:1] != b"{":
        return None
    lines = next(line_spans(data), None)
    if lines is not None and _are_records(data, lines, is_whole=head.is_whole):
        return JsonHead(Shape.LINES, _values(data, lines, is_whole=head.is_whole), (), data, head.is_whole)
    members = find_members(data).spans
    found = (KEY.match(data, int(start), int(end)) for start, end in zip(members.starts, members.ends, strict=True))
    keys = [key for match in found if match and isinstance(key := _value(match[1]), str)]
    whole = [value] if head.is_whole and isinstance(value := _value(data), dict) else []
    return JsonHead(Shape.OBJECT, whole, keys, data, head.is_whole)


def _are_records(data: bytes, lines: Spans, *, is_whole: bool) -> bool:
    """Whether at least two lines, and most of the first, begin an object each that does not go on in the next."""
    count = min(len(lines) if is_whole else len(lines) - 1, LINES_COMPARED)
    places = list(zip(lines.starts[:count].tolist(), lines.ends[:count].tolist(), strict=True))
    begin = sum(data[start] == ord("{") for start, _ in places)
    go_on = sum(data[end - 2 : end] == b"}," or data[end - 1] in b"{[:" for _, end in places)
    return count > 1 and 2 * begin > count and 2 * go_on < count


def _values(data: bytes, spans: Spans, *, is_whole: bool) -> list[Any]:
    """The first values among spans of JSON; of a member of an object its value."""
    values: list[Any] = []
    for start, end in zip(spans.starts.tolist(), spans.ends.tolist(), strict=True):
        if len(values) == MOST_SAMPLES or (end == len(data) and not is_whole):
            break
        text = data[start:end]
        found = KEY.match(text)
        value = _value(text[found.end() :] if found else text)
        if value is not _BROKEN:
            values.append(value)
    return values


_BROKEN = object()


def _value(text: bytes) -> Any:  # noqa: ANN401  # any JSON value
    """The value of a JSON text; _BROKEN where it is none, or too deep."""
    try:
        return json.loads(text.strip(BLANKS).decode(errors="replace"), parse_int=_integer)
    except (ValueError, RecursionError):
        return _BROKEN


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) < LONGEST_INTEGER else digits
