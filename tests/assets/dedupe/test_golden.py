"""The golden record: which value wins, why, and who said it."""

import json
from datetime import date

import polars as pl
import pytest

from assets.dedupe import golden, survive
from assets.dedupe.blocking import candidate_pairs
from assets.dedupe.cluster import clusters
from assets.dedupe.decide import decide
from assets.dedupe.features import compare
from assets.dedupe.keys import listing_keys
from schemas.papers import PaperListings, Papers, PaperValues
from tests.frames import clean, dump_id, listing_id, table

PAPER = "p0123456789abcdef"


def members(*rows: dict[str, object]) -> pl.DataFrame:
    """The listings of one paper; `page_date_raw` and `position` may be named."""
    places = [
        {
            "listing_id": listing_id(str(row["id"])),
            "dump_id": dump_id(str(row.get("dump", "dump"))),
            "page": 1,
            "position": row.pop("position", 1),
            "page_date_raw": row.pop("page_date_raw", None),
        }
        for row in rows
    ]
    cleaned = clean(*rows)
    dumps = table("dumps", [{"dump_id": one, "format": "page_text"} for one in cleaned["dump_id"].unique()])
    papers = cleaned.select("listing_id", paper_id=pl.lit(PAPER))
    return golden.members(cleaned, table("listings", places).lazy(), dumps, papers)


def winner(rows: pl.DataFrame, field: str) -> tuple[object, ...]:
    chosen = survive.choose(survive.stated_values(rows))
    return chosen.filter(pl.col("field") == field).select("value", "rule").row(0)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([{}, {}], ("A Title", "only_value"), id="all agree"),
        pytest.param([{"flags": ["math_loss"]}, {"title": "B"}], ("B", "undamaged"), id="damage loses"),
        pytest.param([{"title": "B"}, {"title": "B"}, {"title": "Longer"}], ("B", "most_stated"), id="most stated"),
        pytest.param([{"title": "B"}, {"title": "Longer"}], ("Longer", "longest"), id="longest"),
        pytest.param([{"title": "B"}, {"title": "A"}], ("A", "first"), id="first in order"),
    ],
)
def test_which_title_wins(rows: list[dict[str, object]], expected: tuple[str, str]) -> None:
    assert winner(members(*({"id": str(n), **row} for n, row in enumerate(rows))), "title") == expected


def test_who_said_what_is_kept() -> None:
    rows = members({"id": "a", "title": "Longer"}, {"id": "b", "title": "B"})
    stated = survive.stated_values(rows)
    values = survive.paper_values(stated, survive.choose(stated))
    PaperValues.validate(values, lazy=True)
    titles = values.filter(pl.col("field") == "title").select("listing_id", "value", "chosen", "rule")
    assert sorted(titles.rows()) == sorted(
        [(listing_id("a"), "Longer", True, "longest"), (listing_id("b"), "B", False, "longest")]
    )


def test_a_paper_with_one_listing_has_its_values_in_the_view_only() -> None:
    stated = survive.stated_values(members({"id": "a"}))
    assert survive.paper_values(stated, survive.choose(stated)).is_empty()


def test_the_record_carries_every_field() -> None:
    rows = members(
        {
            "id": "a",
            "authors": ['Ann "A" Lee', "Bo\\b"],
            "year": 2024,
            "published_on": date(2024, 5, 1),
            "arxiv_id": "2405.00001",
            "position": 4,
            "page_date_raw": "May 2, 2024",
        },
        {"id": "b", "dump": "other", "position": 2, "page_date_raw": "2024-05-09"},
        {"id": "c", "dump": "other", "position": 9, "page_date_raw": "May 30"},
    )
    papers = golden.papers(rows, survive.choose(survive.stated_values(rows)))
    Papers.validate(papers, lazy=True)
    record = papers.row(0, named=True)
    assert record["authors"] == ['Ann "A" Lee', "Bo\\b"]
    assert (record["year"], record["published_on"], record["arxiv_id"]) == (2024, date(2024, 5, 1), "2405.00001")
    assert (record["listing_count"], record["dump_count"], record["best_position"]) == (3, 2, 2)
    assert (record["first_listed_on"], record["last_listed_on"]) == (date(2024, 5, 2), date(2024, 5, 9))


def test_authors_are_stored_as_json() -> None:
    stated = survive.stated_values(members({"id": "a", "authors": ['x"y', "z\nw"]}))
    value = stated.filter(pl.col("field") == "authors")["value"][0]
    assert json.loads(value) == ['x"y', "z\nw"]


def test_flags_are_those_of_the_listing_that_gave_the_abstract() -> None:
    rows = members(
        {"id": "a", "abstract": "Long and damaged.", "flags": ["truncated_end"]}, {"id": "b", "abstract": "Whole."}
    )
    papers = golden.papers(rows, survive.choose(survive.stated_values(rows)))
    assert papers.select("abstract", "flags").row(0) == ("Whole.", [])


@pytest.mark.parametrize(
    ("line", "day"),
    [
        pytest.param("Mar 14, 2024", date(2024, 3, 14), id="with year"),
        pytest.param("14 March 2024", date(2024, 3, 14), id="day first"),
        pytest.param("2024-03-14", date(2024, 3, 14), id="ISO"),
        pytest.param("Mar 14", None, id="without year proves no day"),
        pytest.param("sometime", None, id="no date"),
        pytest.param(None, None, id="no date line"),
    ],
)
def test_page_day(line: str | None, day: date | None) -> None:
    assert pl.select(golden.page_day(pl.lit(line, dtype=pl.String))).item() == day


def test_paper_listings_name_what_joined_them() -> None:
    rows = clean({"id": "a"}, {"id": "b"}, {"id": "c", "title": "Other"})
    pairs = decide(compare(candidate_pairs(listing_keys(rows)), rows))
    groups = clusters(rows, pairs)
    first = groups["cluster"].unique().sort()
    papers = groups.join(
        pl.DataFrame({"cluster": first, "paper_id": [f"p{n:016x}" for n in range(len(first))]}), on="cluster"
    )
    found = golden.paper_listings(papers, pairs)
    PaperListings.validate(found, lazy=True)
    reasons = dict(found.select("listing_id", "match_reason").iter_rows())
    assert reasons == {
        listing_id("a"): "same_title_and_abstract",
        listing_id("b"): "same_title_and_abstract",
        listing_id("c"): "only_listing",
    }


def test_no_listings_make_no_papers() -> None:
    rows = members({"id": "a"}).clear()
    papers = golden.papers(rows, survive.choose(survive.stated_values(rows)))
    assert papers.is_empty()
    Papers.validate(papers, lazy=True)
