"""The terms of abstracts: acronyms, what a paper proposes, and names from the gazetteer, in one table.

This module puts them together. Acronyms are found in `acronyms`, what a paper proposes in `proposed`, known names in
`known`.
"""

import polars as pl

from assets.enrich.terms.acronyms import acronyms
from assets.enrich.terms.known import known_names
from assets.enrich.terms.proposed import proposed
from schemas.enrich_vocabulary import TermKind
from schemas.render.frames import polars_schema
from schemas.terms import Terms


def terms(papers: pl.DataFrame) -> pl.DataFrame:
    """Finds the terms in the abstracts of papers.

    Args:
        papers: Columns paper_id (unique), title, abstract (null has no terms), and any others; cleaned or raw text.

    Returns:
        One row per term, with the columns and types of `Terms`, sorted by paper_id, span_start and kind. Spans count
        characters and hold `surface`, those of an expansion hold `expansion`.
    """
    texts = papers.select("paper_id", "title", text="abstract").sort("paper_id").with_row_index("row")
    defined = acronyms(texts).with_columns(kind=pl.lit(TermKind.ACRONYM))
    new = proposed(texts, defined)
    found = pl.concat([defined, known_names(texts, defined, new), new], how="diagonal_relaxed")
    schema = polars_schema(Terms)
    missing = [
        pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in [*found.columns, "paper_id"]
    ]
    found = found.with_columns(missing).join(texts.select("row", "paper_id"), on="row", maintain_order="left")
    return found.select(list(schema)).cast(schema).sort("paper_id", "span_start", "kind")
