"""Showings: the pages that showed each paper, with the rank, the day, and the votes and comments that they state.

Only what tells of attention is one: a page of papers that somebody selected, or a listing that states votes or
comments. An archive or a bibliography holds everything there is, so being in it says nothing.
"""

import polars as pl

from schemas.formats import Format
from schemas.render import polars_schema
from schemas.trending import Showings
from schemas.vocabulary import CapturedFrom, Role

SELECTING = frozenset({Format.PAGE_TEXT, Format.DAILY_PAPERS_JSON, Format.WEEKLY_TEXT})
"""Formats of pages with the selected papers of a day or a week."""
RANKING = frozenset({Format.PAGE_TEXT, Format.DAILY_PAPERS_JSON})
"""Those whose order is a ranking. The blocks of a weekly text are not: over 2,690 papers that daily answers list as
well, the logarithms of their places and of the votes correlate by 0.08; within the daily answers it is -0.74."""
STATED = frozenset({CapturedFrom.MANIFEST, CapturedFrom.FILE_NAME})
"""What states the day of a capture. When a file was last written says where it was copied, not when it was captured."""
PAGE = ("paper_id", "dump_id", "page")


def showings(
    paper_listings: pl.LazyFrame,
    listings: pl.LazyFrame,
    clean_listings: pl.LazyFrame,
    dumps: pl.DataFrame,
    pages: pl.DataFrame,
) -> pl.DataFrame:
    """Lists the pages that showed each paper.

    Args:
        paper_listings: Rows of `paper_listings`.
        listings: Rows of `listings`.
        clean_listings: Rows of `clean_listings`.
        dumps: Rows of `dumps`; the listings of references are none of a page.
        pages: Rows of `pages`.

    Returns:
        Rows of `showings`, sorted: one for each page, however often the page has the paper.
    """
    telling = pl.col("format").is_in(SELECTING) | pl.any_horizontal(pl.col("votes", "comment_count").is_not_null())
    feeds = dumps.filter(pl.col("role") == Role.FEED).select("dump_id", "format", capture_day=captured_on())
    told = (
        clean_listings.select("listing_id", "dump_id", "votes", "comment_count")
        .join(feeds.lazy(), on="dump_id")
        .filter(telling)
        .join(listings.select("listing_id", "page", "position"), on="listing_id")
        .join(paper_listings.select("listing_id", "paper_id"), on="listing_id")
        .join(pages.lazy().select("dump_id", "page", "listed_on"), on=["dump_id", "page"], how="left")
        .collect()
    )
    return (
        told.sort(*PAGE, "position", "listing_id")
        .group_by(PAGE, maintain_order=True)
        .agg(
            pl.col("listing_id").first(),
            rank=pl.when(pl.col("format").is_in(RANKING)).then("position").first(),
            shown_on=pl.coalesce("listed_on", "capture_day").first(),
            votes=pl.col("votes").max(),
            comment_count=pl.col("comment_count").max(),
        )
        .select(polars_schema(Showings).names())
    )


def captured_on() -> pl.Expr:
    """The day on which a dump was captured, where something beside the file states it; else null."""
    return pl.when(pl.col("captured_from").is_in(STATED)).then(pl.col("captured_at").dt.date())
