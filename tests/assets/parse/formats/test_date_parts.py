import polars as pl
import pytest

from assets.parse.dates import read_dates
from assets.parse.formats.date_parts import joined_date


@pytest.mark.parametrize(
    ("year", "rest", "joined", "precision"),
    [
        ("2019", "", "2019", "year"),
        ("2019", "July", "July 2019", "month"),
        ("2019", "sEPTEMBER", "September 2019", "month"),
        ("2019", "Aug.", "August 2019", "month"),
        ("2019", "Sept", "September 2019", "month"),
        ("2019", "Septemer", "September 2019", "month"),
        ("2019", "Sept/Oct", "September 2019", "month"),
        ("2019", "6", "2019-06", "month"),
        ("2019", "13", "2019", "year"),
        ("2019", "Mar 3", "3 March 2019", "day"),
        ("2019", "3 March", "3 March 2019", "day"),
        ("2019", "August 28th", "28 August 2019", "day"),
        ("2019", "Feb 30", "February 2019", "month"),
        ("2019", "August 26-30", "August 2019", "month"),
        ("2019", "1\u20133 December", "December 2019", "month"),
        ("2019", "29 October--3 November", "October 2019", "month"),
        ("2019", "September 30 \u2013 October 1", "September 2019", "month"),
        ("2019", "2 May 9", "May 2019", "month"),
        ("2019", "2019 Oct 6", "6 October 2019", "day"),
        ("2019", "2019", "2019", "year"),
        ("2019", "2019-10-06", "2019-10-06", "day"),
        ("2019", "2019 May 30-Jun 2", "May 2019", "month"),
        ("2019", "Winter", "2019", "year"),
        ("2019", "Primary", "2019", "year"),
        ("2019", "Decision", "2019", "year"),
        ("2019", "3 ropes", "2019", "year"),
        ("2019", "May " * 100, "2019", "year"),
        ("", "Mar 3, 2019", "Mar 3, 2019", "day"),
        ("in press", "March", "in press", None),
        (" ", " ", None, None),
    ],
)
def test_parts_of_a_date_are_joined_as_far_as_they_are_certain(
    year: str, rest: str, joined: str | None, precision: str | None
) -> None:
    assert joined_date(year, rest) == joined
    assert read_dates(pl.Series([joined], dtype=pl.String))["precision"].item() == precision
