"""Score: how much attention a paper has, as of a day.

    pages = log2(1 + sum over pages of 1 / log2(1 + rank));  votes = log10(1 + votes);  comments = log10(1 + comments)
    attention = weighted mean of pages (2), votes (2) and comments (1), of those that are stated
    score = attention * 0.5 ** (days since a page last showed the paper / 7)

A first place counts as much as nine votes. What is not stated is left out of the mean: it is not a zero. No figure of
another paper enters, so that more dumps change nothing but what they say of the paper; and since all papers decay
alike, a later day changes no order among papers whose age is known. `macro.py` says the same in SQL.
"""

from datetime import date

import polars as pl

from assets.enrich.trending.showings import captured_on
from schemas.enrich_vocabulary import AgeBasis
from schemas.render import polars_schema
from schemas.trending import Trending
from schemas.vocabulary import DatePrecision, Role

HALF_LIFE_DAYS = 7
"""Days in which a score falls to half: pages are of a day or of a week."""
PAGES_WEIGHT, VOTES_WEIGHT, COMMENTS_WEIGHT = 2, 2, 1
"""What pages, votes and comments count for; comments least, since most papers have the one that a site adds itself."""
MICRO = 1_000_000
"""Weights of ranks are summed as whole millionths, which gives the same sum in any order."""
LEAST_RANK_WEIGHT = 0.1
"""What a page without a ranking counts for, and the least that a rank does: that of the place 1023."""
DIGITS = 6
"""Decimals of a score: rounded, since the last bit of a quotient depends on where a value lies in its column."""
DECAY_DIGITS = 12
"""Decimals of the decay, which reaches zero after nine months."""


def newest_day(dumps: pl.DataFrame, pages: pl.DataFrame, shown: pl.DataFrame, papers: pl.LazyFrame) -> date | None:
    """The newest day that the dumps prove; never the clock.

    Args:
        dumps: Rows of `dumps`: when feeds were captured, where something beside the file states it.
        pages: Rows of `pages`: the days of pages.
        shown: Rows of `showings`.
        papers: Rows of `papers`. Their dates of publication count only where nothing else gives a day, and only those
            that are stated in full: a single one that is mistyped would make all papers old.

    Returns:
        The day; None where nothing proves one.
    """
    captured = dumps.filter(pl.col("role") == Role.FEED).select(captured_on()).to_series()
    known = [captured.max(), pages["listed_on"].max(), shown["shown_on"].max()]
    newest = max((day for day in known if isinstance(day, date)), default=None)
    if newest is not None:
        return newest
    is_full = pl.col("published_precision") == DatePrecision.DAY
    published = papers.filter(is_full).select(pl.col("published_on").max()).collect().item()
    return published if isinstance(published, date) else None


def trending(shown: pl.DataFrame, papers: pl.LazyFrame, as_of: date | None) -> pl.DataFrame:
    """Scores the papers that have been shown.

    Args:
        shown: Rows of `showings`.
        papers: Columns paper_id, published_on of `papers`.
        as_of: The day to score for; None where none is known, and nothing decays.

    Returns:
        Rows of `trending`, sorted by paper_id.
    """
    published = papers.select("paper_id", "published_on").join(
        shown.lazy().select("paper_id").unique(), on="paper_id", how="semi"
    )
    counted = (
        shown.with_columns(rank_weight=_rank_weight())
        .group_by("paper_id")
        .agg(
            _latest("votes"),
            _latest("comment_count"),
            page_count=pl.len().cast(pl.Int64),
            best_position=pl.col("rank").min(),
            rank_weight=(pl.col("rank_weight").sum() / MICRO).round(DIGITS),
            first_shown_on=pl.col("shown_on").min(),
            last_shown_on=pl.col("shown_on").max(),
        )
        .join(published.collect(), on="paper_id")
    )
    return (
        counted.with_columns(*_contributions(), *_age(as_of))
        .with_columns(
            attention_score=_sum("pages_contribution", "votes_contribution", "comments_contribution").round(DIGITS),
            decay=pl.lit(0.5).pow(pl.col("age_days").fill_null(0) / HALF_LIFE_DAYS).round(DECAY_DIGITS),
        )
        .with_columns(score=(pl.col("attention_score") * pl.col("decay")).round(DIGITS))
        .select(polars_schema(Trending).names())
        .sort("paper_id")
    )


def _rank_weight() -> pl.Expr:
    """What a page counts for, in millionths; a page without a ranking counts least."""
    weight = (pl.lit(1.0) / (1 + pl.col("rank")).log(2)).fill_null(LEAST_RANK_WEIGHT)
    return (weight.clip(lower_bound=LEAST_RANK_WEIGHT) * MICRO).round().cast(pl.Int64)


def _latest(name: str) -> pl.Expr:
    """The number on the latest page that states it, the most of a day; a page without a known day comes first."""
    return pl.col(name).sort_by(pl.col(name).is_not_null(), "shown_on", name, nulls_last=False).last()


def _contributions() -> list[pl.Expr]:
    """What pages, votes and comments add to the attention: weight times part, by the weights of what is stated."""
    parts = {
        "pages_contribution": (PAGES_WEIGHT, (1 + pl.col("rank_weight")).log(2)),
        "votes_contribution": (VOTES_WEIGHT, (1 + pl.col("votes")).log(10)),
        "comments_contribution": (COMMENTS_WEIGHT, (1 + pl.col("comment_count")).log(10)),
    }
    total = pl.sum_horizontal(pl.when(part.is_not_null()).then(weight).otherwise(0) for weight, part in parts.values())
    return [(weight * part / total).round(DIGITS).alias(name) for name, (weight, part) in parts.items()]


def _sum(*names: str) -> pl.Expr:
    return pl.sum_horizontal(pl.col(name).fill_null(0) for name in names)


def _age(as_of: date | None) -> list[pl.Expr]:
    """How old a paper is on a day, and what that is counted from."""
    shown, published = pl.col("last_shown_on"), pl.col("published_on")
    day = pl.lit(as_of, dtype=pl.Date)
    age = (day - pl.coalesce(shown, published)).dt.total_days().clip(lower_bound=0)
    basis = (
        pl.when(shown.is_not_null())
        .then(pl.lit(str(AgeBasis.SHOWN)))
        .when(published.is_not_null() & day.is_not_null())
        .then(pl.lit(str(AgeBasis.PUBLISHED)))
        .otherwise(pl.lit(str(AgeBasis.UNKNOWN)))
    )
    return [day.alias("as_of"), age.alias("age_days"), basis.alias("age_basis")]
