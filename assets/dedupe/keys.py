"""Keys: what a listing says that another listing of the same paper would say in the same way.

A key is a kind and a value in one text, such as `arxiv:2401.00001`. Equal keys make a candidate pair; they prove
nothing by themselves (`decide.py` does). The same keys are how a paper is known again in the next run (`identity.py`).
"""

import polars as pl

from assets.hashing import blake2b_hex

ARXIV, DOI, TEXT = "arxiv", "doi", "text"
KINDS = (ARXIV, DOI, TEXT)
"""Kinds of keys, the strongest first."""

SEPARATOR = "\x1f"  # cannot occur in a search form


def listing_keys(clean: pl.DataFrame) -> pl.DataFrame:
    """Lists the keys of each listing.

    The text key needs an abstract: a title alone ("Introduction") proves nothing.

    Args:
        clean: Rows of `clean_listings`, any order.

    Returns:
        Columns listing_id, kind, key; sorted by listing_id, then by strength of the kind.
    """
    ids = [
        clean.select("listing_id", kind=pl.lit(kind), key=pl.concat_str(pl.lit(f"{kind}:"), column)).drop_nulls()
        for kind, column in ((ARXIV, "arxiv_id"), (DOI, "doi"))
    ]
    texts = clean.filter(pl.col("abstract_search").str.len_chars() > 0).select(
        "listing_id",
        kind=pl.lit(TEXT),
        key=pl.concat_str("title_search", "abstract_search", separator=SEPARATOR),
    )
    hashed = texts.with_columns(key="text:" + blake2b_hex(texts["key"], digits=32))
    return pl.concat([*ids, hashed]).sort("listing_id", pl.col("kind").cast(pl.Enum(KINDS)))
