"""Why a field of a paper is empty: what its listings state of it, and the gravest reason where they differ."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.coverage.missing import FIELDS, missing_values, of_papers
from assets.enrich.coverage.queries import MISSING_VALUES_ALL, WHY_MISSING
from assets.publish.views import MACROS
from assets.publish.warehouse import open_private
from schemas.coverage import MissingValues
from tests.frames import listing_id, table

PAPER, OTHER, OLD = (f"p{number:016x}" for number in range(3))
TOLD = {"language": "en", "record_type": "article", "listing_count": 1, "reference_count": 0, "dump_count": 1}


def papers(*rows: dict[str, Any]) -> pl.DataFrame:
    told = rows or ({},)
    filled = [{"paper_id": paper, **row} for paper, row in zip((PAPER, OTHER), told, strict=False)]
    return table("papers", filled, title="T", best_position=1, conflict_count=0, **TOLD)


def reasons(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Rows of `reasons.not_understood`: (listing, field, reason)."""
    told = [(listing_id(name), field, reason, f"what {name} says") for name, field, reason in rows]
    return pl.DataFrame(
        told, schema=dict.fromkeys(("listing_id", "field", "reason", "stated"), pl.String), orient="row"
    )


def missing(known: pl.DataFrame, rows: pl.DataFrame, **owners: str) -> pl.DataFrame:
    """The missing values of papers; the listings belong to PAPER where nothing else is said."""
    members = known.select("listing_id").unique().with_columns(paper_id=pl.lit(PAPER))
    told = {listing_id(name): owner for name, owner in owners.items()}
    members = members.with_columns(paper_id=pl.col("listing_id").replace_strict(told, default=pl.col("paper_id")))
    made = missing_values(rows, of_papers(known, members))
    MissingValues.validate(made, lazy=True)
    return made


def test_an_empty_field_of_which_something_is_stated_has_a_reason() -> None:
    made = missing(reasons(("a", "doi", "not_parsed")), papers())
    assert made.rows() == [(PAPER, "doi", "not_parsed", "what a says", listing_id("a"))]


@pytest.mark.parametrize(
    ("field", "row", "empty"),
    [
        pytest.param("doi", {"doi": "10.1000/a"}, [], id="another listing states it well"),
        pytest.param("authors", {}, ["authors", "first_author"], id="authors, and the first of them"),
        pytest.param("authors", {"first_author": "Ann Lee"}, ["authors"], id="the first is known all the same"),
        pytest.param("authors", {"authors": ["Ann Lee"], "first_author": "Ann Lee"}, [], id="authors are known"),
        pytest.param("published_on", {}, ["published_on", "year"], id="a date, and its year"),
        pytest.param("published_on", {"year": 2031}, ["published_on"], id="a year is known"),
        pytest.param("listed_on", {}, ["first_listed_on", "last_listed_on"], id="the day of a page"),
        pytest.param(
            "listed_on",
            {"first_listed_on": date(2031, 5, 4), "last_listed_on": date(2031, 5, 4)},
            [],
            id="another page has a day",
        ),
    ],
)
def test_which_fields_a_statement_is_about(field: str, row: dict[str, Any], empty: list[str]) -> None:
    assert missing(reasons(("a", field, "not_parsed")), papers(row))["field"].to_list() == empty


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        pytest.param(["not_parsed", "ambiguous"], "ambiguous", id="ambiguous before not parsed"),
        pytest.param(["ambiguous", "not_parsed", "conflict"], "conflict", id="conflict before all"),
        pytest.param(["not_parsed", "not_parsed"], "not_parsed", id="the same twice"),
    ],
)
def test_the_gravest_reason_is_told(told: list[str], reason: str) -> None:
    rows = [(name, "listed_on", one) for name, one in zip("abc", told, strict=False)]
    made = missing(reasons(*rows), papers({"last_listed_on": date(2031, 5, 4)}))
    assert made["reason"].to_list() == [reason]
    assert made["stated"].item() in {f"what {name} says" for name, _, one in rows if one == reason}


def test_a_language_that_cannot_be_told_is_ambiguous() -> None:
    made = missing(reasons(), papers({"language": None}, {}))
    assert made.rows() == [(PAPER, "language", "ambiguous", None, None)]


def test_a_listing_of_no_paper_tells_nothing() -> None:
    known = reasons(("a", "doi", "not_parsed"))
    nobody = pl.DataFrame(schema={"listing_id": pl.String, "paper_id": pl.String})
    assert missing_values(papers(), of_papers(known, nobody)).is_empty()


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.sampled_from(["doi", "listed_on", "authors", "pmid"]),
            st.sampled_from(["conflict", "ambiguous", "not_parsed"]),
        ),
        max_size=8,
        unique=True,
    ),
    st.integers(0, 99),
)
@settings(max_examples=15)
def test_the_order_of_statements_does_not_matter(rows: list[tuple[str, str, str]], seed: int) -> None:
    known, owners = reasons(*rows), {"c": OTHER, "d": OTHER}
    shuffled = known.sample(fraction=1, shuffle=True, seed=seed)
    made = missing(known, papers({}, {"pmid": "7"}), **owners)
    assert missing(shuffled, papers({}, {"pmid": "7"}), **owners).equals(made)
    assert made.select("paper_id", "field").is_unique().all()
    assert set(made["field"]) <= set(FIELDS)


def test_all_other_empty_fields_are_not_stated() -> None:
    rows = papers({"doi": "10.1000/a", "authors": ["Ann Lee"], "first_author": "Ann Lee"}, {"categories": ["x"]})
    stored = missing(reasons(("a", "published_on", "not_parsed")), rows)
    with open_private() as connection:
        connection.execute("CREATE SCHEMA audit")
        aliases = table("paper_aliases", [{"old_paper_id": OLD, "paper_id": PAPER, "since": date(2031, 1, 1)}])
        for name, frame in {"papers": rows, "audit.missing_values": stored, "paper_aliases": aliases}.items():
            connection.register("given", frame.to_arrow())
            connection.execute(f"CREATE TABLE {name} AS FROM given")
            connection.unregister("given")
        connection.execute(MACROS["current_paper_id"])
        connection.execute(f"CREATE VIEW audit.missing_values_all AS {MISSING_VALUES_ALL[1]}")
        connection.execute(WHY_MISSING)
        every = connection.sql("FROM audit.missing_values_all ORDER BY ALL").fetchall()
        one = connection.sql(f"FROM why_missing('{OLD}')").fetchall()
    own = {field: reason for paper, field, reason, *_ in every if paper == PAPER}
    assert own.keys() == set(FIELDS) - {"doi", "authors", "first_author", "language"}
    assert {field for field, reason in own.items() if reason != "not_stated"} == {"published_on", "year"}
    assert one == [row[1:] for row in every if row[0] == PAPER]
    assert {field for paper, field, *_ in every if paper == OTHER} == set(FIELDS) - {"categories", "language"}
