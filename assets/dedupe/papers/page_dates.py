"""Page dates: the day that a result page shows, with the year that most pages leave out.

A page cannot list a paper before the paper was out. So the year is the earliest in which the page's day comes after all
papers of the page whose first day is known; the latest of these proves it, since it rules out the year before. Where no
listing has such a day nothing is proved, and the year stays open.
"""

from datetime import timedelta

import polars as pl

from schemas.enrich_vocabulary import MissingReason, PageDateProof
from schemas.pages import Pages
from schemas.render import polars_schema
from schemas.vocabulary import CapturedFrom, DatePrecision, Role

WITH_YEAR = ("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d")
"""Date lines that state their year."""
WITHOUT_YEAR = ("%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y")
"""Date lines that do not, with a year put behind them."""
LEAP_YEAR = 2000
"""A year that has every day."""
SLACK = timedelta(days=1)
"""What a page may be ahead of: it is already tomorrow elsewhere."""
PROVES = (CapturedFrom.MANIFEST, CapturedFrom.FILE_NAME)
"""What tells for certain when a dump was captured: a page does not show a later day."""
YEARS = range(9)
"""Years after that of the proof in which the 29th of February is looked for: 1896 and 1904 are eight years apart."""
PAGE = ("dump_id", "page")


def page_dates(placed: pl.DataFrame, published: pl.DataFrame, dumps: pl.DataFrame) -> pl.DataFrame:
    """Dates the pages of feeds.

    Args:
        placed: Columns listing_id, paper_id, dump_id, role, page, page_date_raw of all listings of papers, references
            included.
        published: Columns listing_id, published_on, published_precision of the same listings.
        dumps: Rows of `dumps`.

    Returns:
        Rows of `pages`, sorted: the pages of feeds that show a paper.
    """
    known = _first_days(placed, published)
    listed = placed.filter(pl.col("role") == Role.FEED)
    latest = (
        listed.join(known, on="paper_id", suffix="_proof")
        .sort(*PAGE, "first_day", "listing_id_proof", descending=[False, False, True, False])
        .group_by(PAGE, maintain_order=True)
        .agg(
            dated_count=pl.col("paper_id").n_unique().cast(pl.Int64),
            proof_listing_id=pl.col("listing_id_proof").first(),
            proof_published_on=pl.col("first_day").first(),
        )
    )
    pages = (
        listed.group_by(PAGE)
        .agg(
            pl.col("page_date_raw").drop_nulls().sort().first(),
            listing_count=pl.len().cast(pl.Int64),
        )
        .join(latest, on=PAGE, how="left")
        .join(_captured(dumps), on="dump_id", how="left")
        .with_columns(pl.col("dated_count").fill_null(0))
    )
    return _judged(pages).select(polars_schema(Pages).names()).sort(PAGE)


def _first_days(placed: pl.DataFrame, published: pl.DataFrame) -> pl.DataFrame:
    """The first day on which each paper was out, and the listing that states it: paper_id, first_day, listing_id."""
    stated = published.filter(pl.col("published_precision") == DatePrecision.DAY)
    return (
        placed.select("paper_id", "listing_id")
        .join(stated.select("listing_id", first_day="published_on"), on="listing_id")
        .sort("paper_id", "first_day", "listing_id")
        .unique("paper_id", keep="first", maintain_order=True)
    )


def _captured(dumps: pl.DataFrame) -> pl.DataFrame:
    """The day on which a dump was captured, where that is certain: dump_id, captured_on."""
    certain = dumps.filter(pl.col("captured_from").is_in(PROVES))
    return certain.select("dump_id", captured_on=pl.col("captured_at").dt.date())


def _judged(pages: pl.DataFrame) -> pl.DataFrame:
    """Adds the day, what proves it, and why it is missing."""
    line = pl.col("page_date_raw").str.strip_chars()
    not_before = pl.col("proof_published_on") - SLACK
    read = pages.with_columns(stated=stated_day(line), day=_day_of_year(line)).with_columns(
        proved=pl.when(pl.col("stated").is_null()).then(_earliest(pl.col("day"), not_before))
    )
    found = pl.coalesce("stated", "proved")
    too_early = (found < not_before).fill_null(value=False)
    too_late = (found > pl.col("captured_on") + SLACK).fill_null(value=False)
    contradicted = too_early | too_late
    is_read = pl.col("day").is_not_null() | pl.col("stated").is_not_null()
    said = pl.when(~contradicted)
    return read.select(
        *PAGE,
        "page_date_raw",
        "listing_count",
        "dated_count",
        listed_on=said.then(found),
        proof=said.then(
            pl.when(pl.col("stated").is_not_null())
            .then(pl.lit(str(PageDateProof.STATED)))
            .when(pl.col("proved").is_not_null())
            .then(pl.lit(str(PageDateProof.PUBLICATION)))
        ),
        missing_reason=pl.when(line.is_null())
        .then(pl.lit(str(MissingReason.NOT_STATED)))
        .when(~is_read)
        .then(pl.lit(str(MissingReason.NOT_PARSED)))
        .when(contradicted)
        .then(pl.lit(str(MissingReason.CONFLICT)))
        .when(found.is_null())
        .then(pl.lit(str(MissingReason.AMBIGUOUS))),
        proof_listing_id="proof_listing_id",
        proof_published_on="proof_published_on",
    )


def stated_day(line: pl.Expr) -> pl.Expr:
    """The day of a date line; null where it states no year."""
    return pl.coalesce(line.str.to_date(form, strict=False) for form in WITH_YEAR)


def _day_of_year(line: pl.Expr) -> pl.Expr:
    """The day of a date line without a year, in LEAP_YEAR; null for any other line."""
    with_year = pl.concat_str(line, pl.lit(f" {LEAP_YEAR}"))
    return pl.coalesce(with_year.str.to_date(form, strict=False) for form in WITHOUT_YEAR)


def _earliest(day: pl.Expr, not_before: pl.Expr) -> pl.Expr:
    """The first date that has a month and day and does not come before another date.

    Args:
        day: A date of LEAP_YEAR.
        not_before: The other date.
    """
    in_year = [
        pl.concat_str((not_before.dt.year() + later).cast(pl.String), day.dt.to_string("-%m-%d")) for later in YEARS
    ]
    tries = [one.str.to_date("%Y-%m-%d", strict=False) for one in in_year]
    return pl.coalesce(pl.when(one >= not_before).then(one) for one in tries)
