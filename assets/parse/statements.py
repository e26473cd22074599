"""Statements: what readers copied from the sources becomes rows of `listings`, each value in one form, or none.

A reader knows its format; everything that formats share is read here, and only here. The source's own words pass
through as they are, but for the addresses of people.
"""

import polars as pl

from assets.parse.controls import list_without_controls, without_controls
from assets.parse.dates import read_dates
from assets.parse.identifiers import read_identifiers
from assets.parse.names import display_names
from assets.parse.privacy import without_addresses
from assets.parse.selective import change_items
from schemas.listings import Listings
from schemas.render import polars_schema
from schemas.vocabulary import DatePrecision

GIVEN_LATER = ("listing_id", "dump_id")
"""Columns of `listings` that depend on the dump."""
COUNT = r"^\s*\+?([0-9]{1,15})(?:\.0*)?\s*$"
LINK = r"^(?i-u:https?://|ftp://|www\.)[^\s/]"

_COLUMNS = [(name, dtype) for name, dtype in polars_schema(Listings).items() if name not in GIVEN_LATER]


def read_statements(frame: pl.DataFrame) -> pl.DataFrame:
    """Puts the statements of a reader into one form.

    Args:
        frame: Of STATEMENT_SCHEMA, any number of rows.

    Returns:
        All columns of `Listings` but `listing_id` and `dump_id`, one row per record, in the same order.
    """
    dates = read_dates(pl.concat([frame["published_raw"], frame["updated_raw"]]))
    published, updated = dates[: frame.height], dates[frame.height :]
    span = pl.format("{}-{}", "byte_start", "byte_end")
    read = frame.with_columns(
        read_identifiers(frame).get_columns(),
        locator=pl.coalesce(span, pl.format("row {}", "row"), pl.lit("")),
        authors_raw=without_addresses(frame["authors_raw"]),
        authors=display_names(frame["authors"]),
        published_raw=without_controls(frame["published_raw"]),
        published_on=published["on"],
        published_precision=published["precision"],
        updated_on=updated["on"].set(updated["precision"].ne_missing(str(DatePrecision.DAY)), None),
        categories=list_without_controls(frame["categories"]),
        urls=change_items(frame["urls"], _links),
        votes=_count("votes_raw"),
        comment_count=_count("comments_raw"),
        source_fields=without_addresses(frame["source_fields"].fill_null("{}")),
        **{name: without_controls(frame[name]) for name in ("venue", "volume", "issue", "pages")},
    )
    return read.select(pl.col(name).cast(dtype) for name, dtype in _COLUMNS)


def _links(urls: pl.Series) -> pl.Series:
    """Links that a browser may open; scripts and data within a link are none."""
    urls = without_controls(urls)
    return urls.set(~urls.str.contains(LINK).fill_null(value=False), None)


def _count(name: str) -> pl.Expr:
    """A number of people: whole and not negative."""
    return pl.col(name).str.extract(COUNT, 1).cast(pl.Int64)
