"""Which value wins, why, who said it, and who said something else."""

import json
from datetime import date

import polars as pl
import pytest

from assets.dedupe.papers import disagreement, survive
from schemas.papers import PaperValues
from tests.assets.dedupe.members import PAPER, members
from tests.frames import listing_id


def values_of(*rows: dict[str, object]) -> pl.DataFrame:
    stated = survive.stated_values(members(*rows))
    values = disagreement.paper_values(stated, survive.choose(stated))
    PaperValues.validate(values, lazy=True)
    return values


def winner(field: str, *rows: dict[str, object]) -> tuple[object, ...]:
    chosen = survive.choose(survive.stated_values(members(*rows)))
    return chosen.filter(pl.col("field") == field).select("value", "rule").row(0)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([{}, {}], ("A Title", "only_value"), id="all agree"),
        pytest.param([{"flags": ["math_loss"]}, {"title": "B"}], ("B", "undamaged"), id="damage loses"),
        pytest.param([{"title": "B"}, {"title": "B"}, {"title": "Longer"}], ("B", "most_stated"), id="most stated"),
        pytest.param([{"title": "B"}, {"title": "Longer"}], ("Longer", "longest"), id="longest"),
        pytest.param([{"title": "B"}, {"title": "A"}], ("A", "first"), id="first in order"),
        pytest.param(
            [
                {"title": "Long title", "format": "bibtex", "dump": "1"},
                {"title": "B", "format": "crossref", "dump": "2"},
                {"title": "Longer title", "format": "arxiv_atom", "dump": "3"},
            ],
            ("B", "precedence"),
            id="the publisher's word",
        ),
    ],
)
def test_which_title_wins(rows: list[dict[str, object]], expected: tuple[str, str]) -> None:
    assert winner("title", *rows) == expected


SOURCE = {"id": "source", "dump": "arxiv", "format": "arxiv_atom", "abstract": "With √n.", "abstract_tex": "With $x$."}
PAGE = {"id": "page", "dump": "page", "abstract": "With n, longer.", "flags": ["math_loss"]}
CURATED = {"id": "curated", "dump": "acl", "format": "acl_anthology", "abstract": "Curated."}
PROVED = pl.DataFrame({"listing_id": [listing_id("source")], "field": ["abstract"]})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [SOURCE | {"format": "page_text"}, PAGE | {"flags": []}], ("With √n.", "proved"), id="before a longer text"
        ),
        pytest.param([SOURCE, PAGE, CURATED], ("Curated.", "precedence"), id="not before a better source"),
        pytest.param(
            [SOURCE, PAGE, CURATED | {"flags": ["truncated_end"]}],
            ("With √n.", "proved"),
            id="before a better source that lost something",
        ),
        pytest.param(
            [SOURCE, PAGE, CURATED | {"flags": ["doubled_word"]}],
            ("Curated.", "precedence"),
            id="a doubled word is no loss",
        ),
    ],
)
def test_the_proved_source_of_a_damaged_abstract(rows: list[dict[str, object]], expected: tuple[str, str]) -> None:
    chosen = survive.choose(survive.stated_values(members(*rows), PROVED))
    assert chosen.filter(pl.col("field") == "abstract").select("value", "rule").row(0) == expected


@pytest.mark.parametrize(
    ("rows", "authors", "first"),
    [
        pytest.param([{"authors": ["Ann Lee", "Bo Ek"]}], '["Ann Lee","Bo Ek"]', "Ann Lee", id="all"),
        pytest.param([{"authors": ["Ann Lee"], "format": "paper_tables"}], None, "Ann Lee", id="the first alone"),
        pytest.param(
            [
                {"authors": ["A. Lee"], "format": "paper_tables", "dump": "tables"},
                {"authors": ["Ann Lee", "Bo Ek"], "format": "arxiv_atom", "dump": "arxiv"},
            ],
            '["Ann Lee","Bo Ek"]',
            "Ann Lee",
            id="all before the first alone",
        ),
        pytest.param(
            [
                {"authors": ["Ann Lee", "Bo Ek"], "dump": "1", "format": "arxiv_atom"},
                {"authors": ["A. Lee", "Bo Ek", "Cy Dee"], "dump": "2", "format": "arxiv_atom"},
                {"authors": ["Ann Lee", "B. Ek"], "dump": "3", "format": "page_text"},
            ],
            '["A. Lee","Bo Ek","Cy Dee"]',
            "A. Lee",
            id="the first of the authors that were chosen",
        ),
    ],
)
def test_the_first_author(rows: list[dict[str, object]], authors: str | None, first: str) -> None:
    chosen = survive.choose(survive.stated_values(members(*rows)))
    found = dict(chosen.select("field", "value").iter_rows())
    assert (found.get("authors"), found["first_author"]) == (authors, first)
    values = values_of(*rows)
    assert values.is_empty() or values.filter(pl.col("field") == "first_author", "chosen").height


def test_what_is_told_of_a_record_wins_over_the_default() -> None:
    rows: list[dict[str, object]] = [
        {"record_type": "thesis", "format": "page_text", "dump": "1"},
        {"record_type": "article", "format": "crossref", "dump": "2"},
    ]
    assert winner("record_type", *rows) == ("thesis", "told")
    assert winner("record_type", rows[1], rows[1]) == ("article", "only_value")


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([], ("2031", "only_value"), id="a year alone"),
        pytest.param([(date(2031, 5, 4), "day")], ("2031-05-04", "in_full"), id="a day of the year"),
        pytest.param([(date(2031, 5, 1), "month"), (date(2031, 6, 4), "day")], ("2031-06-04", "in_full"), id="the day"),
        pytest.param([(date(2030, 12, 31), "day")], ("2031", "precedence"), id="a day of another year"),
    ],
)
def test_a_date_that_is_stated_in_full(others: list[tuple[date, str]], expected: tuple[str, str]) -> None:
    venue: dict[str, object] = {"published_on": date(2031, 1, 1), "published_precision": "year"}
    rows = [{"dump": "venue", "format": "venue_json", **venue}] + [
        {"dump": f"arxiv {rank}", "format": "arxiv_atom", "published_on": day, "published_precision": precision}
        for rank, (day, precision) in enumerate(others)
    ]
    assert winner("published_on", *rows) == expected
    values = values_of(*rows)
    assert values.is_empty() or values.filter(pl.col("field") == "published_on", "chosen")["value"].to_list() == [
        expected[0]
    ]


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        pytest.param(["https://arxiv.org/abs/2401.00001", "https://github.com/Anker/Gulls/tree/main"], True, id="code"),
        pytest.param(["https://example.org/code"], False, id="no host of code"),
        pytest.param([], False, id="none"),
    ],
)
def test_the_repository_of_the_code(urls: list[str], expected: bool) -> None:
    (url,) = members({"urls": urls})["code_url"]
    assert url == ("https://github.com/anker/gulls" if expected else None)


def test_who_said_what_is_kept() -> None:
    values = values_of({"id": "a", "title": "Longer"}, {"id": "b", "title": "B"})
    titles = values.filter(pl.col("field") == "title").select("listing_id", "value", "chosen", "differs", "rule")
    assert sorted(titles.rows()) == sorted(
        [(listing_id("a"), "Longer", True, False, "longest"), (listing_id("b"), "B", False, True, "longest")]
    )


def test_a_paper_with_one_listing_has_its_values_in_the_view_only() -> None:
    assert values_of({"id": "a"}).is_empty()


def test_authors_are_stored_as_json() -> None:
    stated = survive.stated_values(members({"id": "a", "authors": ['x"y', "z\nw"]}))
    value = stated.filter(pl.col("field") == "authors")["value"][0]
    assert json.loads(value) == ['x"y', "z\nw"]


def test_the_date_of_a_preprint_contradicts_nothing() -> None:
    rows = members(
        {"id": "a", "year": 2031, "venue": "Harbour Studies", "format": "crossref", "dump": "1"},
        {"id": "b", "year": 2030, "venue": "arXiv", "format": "arxiv_atom", "dump": "2"},
    )
    stated = survive.stated_values(rows)
    related = pl.DataFrame({"listing_id": [listing_id("b")], "relation": ["preprint_of"]})
    for told, expected in ((related, {"venue"}), (disagreement.NO_RELATIONS, {"venue", "year"})):
        values = disagreement.paper_values(stated, survive.choose(stated), told)
        assert set(values.filter("differs")["field"]) == expected


YEAR, DAY = {"published_precision": "year"}, {"published_precision": "day"}


@pytest.mark.parametrize(
    ("field", "one", "other", "differs"),
    [
        ("venue", {"venue": "Harbour Studies"}, {"venue": "HARBOUR STUDIES."}, False),
        ("venue", {"venue": "Harbour Studies"}, {"venue": "Annals of Small Weather"}, True),
        ("pages", {"pages": "1-10"}, {"pages": "1--10"}, False),
        ("pages", {"pages": "1-10"}, {"pages": "11-20"}, True),
        ("authors", {"authors": ["Łucja K. Nagy", "Bo Ek"]}, {"authors": ["L. Nagy", "B. Ek"]}, False),
        ("authors", {"authors": ["Łucja Nagy"]}, {"authors": ["Mina Nagy"]}, True),
        ("authors", {"authors": ["A. Lee", "B. Ek"]}, {"authors": ["B. Ek", "A. Lee"]}, True),
        ("authors", {"authors": ["A. Lee", "B. Ek"]}, {"authors": ["A. Lee"]}, True),
        ("authors", {"authors": ["A. Lee"]}, {"authors": []}, None),
        ("year", {"year": 2020}, {"year": 2021}, True),
        ("year", {"year": 2020}, {"year": None}, None),
        ("doi", {"doi": "10.1/a"}, {"doi": "10.1/b"}, True),
        ("categories", {"categories": ["cs.CL"]}, {"categories": ["Computer Science"]}, False),
        (
            "published_on",
            {"published_on": date(2020, 1, 1), **YEAR},
            {"published_on": date(2020, 5, 17), **DAY},
            False,
        ),
        ("published_on", {"published_on": date(2021, 1, 1), **YEAR}, {"published_on": date(2020, 5, 17), **DAY}, True),
    ],
)
def test_what_contradicts(field: str, one: dict[str, object], other: dict[str, object], differs: bool | None) -> None:
    for rows in ((one, other), (other, one)):
        values = values_of(*rows).filter(pl.col("field") == field)
        losing = values.filter(~pl.col("chosen"))
        assert losing["differs"].to_list() == ([] if differs is None else [differs])
        assert not values.filter("chosen")["differs"].any()


def test_titles_are_compared_in_their_search_form() -> None:
    values = values_of({"title": "A TITLE"}, {"title": "A title"})
    assert not values.filter(pl.col("field") == "title")["differs"].any()


def test_contradictions_are_counted_by_field() -> None:
    values = values_of({"title": "A", "year": 2020}, {"title": "B", "year": 2021}, {"title": "C", "year": 2021})
    assert disagreement.conflicts(values).rows() == [(PAPER, 2)]
    assert disagreement.conflicts(values_of({}, {})).is_empty()
