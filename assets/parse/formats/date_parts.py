"""Dates that a source states in parts: the year here; month, day or the days of a meeting there."""

import re
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
LONGEST = 100
"""Characters of a part of a date; what is longer is none."""
LEAST_ALIKE = 0.8
"""How alike a word and the name of a month are, from 0 to 1, for it to be that name misspelt: `Septemer`."""
SHORTEST_MISSPELT = 6

_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,2}")
_YEAR = re.compile(r"[0-9]{4}")
_NUMBERS = re.compile(r"[0-9]{1,4}(?:[-/. ]+[0-9]{1,4}){1,2}")
_ORDINAL = r"(?:st|nd|rd|th)?"
_ONE_DAY = re.compile(
    rf"(?:([0-9]{{1,2}}){_ORDINAL}[\s.]+[a-z]+|[a-z]+\.?\s+([0-9]{{1,2}}){_ORDINAL})\.?", re.IGNORECASE
)


def joined_date(year: str, rest: str) -> str | None:
    """Joins the parts of a date.

    Args:
        year: As stated; empty where it is not.
        rest: As stated: `July`, `6`, `14 July`, `Mar 3`, `May 2 - May 7`, `2022 Oct 6`, `2022-10-06`; empty where it is
            not.

    Returns:
        A date, no more of it than is certain: of several days the first month, of what is no month the year. None where
        nothing is stated.
    """
    year, rest = year.strip(), rest.strip()
    if not rest or not _YEAR.fullmatch(year) or len(rest) > LONGEST:
        return year or rest or None
    if year in rest and _NUMBERS.fullmatch(rest):
        return rest
    rest = rest.replace(year, "").strip(" ,;")
    if _NUMBER.fullmatch(rest):
        return f"{year}-{rest:0>2}" if 1 <= int(rest) <= 12 else year
    month = next(filter(None, map(_month, _WORD.findall(rest))), None)
    if month is None:
        return year
    if (day := _ONE_DAY.fullmatch(rest)) and _exists(int(year), month, int(day[1] or day[2])):
        return f"{day[1] or day[2]} {month} {year}"
    return f"{month} {year}"


@lru_cache(maxsize=1024)
def _month(word: str) -> str | None:
    """The name of the month that a word is, or is short for."""
    word = word.lower()
    for name in MONTHS:
        if word in {name, name[:3]} or word == "sept" == name[:4]:
            return name.capitalize()
    alike = get_close_matches(word, MONTHS, 1, LEAST_ALIKE) if len(word) >= SHORTEST_MISSPELT else []
    return alike[0].capitalize() if alike else None


def _exists(year: int, month: str, day: int) -> bool:
    try:
        date(year, MONTHS.index(month.lower()) + 1, day)
    except ValueError:
        return False
    return True
