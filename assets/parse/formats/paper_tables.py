"""Paper tables: JSON that holds, under topics, a row of a Markdown table or an item of a list for each arXiv paper.

A paper that stands under several topics is a record under each. A row is read from both its ends inwards, so that a
title may hold the signs of Markdown.
"""

import json
import re
from collections.abc import Iterator

import numpy as np
import polars as pl

from assets.parse.formats.api_answers import small, without_brackets
from assets.parse.json_records import first_defect, is_last
from assets.parse.json_resync import resynchronise
from assets.parse.json_scan import Members, find_grandchildren, in_batches
from assets.parse.json_structure import is_unfinished
from assets.parse.reader import Content, Head, Hints, Reader, RefusalError, statements
from assets.parse.selective import change_some
from assets.parse.spans import Offsets, Spans
from assets.parse.texts import decode_spans
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

_STRING = r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*)"'
MEMBER = rf"^{_STRING}\s*:\s*{_STRING}$"
"""An identifier and its row, both JSON strings."""
_LINK = r"\[([^\[\]]*)\]\(([^()\s]*)\)"
TABLE_ROW = rf"(?s)^\|\*\*([^*|]*)\*\*\|\*\*(.*)\*\*\|([^|]*)\|{_LINK}\|([^|]*)\|\s*$"
LIST_ITEM = rf"(?s)^- ?([0-9-]+), \*\*(.*)\*\*, (.*?), Paper: {_LINK}(?:, (.*))?\s*$"
"""Date, title, authors, text and address of the link to the paper, and what else there is."""
CODE = r"(?s)^(?:Code: )?\*\*\[[^\[\]]*\]\(([^()\s]*)\)\*\*$"
NO_CODE = ("null", "")
ET_AL = r"(?i),?\s+et\.?\s?al\.?,?\s*$"
SHAPE = re.compile(rb'\{\s*"(?:[^"\\]|\\.)*+"\s*:\s*\{')
FIRST_ROW = re.compile(rb'"[A-Za-z0-9./-]{5,40}"\s*:\s*"(?:\|\*\*\d{4}-\d\d-\d\d\*\*\|\*\*|- ?\d{4}-\d\d-\d\d, \*\*)')
MARK = re.compile(rb'[{,]\s*("[A-Za-z0-9./-]{5,40}"\s*:\s*"(?:\|\*\*|- ?\d))')
"""Where a member begins behind a damaged one."""


def recognises(head: Head) -> bool:
    """Whether a dump is an object of objects and one of the first rows in it begins as rows do."""
    return SHAPE.match(head.data) is not None and FIRST_ROW.search(head.data) is not None


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all rows, in the order of the dump.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per row, its topic as the category. What is no such row has the defect MALFORMED_RECORD.

    Raises:
        RefusalError: NO_RECORDS, if no topic holds anything.
    """
    members = without_brackets(content, resynchronise(content, find_grandchildren(content), MARK))
    if not len(members.spans):
        raise RefusalError(DumpReason.NO_RECORDS, "The topics hold no papers.")
    topics = _topics(members)
    begin = 0
    for spans in small(in_batches(members.spans)):
        holders = members.holders[begin : begin + len(spans)]
        yield _statements(content, spans, topics.gather(holders + 1), begin)
        begin += len(spans)


def _topics(members: Members) -> pl.Series:
    """Names of what holds the members; that of what stands outside first."""
    return pl.Series([None, *members.names], dtype=pl.String)


def _statements(content: Content, spans: Spans, topics: pl.Series, before: int) -> pl.DataFrame:
    """States a batch of rows; `before` stand before it."""
    texts = decode_spans(content, spans)
    parts = texts.values.str.extract_groups(MEMBER).struct.unnest()
    key, row = (_unescaped(parts.to_series(column)) for column in range(2))
    told = _cells(row)
    is_malformed = told["title"].is_null().to_numpy()
    start, end = int(spans.starts[-1]), int(spans.ends[-1])
    is_truncated = np.zeros(len(spans), dtype=np.bool_)
    is_truncated[-1] = is_malformed[-1] and is_last(content, end) and is_unfinished(content[start:end])
    code = told["rest"].str.strip_chars().str.extract(CODE, 1)
    is_other = told["rest"].is_not_null() & ~told["rest"].str.strip_chars().is_in(NO_CODE) & code.is_null()
    urls = pl.DataFrame({"paper": told["link"], "code": code}).select(pl.concat_list("paper", "code").list.drop_nulls())
    return statements(
        {
            "position": _positions(before, len(spans)),
            "byte_start": spans.starts,
            "byte_end": spans.ends,
            "source_key": key,
            "title_raw": told["title"],
            "authors_raw": told["authors"],
            "authors": told["authors"]
            .str.replace(ET_AL, "")
            .to_frame("name")
            .select(pl.concat_list("name").list.drop_nulls())
            .to_series(),
            "published_raw": told["date"],
            "arxiv_raw": told["link"],
            "categories": topics.to_frame("topic").select(pl.concat_list("topic").list.drop_nulls()).to_series(),
            "urls": urls.to_series(),
            "source_fields": _rest(told["rest"], is_other),
            "defect": first_defect(
                {
                    RejectReason.RECORD_TOO_LARGE: texts.is_cut,
                    RejectReason.INVALID_ENCODING: texts.is_invalid,
                    RejectReason.TRUNCATED_RECORD: is_truncated,
                    RejectReason.MALFORMED_RECORD: is_malformed,
                }
            ),
        }
    )


def _cells(rows: pl.Series) -> pl.DataFrame:
    """Takes rows apart.

    Returns:
        `date`, `title`, `authors`, `label` and `link` of the paper and the `rest`; null throughout for what is none.
    """
    names = ("date", "title", "authors", "label", "link", "rest")
    table, item = (
        rows.str.extract_groups(pattern).struct.rename_fields(list(names)).struct.unnest()
        for pattern in (TABLE_ROW, LIST_ITEM)
    )
    return table.select(pl.coalesce(pl.col(name), item[name]) for name in names)


def _unescaped(strings: pl.Series) -> pl.Series:
    """The insides of JSON strings without their escapes."""
    return change_some(strings, strings.str.contains("\\", literal=True), _decoded)


def _decoded(strings: pl.Series) -> pl.Series:
    if not strings.str.contains(r"\\u[dD][89a-fA-F]").any():
        return ('"' + strings + '"').str.json_decode(pl.String)
    # Half of a pair of surrogates is no character, and Polars takes it for another one.
    told = (json.loads(f'"{text}"').encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in strings)
    return pl.Series(list(told), dtype=pl.String)


def _rest(rest: pl.Series, is_other: pl.Series) -> pl.Series:
    """What stands at the end of a row and is no link to code."""
    told = pl.Series(["{}"], dtype=pl.String).new_from_index(0, len(rest))
    rows = is_other.arg_true()
    if not len(rows):
        return told
    return told.scatter(rows, [json.dumps({"rest": text.strip()}, ensure_ascii=False) for text in rest.gather(rows)])


def _positions(before: int, count: int) -> Offsets:
    return np.arange(before + 1, before + 1 + count)


READER = Reader(
    Format.PAPER_TABLES,
    version=1,
    recognises=recognises,
    read=read,
    detection="A JSON object of objects, in which a Markdown table row or list item with a date stands under an "
    "arXiv identifier.",
    delivers=(
        "source_key",
        "title_raw",
        "authors_raw",
        "authors",
        "published_on",
        "published_precision",
        "arxiv_id",
        "arxiv_version",
        "categories",
        "urls",
    ),
    definition="cv-arxiv-daily and its forks: https://github.com/Vincentqyw/cv-arxiv-daily",
)
