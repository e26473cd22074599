"""Dates: from any usual way of writing one to a date and how much of it is stated.

A date is kept as it is written, whatever its time zone. What can be read in two ways states its year alone.
"""

import polars as pl

from schemas.vocabulary import DatePrecision

FIRST_YEAR, LAST_YEAR = 1500, 2200
"""Years outside are no years of publication."""
LONGEST_DATE = 100
"""Characters; what is longer is no date."""

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_OTHER_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_DASH = r"\s*(?:[-/&\x{2013}\x{2014}]|to|and)\s*"
_GAP = r"[\s,./-]+"
_POINT = r"(?:[-/.]|\s+)"
_SEASON = r"(?:spring|summer|autumn|fall|winter|q[1-4]|(?:first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter)"

FORMS = (
    rf"^{_YEAR}{_POINT}(?P<month>[0-9]{{1,2}}){_POINT}(?P<day>[0-9]{{1,2}})(?:/.*|[t\s]|z)?$",  # 2020-05-17
    rf"^{_WEEKDAY}{_DAY}{_GAP}(?:of\s+)?{_NAME}{_GAP}{_YEAR}[t\s]?$",  # 17 May 2020; Mon, 2 Apr 2007
    rf"^{_YEAR}{_POINT}(?P<month>[0-9]{{1,2}})(?:/{{1,2}}[^0-9]*)?$",  # 2020-05, 2020/05//
    rf"^[\[(]?(?:c|\x{{a9}})?\s*{_YEAR}(?:\.0|//?/?[^0-9]*)?[\])]?$",  # 2020, (2020), 2020///Spring, 2020.0
    rf"^{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})t?$",  # 20200517
    rf"^{_YEAR}{_DASH}[0-9]{{4}}$",  # 1998-1999
    rf"^{_WEEKDAY}{_NAME}{_GAP}{_DAY}{_GAP}{_YEAR}$",  # May 17, 2020
    rf"^(?:[0-9]{{1,2}}{_DASH}[0-9]{{1,2}}\s+)?{_NAME}(?:{_DASH}{_OTHER_NAME})?{_GAP}{_YEAR}$",  # May 2020; Apr-May 99
    rf"^{_NAME}\s+[0-9]{{1,2}}{_DASH}(?:{_OTHER_NAME}\s+)?[0-9]{{1,2}},?\s+{_YEAR}$",  # May 17-19, 2020
    rf"^{_YEAR}{_GAP}{_NAME}(?:{_GAP}{_DAY})?$",  # 2007 Apr 2; 2007 Apr
    rf"^{_YEAR}{_GAP}{_NAME}(?:\s+[0-9]{{1,2}})?{_DASH}(?:[0-9]{{4}}\s+)?(?:{_OTHER_NAME}\s*)?(?:[0-9]{{1,2}})?$",
    rf"^{_SEASON}{_GAP}{_YEAR}$",  # Spring 1999
    rf"^{_YEAR}{_GAP}{_SEASON}$",  # 1999 Spring
    rf"^(?P<month>[0-9]{{1,2}})[/.-]{_YEAR}$",  # 05/2020
    rf"^(?P<one>[0-9]{{1,2}})(?:/|-|\.\s?)(?P<other>[0-9]{{1,2}})(?:/|-|\.\s?){_YEAR}$",  # 17/05/2020; 03/04/2019
)
"""The ways of writing a date, in small letters and without the time of day, the most frequent first. `one` and `other`
are day and month, or month and day."""
_GROUPS = ("year", "month", "name", "day", "one", "other")


def read_dates(raw: pl.Series) -> pl.DataFrame:
    """Reads dates.

    Args:
        raw: String, in any usual form.

    Returns:
        One row per value: `on` (Date) and `precision` (a DatePrecision); what is not stated is the first of January or
        of the month. Both are null where no date between FIRST_YEAR and LAST_YEAR is stated.
    """
    if raw.null_count() == len(raw):
        return pl.DataFrame({"on": raw.cast(pl.Date), "precision": raw})
    keys = raw.to_frame("raw").select(key=_without_time(pl.col("raw")))
    read = _read_keys(keys["key"].drop_nulls().unique(maintain_order=True))
    return keys.join(read, on="key", how="left", maintain_order="left").select("on", "precision")


def _without_time(raw: pl.Expr) -> pl.Expr:
    """What stands before the time of day: a batch has a million moments, but few days."""
    colon = raw.str.find(":", literal=True)
    day = pl.when(colon.is_not_null()).then(raw.str.head(colon).str.strip_chars_end("0123456789")).otherwise(raw)
    return pl.when(raw.str.len_bytes() <= LONGEST_DATE).then(day.str.strip_chars().str.to_lowercase())


def _read_keys(keys: pl.Series) -> pl.DataFrame:
    """Reads each of different dates: `key`, `on` and `precision` of those that state one."""
    found = [pl.DataFrame(schema=dict.fromkeys(("key", *_GROUPS), pl.String))]
    for form in FORMS:
        if not len(keys):
            break
        groups = pl.DataFrame({"key": keys}).select("key", pl.col("key").str.extract_groups(form).alias("groups"))
        groups = groups.unnest("groups")
        found.append(groups.filter(pl.col("year").is_not_null()))
        keys = groups.filter(pl.col("year").is_null())["key"]
    return _checked(pl.concat(found, how="diagonal"))


def _checked(found: pl.DataFrame) -> pl.DataFrame:
    """Dates that exist, of those that were found."""
    names = pl.col("name").str.head(3).replace_strict(_MONTH_NAMES, list(range(1, 13)), return_dtype=pl.Int64)
    numbers = [pl.col(name).cast(pl.Int64) for name in _GROUPS if name != "name"]
    one, other = pl.col("one"), pl.col("other")
    is_plain = (one > 12) | (other > 12) | (one == other)
    month = pl.when(is_plain).then(pl.when(one > 12).then(other).otherwise(one))
    day = pl.when(is_plain).then(pl.when(one > 12).then(one).otherwise(other))
    read = found.with_columns(*numbers, names).select(
        "key", "year", month=_stated(pl.coalesce("month", "name", month)), day=_stated(pl.coalesce("day", day))
    )
    read = read.with_columns(day=pl.when(pl.col("month").is_not_null()).then("day"))
    text = pl.format("{}-{}-{}", "year", pl.col("month").fill_null(1), pl.col("day").fill_null(1))
    precision = (
        pl.when(pl.col("month").is_null())
        .then(pl.lit(str(DatePrecision.YEAR)))
        .when(pl.col("day").is_null())
        .then(pl.lit(str(DatePrecision.MONTH)))
        .otherwise(pl.lit(str(DatePrecision.DAY)))
    )
    dated = read.filter(pl.col("year").is_between(FIRST_YEAR, LAST_YEAR)).select(
        "key", text.str.to_date("%Y-%m-%d", strict=False).alias("on"), precision.alias("precision")
    )
    return dated.drop_nulls("on")


def _stated(number: pl.Expr) -> pl.Expr:
    """Zero stands for a month or day that is not known."""
    return pl.when(number != 0).then(number)
