"""Judging: which papers are beyond the bounds, and in what, in words."""

import re

import polars as pl

from assets.enrich.quality.scales import SCALES, End, Scale, values
from schemas.enrich_vocabulary import QualityMeasure, QualityOutlier
from schemas.quality import ANY_LANGUAGE, Outliers
from schemas.render import polars_schema


def outliers(quality: pl.DataFrame, bounds: pl.DataFrame) -> pl.DataFrame:
    """Lists what is beyond the bounds.

    Args:
        quality: Rows of `Quality`; their outliers are not looked at.
        bounds: Rows of `QualityBounds`.

    Returns:
        Rows of `Outliers`, sorted by paper_id and outlier.
    """
    parts = [_beyond(quality, bounds, scale) for scale in SCALES]
    parts.append(_in_other_languages(quality, bounds))
    schema = polars_schema(Outliers)
    return pl.concat([part.select(list(schema)).cast(schema) for part in parts]).sort("paper_id", "outlier")


def with_outliers(quality: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Writes into each paper in what it is an outlier.

    Args:
        quality: Rows of `Quality`.
        found: Rows of `Outliers`.

    Returns:
        The same rows in the same order.
    """
    lists = found.sort("paper_id", "outlier").group_by("paper_id", maintain_order=True).agg(outliers="outlier")
    joined = quality.drop("outliers").join(lists, on="paper_id", how="left", maintain_order="left")
    return joined.with_columns(pl.col("outliers").fill_null([]))


def _beyond(quality: pl.DataFrame, bounds: pl.DataFrame, scale: Scale) -> pl.DataFrame:
    """The outliers of one measure."""
    rows = values(quality.lazy(), scale, ANY_LANGUAGE).collect()
    rows = rows.join(bounds.filter(pl.col("measure") == scale.measure), on="language", maintain_order="left")
    is_low = (pl.col("value") < pl.col("lower_bound")).fill_null(value=False)
    is_high = (pl.col("value") > pl.col("upper_bound")).fill_null(value=False)
    return rows.filter(is_low | is_high).with_columns(
        measure=pl.lit(scale.measure.value),
        outlier=pl.when(is_low).then(_called(scale.low)).otherwise(_called(scale.high)),
        bound=pl.when(is_low).then("lower_bound").otherwise("upper_bound"),
        explanation=_explanation(scale),
    )


def _called(end: End | None) -> pl.Expr:
    return pl.lit(end.outlier.value if end else None, pl.String)


def _explanation(scale: Scale) -> pl.Expr:
    """`the abstract has 9 words; nine in ten papers: 120 to 260`."""
    told, low, high = (_in_words(pl.col(name), scale) for name in ("value", "low_value", "high_value"))
    usual = "; nine in ten papers: {} to {}"
    one = re.sub(r"(\{\} \w+)s\b", r"\1", scale.said)
    return (
        pl.when(told == "1")
        .then(pl.format(one + usual, told, low, high))
        .otherwise(pl.format(scale.said + usual, told, low, high))
    )


def _in_words(value: pl.Expr, scale: Scale) -> pl.Expr:
    """A value as it is told."""
    if scale.percent:
        return pl.format("{} %", (100 * value).round(1))
    return (
        value.round(scale.decimals).cast(pl.String) if scale.decimals else value.round(0).cast(pl.Int64).cast(pl.String)
    )


def _in_other_languages(quality: pl.DataFrame, bounds: pl.DataFrame) -> pl.DataFrame:
    """Papers in languages that have no bounds, where others have them."""
    has_bounds = bounds.filter(pl.col("language") != ANY_LANGUAGE).height > 0
    return quality.filter(pl.col("compared_with").is_null() & has_bounds).select(
        "paper_id",
        outlier=pl.lit(QualityOutlier.OTHER_LANGUAGE.value),
        measure=pl.lit(QualityMeasure.LANGUAGE.value),
        value=pl.lit(None, pl.Float64),
        bound=pl.lit(None, pl.Float64),
        explanation=pl.lit("too few papers are in its language"),
    )
