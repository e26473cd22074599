"""Semantic Scholar: papers in every wrapper, and answers about something else."""

import json
from typing import Any

import pytest

from assets.parse.formats.semantic_scholar import READER
from assets.parse.reader import RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse.readings import check_only_own, check_round_trip, check_spans, is_recognised, read, read_one
from tests.papers import paper, papers
from tests.writers import semantic_scholar as writer


def record(number: int = 0, **fields: Any) -> dict[str, Any]:
    return writer.record(paper(number)) | fields


def test_round_trip() -> None:
    frame = check_round_trip(READER, writer)
    check_spans(writer.write(papers(60)), frame, [writer.record(one) for one in papers(60)])


def test_other_formats_are_not_recognised() -> None:
    check_only_own(READER, writer)


@pytest.mark.parametrize(
    "answer",
    [
        record(),
        [record()],
        {"total": 1, "offset": 0, "data": [record()]},
        {"total": 1, "token": None, "data": [record()]},
        {"recommendedPapers": [record()]},
        {"authorId": "7", "name": "Ada Anker", "papers": [record()]},
        {"offset": 0, "data": [{"contexts": ["as in [4]"], "citingPaper": record()}]},
        {"offset": 0, "data": [{"isInfluential": True, "citedPaper": record()}]},
        {"contexts": ["as in [4]"], "citingPaper": record()},
    ],
    ids=["one", "array", "page", "bulk page", "recommended", "author", "citations", "references", "citation"],
)
def test_wrappers(answer: Any) -> None:
    content = json.dumps(answer).encode()
    assert is_recognised(READER, content)
    told = writer.expected([paper(0)])[0]
    row = read_one(READER, content)
    assert {column: row[column] for column in told} == told


def test_how_a_paper_was_found_is_kept() -> None:
    content = json.dumps({"data": [{"contexts": ["as in [4]"], "citingPaper": record()}]}).encode()
    fields = read_one(READER, content)["source_fields"]
    assert fields["contexts"] == ["as in [4]"]
    assert fields["citingPaper"]["authors"] == record()["authors"]


def test_the_rest_is_kept() -> None:
    fields = read_one(READER, json.dumps(record()).encode())["source_fields"]
    stated = {"paperId", "title", "abstract", "publicationDate", "url", "venue", "fieldsOfStudy"}
    assert fields.keys() == record().keys() - stated


def test_bulk_data_set() -> None:
    lines = [
        {
            "corpusid": 17 + number,
            "externalids": {"ArXiv": "2001.00001", "DOI": None, "CorpusId": "17"},
            "title": "Gulls",
            "authors": [{"authorId": "1", "name": "Ada Anker"}],
            "venue": "",
            "year": 2020,
            "referencecount": 1,
            "citationcount": 2,
            "isopenaccess": False,
            "s2fieldsofstudy": [{"category": "Biology", "source": "x"}, {"category": "Biology", "source": "y"}],
            "publicationtypes": ["Review"],
            "publicationdate": None,
            "journal": {"name": "Tides", "volume": "3"},
        }
        for number in range(3)
    ]
    content = b"\n".join(json.dumps(line).encode() for line in lines)
    assert is_recognised(READER, content)
    row = read(READER, content).to_dicts()[0]
    columns = ("source_key", "arxiv_raw", "doi_raw", "published_raw", "venue", "volume", "categories", "type_raw")
    told = ["17", "2001.00001", None, "2020", "Tides", "3", ["Biology"], "Review"]
    assert [row[column] for column in columns] == told


def test_snippets() -> None:
    found = {"corpusId": "17", "title": "Gulls", "authors": ["Ada Anker"]}
    content = json.dumps({"data": [{"snippet": {"text": "They fly."}, "score": 0.9, "paper": found}]}).encode()
    assert is_recognised(READER, content)
    row = read_one(READER, content)
    assert (row["source_key"], row["title_raw"], row["authors"]) == ("17", "Gulls", ["Ada Anker"])
    assert row["source_fields"]["snippet"] == {"text": "They fly."}


def test_what_was_not_found() -> None:
    content = json.dumps([None, record(), None]).encode()
    assert read(READER, content)["defect"].to_list() == [RejectReason.NOT_A_WORK, None, RejectReason.NOT_A_WORK]


@pytest.mark.parametrize(
    ("answer", "reason", "detail"),
    [
        ({"authorId": "7", "name": "Ada Anker"}, DumpReason.NO_RECORDS, "an author"),
        ([None, {"authorId": "7", "name": "Ada Anker"}], DumpReason.NO_RECORDS, "an author"),
        ({"total": 1, "offset": 0, "data": [{"authorId": "7", "name": "A"}]}, DumpReason.NO_RECORDS, "an author"),
        ({"name": "papers", "description": "", "README": "", "files": []}, DumpReason.NO_RECORDS, "a data set"),
        ({"release_id": "2024-01-02", "README": "", "datasets": []}, DumpReason.NO_RECORDS, "a release"),
        ({"total": 0, "offset": 0}, DumpReason.NO_RECORDS, "empty"),
        ({"total": 0, "offset": 0, "data": []}, DumpReason.NO_RECORDS, "empty"),
        ({"error": "Paper with id 0 not found"}, DumpReason.ERROR_ANSWER, "id 0"),
        ({"message": "Forbidden"}, DumpReason.ERROR_ANSWER, "Forbidden"),
    ],
)
def test_other_answers(answer: Any, reason: DumpReason, detail: str) -> None:
    content = json.dumps(answer).encode()
    assert is_recognised(READER, content)
    with pytest.raises(RefusalError, match=detail) as refused:
        read(READER, content)
    assert refused.value.reason is reason


@pytest.mark.parametrize("answer", [{"error": "The kettle is empty"}, {"message": "Good morning"}, {"data": []}])
def test_answers_of_others_are_not_recognised(answer: Any) -> None:
    assert not is_recognised(READER, json.dumps(answer).encode())


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (b'{"paperId": "x", "title": }', RejectReason.MALFORMED_RECORD),
        (b'{"paperId": "x", "year": -Infinity}', RejectReason.MALFORMED_RECORD),
        (b'{"title": "x", "title": "y"}', RejectReason.DUPLICATE_KEYS),
        (b"{}", RejectReason.NOT_A_WORK),
    ],
)
def test_damaged_paper_takes_none_with_it(damaged: bytes, reason: str) -> None:
    sound = json.dumps(record()).encode()
    content = b'{"total": 3, "offset": 0, "data": [' + b",".join([sound, damaged, sound]) + b"]}"
    assert read(READER, content)["defect"].to_list() == [None, reason, None]
