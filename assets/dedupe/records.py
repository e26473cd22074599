"""Records: what record linkage compares, one row per record, in one shape wherever it comes from.

The pipeline makes them of clean listings, `sheaf dedupe` of any bibliography. Nothing here reads a file.
"""

import polars as pl

from assets.hashing import blake2b_hex
from assets.validate.restore.render import render

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
    "rendered": pl.String(),
    **dict.fromkeys(ID_COLUMNS, pl.String()),
}
"""Columns of a record. `listing_id` is unique; `source` names the database it comes from, the search forms are as
`search_form` makes them, `rendered` as `rendered_key`; everything else may be null, `authors` is then an empty list."""


NO_LETTER = "[^a-z0-9]+"
KEY_DIGITS = 32


def of_listings(clean: pl.LazyFrame) -> pl.DataFrame:
    """Makes records of clean listings.

    Args:
        clean: Rows of `clean_listings`.

    Returns:
        Columns RECORD_SCHEMA, sorted by listing_id; the source is the dump, and nothing is rendered.
    """
    stated = [name for name in RECORD_SCHEMA if name not in ("source", "rendered")]
    records = clean.select(*stated, source="dump_id", rendered=pl.lit(None, dtype=pl.String))
    return records.select(pl.col(name).cast(kind) for name, kind in RECORD_SCHEMA.items()).sort("listing_id").collect()


def with_rendered(records: pl.DataFrame, listings: pl.LazyFrame) -> pl.DataFrame:
    """Adds what rendering leaves of the abstracts as the dumps have them.

    Args:
        records: Columns RECORD_SCHEMA.
        listings: Rows of `listings`, with those of the records.

    Returns:
        The same records, in the same order.
    """
    raw = listings.select("listing_id", "abstract_raw").join(
        records.lazy().select("listing_id"), on="listing_id", how="semi"
    )
    abstracts = records.select("listing_id").join(raw.collect(), on="listing_id", how="left", maintain_order="left")
    return records.with_columns(rendered_key(abstracts["abstract_raw"]))


def rendered_key(abstracts: pl.Series) -> pl.Series:
    r"""What a listing page and the source of its abstract have in common: the letters that rendering leaves.

    The page shows `sim1,400 of them` where the source has `$\sim$1,400 of \textbf{them}`; no rule for either is needed
    to see that they are one (of 83 papers that were in both, 63 abstracts were equal as they stood, and 78 rendered).

    Args:
        abstracts: String, as the dumps have them.

    Returns:
        A hash of the letters and digits of the rendered text, in the same order; null where there are fewer than a
        hundred.
    """
    letters = abstracts.to_frame("text").select(
        render(pl.col("text")).str.to_lowercase().str.replace_all(NO_LETTER, "")
    )
    text = letters.to_series().rename("rendered")
    rows = (text.str.len_bytes() >= 100).fill_null(value=False).arg_true()
    nothing = pl.Series("rendered", [None], dtype=pl.String).new_from_index(0, len(text))
    return nothing.scatter(rows, blake2b_hex(text.gather(rows), digits=KEY_DIGITS)) if len(rows) else nothing
