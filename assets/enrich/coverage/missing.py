"""Missing: why a field of a paper is empty, where there is more to say than that nobody states it."""

import polars as pl

from assets.enrich.coverage.reasons import GRAVEST
from schemas.coverage import MissingValues
from schemas.enrich_vocabulary import MissingReason
from schemas.papers import Papers
from schemas.render import polars_schema

ALSO = {
    "authors": ("first_author",),
    "published_on": ("year",),
    "listed_on": ("first_listed_on", "last_listed_on"),
}
"""Field of a listing -> fields of a paper that are made of it, beside that of the same name."""
SAYS_NOTHING = frozenset({"flags", "published_precision"})
"""Columns of `papers` that are empty for no want of a value: no damage, and the precision of no date."""
FIELDS = tuple(
    name
    for name, dtype in polars_schema(Papers).items()
    if name not in SAYS_NOTHING and (isinstance(dtype, pl.List) or Papers.to_schema().columns[name].nullable)
)
"""Columns of `papers` that may be empty."""


def of_papers(reasons: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Says of which paper and which of its fields a listing states something that was not understood.

    Args:
        reasons: As `reasons.not_understood` returns it.
        members: Columns paper_id, listing_id: the listings of papers.

    Returns:
        Columns paper_id, field, reason, stated, listing_id, fields by their names in `papers`.
    """
    known = reasons.join(members, on="listing_id")
    others = (
        known.filter(pl.col("field") == field).with_columns(field=pl.lit(other))
        for field, names in ALSO.items()
        for other in names
    )
    return pl.concat([known.filter(pl.col("field").is_in(FIELDS)), *others])


def missing_values(papers: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Says why fields of some papers are empty.

    Args:
        papers: Columns paper_id and FIELDS.
        known: As `of_papers` returns it.

    Returns:
        Rows of `missing_values`, sorted: the empty fields of which something is stated.
    """
    order = pl.col("reason").replace_strict(GRAVEST, range(len(GRAVEST)), return_dtype=pl.Int64)
    first = (
        known.join(_empty(papers.join(known, on="paper_id", how="semi")), on=["paper_id", "field"], how="semi")
        .sort("paper_id", "field", order, "listing_id", "stated")
        .unique(["paper_id", "field"], keep="first", maintain_order=True)
    )
    columns = polars_schema(MissingValues).names()
    return pl.concat([first, _languages(papers)], how="diagonal").select(columns).sort("paper_id", "field")


def _empty(papers: pl.DataFrame) -> pl.DataFrame:
    """The empty fields of papers: paper_id, field."""
    schema = papers.schema
    is_empty = [
        ((pl.col(name).list.len() == 0) if isinstance(schema[name], pl.List) else pl.col(name).is_null()).alias(name)
        for name in FIELDS
    ]
    flags = papers.select("paper_id", *is_empty)
    long = flags.unpivot(FIELDS, index="paper_id", variable_name="field", value_name="is_empty")
    return long.filter("is_empty").select("paper_id", "field")


def _languages(papers: pl.DataFrame) -> pl.DataFrame:
    """Papers whose texts are too short, or too mixed, to tell their language."""
    return papers.filter(pl.col("language").is_null()).select(
        "paper_id", field=pl.lit("language"), reason=pl.lit(str(MissingReason.AMBIGUOUS))
    )
