"""Paper tables: rows and items, the signs of Markdown in titles, and damaged rows among sound ones."""

import json
from typing import Any

import pytest

from assets.parse.formats.paper_tables import READER
from assets.parse.reader import RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse.readings import check_only_own, check_round_trip, is_recognised, read, read_one
from tests.papers import papers
from tests.writers import paper_tables as writer

LINK = "http://arxiv.org/abs/2001.00001v2"


def table(*rows: Any, topic: str = "Gulls") -> bytes:
    return json.dumps({topic: {f"2001.{place:05}": row for place, row in enumerate(rows, start=1)}}).encode()


def row(title: str = "Counting Gulls", code: str = "null", authors: str = "Ada Anker et.al.") -> str:
    return f"|**2020-01-02**|**{title}**|{authors}|[2001.00001v2]({LINK})|{code}|\n"


def item(title: str = "Counting Gulls", code: str = "", authors: str = "Ada Anker et.al.") -> str:
    return f"- 2020-01-02, **{title}**, {authors}, Paper: [{LINK}]({LINK}){code}\n"


def test_round_trip() -> None:
    frame = check_round_trip(READER, writer, 2500)
    content = writer.write(papers(2500))
    for start, end, key in frame.select("byte_start", "byte_end", "source_key").rows():
        assert list(json.loads(b"{" + content[start:end] + b"}")) == [key]


def test_other_formats_are_not_recognised() -> None:
    check_only_own(READER, writer)


@pytest.mark.parametrize(
    "title",
    [
        "Tides | Ropes: (Zero|Few) Bells",
        "The **Bold** Gull",
        "A [Bell](https://bell.example/) of [De|Re]construction",
        "$\\left|\\,x\\,\\right|$ and a\\*b",
        "Gulls **, Ada, Paper: [x](y)",
        'A "Gull"\\ and\nTwo Lines',
        "Ångström 😀",
        "",
    ],
)
@pytest.mark.parametrize("make", [row, item])
def test_titles(make: Any, title: str) -> None:
    told = read_one(READER, table(make(title, "**[link](https://code.example/)**" if make is row else "")))
    assert (told["title_raw"], told["authors"], told["defect"]) == (title, ["Ada Anker"], None)
    assert told["urls"][0] == LINK


@pytest.mark.parametrize(
    ("stated", "urls", "rest"),
    [
        (row(code="null"), [LINK], {}),
        (row(code="**[link](https://code.example/x)**"), [LINK, "https://code.example/x"], {}),
        (row(code="soon"), [LINK], {"rest": "soon"}),
        (item(code=", Code: **[c](https://code.example/x)**"), [LINK, "https://code.example/x"], {}),
        (item(code=", Code: soon"), [LINK], {"rest": "Code: soon"}),
    ],
)
def test_what_else_a_row_holds(stated: str, urls: list[str], rest: dict[str, str]) -> None:
    told = read_one(READER, table(stated))
    assert (told["urls"], told["source_fields"]) == (urls, rest)


@pytest.mark.parametrize(
    ("authors", "names"),
    [("Ada Anker et.al.", ["Ada Anker"]), ("Ada Anker et al.", ["Ada Anker"]), ("Ada Anker", ["Ada Anker"])],
)
def test_authors(authors: str, names: list[str]) -> None:
    told = read_one(READER, table(row(authors=authors)))
    assert (told["authors_raw"], told["authors"]) == (authors, names)


def test_topics_and_papers_that_stand_under_several() -> None:
    content = json.dumps({"None": {}, "Tides": {"2001.00001": row()}, "Ropes": {"2001.00001": row()}}).encode()
    assert is_recognised(READER, content)
    assert read(READER, content).select("position", "categories", "source_key").rows() == [
        (1, ["Tides"], "2001.00001"),
        (2, ["Ropes"], "2001.00001"),
    ]


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (b'"2001.00009": "a note"', RejectReason.MALFORMED_RECORD),
        (b'"2001.00009": 7', RejectReason.MALFORMED_RECORD),
        (b'"2001.00009": {"a": "b"}', RejectReason.MALFORMED_RECORD),
        (b'"2001.00009": "|**2020-01-02**|**A title|', RejectReason.MALFORMED_RECORD),
        (b'"2001.00009": "\\x"', RejectReason.MALFORMED_RECORD),
        (b'"2001.00009": "|**2020-01-02**|**\xff**|A|[b](http://c)|null|"', RejectReason.INVALID_ENCODING),
    ],
)
def test_damaged_row_takes_none_with_it(damaged: bytes, reason: str) -> None:
    members = [f'"2001.0000{place}": {json.dumps(row())}'.encode() for place in (1, 2)]
    frame = read(READER, b'{"Gulls": {' + b", ".join([members[0], damaged, members[1]]) + b"}}")
    assert frame["defect"].to_list() == [None, reason, None]
    assert frame["source_key"].to_list()[::2] == ["2001.00001", "2001.00002"]


def test_half_a_pair_of_surrogates() -> None:
    content = table(row("GULL")).replace(b"GULL", b"\\ud800 \\ud83d\\ude00")
    assert read_one(READER, content)["title_raw"] == "\ufffd 😀"


def test_truncated_row() -> None:
    frame = read(READER, table(row(), row(), row())[:-40])
    assert frame["defect"].to_list() == [None, None, RejectReason.TRUNCATED_RECORD]


@pytest.mark.parametrize("content", [b"{}", b'{"Gulls": {}, "Tides": {}}'])
def test_no_rows(content: bytes) -> None:
    assert not is_recognised(READER, content)
    with pytest.raises(RefusalError) as refused:
        read(READER, content)
    assert refused.value.reason is DumpReason.NO_RECORDS
