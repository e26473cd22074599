"""The quantities in the abstracts: found, read, put together, proved and described.

This module puts the steps in order. Where numbers are is in `scan`, what they are in `numbers` and `units`, which
belong together in `chains`, what they count in `kinds`, what they say in `roles`, of what in `subjects`.
"""

import polars as pl

from assets.enrich.quantities.chains import chain
from assets.enrich.quantities.clauses import with_clauses
from assets.enrich.quantities.kinds import with_kinds
from assets.enrich.quantities.numbers import parse
from assets.enrich.quantities.roles import with_roles
from assets.enrich.quantities.scan import mentions
from assets.enrich.quantities.subjects import with_subjects
from schemas.quantities import Quantities
from schemas.render.frames import polars_schema


def quantities(papers: pl.DataFrame) -> pl.DataFrame:
    """Finds the quantities that the abstracts of papers state.

    Args:
        papers: Columns paper_id (unique), abstract (null has none), and any others; cleaned text.

    Returns:
        One row per quantity, with the columns and types of `Quantities`, sorted by paper_id and span_start. Spans
        count characters, do not overlap, and hold `surface`; those of subjects hold `subject`. Ranges and changes are
        one row, the members of a list one each. Numbers that nothing proves to be one of the kinds are left out.
    """
    texts = papers.select("paper_id", text="abstract").sort("paper_id").with_row_index("row")
    found = with_subjects(with_roles(with_kinds(with_clauses(chain(parse(mentions(texts)))))))
    schema = polars_schema(Quantities)
    return (
        found.pipe(_in_characters)
        .join(texts.select("row", "paper_id"), on="row", maintain_order="left")
        .select(list(schema))
        .cast(schema)
        .sort("paper_id", "span_start")
    )


def _in_characters(found: pl.DataFrame) -> pl.DataFrame:
    """Turns offsets in bytes into offsets in characters, and adds what stands between them."""
    raw = pl.col("text").cast(pl.Binary)

    def characters(byte: str) -> pl.Expr:
        return raw.bin.slice(0, pl.col(byte)).cast(pl.String).str.len_chars().cast(pl.Int64)

    def between(start: str, end: str) -> pl.Expr:
        return raw.bin.slice(pl.col(start), pl.col(end) - pl.col(start)).cast(pl.String)

    return found.with_columns(
        surface=between("start", "end"),
        span_start=characters("start"),
        span_end=characters("end"),
        subject=between("subject_start", "subject_end"),
        subject_start=characters("subject_start"),
        subject_end=characters("subject_end"),
    )
