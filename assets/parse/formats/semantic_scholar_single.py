"""A single paper of Semantic Scholar: its answer may hold a thousand papers that cite it, or that it cites.

Those are papers of their own, with places of their own; the answer itself is stated without them.
"""

from collections.abc import Iterator
from itertools import chain

import numpy as np
import polars as pl

from assets.parse.formats.api_answers import elements, values
from assets.parse.json_query import JsonMapping
from assets.parse.json_records import extract, read_spans
from assets.parse.json_scan import whole_span
from assets.parse.reader import STATEMENT_SCHEMA, Content, statements
from assets.parse.spans import Spans
from assets.parse.texts import LARGEST_TEXT
from schemas.vocabulary import RejectReason

NESTED = ("citations", "references")
"""Members that hold papers."""


def read_single(content: Content, mapping: JsonMapping) -> Iterator[pl.DataFrame]:
    """Reads an answer about one paper.

    Args:
        content: The dump: one JSON object.
        mapping: Where the columns of a paper are.

    Yields:
        The paper, with the whole answer as its place, then the papers that cite it and that it cites, if the answer
        holds them.
    """
    whole = whole_span(content)
    members = values(content)
    nested = [key for key, start, _ in members if key in NESTED and content[start : start + 1] == b"["]
    found = _without(content, whole, members, nested, mapping) if nested else None
    if found is None:
        yield from read_spans(content, iter([whole]), mapping)
        return
    yield found
    before = 1
    for spans in chain.from_iterable(elements(content, key) for key in nested):
        for frame in read_spans(content, [spans], mapping):
            yield frame.with_columns(pl.col("position") + before)
        before += len(spans)


def _without(
    content: Content, whole: Spans, members: list[tuple[str, int, int]], nested: list[str], mapping: JsonMapping
) -> pl.DataFrame | None:
    """The statement of an answer without some of its members; None where what is left is too large, or no JSON."""
    kept = [(key, start, end) for key, start, end in members if key not in nested]
    if sum(end - start for _, start, end in kept) > LARGEST_TEXT:
        return None
    raw = b",".join(b'"%s":%s' % (key.encode(), content[start:end]) for key, start, end in kept)
    try:
        text = (b"{" + raw + b"}").decode()
    except UnicodeDecodeError:
        return None
    columns = extract(pl.Series([text]), mapping)
    if columns["is_malformed"][0] or content[int(whole.ends[0]) - 1 : int(whole.ends[0])] != b"}":
        return None
    stated = {name: columns[name] for name in columns.columns if name in STATEMENT_SCHEMA}
    defect = str(RejectReason.DUPLICATE_KEYS) if columns["has_duplicates"][0] else None
    place = {"position": np.array([1]), "byte_start": whole.starts, "byte_end": whole.ends, "defect": [defect]}
    return statements(stated | place)
