"""Repairs: what the proven source of a damaged text gives back.

The paper takes the source's text; here both are kept, with the proof and with the damage that is gone. A text that its
source only confirms, damage and all, is no repair.
"""

import polars as pl

from assets.dedupe.papers.proofs import FIELDS
from assets.validate.catalogue import DETECTORS
from assets.validate.rules import detect_flags
from schemas.render import polars_schema
from schemas.repairs import TextRepairs

TEXTS = ("listing_id", "title_raw", "abstract_raw", "title", "abstract")
"""What is needed of a listing: its texts as the dump has them and after the cleaning rules."""


def text_repairs(proofs: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Sets damaged texts beside their sources.

    Args:
        proofs: As `proofs.prove` returns them.
        texts: Columns TEXTS, at least of all listings that the proofs name.

    Returns:
        Rows of `text_repairs`, sorted.
    """
    made = [_repairs(proofs.filter(pl.col("field") == field), texts, field) for field in FIELDS]
    return pl.concat(made).sort("paper_id", "field", "listing_id")


def _repairs(proofs: pl.DataFrame, texts: pl.DataFrame, field: str) -> pl.DataFrame:
    """The repairs of one field."""
    named = pl.concat([proofs["listing_id"], proofs["source_listing_id"]]).unique().to_list()
    stated = texts.filter(pl.col("listing_id").is_in(named) & pl.col(field).is_not_null())
    sides = stated.select("listing_id", text=field, flags=_flags(stated, field))
    return (
        proofs.join(sides.rename({"text": "before"}), on="listing_id")
        .join(sides.rename({"text": "after"}), left_on="source_listing_id", right_on="listing_id", suffix="_after")
        .with_columns(resolved_flags=pl.col("flags").list.set_difference("flags_after").list.sort())
        .filter((pl.col("before") != pl.col("after")) | (pl.col("resolved_flags").list.len() > 0))
        .select(pl.col(name).cast(kind) for name, kind in polars_schema(TextRepairs).items())
    )


def _flags(texts: pl.DataFrame, field: str) -> pl.Series:
    """The flags of one field alone."""
    empty = {name: pl.lit("") for name in FIELDS}
    raw = texts.select(**{**empty, field: pl.col(FIELDS[field])})
    clean = texts.select(**{**empty, field: pl.col(field)})
    return detect_flags(raw, clean, DETECTORS)
