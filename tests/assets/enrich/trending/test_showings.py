"""The pages that showed a paper: which listings tell of attention, and of which day and rank."""

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from assets.enrich.trending.showings import showings
from schemas.trending import Showings
from tests.assets.enrich.trending.shown import day, paper
from tests.frames import clean, dump_id, listing_id, table

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
LISTED = [{"dump_id": dump_id("d"), "page": 1, "listed_on": day(0)}]


def found(
    *rows: dict[str, Any], dump: dict[str, Any] | None = None, pages: list[dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """The showings of listings of one dump; each names its `id` and `paper`, and what else it says."""
    told = {"dump_id": dump_id("d"), "format": "page_text", "role": "feed", **(dump or {})}
    kept = [{name: value for name, value in row.items() if name not in {"paper", "page", "position"}} for row in rows]
    places = [
        {
            "listing_id": listing_id(row["id"]),
            "dump_id": dump_id("d"),
            "page": row.get("page", 1),
            "position": row.get("position", 1),
        }
        for row in rows
    ]
    owners = [{"listing_id": listing_id(row["id"]), "paper_id": paper(row["paper"])} for row in rows]
    made = showings(
        table("paper_listings", owners).lazy(),
        table("listings", places).lazy(),
        clean(*({**row, "dump": "d"} for row in kept)).lazy(),
        table("dumps", [told]),
        table("pages", pages or []),
    )
    Showings.validate(made, lazy=True)
    return made.to_dicts()


@pytest.mark.parametrize(
    ("format_", "listing", "rank"),
    [
        pytest.param("page_text", {}, 4, id="a page ranks its papers"),
        pytest.param("daily_papers_json", {}, 4, id="so does a daily answer"),
        pytest.param("weekly_text", {}, None, id="a weekly text selects papers and does not rank them"),
        pytest.param("delimited_table", {"votes": 0}, None, id="a table that states votes"),
        pytest.param("delimited_table", {"comment_count": 2}, None, id="a table that states comments"),
    ],
)
def test_what_shows_a_paper(format_: str, listing: dict[str, Any], rank: int | None) -> None:
    [row] = found({"id": "a", "paper": "a", "position": 4, **listing}, dump={"format": format_})
    assert (row["paper_id"], row["rank"], row["votes"]) == (paper("a"), rank, listing.get("votes"))


@pytest.mark.parametrize(
    "dump",
    [
        pytest.param({"format": "arxiv_snapshot"}, id="an archive"),
        pytest.param({"format": "bibtex"}, id="a bibliography"),
        pytest.param({"format": "page_text", "role": "reference"}, id="a reference"),
    ],
)
def test_what_shows_none(dump: dict[str, Any]) -> None:
    assert found({"id": "a", "paper": "a"}, dump=dump) == []


@pytest.mark.parametrize(
    ("dump", "pages", "on"),
    [
        pytest.param({"captured_from": "file_name"}, LISTED, 0, id="the page states its day"),
        pytest.param({"captured_from": "file_name"}, [], 3, id="the name of the file"),
        pytest.param({"captured_from": "manifest"}, [], 3, id="the manifest"),
        pytest.param({"captured_from": "manifest"}, [LISTED[0] | {"page": 2}], 3, id="another page has a day"),
        pytest.param({"captured_from": "mtime"}, [], None, id="when the file was written tells nothing"),
    ],
)
def test_the_day_of_a_page(dump: dict[str, Any], pages: list[dict[str, Any]], on: int | None) -> None:
    [row] = found({"id": "a", "paper": "a"}, dump={"captured_at": NOON, **dump}, pages=pages)
    assert row["shown_on"] == day(on)


def test_a_page_counts_once_however_often_it_has_the_paper() -> None:
    rows = found(
        {"id": "a", "paper": "a", "position": 7, "votes": 3},
        {"id": "b", "paper": "a", "position": 2},
        {"id": "c", "paper": "a", "page": 2, "position": 9},
    )
    assert [(row["page"], row["rank"], row["votes"]) for row in rows] == [(1, 2, 3), (2, 9, None)]
    assert rows[0]["listing_id"] == listing_id("b")


def test_the_order_of_the_rows_does_not_matter() -> None:
    listings = [{"id": str(number), "paper": "abc"[number % 3], "position": number + 1} for number in range(9)]
    assert found(*listings) == found(*reversed(listings))


def test_a_listing_that_belongs_to_no_paper_shows_none() -> None:
    empty = table("paper_listings", []).lazy()
    rows = clean({"id": "a", "dump": "d"}).lazy()
    places = table("listings", [{"listing_id": listing_id("a"), "dump_id": dump_id("d"), "page": 1, "position": 1}])
    dumps = table("dumps", [{"dump_id": dump_id("d"), "format": "page_text", "role": "feed"}])
    assert showings(empty, places.lazy(), rows, dumps, table("pages", [])).equals(
        pl.DataFrame(schema=table("showings", []).schema)
    )
