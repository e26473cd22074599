"""What a listing states of an empty field, and what states nothing."""

import json
from datetime import date
from typing import Any

import pytest

from assets.enrich.coverage.reasons import KEPT_CHARACTERS, not_understood
from tests.assets.enrich.coverage.stating import listings, pages


def reasons(row: dict[str, Any], *undated: dict[str, Any]) -> list[tuple[str, str, str]]:
    return not_understood(listings(row), pages(*undated)).select("field", "reason", "stated").rows()


def fields(**told: Any) -> dict[str, Any]:
    return {"source_fields": json.dumps(told)}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        pytest.param({"authors_raw": "[object Object]"}, ["authors"], id="something that is no name"),
        pytest.param({"authors_raw": "Ann Lee", "authors": ["Ann Lee"]}, [], id="authors that were understood"),
        pytest.param({"authors_raw": "Anonymous"}, [], id="nobody"),
        pytest.param({"authors_raw": "{[Anonymous]}"}, [], id="nobody in brackets"),
        pytest.param({"authors_raw": " {} "}, [], id="nothing in braces"),
        pytest.param({"authors_raw": ""}, [], id="nothing"),
        pytest.param({}, [], id="not stated"),
    ],
)
def test_authors(row: dict[str, Any], found: list[str]) -> None:
    told = [(field, "not_parsed", row["authors_raw"]) for field in found]
    assert reasons(row) == told


@pytest.mark.parametrize(
    ("invalid", "found"),
    [
        pytest.param(["doi: lamp.1"], [("doi", "not_parsed", "lamp.1")], id="a DOI that is none"),
        pytest.param(
            ["doi: 10.1000/a,10.1000/b"], [("doi", "ambiguous", "10.1000/a,10.1000/b")], id="two DOIs in one place"
        ),
        pytest.param(["arxiv: 99: 1"], [("arxiv_id", "not_parsed", "99: 1")], id="a colon within"),
        pytest.param(["acl: X", "dblp: Y"], [("acl_id", "not_parsed", "X"), ("dblp_key", "not_parsed", "Y")], id="two"),
        pytest.param(["harp: X"], [], id="a kind that no paper has"),
        pytest.param([], [], id="none"),
    ],
)
def test_identifiers(invalid: list[str], found: list[tuple[str, str, str]]) -> None:
    assert reasons({"invalid_ids": invalid}) == found


@pytest.mark.parametrize(
    ("row", "stated"),
    [
        pytest.param({"published_raw": "99/99/2020"}, "99/99/2020", id="where the reader looks for it"),
        pytest.param({"published_raw": "soon"}, None, id="words without a figure"),
        pytest.param(fields(year="20??"), "20??", id="year"),
        pytest.param(fields(PY="1998a-b"), "1998a-b", id="a tag in capitals"),
        pytest.param(fields(**{"%D": "'98"}), "'98", id="a tag with a sign"),
        pytest.param(fields(issued={"date-parts": [[20200]]}), '{"date-parts":[[20200]]}', id="a date in parts"),
        pytest.param(fields(issued={"date-parts": [[None]]}), None, id="parts that say nothing"),
        pytest.param(fields(Date="Winter of 20"), "Winter of 20", id="the words as they stand"),
        pytest.param(fields(year="n.d."), None, id="no date"),
        pytest.param(fields(year="in press"), None, id="not yet"),
        pytest.param(fields(updated="2031-05-01"), None, id="another date"),
        pytest.param(fields(journal={"year": "20??"}), None, id="a date of something else"),
        pytest.param(fields(note='the "year": 20??'), None, id="a key within a text"),
        pytest.param({"source_fields": '{"year": "20'}, None, id="fields that are cut off"),
        pytest.param(fields(year="20??") | {"published_on": date(2031, 5, 1)}, None, id="another field gave the date"),
    ],
)
def test_dates(row: dict[str, Any], stated: str | None) -> None:
    assert reasons(row) == ([("published_on", "not_parsed", stated)] if stated else [])


@pytest.mark.parametrize("reason", ["not_parsed", "ambiguous", "conflict"])
def test_days_of_pages(reason: str) -> None:
    row = {"page": 2, "page_date_raw": "May 4"}
    assert reasons(row, {"page": 2, "missing_reason": reason}) == [("listed_on", reason, "May 4")]
    assert reasons(row, {"page": 1, "missing_reason": reason}) == []
    assert reasons(row, {"page": 2, "missing_reason": "not_stated"}) == reasons(row, {"page": 2}) == []


def test_only_the_beginning_of_a_statement_is_kept() -> None:
    [(_, _, stated)] = reasons({"authors_raw": "1é" * 500})
    assert stated == "1é" * (KEPT_CHARACTERS // 2)
