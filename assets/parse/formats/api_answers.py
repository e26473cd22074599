"""Answers of JSON services: where the records of one are, however it wraps them. What they state is told elsewhere."""

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl

from assets.parse.json_head import JsonHead, Shape
from assets.parse.json_resync import resynchronise
from assets.parse.json_scan import BLANKS, KEY, Members, find_members, in_batches, line_spans, whole_span
from assets.parse.json_structure import CLOSING
from assets.parse.reader import Content
from assets.parse.spans import Spans

MOST_RECORDS = 200_000
"""Records that are decoded in one go: those of a dump that holds nothing but empty ones need 400 MB."""


def elements(content: Content, *path: str) -> Iterator[Spans]:
    """Yields what the array under a path of keys holds, in batches; of a top-level array without a path."""
    return small(in_batches(without_brackets(content, resynchronise(content, find_members(content, path))).spans))


def small(batches: Iterable[Spans]) -> Iterator[Spans]:
    """Yields batches of at most MOST_RECORDS."""
    for spans in batches:
        for begin in range(0, len(spans), MOST_RECORDS):
            rows = slice(begin, begin + MOST_RECORDS)
            yield Spans(spans.starts[rows], spans.ends[rows])


def without_brackets(content: Content, members: Members) -> Members:
    """Leaves out what is nothing, or nothing but brackets: what a damaged record left over."""
    data = np.frombuffer(content, dtype=np.uint8)
    starts, ends = members.spans.starts, members.spans.ends
    is_kept = starts < ends
    closing = np.flatnonzero(is_kept & np.isin(data[np.minimum(starts, len(data) - 1)], list(CLOSING))).tolist()
    is_kept[[row for row in closing if not content[starts[row] : ends[row]].strip(BLANKS + CLOSING + b",")]] = False
    return Members(Spans(starts[is_kept], ends[is_kept]), members.holders[is_kept], members.names)


def listed(content: Content, shape: Shape) -> Iterator[Spans]:
    """Yields the records of a dump without a wrapper, in batches: its lines, the elements of its array, or itself."""
    if shape is Shape.LINES:
        return small(line_spans(content))
    return elements(content) if shape is Shape.ARRAY else iter([whole_span(content)])


def values(content: Content) -> list[tuple[str, int, int]]:
    """The members of the top-level object: key, and where the value begins and ends."""
    spans = find_members(content).spans
    found: list[tuple[str, int, int]] = []
    for start, end in zip(spans.starts.tolist(), spans.ends.tolist(), strict=True):
        if match := KEY.match(content, start, end):
            found.append((match[1][1:-1].decode(errors="replace"), match.end(), end))
    return found


def value_of(content: Content, key: str) -> Iterator[Spans]:
    """Yields the value that the top-level object has under a key, as one span; nothing where it has none."""
    place = next(((start, end) for name, start, end in values(content) if name == key), None)
    if place:
        yield Spans(np.array([place[0]]), np.array([place[1]]))


def candidates(head: JsonHead, *paths: tuple[str, ...]) -> list[dict[str, Any]]:
    """The first objects of a dump: its samples, and, if it is one object, those of the arrays under some paths.

    Of one object that goes on beyond the head, what the head holds of it.
    """
    if head.shape is not Shape.OBJECT:
        return head.objects
    listed_ones = [one for path in paths for one in head.items(*path) if isinstance(one, dict)]
    return [*(head.objects or [_beginning(head)]), *listed_ones]


def _beginning(head: JsonHead) -> dict[str, Any]:
    """The members of the top-level object that are there in full."""
    spans = find_members(head.data).spans
    members = [head.data[start:end] for start, end in zip(spans.starts.tolist(), spans.ends.tolist(), strict=True)]
    try:
        found = json.loads(b"{" + b",".join(members[:-1]) + b"}", parse_int=str)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def with_authors_raw(frame: pl.DataFrame) -> pl.DataFrame:
    """Fills `authors_raw` with the names, a semicolon between them, where a source states each by itself."""
    joined = frame["authors"].list.join("; ").alias("authors_raw")
    return frame.with_columns(joined.set(joined == "", None))


def has_keys(record: Container[str], keys: Sequence[str], fewest: int) -> bool:
    """Whether a record has at least so many of some keys."""
    return sum(key in record for key in keys) >= fewest
