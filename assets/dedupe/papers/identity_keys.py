"""Identity keys: what a listing says by which its paper is known again in a later run.

They are not blocking keys: those bring together what might be the same, these must name one paper and no other. A key
is a kind and a value in one text, such as `arxiv:2401.00001`.
"""

import polars as pl

from assets.hashing import blake2b_hex

ID_KINDS = {
    "arxiv": "arxiv_id",
    "doi": "doi",
    "pmid": "pmid",
    "acl": "acl_id",
    "openreview": "openreview_id",
    "dblp": "dblp_key",
    "s2": "s2_id",
    "openalex": "openalex_id",
}
"""Kind -> column of a record, for the identifiers that sources give."""
EXCLUSIVE_KINDS = ("arxiv", "doi", "pmid", "acl")
"""Identifiers of which a paper has one; two different ones, and no other in common, are two papers."""
TEXT, WORK, LISTING = "text", "work", "listing"
KINDS = (*ID_KINDS, TEXT, WORK, LISTING)
"""Kinds of keys, the strongest first: from the first that a paper has its id is minted."""

SEPARATOR = "\x1f"  # cannot occur in a search form
WORK_WORDS = 4
"""Words that a title must have to tell a work with its first author and year; "Introduction" does not."""


def identity_keys(records: pl.DataFrame) -> pl.DataFrame:
    """Lists the keys of each record.

    Every record has the key of its own place in its dump, which holds when the reading of the dump changes; the keys of
    its identifiers and of its text hold when the dump is captured anew. A record with neither identifier nor abstract
    has the key of title, first author and year instead.

    Args:
        records: Columns listing_id, title_search, abstract_search, authors, year and those of `ID_KINDS`; any order.

    Returns:
        Columns listing_id, kind (Enum of KINDS), key; sorted by listing_id, then by strength of the kind.
    """
    ids = [
        records.select("listing_id", kind=pl.lit(kind), key=pl.concat_str(pl.lit(f"{kind}:"), column)).drop_nulls()
        for kind, column in ID_KINDS.items()
    ]
    own = records.select("listing_id", kind=pl.lit(LISTING), key=pl.lit("listing:") + pl.col("listing_id"))
    return (
        pl.concat([*ids, _text_keys(records), _work_keys(records), own])
        .with_columns(pl.col("kind").cast(pl.Enum(KINDS)))
        .sort("listing_id", "kind")
    )


def _text_keys(records: pl.DataFrame) -> pl.DataFrame:
    """Title and abstract; a title alone ("Introduction") proves nothing."""
    texts = records.filter(_has_abstract()).select(
        "listing_id", kind=pl.lit(TEXT), key=pl.concat_str("title_search", "abstract_search", separator=SEPARATOR)
    )
    return texts.with_columns(key="text:" + blake2b_hex(texts["key"], digits=32))


def _work_keys(records: pl.DataFrame) -> pl.DataFrame:
    """Title, first author and year, of records that state nothing stronger."""
    has_id = pl.any_horizontal(pl.col(column).is_not_null() for column in ID_KINDS.values())
    tells = pl.col("title_search").str.count_matches(" ", literal=True) >= WORK_WORDS - 1
    works = records.filter(~has_id & ~_has_abstract() & tells).select(
        "listing_id",
        kind=pl.lit(WORK),
        key=pl.concat_str(
            "title_search",
            pl.col("authors").list.first().str.to_lowercase().str.extract(r"(\S+)\s*$"),  # given names come and go
            pl.col("year").cast(pl.String),
            separator=SEPARATOR,
        ),
    )
    works = works.drop_nulls()
    return works.with_columns(key="work:" + blake2b_hex(works["key"], digits=32))


def _has_abstract() -> pl.Expr:
    return pl.col("abstract_search").str.len_chars().fill_null(0) > 0
