"""Records: what record linkage compares, one row per record, in one shape wherever it comes from.

The pipeline makes them of clean listings, `sheaf dedupe` of any bibliography. Nothing here reads a file.
"""

import polars as pl

ID_COLUMNS = ("arxiv_id", "doi", "pmid", "acl_id", "openreview_id", "dblp_key", "s2_id", "openalex_id")
"""Identifiers that a record may state, each of one kind."""
RECORD_SCHEMA: dict[str, pl.DataType] = {
    "listing_id": pl.String(),
    "source": pl.String(),
    "title": pl.String(),
    "authors": pl.List(pl.String()),
    "year": pl.Int64(),
    "venue": pl.String(),
    "volume": pl.String(),
    "issue": pl.String(),
    "pages": pl.String(),
    "abstract": pl.String(),
    "title_search": pl.String(),
    "abstract_search": pl.String(),
    **dict.fromkeys(ID_COLUMNS, pl.String()),
}
"""Columns of a record. `listing_id` is unique; `source` names the database it comes from, the search forms are as
`search_form` makes them; everything else may be null, `authors` is then an empty list."""


def of_listings(clean: pl.LazyFrame) -> pl.DataFrame:
    """Makes records of clean listings.

    Args:
        clean: Rows of `clean_listings`.

    Returns:
        Columns RECORD_SCHEMA, sorted by listing_id; the source is the dump.
    """
    stated = [name for name in RECORD_SCHEMA if name != "source"]
    return (
        clean.select(*stated, source="dump_id")
        .select(pl.col(name).cast(kind) for name, kind in RECORD_SCHEMA.items())
        .sort("listing_id")
        .collect()
    )
