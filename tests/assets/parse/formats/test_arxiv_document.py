"""Documents of arXiv's search: both kinds, in every wrapper, without the accounts."""

import json
from typing import Any

import pytest

from assets.parse.formats.arxiv_document import READER
from schemas.vocabulary import RejectReason
from tests.assets.parse.readings import check_only_own, check_round_trip, check_spans, is_recognised, read, read_one
from tests.papers import paper, papers
from tests.writers import arxiv_document as writer

INDEXED = {
    "paper_id": "2001.00001",
    "paper_id_v": "2001.00001v2",
    "version": 2,
    "title": "Gulls",
    "abstract": "They fly.",
    "authors": [{"first_name": "Ada", "last_name": "Anker"}, {"first_name": "", "last_name": "Harbour Office"}],
    "authors_freeform": "Ada Anker, for the Harbour Office",
    "submitted_date": ["2020-01-02T10:00:00-0500", "2020-03-04T10:00:00-0500"],
    "submitted_date_first": "2020-01-02T10:00:00-0500",
    "submitted_date_latest": "2020-03-04T10:00:00-0500",
    "abs_categories": "cs.CL  cs.LG",
    "is_current": True,
    "submitter": {"name": "somebody", "email": "somebody@harbour.example"},
    "author_owners": [{"last_name": "Elsewhere"}],
}


def document(**fields: Any) -> dict[str, Any]:
    return writer.document(paper(0)) | fields


def test_round_trip() -> None:
    frame = check_round_trip(READER, writer)
    check_spans(writer.write(papers(60)), frame, [writer.document(one) for one in papers(60)])
    assert not [part for part in writer.PERSONAL for text in frame["source_fields"] if part in text]


def test_other_formats_are_not_recognised() -> None:
    check_only_own(READER, writer)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(document()).encode(),
        json.dumps([document()], indent=2).encode(),
        json.dumps(document(authors_parsed=[{"first_name": "Ada", "last_name": "Anker"}] * 9000)).encode(),
    ],
    ids=["one", "array", "longer than the head"],
)
def test_wrappers(content: bytes) -> None:
    assert is_recognised(READER, content)
    assert read_one(READER, content)["title_raw"] == paper(0).title


def test_what_the_index_is_given() -> None:
    content = json.dumps(INDEXED).encode()
    assert is_recognised(READER, content)
    row = read_one(READER, content)
    told = {
        "arxiv_raw": "2001.00001v2",
        "authors": ["Ada Anker", "Harbour Office"],
        "authors_raw": "Ada Anker, for the Harbour Office",
        "published_raw": "2020-01-02T10:00:00-0500",
        "updated_raw": "2020-03-04T10:00:00-0500",
        "categories": ["cs.CL", "cs.LG"],
    }
    assert {column: row[column] for column in told} == told
    assert row["source_fields"].keys() == {"authors", "submitted_date", "is_current"}


def test_the_rest_is_kept() -> None:
    row = read_one(READER, json.dumps(document(title_utf8="Gülls", comments_utf8="Ünlike")).encode())
    kept = {
        *("document_id", "metadata_id", "authors_parsed", "primary_classification", "secondary_classification"),
        *("submitted_date", "submitted_date_all", "announced_date_first", "comments", "comments_utf8", "title_utf8"),
        *("report_num", "is_current", "is_withdrawn", "formats", "license"),
    }
    assert row["source_fields"].keys() == kept


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"version": None}, "arxiv_raw", paper(0).arxiv_id),
        (
            {"authors_parsed": [{"first_name": "Ada", "last_name": "Anker", "suffix": "Jr"}]},
            "authors",
            ["Ada Anker Jr"],
        ),
        ({"submitted_date_all": None, "created": "2020-01-02"}, "published_raw", "2020-01-02"),
        ({"authors_utf8": None}, "authors_raw", ", ".join(paper(0).names)),
        ({"authors_utf8": None, "authors": None}, "authors_raw", "; ".join(paper(0).names)),
        ({"journal_ref": None}, "venue", None),
        ({"doi": None}, "doi_raw", None),
        ({"abs_categories": None}, "categories", []),
    ],
)
def test_fields(fields: dict[str, Any], column: str, value: Any) -> None:
    assert read_one(READER, json.dumps(document(**fields)).encode())[column] == value


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [(b'{"paper_id": tru}', RejectReason.MALFORMED_RECORD), (b'{"a": 1}', RejectReason.NOT_A_WORK)],
)
def test_damaged_document_takes_none_with_it(damaged: bytes, reason: str) -> None:
    sound = json.dumps(document()).encode()
    frame = read(READER, b"[" + b",".join([sound, damaged, sound]) + b"]")
    assert frame["defect"].to_list() == [None, reason, None]
