"""The score in SQL says what the kernel says, and ranks papers in an order that can be explained."""

from datetime import date
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.trending.macro import TRENDING_AS_OF, TRENDING_PAPERS
from assets.enrich.trending.score import trending
from assets.publish.warehouse import open_private
from tests.assets.enrich.trending.shown import day, paper, papers, shown

COUNTS = st.none() | st.integers(0, 300)
ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"), st.none() | st.integers(1, 2000), st.none() | st.integers(0, 60), COUNTS, COUNTS
    ),
    max_size=12,
)
ALIKE = (
    "attention_score",
    "pages_contribution",
    "votes_contribution",
    "comments_contribution",
    "page_count",
    "best_position",
    "votes",
    "comment_count",
    "first_shown_on",
    "last_shown_on",
    "age_days",
    "score",
)


def warehouse(rows: pl.DataFrame, published: dict[str, int], as_of: date | None) -> duckdb.DuckDBPyConnection:
    connection = open_private()
    known = papers(published)
    for name, frame in {"papers": known, "showings": rows, "trending": trending(rows, known.lazy(), as_of)}.items():
        connection.register("given", frame.to_arrow())
        connection.execute(f"CREATE TABLE {name} AS FROM given")
        connection.unregister("given")
    connection.execute(TRENDING_AS_OF)
    connection.execute(f"CREATE VIEW trending_papers AS {TRENDING_PAPERS[1]}")
    return connection


def asked(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    answer = connection.execute(query)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


@given(ROWS, st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60)), st.integers(0, 80))
@settings(max_examples=10)
def test_the_macro_scores_as_the_kernel_does(rows: list[Any], published: dict[str, int], until: int) -> None:
    seen = shown(*rows)
    on = day(until)
    with warehouse(seen, published, day(60)) as connection:
        told = {row["paper_id"]: row for row in asked(connection, f"FROM trending_as_of(DATE '{on}')")}
    counted = (pl.col("shown_on") <= on) | (pl.col("shown_on").is_null() & pl.lit(until >= 60))
    made = trending(seen.filter(counted), papers(published).lazy(), on)
    assert told.keys() == set(made["paper_id"])
    for row in made.to_dicts():
        found = told[row["paper_id"]]
        assert {name: found[name] for name in ALIKE} == pytest.approx({name: row[name] for name in ALIKE}, abs=3e-6)


def test_pages_after_the_day_do_not_count() -> None:
    with warehouse(shown(("a", 1, 0, 5, 1), ("a", 1, 9, 50, 1), ("b", 1, 9, 5, 1)), {}, day(9)) as connection:
        rows = asked(connection, f"FROM trending_as_of('{day(2)}')")
        assert [(row["paper_id"], row["votes"], row["age_days"]) for row in rows] == [(paper("a"), 5, 2)]
        assert asked(connection, f"FROM trending_as_of('{day(-1)}')") == []


def test_without_any_known_day_all_pages_count() -> None:
    with warehouse(shown(("a", 2, None, None, None)), {}, None) as connection:
        [row] = asked(connection, "FROM trending_as_of('2031-01-01')")
        assert (row["paper_id"], row["age_days"], row["score"]) == (paper("a"), None, row["attention_score"])


def test_papers_are_ranked_by_age_where_no_score_is_left() -> None:
    rows = shown(("a", 1, -400, 90, 9), ("b", 9, -380, 3, 1), ("c", 1, 0, 3, 1))
    with warehouse(rows, {}, day(0)) as connection:
        told = asked(connection, "FROM trending_papers")
        again = asked(connection, f"FROM trending_as_of('{day(9)}')")
    assert [(row["title"][-1], row["score"] > 0) for row in told] == [("C", True), ("B", False), ("A", False)]
    assert [row["paper_id"] for row in again] == [row["paper_id"] for row in told]


def test_papers_are_ranked_and_it_is_said_why() -> None:
    rows = shown(
        ("a", 1, 0, 1, 1),
        ("b", 3, 0, 40, 2),
        ("b", 5, 0, None, None),
        ("c", 1, None, 900, 9),
        ("d", None, None, None, None),
        ("e", 40, None, 7, None),
    )
    with warehouse(rows, {"e": -3}, day(0)) as connection:
        told = asked(connection, "FROM trending_papers")
    assert [(row["rank"], row["title"], row["why"]) for row in told] == [
        (1, "Lantern B", "best rank 3 on 2 pages, 40 votes, 2 comments, last shown on 2031-05-01"),
        (2, "Lantern A", "rank 1 on 1 page, 1 vote, 1 comment, last shown on 2031-05-01"),
        (3, "Lantern E", "rank 40 on 1 page, 7 votes, published 2031-04-28"),
        (4, "Lantern C", "rank 1 on 1 page, 900 votes, 9 comments, on no known day"),
        (5, "Lantern D", "shown on 1 page, on no known day"),
    ]
