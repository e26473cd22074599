"""One paper with the papers that cite it: each is a record with its own place."""

import json
from typing import Any

import polars as pl
import pytest

from assets.parse import texts
from assets.parse.formats import semantic_scholar_single
from assets.parse.formats.semantic_scholar import READER
from schemas.vocabulary import RejectReason
from tests.assets.parse.readings import is_recognised, read
from tests.papers import paper
from tests.writers.semantic_scholar import record


def answer(citations: int = 2, **fields: Any) -> bytes:
    nested = {
        "citations": [record(paper(number)) for number in range(1, citations + 1)],
        "references": [record(paper(9))],
    }
    return json.dumps(record(paper(0)) | nested | fields).encode()


def rows(content: bytes) -> list[tuple[Any, ...]]:
    return read(READER, content).select("position", "source_key", "defect").rows()


def test_each_is_a_record() -> None:
    content = answer()
    frame = read(READER, content)
    assert frame.select("position", "source_key").rows() == [(1, "1"), (2, "2"), (3, "3"), (4, "10")]
    fragments = [json.loads(content[start:end]) for start, end in frame.select("byte_start", "byte_end").rows()]
    assert fragments == [json.loads(content), record(paper(1)), record(paper(2)), record(paper(9))]
    assert frame["defect"].null_count() == 4
    assert not {"citations", "references"} & json.loads(frame["source_fields"][0]).keys()


def test_answer_larger_than_any_record(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (texts, semantic_scholar_single):
        monkeypatch.setattr(module, "LARGEST_TEXT", 5000)
        monkeypatch.setattr(texts, "KEPT_BYTES", 500)
    content = answer(300)
    assert is_recognised(READER, content)
    assert read(READER, content)["defect"].null_count() == 302
    huge = answer(1, tldr="word " * 2000)
    assert rows(huge) == [(1, None, RejectReason.RECORD_TOO_LARGE)]


def test_lists_that_hold_nothing() -> None:
    assert rows(answer(0, references=None)) == [(1, "1", None)]


def test_truncated_answer() -> None:
    assert rows(answer()[:-30]) == [(1, None, RejectReason.TRUNCATED_RECORD)]


def test_damaged_citation() -> None:
    content = answer().replace(b'"corpusId": 3', b'"corpusId": NaN')
    assert [row[2] for row in rows(content)] == [None, None, RejectReason.MALFORMED_RECORD, None]


def test_bytes_that_are_no_text() -> None:
    content = answer().replace(b'Part 1"', b'Part \xff"')
    assert isinstance(read(READER, content), pl.DataFrame)
    assert rows(content)[0][2] == RejectReason.INVALID_ENCODING
