"""What tests of readers share: reading a dump whole, and the promises that every reader keeps."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import polars as pl

from assets.parse.reader import NO_HINTS, STATEMENT_SCHEMA, Head, Reader
from tests.papers import Paper, papers
from tests.writers import (
    acl_anthology,
    arxiv_atom,
    arxiv_document,
    bibtex,
    crossref,
    daily_papers_json,
    openalex,
    paper_tables,
    ris,
    semantic_scholar,
    weekly_text,
)

HOSTILE = (
    b"",
    b"{",
    b"[",
    b'"',
    b"null",
    b"[[[[" * 30_000,
    b'{"paper":' * 20_000,
    b'[{"paper": NaN}]',
    b'{"id": ' + b"9" * 10_000 + b"}",
    b"[" + b'"a",' * 1000 + b'"b"]',
    b"\xff\xfe\x00" * 100,
    b'{"results": 7, "meta": [], "message": {}, "data": "x", "paper_id": {}, "DOI": 5, "paperId": []}',
    b'[{"paper": {"id": {}, "authors": 5, "title": [], "upvotes": "x"}}, 7, null, "x"]',
    b"Title: \x00\nPDF:",
)
"""Beginnings that nobody would write, and what no reader may trip over."""


class Writer(Protocol):
    """A module of `tests.writers`."""

    def write(self, papers: Iterable[Paper], /) -> bytes: ...

    def expected(self, papers: Iterable[Paper], /) -> list[dict[str, Any]]: ...


WRITERS = (
    acl_anthology,
    arxiv_atom,
    arxiv_document,
    bibtex,
    crossref,
    daily_papers_json,
    openalex,
    paper_tables,
    ris,
    semantic_scholar,
    weekly_text,
)


def read(reader: Reader, content: bytes) -> pl.DataFrame:
    """All statements of a dump."""
    return pl.concat(reader.read(content, NO_HINTS))


def read_one(reader: Reader, content: bytes) -> dict[str, Any]:
    """The only statement of a dump, its other fields decoded."""
    (row,) = read(reader, content).to_dicts()
    return row | {"source_fields": json.loads(row["source_fields"])}


def is_recognised(reader: Reader, content: bytes) -> bool:
    """Whether a reader takes a dump for its own."""
    return reader.recognises(Head(content[: 256 << 10], is_whole=len(content) <= 256 << 10))


def check_round_trip(reader: Reader, writer: Writer, count: int = 60) -> pl.DataFrame:
    """What a writer wrote is recognised, and read as it should be."""
    written = list(papers(count))
    content, told = writer.write(written), writer.expected(written)
    assert is_recognised(reader, content)
    frame = read(reader, content)
    assert frame.schema == STATEMENT_SCHEMA
    assert frame.select(told[0].keys()).to_dicts() == told
    assert frame["defect"].null_count() == count
    return frame


def check_only_own(reader: Reader, own: Writer) -> None:
    """What other writers wrote is not recognised, nor is anything odd."""
    others = [one.write(papers(5)) for one in WRITERS if one is not own]
    assert [content[:50] for content in (*others, *HOSTILE) if is_recognised(reader, content)] == []


def check_spans(content: bytes, frame: pl.DataFrame, records: Sequence[Any]) -> None:
    """The places of the statements hold the records, as JSON."""
    spans = frame.select("byte_start", "byte_end").rows()
    assert [json.loads(content[start:end]) for start, end in spans] == list(records)
