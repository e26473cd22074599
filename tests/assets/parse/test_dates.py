from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.parse.dates import LONGEST_DATE, read_dates

DAYS = [
    "2020-05-17",
    "2020/05/17",
    "2020.05.17",
    "2020-5-17",
    "2020  05 17",
    "20200517",
    "2020-05-17T23:59:59Z",
    "2020-05-17T23:59:59+02:00",
    "2020-05-17 7:30",
    "2020/05/17/",
    "2020/05/17/Spring",
    "17 May 2020",
    "17th of May 2020",
    "17-May-2020",
    "Sun, 17 May 2020 19:18:42 GMT",
    "Sunday, May 17, 2020",
    "MAY 17 2020",
    "May 17th, 2020",
    "2020 May 17",
    "17/05/2020",
    "05/17/2020",
    "17.05.2020",
    "17. 5. 2020",
]
MONTHS = [
    "2020-05",
    "2020/05//",
    "2020/05/",
    "2020-05-00",
    "2020   05",
    "May 2020",
    "May, 2020",
    "May-June 2020",
    "May/Jun. 2020",
    "May 17-19, 2020",
    "17-19 May 2020",
    "2020 May",
    "2020 May-Jun",
    "2020 May-2021 Jan",
    "2020 May 3-9",
    "05/2020",
]
YEARS = [
    "2020",
    " 2020 ",
    "(2020)",
    "c2020",
    "2020.0",
    "2020///",
    "2020///Spring",
    "2020//",
    "2020-00-00",
    "2020-00-05",
    "Spring 2020",
    "2020 Winter",
    "Q3 2020",
    "2020-2021",
    "03/04/2020",
]
NONSENSE = [
    "",
    " ",
    "n.d.",
    "nan",
    "0000",
    "1234",
    "9999",
    "2020-02-30",
    "2020-13-01",
    "2020-13",
    "17/17/2020",
    "1589700000",
    "1589700000000",
    "10:30",
    "May",
    "17 Mayday 2020",
    "\uff12\uff10\uff12\uff10",
    "2020" + " " * LONGEST_DATE,
    "in press",
]


@pytest.mark.parametrize(
    ("raw", "on", "precision"),
    [(raw, date(2020, 5, 17), "day") for raw in DAYS]
    + [(raw, date(2020, 5, 1), "month") for raw in MONTHS]
    + [(raw, date(2020, 1, 1), "year") for raw in YEARS]
    + [("05/05/2020", date(2020, 5, 5), "day"), ("1999/12/", date(1999, 12, 1), "month")]
    + [(raw, None, None) for raw in NONSENSE],
)
def test_a_date_has_a_value_and_a_precision(raw: str, on: date | None, precision: str | None) -> None:
    assert read_dates(pl.Series([raw, None, raw])).rows() == [(on, precision), (None, None), (on, precision)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text() | st.from_regex(r"[0-9]{1,4}[-/. ]([0-9]{1,2}|may|Spring)[-/., ]{0,2}[0-9]{0,4}")))
def test_any_text_is_read_without_an_error(texts: list[str]) -> None:
    texts = [text.encode(errors="replace").decode() for text in texts]
    found = read_dates(pl.Series(texts, dtype=pl.String))
    assert found.schema == {"on": pl.Date, "precision": pl.String}
    assert found["on"].is_null().equals(found["precision"].is_null())
    assert found["on"].drop_nulls().dt.year().is_between(1500, 2200).all()


@settings(max_examples=40, deadline=None)
@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2200, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    raw = [day.isoformat(), f"{day.day} {day:%b} {day.year}", f"{day:%B} {day.day}, {day.year}"]
    assert read_dates(pl.Series(raw))["on"].to_list() == [day] * 3
