"""The year of a page is proved by its papers, or stays open with a reason."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from assets.dedupe.papers.page_dates import page_dates, stated_day
from schemas.pages import Pages
from tests.frames import dump_id, listing_id, table

FIRST, SECOND = ("p" + digit * 16 for digit in "01")


def dated(
    line: str | None,
    published: dict[str, tuple[date | None, str]],
    *,
    captured: tuple[date, str] | None = None,
) -> dict[str, object]:
    """The page that lists two papers; a reference of the one or the other states when it was published."""
    placed = pl.DataFrame(
        [
            (listing_id("a"), FIRST, dump_id("page"), "feed", 1, line),
            (listing_id("b"), SECOND, dump_id("page"), "feed", 1, line),
            (listing_id("ref a"), FIRST, dump_id("ref"), "reference", 1, None),
            (listing_id("other a"), FIRST, dump_id("ref"), "reference", 1, None),
            (listing_id("ref b"), SECOND, dump_id("ref"), "reference", 1, None),
        ],
        schema={
            "listing_id": pl.String,
            "paper_id": pl.String,
            "dump_id": pl.String,
            "role": pl.String,
            "page": pl.Int64,
            "page_date_raw": pl.String,
        },
        orient="row",
    )
    stated = pl.DataFrame(
        [(listing_id(name), day, precision) for name, (day, precision) in published.items()],
        schema={"listing_id": pl.String, "published_on": pl.Date, "published_precision": pl.String},
        orient="row",
    )
    moment = datetime(captured[0].year, captured[0].month, captured[0].day, tzinfo=UTC) if captured else None
    dumps = table(
        "dumps",
        [{"dump_id": dump_id("page"), "captured_at": moment, "captured_from": captured[1] if captured else None}],
    )
    pages = page_dates(placed.sample(fraction=1, shuffle=True, seed=3), stated, dumps)
    Pages.validate(pages, lazy=True)
    (row,) = pages.to_dicts()
    return row


DAY = "day"


@pytest.mark.parametrize(
    ("line", "published", "day", "proof"),
    [
        pytest.param("Mar 11", {"ref a": (date(2025, 2, 26), DAY)}, date(2025, 3, 11), "ref a", id="same year"),
        pytest.param("Jan 3", {"ref a": (date(2024, 12, 20), DAY)}, date(2025, 1, 3), "ref a", id="over new year"),
        pytest.param(
            "Mar 11",
            {"ref a": (date(2023, 5, 1), DAY), "ref b": (date(2024, 9, 1), DAY)},
            date(2025, 3, 11),
            "ref b",
            id="the latest paper proves it",
        ),
        pytest.param(
            "Mar 11",
            {"ref a": (date(2026, 1, 1), DAY), "other a": (date(2024, 12, 1), DAY)},
            date(2025, 3, 11),
            "other a",
            id="of one paper the first day counts: it appeared again later",
        ),
        pytest.param("11 March", {"ref a": (date(2025, 2, 26), DAY)}, date(2025, 3, 11), "ref a", id="day first"),
        pytest.param(
            "Mar 11", {"ref a": (date(2025, 3, 12), DAY)}, date(2025, 3, 11), "ref a", id="tomorrow elsewhere"
        ),
        pytest.param("Mar 11", {"ref a": (date(2025, 3, 13), DAY)}, date(2026, 3, 11), "ref a", id="two days later"),
        pytest.param("Feb 29", {"ref a": (date(2021, 1, 1), DAY)}, date(2024, 2, 29), "ref a", id="leap day"),
        pytest.param("Feb 29", {"ref a": (date(1896, 3, 2), DAY)}, date(1904, 2, 29), "ref a", id="eight years on"),
    ],
)
def test_the_earliest_year_that_no_paper_contradicts(
    line: str, published: dict[str, tuple[date | None, str]], day: date, proof: str
) -> None:
    row = dated(line, published)
    assert (row["listed_on"], row["proof"], row["missing_reason"]) == (day, "publication", None)
    assert (row["proof_listing_id"], row["proof_published_on"]) == (listing_id(proof), published[proof][0])
    assert (row["listing_count"], row["dated_count"]) == (2, len({name[-1] for name in published}))


@pytest.mark.parametrize(
    ("line", "published", "reason"),
    [
        pytest.param("Mar 11", {}, "ambiguous", id="nothing proves a year"),
        pytest.param("Mar 11", {"ref a": (date(2025, 2, 1), "month")}, "ambiguous", id="a month is no day"),
        pytest.param("Mar 11", {"ref a": (date(2025, 1, 1), "year")}, "ambiguous", id="nor is a year"),
        pytest.param(None, {"ref a": (date(2025, 2, 26), DAY)}, "not_stated", id="no date line"),
        pytest.param("yesterday", {"ref a": (date(2025, 2, 26), DAY)}, "not_parsed", id="no date in the line"),
        pytest.param("Feb 30", {"ref a": (date(2025, 2, 26), DAY)}, "not_parsed", id="no such day"),
        pytest.param(
            "Mar 11, 2024", {"ref a": (date(2025, 2, 26), DAY)}, "conflict", id="a stated year before a paper"
        ),
    ],
)
def test_a_day_that_nothing_proves_is_missing_for_a_reason(
    line: str | None, published: dict[str, tuple[date | None, str]], reason: str
) -> None:
    row = dated(line, published)
    assert (row["listed_on"], row["proof"], row["missing_reason"]) == (None, None, reason)


def test_a_stated_year_needs_no_proof() -> None:
    assert dated("Mar 11, 2024", {})["listed_on"] == date(2024, 3, 11)
    assert dated("Mar 11, 2024", {})["proof"] == "stated"


def test_a_page_shows_no_day_after_it_was_captured() -> None:
    published: dict[str, tuple[date | None, str]] = {"ref a": (date(2025, 3, 20), DAY)}
    assert dated("Mar 11", published, captured=(date(2025, 3, 11), "manifest"))["missing_reason"] == "conflict"
    assert dated("Mar 11", published, captured=(date(2025, 3, 11), "mtime"))["listed_on"] == date(2026, 3, 11)
    assert dated("Mar 11", published, captured=(date(2026, 4, 1), "file_name"))["listed_on"] == date(2026, 3, 11)


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
def test_stated_day(line: str | None, day: date | None) -> None:
    assert pl.select(stated_day(pl.lit(line, dtype=pl.String))).item() == day
