import csv
import io
from collections.abc import Iterator
from itertools import chain
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.parse.formats import delimited_scan
from assets.parse.formats.delimited_table import MISSING, READER, recognises_columns
from assets.parse.reader import NO_HINTS, STATEMENT_SCHEMA, Head, Hints, RefusalError
from schemas.vocabulary import DumpReason
from tests.papers import papers
from tests.writers import acl_anthology, arxiv_atom, delimited_table, endnote_xml, weekly_text


def read(content: bytes, hints: Hints = NO_HINTS) -> pl.DataFrame:
    return pl.concat(READER.read(content, hints))


def titles(content: bytes) -> list[tuple[str | None, str | None]]:
    return read(content).select("title_raw", "defect").rows()


def is_recognised(content: bytes) -> bool:
    return READER.recognises(Head(content[: 256 << 10].lstrip(), is_whole=len(content) <= 256 << 10))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_is_written_is_read(delimiter: str, line_end: str) -> None:
    given_papers = list(papers(300))
    content = delimited_table.write(given_papers, delimiter=delimiter, line_end=line_end)
    frame = read(content)
    assert frame.schema == STATEMENT_SCHEMA
    assert frame["defect"].null_count() == 300
    expected = delimited_table.expected(given_papers)
    assert frame.select(expected[0].keys()).to_dicts() == expected


@pytest.mark.parametrize("window", [4000, 10_000, 1 << 20])
def test_windows_do_not_show(window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    content = delimited_table.write(papers(60))
    whole = read(content)
    monkeypatch.setattr(delimited_scan, "WINDOW", window)
    assert read(content).equals(whole)


@pytest.mark.parametrize("window", [4000, 10_000, 1 << 20])
def test_damage_stays_where_it_is(window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited_scan, "WINDOW", window)
    content = delimited_table.write(papers(60))
    for number in (0, 7, 30, 59):
        content = content.replace(b'"=SUM(A1:A%d)' % number, b'"x"=SUM(A1:A%d)' % number)
    frame = read(content)
    assert frame.height == 60
    assert frame.with_row_index().drop_nulls("defect")["index"].to_list() == [0, 7, 30, 59]


def test_every_record_is_found_again_by_its_bytes() -> None:
    content = b'title,abstract\r\nOne,a\r\n\r\n"Two\nLines",b\r\nThree\r\nFour,d'
    frame = read(content)
    found = [content[start:end] for start, end in frame.select("byte_start", "byte_end").iter_rows()]
    assert found == [b"One,a", b'"Two\nLines",b', b"Three", b"Four,d"]
    assert frame["position"].to_list() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(b"One,a\n", [("One", None)], id="plain"),
        pytest.param(b"One,a", [("One", None)], id="no line end"),
        pytest.param(b'"One, ""1""\n",a\n', [('One, "1"\n', None)], id="quoted"),
        pytest.param(b'"",a\n', [(None, None)], id="empty quoted"),
        pytest.param(b'"NA",a\nNA,b\nNULL,c\n', [("NA", None), (None, None), (None, None)], id="missing marks"),
        pytest.param(b",\n\n\n,\n", [(None, None), (None, None)], id="empty values are a record, blank lines none"),
        pytest.param(b"One,a,,\nTwo,b\n", [("One", None), ("Two", None)], id="empty values beyond the header"),
        pytest.param(b"One,a,b\nTwo,b\n", [(None, "malformed_record"), ("Two", None)], id="too many"),
        pytest.param(b"One\nTwo,b\n", [(None, "malformed_record"), ("Two", None)], id="too few"),
        pytest.param(b"One,a\nTwo", [("One", None), (None, "truncated_record")], id="cut off"),
        pytest.param(b'One,a\nTwo,"b and\nmore', [("One", None), (None, "truncated_record")], id="cut off in quotes"),
        pytest.param(b'On"e,a\nTwo,b""b\n', [('On"e', None), ("Two", None)], id="marks within a value"),
        pytest.param(
            b'"One,a\nTwo,b\nThree,c\n', [(None, "malformed_record"), ("Two", None), ("Three", None)], id="never closed"
        ),
        pytest.param(
            b'"One,a\n"Two",b\nThree,c\n',
            [(None, "malformed_record"), ("Two", None), ("Three", None)],
            id="closed by the next",
        ),
        pytest.param(
            b'One,"a" b\nTwo,"b"\nThree,c\n',
            [(None, "malformed_record"), ("Two", None), ("Three", None)],
            id="closed too early",
        ),
        pytest.param(b"On\xe9,a\nTwo,b\n", [("On\ufffd", "invalid_encoding"), ("Two", None)], id="not UTF-8"),
        pytest.param(b"=HYPERLINK(1),a\n+1-2,b\n", [("=HYPERLINK(1)", None), ("+1-2", None)], id="formulas are text"),
        pytest.param(b"\x00\x1b,a\n\xe2\x80\xaeOne,b\n", [("\x00\x1b", None), ("\u202eOne", None)], id="controls"),
    ],
)
def test_one_bad_line_costs_one_record(rows: bytes, expected: list[tuple[str | None, str | None]]) -> None:
    assert titles(b"title,abstract\n" + rows) == expected


def test_between_tabs_a_quotation_mark_may_be_one() -> None:
    content = b'title\tabstract\n"Gulls" at Sea\ta\n"Quoted\tTab"\tb\n"Open\tc\nFour\td\n'
    assert [title for title, _ in titles(content)] == ['"Gulls" at Sea', "Quoted\tTab", '"Open', "Four"]


@pytest.mark.parametrize(
    "header",
    [
        b"title,abstract",
        b'\xef\xbb\xbf"Title","Author"',
        b"sep=,\nTitle,Author",
        b" Article Title ,DOI",
        b",title,journal",
        b"id,primary_title,publication_year,url",
        b"abstract,authors,keywords,year",
    ],
)
def test_tables_of_papers_are_recognised(header: bytes) -> None:
    width = header.count(b",") + 1 - header.count(b"sep=")
    content = header + b"\n" + b",".join([b"x"] * width) + b"\n"
    assert is_recognised(content)
    assert read(content).height == 1


@pytest.mark.parametrize(
    "content",
    [
        b"id1,id2\na,b\n",
        b"record_id,cluster_id\na,b\n",
        b"title,year\nA Film,1999\n",
        b"name,price\nx,1\n",
        b"A title, and an abstract, of which much is said\n\nmore\n",
        b'{"title": "x", "abstract": "y"}\n',
        b"title\nOne\n",
        b"@article{a, title = {One}, author = {Ann}}",
        b'"title,abstract\n',
        b"GET https://a.example/papers?fields=title,authors,year\nok\n",
        b"We need a title, abstract\nand more\nof it\n",
        b"title,authors\n" + b"and nothing like it\n" * 60,
        b"\x00\xff" * 100,
        b"," * 5000,
        b"",
        *(writer.write(papers(5)) for writer in (acl_anthology, arxiv_atom, endnote_xml, weekly_text)),
    ],
    ids=lambda content: repr(content[:20]),
)
def test_other_texts_are_not(content: bytes) -> None:
    assert not is_recognised(content)


def test_the_manifest_names_columns() -> None:
    content = b"name of work;who;when;title\nGulls;Ann Lee/Bo Anker;1999;Dr\n"
    hints = Hints({"title": "Name of Work", "authors": "who", "published": "when"}, separator="/")
    head = Head(content, is_whole=True)
    assert not READER.recognises(head)
    assert recognises_columns(head, hints)
    assert not recognises_columns(head, Hints({"title": "work"}))
    shown = read(content, hints).row(0, named=True)
    assert (shown["title_raw"], shown["authors"], shown["published_raw"]) == ("Gulls", ["Ann Lee", "Bo Anker"], "1999")
    assert shown["source_fields"] == '{"title":"Dr"}'


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"title,abstract\n", DumpReason.NO_RECORDS), (b"a,b\n1,2\n", DumpReason.MALFORMED_SYNTAX)],
)
def test_a_table_without_records_or_names_is_refused(content: bytes, reason: DumpReason) -> None:
    with pytest.raises(RefusalError) as refusal:
        read(content)
    assert refusal.value.reason is reason


_VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12) | st.sampled_from(
    ['"', '""', 'a"b', '"a"', ",", "\n", "\r\n", "a,b", "a\nb", " "]
)
_TABLES = st.lists(st.tuples(_VALUES, _VALUES, _VALUES), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(_TABLES, st.sampled_from(",;\t|"), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_whatever_a_writer_of_csv_writes_is_read(rows: list[tuple[str, ...]], delimiter: str, quoting: Any) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    writer.writerows([("title", "abstract", "other"), *rows])
    missing = set() if quoting is csv.QUOTE_ALL else set(MISSING)
    marked = [tuple(value if value and value not in missing else None for value in row) for row in rows]
    content = text.getvalue().encode()
    found = read(content)
    if any("\r" in value and quoting is csv.QUOTE_MINIMAL for value in chain.from_iterable(rows)):
        return  # a CR alone ends no line here
    assert found["defect"].null_count() == len(rows)
    assert found.select("title_raw", "abstract_raw").rows() == [row[:2] for row in marked]


@settings(max_examples=150, deadline=None)
@given(st.text('ab,\n\r"', max_size=120), st.sampled_from([16, 64, 4096]))
def test_nothing_is_lost_of_any_bytes(text: str, window: int) -> None:
    content = f"title,abstract\n{text}".encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited_scan, "WINDOW", window)
        spans = list(_spans(content))
    kept, at = bytearray(), len(b"title,abstract\n")
    for start, end in spans:
        assert start >= at
        kept += content[at:start]
        at = end
    assert not (kept + content[at:]).strip(b"\r\n")


def _spans(content: bytes) -> Iterator[tuple[int, int]]:
    try:
        yield from read(content).select("byte_start", "byte_end").iter_rows()
    except RefusalError:
        return


BIG = 3 << 20


@pytest.mark.parametrize(
    ("content", "defects"),
    [
        pytest.param(b"One,a\n" + b"x" * BIG + b",b\nTwo,b\n", [None, "record_too_large", None], id="huge value"),
        pytest.param(b'One,a\n"' + b"x\n" * BIG + b'",b\nTwo,b\n', [None, "record_too_large", None], id="huge quoted"),
        pytest.param(b"One,a\n" + b"," * BIG * 2 + b"\nTwo,b\n", [None, "record_too_large", None], id="huge row"),
    ],
)
def test_a_huge_record_costs_itself_alone(content: bytes, defects: list[str | None]) -> None:
    assert read(b"title,abstract\n" + content)["defect"].to_list() == defects


@pytest.mark.parametrize(
    "line",
    [
        b'"\n',
        b'a,"\n',
        b'","\n',
        b'a,"b"\n',
        b'"a"b,c\n',
        b'""\n',
        b'"""\n',
        b"\n",
        b",\n",
        b'a,"b",","\n',
        b'"a,b\n\n',
    ],
    ids=repr,
)
@pytest.mark.parametrize("lead", [b"", b'"', b'x,"'], ids=["alone", "after a mark", "after an open value"])
def test_no_arrangement_of_marks_is_slow(line: bytes, lead: bytes) -> None:
    content = b"title,abstract\n" + lead + line * 30_000
    assert all(end <= len(content) for _, end in _spans(content))
