"""Bounds: what is usual among the papers at hand, and from where on a value is an outlier.

Both ends are set for themselves, from the quartiles: a quarter of all papers may be broken before a bound moves. Where
most papers have the same value, or where there are few papers, bounds lie further out, so that nothing is an outlier
by chance alone.
"""

import polars as pl

from assets.enrich.quality.measures import DECIMALS
from assets.enrich.quality.scales import SCALES, End, Scale, values
from schemas.quality import ANY_LANGUAGE, QualityBounds
from schemas.render import polars_schema

FAR = 5.0
"""Standard deviations from the median to a bound: of evenly spread values one in three million is further out."""
FEW = 4.0
"""How much further the bounds of n papers are: by this much, divided by the square root of n."""
LEAST_PAPERS = 20
"""Papers that a bound needs."""
QUARTILE = 0.6745
"""Standard deviations from the median of a normal distribution to its quartiles."""
TYPICAL = (0.05, 0.95)
"""What lies between these quantiles is called usual: nine papers in ten."""


def languages(papers: pl.LazyFrame) -> pl.Series:
    """The languages that have papers enough to compare with.

    Args:
        papers: Column language.

    Returns:
        Their codes, the most common one first.
    """
    counts = papers.select(pl.col("language").drop_nulls()).group_by("language").len().collect()
    return counts.filter(pl.col("len") >= LEAST_PAPERS).sort(-pl.col("len").cast(pl.Int64), "language")["language"]


def bounds(quality: pl.LazyFrame) -> pl.DataFrame:
    """Says what is usual.

    Args:
        quality: Rows of `Quality`; their outliers are not looked at.

    Returns:
        Rows of `QualityBounds`, sorted by measure and language.
    """
    schema = polars_schema(QualityBounds)
    parts = [_bounds(quality, scale).select(list(schema)).cast(schema) for scale in SCALES]
    return pl.concat([schema.to_frame(), *parts]).sort("measure", "language")


def _bounds(quality: pl.LazyFrame, scale: Scale) -> pl.DataFrame:
    """The bounds of one measure in each language."""
    value = pl.col("value")
    found = (
        values(quality, scale, ANY_LANGUAGE)
        .group_by("language")
        .agg(
            paper_count=pl.len(),
            low_value=value.quantile(TYPICAL[0], "linear"),
            lower_quartile=value.quantile(0.25, "linear"),
            median_value=value.median(),
            upper_quartile=value.quantile(0.75, "linear"),
            high_value=value.quantile(TYPICAL[1], "linear"),
        )
    )
    return (
        found.with_columns(
            measure=pl.lit(scale.measure.value),
            lower_bound=_bound(scale.low, "lower_quartile", -1),
            upper_bound=_bound(scale.high, "upper_quartile", 1),
        )
        .with_columns(_reachable(scale))
        .with_columns(pl.col(pl.Float64).round(DECIMALS))
        .collect()
    )


def _reachable(scale: Scale) -> pl.Expr:
    """The upper bound, or null where no share can be above it."""
    bound = pl.col("upper_bound")
    return pl.when(bound < 1).then(bound).alias("upper_bound") if scale.percent else bound


def _bound(end: End | None, quartile: str, sign: int) -> pl.Expr:
    """The bound at one end; null where there is none."""
    if end is None:
        return pl.lit(None, pl.Float64)
    middle = end.spread.scaled(pl.col("median_value"))
    deviation = (end.spread.scaled(pl.col(quartile)) - middle).abs() / QUARTILE
    reach = FAR * (1 + FEW / pl.col("paper_count").sqrt())
    bound = end.spread.plain(middle + sign * reach * deviation.clip(lower_bound=end.least))
    return pl.when(pl.col("paper_count") >= LEAST_PAPERS).then(bound)
