"""The score: more attention is never less, older is never higher, and what is not stated is not a zero."""

import math
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.trending.score import newest_day, trending
from schemas.render import polars_schema
from schemas.trending import Trending
from tests.assets.enrich.trending.shown import day, paper, papers, shown
from tests.frames import dump_id, table

COUNTS = st.none() | st.integers(0, 5000)
PAGE = (st.none() | st.integers(1, 3000), st.none() | st.integers(0, 400), COUNTS, COUNTS)
PAGES = st.tuples(*PAGE)
PAGES_OF = st.tuples(st.sampled_from("abcdef"), *PAGE)
TODAY, LATER = day(0), day(400)
SOME = st.lists(PAGES, min_size=1, max_size=5)


def scored(*rows: Any, as_of: date | None = TODAY, published: dict[str, int] | None = None) -> dict[str, Any]:
    """The rows of `trending`, by the name of the paper."""
    made = trending(shown(*rows), papers(published).lazy(), as_of)
    Trending.validate(made, lazy=True)
    return {chr(int(row["paper_id"][1:], 16)): row for row in made.to_dicts()}


def one(pages: list[Any]) -> dict[str, Any]:
    return scored(*(("a", *page) for page in pages))["a"]


def test_the_formula_is_what_it_is_said_to_be() -> None:
    row = scored(("a", 1, 0, 9, 4), ("a", 3, -3, 5, None), as_of=day(7))["a"]
    pages, votes, comments = math.log2(1 + 1 + 1 / 2), math.log10(10), math.log10(5)
    assert row["rank_weight"] == pytest.approx(1.5)
    assert row["pages_contribution"] == pytest.approx(2 * pages / 5, abs=1e-6)
    assert row["votes_contribution"] == pytest.approx(2 * votes / 5, abs=1e-6)
    assert row["comments_contribution"] == pytest.approx(1 * comments / 5, abs=1e-6)
    assert row["attention_score"] == pytest.approx((2 * pages + 2 * votes + comments) / 5, abs=2e-6)
    assert (row["decay"], row["age_days"], row["age_basis"]) == (0.5, 7, "shown")
    assert row["score"] == pytest.approx(row["attention_score"] / 2, abs=1e-6)
    assert (row["page_count"], row["best_position"], row["votes"], row["comment_count"]) == (2, 1, 9, 4)
    assert (row["first_shown_on"], row["last_shown_on"], row["as_of"]) == (day(-3), day(0), day(7))


def test_the_example_of_the_docs() -> None:
    rows = scored(("a", 1, 0, 9, None), ("b", 3, 5, 4, None), as_of=day(5))
    assert [round(rows[name]["attention_score"], 3) for name in "ab"] == [1.0, 0.642]
    assert [round(rows[name]["score"], 3) for name in "ab"] == [0.61, 0.642]


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param((1, 0, 5, 1), (2, 0, 5, 1), id="rank"),
        pytest.param((1, 0, 5, 1), (None, 0, 5, 1), id="a rank, and a page without a ranking"),
        pytest.param((1, 0, 6, 1), (1, 0, 5, 1), id="votes"),
        pytest.param((1, 0, 5, 2), (1, 0, 5, 1), id="comments"),
        pytest.param((1, 0, 5, 1), (1, -1, 5, 1), id="a day later"),
        pytest.param((1, 0, None, 1), (1, 0, 0, 1), id="votes that are not stated, and none"),
        pytest.param((1, 0, 1, None), (1, 0, 1, 0), id="comments that are not stated, and none"),
    ],
)
def test_more_of_it_scores_higher(more: Any, less: Any) -> None:
    rows = scored(("a", *more), ("b", *less))
    assert rows["a"]["score"] > rows["b"]["score"]


def test_another_page_scores_higher() -> None:
    rows = scored(("a", 9, 0, None, None), ("a", 9, 0, None, None), ("b", 9, 0, None, None))
    assert rows["a"]["score"] > rows["b"]["score"]


def test_what_is_not_stated_is_left_empty_and_out_of_the_mean() -> None:
    rows = scored(("a", 1, 0, None, None), ("b", 1, 0, 0, None))
    assert rows["a"]["votes"] is rows["a"]["votes_contribution"] is rows["a"]["comments_contribution"] is None
    assert rows["b"]["votes_contribution"] == 0
    assert (rows["a"]["score"], rows["b"]["score"]) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("pages", "votes"),
    [
        pytest.param([(1, 0, 90, None), (1, 3, 70, None)], 70, id="the latest page has fewer"),
        pytest.param([(1, 3, 70, None), (1, 3, 71, None)], 71, id="two pages of a day"),
        pytest.param([(1, 0, 50, None), (1, 3, None, None)], 50, id="the latest states none"),
        pytest.param([(1, None, 99, None), (1, -9, 4, None)], 4, id="a page without a day comes first"),
        pytest.param([(1, None, 99, None)], 99, id="no day at all"),
        pytest.param([(1, 0, None, None)], None, id="none stated"),
    ],
)
def test_the_latest_page_says_how_many_votes_there_are(pages: list[Any], votes: int | None) -> None:
    assert one(pages)["votes"] == votes
    assert one([(rank, on, None, count) for rank, on, count, _ in pages])["comment_count"] == votes


@pytest.mark.parametrize(
    ("pages", "published", "as_of", "basis", "days"),
    [
        pytest.param([(1, 2, 1, 1)], 0, 5, "shown", 3, id="the day of the page"),
        pytest.param([(1, None, 1, 1), (1, 1, 1, 1)], 0, 5, "shown", 4, id="the day of one of the pages"),
        pytest.param([(1, None, 1, 1)], 0, 5, "published", 5, id="the day of publication"),
        pytest.param([(1, None, 1, 1)], 9, 5, "published", 0, id="published later than any page: nothing is negative"),
        pytest.param([(1, None, 1, 1)], None, 5, "unknown", None, id="no day"),
        pytest.param([(1, None, 1, 1)], None, None, "unknown", None, id="no day, and none to count to"),
    ],
)
def test_what_the_age_is_counted_from(
    pages: list[Any], published: int | None, as_of: int | None, basis: str, days: int | None
) -> None:
    known = {} if published is None else {"a": published}
    row = scored(*(("a", *page) for page in pages), as_of=day(as_of), published=known)["a"]
    assert (row["age_basis"], row["age_days"]) == (basis, days)
    assert row["decay"] == pytest.approx(0.5 ** ((days or 0) / 7))


@given(SOME, st.integers(0, 4), st.integers(1, 100))
@settings(max_examples=25)
def test_attention_never_falls_when_something_is_added(pages: list[Any], at: int, more: int) -> None:
    at %= len(pages)
    rank, on, votes, comments = pages[at]
    for_rank = (max(1, (rank or 5000) - more), on, votes, comments)
    for_votes = (rank, on, None if votes is None else votes + more, comments)
    for_comments = (rank, on, votes, None if comments is None else comments + more)
    variants = {
        "a": pages,
        **{
            name: [*pages[:at], page, *pages[at + 1 :]]
            for name, page in zip("bcd", (for_rank, for_votes, for_comments), strict=True)
        },
        "e": [*pages, (more, on, None, None)],
    }
    rows = scored(*((name, *page) for name, variant in variants.items() for page in variant), as_of=LATER)
    assert all(rows[name]["attention_score"] >= rows["a"]["attention_score"] - 1e-6 for name in "bcde")


@given(SOME, st.integers(1, 50))
@settings(max_examples=15)
def test_older_is_never_higher(pages: list[Any], days: int) -> None:
    older = [(rank, None if on is None else on - days, votes, comments) for rank, on, votes, comments in pages]
    rows = scored(*(("a", *page) for page in pages), *(("b", *page) for page in older), as_of=LATER)
    assert rows["b"]["score"] <= rows["a"]["score"]
    assert rows["b"]["attention_score"] == rows["a"]["attention_score"]


@given(st.lists(PAGES_OF, min_size=2), st.data())
@settings(max_examples=25)
def test_neither_order_nor_other_papers_nor_a_later_day_matter(rows: list[Any], data: st.DataObject) -> None:
    frame, known = shown(*rows), papers().lazy()
    made = trending(frame, known, day(400))
    shuffled = frame.sample(fraction=1, shuffle=True, seed=data.draw(st.integers(0, 99)))
    assert trending(shuffled, known, day(400)).equals(made)
    alone = frame.filter(pl.col("paper_id") == frame["paper_id"][0])
    assert trending(alone, known, day(400)).equals(made.filter(pl.col("paper_id") == frame["paper_id"][0]))
    dated = made.filter(pl.col("age_basis") == "shown").select("paper_id", "score")
    later = trending(frame, known, day(401)).join(dated, on="paper_id", suffix="_before")
    ratio = later["score"] / later["score_before"].replace(0, None)
    assert all(one == pytest.approx(0.5 ** (1 / 7), rel=1e-2) for one in ratio.filter(later["score"] > 1e-3))


@pytest.mark.parametrize(
    ("told", "listed", "published", "newest"),
    [
        pytest.param(("file_name", 3), None, 1, 3, id="the name of a file"),
        pytest.param(("manifest", 3), 5, 9, 5, id="a page is newer, and a publication is not asked"),
        pytest.param(("mtime", 30), 5, 1, 5, id="when a file was last written does not count"),
        pytest.param(("mtime", 30), None, 4, 4, id="a publication, where nothing else is known"),
        pytest.param(("mtime", 30), None, None, None, id="nothing is known"),
    ],
)
def test_the_newest_day_is_proven_and_never_the_clock(
    told: tuple[str, int], listed: int | None, published: int | None, newest: int | None
) -> None:
    captured_on = day(told[1])
    assert captured_on
    captured = datetime(captured_on.year, captured_on.month, captured_on.day, 23, tzinfo=UTC)
    dump = {"dump_id": dump_id("d"), "role": "feed", "captured_from": told[0], "captured_at": captured}
    reference = dump | {"dump_id": dump_id("r"), "role": "reference", "captured_at": captured.replace(year=2090)}
    pages = table("pages", [{"dump_id": dump_id("d"), "page": 1, "listed_on": day(listed)}])
    known = papers({} if published is None else {"a": published})
    found = newest_day(table("dumps", [dump, reference]), pages, shown(("a", 1, None, 1, 1)), known.lazy())
    assert found == day(newest)


def test_a_year_alone_proves_no_day() -> None:
    known = papers({"a": 5}).with_columns(published_precision=pl.lit("year")).lazy()
    assert newest_day(table("dumps", []), table("pages", []), shown(), known) is None


def test_nothing_shown_is_nothing_scored() -> None:
    assert trending(shown(), papers().lazy(), None).schema == polars_schema(Trending)
    assert paper("a") in papers()["paper_id"]
