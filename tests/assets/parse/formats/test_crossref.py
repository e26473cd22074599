"""Crossref: works in every wrapper, and answers about something else."""

import json
from typing import Any

import pytest

from assets.parse.formats.crossref import READER
from assets.parse.reader import RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse.readings import check_only_own, check_round_trip, check_spans, is_recognised, read, read_one
from tests.papers import paper, papers
from tests.writers import crossref as writer


def work(number: int = 1, **fields: Any) -> dict[str, Any]:
    return writer.work(paper(number)) | fields


def answer(kind: str, message: Any, status: str = "ok") -> bytes:
    return json.dumps({"status": status, "message-type": kind, "message-version": "1", "message": message}).encode()


def test_round_trip() -> None:
    frame = check_round_trip(READER, writer)
    check_spans(writer.write(papers(60)), frame, [writer.work(one) for one in papers(60)])


def test_other_formats_are_not_recognised() -> None:
    check_only_own(READER, writer)


@pytest.mark.parametrize(
    "content",
    [
        answer("work", work()),
        json.dumps({"message": work(), "message-type": "work", "status": "ok"}, indent=1).encode(),
        answer("work-list", {"total-results": 1, "items": [work()]}),
        json.dumps(work()).encode(),
        json.dumps([work()]).encode(),
        json.dumps({"items": [work()]}).encode(),
    ],
    ids=["one", "one, other order", "list", "bare", "array", "items"],
)
def test_wrappers(content: bytes) -> None:
    assert is_recognised(READER, content)
    told = writer.expected([paper(1)])[0]
    row = read_one(READER, content)
    assert {column: row[column] for column in told} == told
    assert json.loads(content[row["byte_start"] : row["byte_end"]]) == work()


def test_one_work_a_line() -> None:
    content = b"\n".join(json.dumps(work(number)).encode() for number in range(3))
    assert is_recognised(READER, content)
    assert read(READER, content)["doi_raw"].to_list() == [paper(number).doi for number in range(3)]


def test_the_rest_is_kept() -> None:
    fields = read_one(READER, answer("work", work()))["source_fields"]
    stated = {"DOI", "type", "title", "container-title", "volume", "issue", "page", "subject", "URL"}
    assert fields.keys() == work().keys() - stated
    assert all(fields[key] == work()[key] for key in fields)


@pytest.mark.parametrize(
    ("title", "stated", "kept"),
    [
        (["Gulls"], "Gulls", None),
        (["The <i>Gull</i>"], "The Gull", ["The <i>Gull</i>"]),
        (["R&amp;D"], "R&D", ["R&amp;D"]),
        (["Gulls", "Möwen"], "Gulls", ["Gulls", "Möwen"]),
        ([], None, []),
    ],
)
def test_titles(title: list[str], stated: str | None, kept: list[str] | None) -> None:
    row = read_one(READER, answer("work", work(title=title)))
    assert row["title_raw"] == stated
    assert row["source_fields"].get("title") == kept


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"issued": {"date-parts": [[2020, 3, 4]]}}, "2020-03-04"),
        ({"issued": {"date-parts": [[2020, 11]]}}, "2020-11"),
        ({"issued": {"date-parts": [[2020]]}}, "2020"),
        ({"issued": {"date-parts": [["2020", "3"]]}}, "2020-03"),
        ({"issued": {"date-parts": [[None]]}, "published-online": {"date-parts": [[2019, 1, 2]]}}, "2019-01-02"),
        ({"issued": {"date-parts": [[]]}}, None),
        ({"issued": None}, None),
    ],
)
def test_dates(fields: dict[str, Any], date: str | None) -> None:
    assert read_one(READER, answer("work", work(**fields)))["published_raw"] == date


def test_names() -> None:
    authors = [{"given": "Ada", "family": "Anker", "suffix": "III"}, {"name": "Harbour Office"}, {"family": "Ek"}, {}]
    row = read_one(READER, answer("work", work(author=authors)))
    assert row["authors"] == ["Ada Anker III", "Harbour Office", "Ek"]
    assert row["source_fields"]["author"] == authors


@pytest.mark.parametrize("kind", ["journal", "journal-issue", "component", "book-series", "grant"])
def test_what_is_no_work(kind: str) -> None:
    frame = read(READER, answer("work-list", {"items": [work(), work(type=kind)]}))
    assert frame["defect"].to_list() == [None, RejectReason.NOT_A_WORK]


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (b"Resource not found.", DumpReason.ERROR_ANSWER, "not found"),
        (answer("validation-failure", [{"type": "no-filter"}], "failed"), DumpReason.ERROR_ANSWER, "no-filter"),
        (answer("member", {"id": 78}), DumpReason.NO_RECORDS, "type member"),
        (answer("work-agency", {"DOI": "10.5555/1"}), DumpReason.NO_RECORDS, "type work-agency"),
        (answer("work-list", {"items": []}), DumpReason.NO_RECORDS, "no record"),
    ],
)
def test_other_answers(content: bytes, reason: DumpReason, detail: str) -> None:
    assert is_recognised(READER, content)
    with pytest.raises(RefusalError, match=detail) as refused:
        read(READER, content)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (b'{"DOI": "10.5555/x", "title": ["x"}', RejectReason.MALFORMED_RECORD),
        (b'{"DOI": "10.5555/x", "score": Infinity}', RejectReason.MALFORMED_RECORD),
        (b'{"DOI": "10.5555/x", "DOI": "10.5555/y"}', RejectReason.DUPLICATE_KEYS),
        (b"{}", RejectReason.NOT_A_WORK),
    ],
)
def test_damaged_work_takes_none_with_it(damaged: bytes, reason: str) -> None:
    sound = json.dumps(work()).encode()
    content = writer.HEAD + b",".join([sound, damaged, sound, sound]) + b"]}}"
    assert read(READER, content)["defect"].to_list() == [None, reason, None, None]


def test_truncated_answer() -> None:
    frame = read(READER, writer.write(papers(3))[:-300])
    assert frame["defect"].to_list() == [None, None, RejectReason.TRUNCATED_RECORD]
