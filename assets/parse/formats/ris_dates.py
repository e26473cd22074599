"""Dates of RIS: `YYYY/MM/DD/other` in `PY`, `Y1` or `DA`, and what programs write there instead.

They are put into the order `YYYY-MM-DD`, as far as they go. The tags of one record often tell the same date more or
less fully, a year here and `AUG 12` there; the fullest of those that agree on the year is the one that is told.
"""

import numpy as np
import polars as pl

from assets.parse.formats.bibliography import MONTHS
from assets.parse.formats.tagged_columns import Columns, Strings
from assets.parse.spans import Offsets

TAGS = ("PY", "Y1", "DA")
"""The year of publication is trusted before other dates."""

NUMERIC = r"^(?P<year>\d{4})(?:[/-](?P<month>\d{1,2})?(?:[/-](?P<day>\d{1,2})?)?)?(?P<more>.*)$"
NAMED = r"^(?:(?P<year>\d{4})[ /,-]+)?(?P<month>[A-Za-z]{3,9})\.?(?:[ -]+(?P<day>\d{1,2}))?(?P<more>[^A-Za-z0-9]*)$"
NAMED_LAST_YEAR = r"^(?:(?P<day>\d{1,2})[ -]+)?(?P<month>[A-Za-z]{3,9})\.?,?[ -]+(?P<year>\d{4})(?P<more>)$"
SAYS_MORE = r"[A-Za-z0-9]"
"""What is left of a date and is not only slashes."""


def publication_dates(columns: Columns) -> Strings:
    """Takes the date of publication of each record.

    Returns:
        `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; the text of the first tag as it stands where none of them has a year. A text
        that says more than what is returned stays behind.
    """
    rows = columns.rows(*TAGS)
    frame = _parsed(columns.values.gather(rows)).with_columns(
        row=pl.Series(rows, dtype=pl.Int64),
        record=pl.Series(columns.records.record[rows], dtype=pl.Int64),
        rank=_ranks(columns, rows),
    )
    base = (
        frame.filter(pl.col("year").is_not_null())
        .sort("record", "rank", "row")
        .unique("record", keep="first", maintain_order=True)
        .select("record", base="year")
    )
    dated = (
        frame.join(base, on="record", how="inner", maintain_order="left")
        .filter(pl.col("year").fill_null(pl.col("base")) == pl.col("base"))
        .with_columns(date=pl.concat_str("base", "tail"), length=pl.col("tail").str.len_bytes())
    )
    best = dated.sort("record", "length", "rank", "row", descending=[False, True, False, False]).unique(
        "record", keep="first", maintain_order=True
    )
    told = dated.join(best.select("record", best="date"), on="record", how="left")
    told = told.filter(~pl.col("says_more") & pl.col("best").str.starts_with(pl.col("date")))
    columns.drop(told["row"].to_numpy())
    undated = columns.find(*TAGS)
    undated[base["record"].to_numpy()] = -1
    dates = columns.peek(undated)
    return dates.scatter(best["record"].to_numpy(), best["date"])


def _ranks(columns: Columns, rows: Offsets) -> Strings:
    """Place of the tag of each row in TAGS."""
    ranks = np.full(len(columns.values), len(TAGS))
    for rank, tag in enumerate(TAGS):
        ranks[columns.rows(tag)] = rank
    return pl.Series(ranks[rows], dtype=pl.Int64)


def _parsed(values: Strings) -> pl.DataFrame:
    """Year, the rest of the date as `-MM-DD`, and whether the text says more; year is null where there is none."""
    forms = [values.str.extract_groups(form) for form in (NAMED, NAMED_LAST_YEAR, NUMERIC)]
    part = {
        name: pl.coalesce(*(pl.lit(form.struct.field(name)) for form in forms))
        for name in ("year", "month", "day", "more")
    }
    number = part["month"].str.to_lowercase().replace(list(MONTHS), [str(one) for one in MONTHS.values()])
    month = number.cast(pl.Int64, strict=False)
    day = part["day"].cast(pl.Int64, strict=False)
    frame = pl.select(year=part["year"], month=month, day=day, more=part["more"], named=part["month"])
    has_month = pl.col("month").is_between(1, 12).fill_null(value=False)
    has_day = has_month & pl.col("day").is_between(1, 31).fill_null(value=False)
    two_digits = pl.format("-{}", pl.col("month").cast(pl.String).str.zfill(2))
    tail = pl.when(has_day).then(
        pl.concat_str(two_digits, pl.format("-{}", pl.col("day").cast(pl.String).str.zfill(2)))
    )
    is_unread = (pl.col("named").is_not_null() & ~has_month & (pl.col("month").fill_null(99) != 0)) | (
        pl.col("day").is_not_null() & ~has_day & (pl.col("day") != 0)
    )
    is_unknown = pl.col("year").is_null() & ~has_month
    return frame.select(
        "year",
        tail=tail.when(has_month).then(two_digits).otherwise(pl.lit("")),
        says_more=is_unread | pl.col("more").fill_null("").str.contains(SAYS_MORE) | is_unknown,
    )
