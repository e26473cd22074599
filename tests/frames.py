"""Small tables for tests: a few values named, all others filled in the way the pipeline would."""

from hashlib import blake2b, sha256

import polars as pl

from schemas.catalog import TABLES
from schemas.render import polars_schema

ABSTRACT = "An abstract about the title, long enough to tell one paper from another whose title is as general as this."
"""What a clean listing says unless it is told to say something else."""


def listing_id(name: str) -> str:
    return blake2b(name.encode(), digest_size=16).hexdigest()


def dump_id(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def table(name: str, rows: list[dict[str, object]], **defaults: object) -> pl.DataFrame:
    """Rows of a table; what is not named is empty: null, or an empty list."""
    schema = polars_schema(TABLES[name])
    empty = {column: [] if isinstance(dtype, pl.List) else None for column, dtype in schema.items()}
    return pl.DataFrame([{**empty, **defaults, **row} for row in rows], schema=schema)


def clean(*rows: dict[str, object]) -> pl.DataFrame:
    """Clean listings; `id` names the listing, `dump` its dump, the search forms follow the texts."""
    filled = []
    for row in rows:
        told = dict(row)
        name, dump = str(told.pop("id")), str(told.pop("dump", "dump"))
        title = str(told.get("title", "A Title"))
        abstract = told.get("abstract", ABSTRACT)
        filled.append(
            {
                "listing_id": listing_id(name),
                "dump_id": dump_id(dump),
                "title": title,
                "abstract": abstract,
                "title_search": title.lower(),
                "abstract_search": None if abstract is None else str(abstract).lower(),
                "record_type": "article",
                **told,
            }
        )
    return table("clean_listings", filled)
