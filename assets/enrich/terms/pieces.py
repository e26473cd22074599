"""Pieces: texts cut at the places where a pattern begins, each piece with its place."""

import polars as pl

_BREAK = "\x00"


def cut_before(texts: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Cuts texts before every match of a pattern.

    Args:
        texts: Columns `row` (unique), `text` (String; null has no pieces) and any others.
        pattern: A regular expression.

    Returns:
        One row per match: the columns, `pieces` (from the match up to the next one) and `at`, where it begins
        (characters), in the order of the texts. NUL in a text reads as a space.
    """
    text = pl.col("text").str.replace_all(_BREAK, " ", literal=True)
    return (
        texts.lazy()
        .with_columns(pieces=text.str.replace_all(pattern, _BREAK + "${0}").str.split(_BREAK))
        .filter(pl.col("pieces").list.len() > 1)
        .collect()
        .explode("pieces")
        .with_columns(length=pl.col("pieces").str.len_chars().cast(pl.Int64))
        .with_columns(at=pl.col("length").cum_sum().over("row") - pl.col("length"))
        .filter((pl.col("row") == pl.col("row").shift(1)).fill_null(value=False))
        .drop("length")
    )
