"""MEDLINE, Web of Science and Refer: what they share is tested with RIS, here is what is their own."""

import json
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from assets.parse.formats import medline, refer, web_of_science
from assets.parse.reader import NO_HINTS, STATEMENT_SCHEMA, Head, Reader
from schemas.vocabulary import RejectReason
from tests.papers import papers
from tests.writers import bibtex as bibtex_writer
from tests.writers import medline as medline_writer
from tests.writers import refer as refer_writer
from tests.writers import ris as ris_writer
from tests.writers import web_of_science as web_of_science_writer

PAIRS = [
    pytest.param(medline.READER, medline_writer, id="medline"),
    pytest.param(web_of_science.READER, web_of_science_writer, id="web_of_science"),
    pytest.param(refer.READER, refer_writer, id="refer"),
]
WRITERS = (bibtex_writer, medline_writer, refer_writer, ris_writer, web_of_science_writer)


def rows_of(reader: Reader, content: str) -> list[dict[str, Any]]:
    rows = pl.concat(reader.read(content.encode(), NO_HINTS)).to_dicts()
    return [row | {"source_fields": json.loads(row["source_fields"])} for row in rows]


@pytest.mark.parametrize(("reader", "writer"), PAIRS)
def test_what_is_written_is_read(reader: Reader, writer: Any) -> None:
    written = list(papers(150))
    content, expected = writer.write(written), writer.expected(written)
    for ends in (b"\n", b"\r\n", b"\r"):
        frame = pl.concat(reader.read(content.replace(b"\n", ends), NO_HINTS))
        assert frame.schema == STATEMENT_SCHEMA
        assert frame.select(expected[0].keys()).to_dicts() == expected


@pytest.mark.parametrize(("reader", "writer"), PAIRS)
def test_only_its_own_format_is_recognised(reader: Reader, writer: ModuleType) -> None:
    for other in WRITERS:
        head = Head(other.write(papers(30)).removeprefix(b"\xef\xbb\xbf"), is_whole=True)
        assert reader.recognises(head) == (other is writer)
    for text in (b"", b"PT ", b"%0", b"PMID- 1", b"FN VR PT", b"% 0 of 3\n%T x", b"\xff" * 100):
        assert not reader.recognises(Head(text, is_whole=True))


@pytest.mark.parametrize(("reader", "writer"), PAIRS)
def test_spans_are_those_of_the_records(reader: Reader, writer: Any) -> None:
    content = writer.write(papers(5))
    frame = pl.concat(reader.read(content, NO_HINTS))
    for start, end in frame.select("byte_start", "byte_end").rows():
        (row,) = pl.concat(reader.read(content[start:end], NO_HINTS)).to_dicts()
        assert row["title_raw"] in frame["title_raw"]


def test_medline_identifiers_and_names() -> None:
    rows = rows_of(
        medline.READER,
        "PMID- 1\nTI  - One\n      more\nAU  - Lee A\nCN  - Gull Group\nAID - S1 [pii]\nAID - 10.1000/x [doi]\n\n"
        "PMID- 2\nTI  - Two\nTI  - Three\nMH  - Gulls/*physiology\nOT  - tides\n\nTI  - Lost\n",
    )
    assert rows[0]["title_raw"] == "One more"
    assert rows[0]["authors"] == ["Lee A", "Gull Group"]
    assert (rows[0]["doi_raw"], rows[0]["source_fields"]) == ("10.1000/x", {"AID": "S1 [pii]"})
    assert rows[1]["categories"] == ["Gulls/*physiology", "tides"]
    assert [row["defect"] for row in rows] == [None, RejectReason.DUPLICATE_KEYS, RejectReason.MALFORMED_RECORD]


def test_web_of_science_dates_pages_and_addresses() -> None:
    rows = rows_of(
        web_of_science.READER,
        "FN Q\nVR 1.0\nPT J\nAU Lee, A; Kim, B\nTI One\n   more\nPD 2006 May-Jun\nPY 2006\nPS 4-7\nEM a@quay.example\n"
        "CR LEE, 1999\n   KIM, 2000\nER\n\nPT J\nTI Two\nPD MAY 4\nPY 2006\nAR 0123\n",
    )
    assert rows[0]["authors"] == ["Lee, A", "Kim, B"]
    assert (rows[0]["title_raw"], rows[0]["published_raw"], rows[0]["pages"]) == ("One more", "2006", "4-7")
    assert rows[0]["source_fields"] == {"PD": "2006 May-Jun", "CR": "LEE, 1999\nKIM, 2000"}
    assert (rows[1]["published_raw"], rows[1]["pages"]) == ("MAY 4 2006", "0123")
    assert [row["defect"] for row in rows] == [None, RejectReason.TRUNCATED_RECORD]


def test_refer_books_and_files() -> None:
    rows = rows_of(
        refer.READER,
        "%0 Book Section\n%T One\n%B A Book\n%E Kim, Bo\n%8 1999/05/04\n%D 1999\n%> file:///Users/a\n%R 10.1000/x\n"
        "%0 Book\n%T Two\n%T Three\n",
    )
    assert (rows[0]["venue"], rows[0]["published_raw"], rows[0]["doi_raw"]) == ("A Book", "1999/05/04", "10.1000/x")
    assert rows[0]["source_fields"] == {"%E": "Kim, Bo"}
    assert [row["defect"] for row in rows] == [None, RejectReason.DUPLICATE_KEYS]
