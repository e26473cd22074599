"""Small tables of pages for the tests of trending."""

from datetime import date, timedelta

import polars as pl

from tests.frames import dump_id, listing_id, table

FIRST = date(2031, 5, 1)


def day(number: int | None) -> date | None:
    """A day of a made-up month, from 0."""
    return None if number is None else FIRST + timedelta(days=number)


def paper(name: str) -> str:
    return f"p{ord(name):016x}"


def shown(*rows: tuple[str, int | None, int | None, int | None, int | None]) -> pl.DataFrame:
    """Rows of `showings`: (paper, rank, number of the day, votes, comments), each from a dump of its own."""
    told = [
        {
            "paper_id": paper(name),
            "dump_id": dump_id(str(row)),
            "page": 1,
            "listing_id": listing_id(str(row)),
            "rank": rank,
            "shown_on": day(number),
            "votes": votes,
            "comment_count": comments,
        }
        for row, (name, rank, number, votes, comments) in enumerate(rows)
    ]
    return table("showings", told)


def papers(published: dict[str, int] | None = None, names: str = "abcdef") -> pl.DataFrame:
    """Rows of `papers`; the dates of publication by paper, as numbers of days."""
    given = published or {}
    told = [
        {
            "paper_id": paper(name),
            "title": f"Lantern {name.upper()}",
            "published_on": day(given.get(name)),
            "published_precision": "day" if name in given else None,
        }
        for name in names
    ]
    counts = {"listing_count": 1, "reference_count": 0, "dump_count": 1, "best_position": 1, "conflict_count": 0}
    return table("papers", told, record_type="article", **counts)
