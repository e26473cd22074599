"""Daily-papers JSON: its shapes over the years, what is left out, and damaged entries among sound ones."""

import json
from typing import Any

import pytest

from assets.parse.formats.daily_papers_json import READER
from assets.parse.reader import RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse.readings import check_only_own, check_round_trip, check_spans, is_recognised, read, read_one
from tests.papers import paper, papers
from tests.writers import daily_papers_json as writer


def entry(number: int = 0, **paper_fields: Any) -> dict[str, Any]:
    told = writer.entry(paper(number))
    return told | {"paper": told["paper"] | paper_fields}


def array(*entries: Any) -> bytes:
    return json.dumps(entries).encode()


def test_round_trip() -> None:
    frame = check_round_trip(READER, writer)
    content = writer.write(papers(60))
    check_spans(content, frame, [writer.entry(one) for one in papers(60)])


def test_other_formats_are_not_recognised() -> None:
    check_only_own(READER, writer)


def test_the_rest_is_kept_without_accounts() -> None:
    frame = read(READER, writer.write(papers(3)))
    assert [json.loads(text) for text in frame["source_fields"]] == [writer.kept(one) for one in papers(3)]
    assert not [part for part in writer.PERSONAL for text in frame["source_fields"] if part in text]


def test_printed_entries_in_a_wrapper() -> None:
    content = writer.write_printed(papers(20))
    assert is_recognised(READER, content)
    frame = read(READER, content)
    told = writer.expected(papers(20))
    assert frame.select(told[0].keys()).to_dicts() == told
    assert frame["page_date_raw"].unique().to_list() == ["2024-06-03"]
    assert [json.loads(text) for text in frame["source_fields"]] == [writer.kept(one) for one in papers(20)]
    assert [content[start:end][:2] for start, end in frame.select("byte_start", "byte_end").rows()] == [b'"{'] * 20


def test_array_of_printed_entries() -> None:
    content = json.dumps([repr(entry(1)), entry(2), json.dumps(entry(3))]).encode()
    assert is_recognised(READER, content)
    assert read(READER, content)["source_key"].to_list() == [paper(number).arxiv_id for number in (1, 2, 3)]


def test_one_entry_a_line() -> None:
    content = b"\n".join(json.dumps(entry(number)).encode() for number in range(3))
    assert is_recognised(READER, content)
    assert len(read(READER, content)) == 3


@pytest.mark.parametrize(
    ("stated", "arxiv"),
    [("2001.00001", "2001.00001"), ("hep-th/9901001", "hep-th/9901001"), ("a-post-about-gulls", None)],
)
def test_identifiers(stated: str, arxiv: str | None) -> None:
    row = read_one(READER, array(entry(id=stated)))
    assert (row["source_key"], row["arxiv_raw"]) == (stated, arxiv)


def test_title_that_differs_is_kept() -> None:
    told = entry(title="Gulls,\n  Again")
    told["title"] = "Gulls, Again"
    row = read_one(READER, array(told))
    assert row["title_raw"] == "Gulls,\n  Again"
    assert row["source_fields"]["title"] == "Gulls, Again"


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (b'{"paper": {"id": "x", "title": }}', RejectReason.MALFORMED_RECORD),
        (b'{"paper": {"id": NaN}}', RejectReason.MALFORMED_RECORD),
        (b"\"{'paper': {'id': open('x')}}\"", RejectReason.MALFORMED_RECORD),
        (b"\"{'paper': 'no end\"", RejectReason.MALFORMED_RECORD),
        (b'"' + b"[" * 5000 + b'"', RejectReason.MALFORMED_RECORD),
        (b'"\\ud800"', RejectReason.MALFORMED_RECORD),
        (b"7", RejectReason.MALFORMED_RECORD),
        (b"null", RejectReason.MALFORMED_RECORD),
        (b'{"paper": {"id": "a", "title": "b"}, "paper": {"id": "c", "title": "d"}}', RejectReason.DUPLICATE_KEYS),
        (b'{"paper": {"id": "a", "title": "b", "id": "c"}}', RejectReason.DUPLICATE_KEYS),
        (b'{"paper": {"id": "a", "title": "\xff"}}', RejectReason.INVALID_ENCODING),
        (b'{"post": {"id": "a"}}', RejectReason.NOT_A_WORK),
        (b'{"paper": {"id": "a", "title": "b", "x": ' + b"[" * 200 + b"]" * 200 + b"}}", RejectReason.MALFORMED_RECORD),
    ],
)
def test_damaged_entry_takes_none_with_it(damaged: bytes, reason: str) -> None:
    sound = json.dumps(entry()).encode()
    frame = read(READER, b"[" + b", ".join([sound, damaged, sound]) + b"]")
    assert frame["defect"].to_list() == [None, reason, None]
    assert frame["title_raw"].to_list()[::2] == [paper(0).title] * 2


def test_truncated_entry() -> None:
    content = array(entry(1), entry(2))
    frame = read(READER, content[:-200])
    assert frame["defect"].to_list() == [None, RejectReason.TRUNCATED_RECORD]


@pytest.mark.parametrize("content", [b'{"data": [], "date": "2024-06-03"}', b"[]"])
def test_no_entries(content: bytes) -> None:
    with pytest.raises(RefusalError) as refused:
        read(READER, content)
    assert refused.value.reason is DumpReason.NO_RECORDS
