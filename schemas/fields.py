"""Columns that several tables share: the identifiers, and the column types that need a name."""

from typing import Annotated, Any

import polars as pl

from schemas.base import column

Texts = Annotated[pl.List, pl.String()]
"""A list of texts, in the order that the description gives."""
Moment = Annotated[pl.Datetime, "us", "UTC"]
"""A point in time, in UTC."""

HASH_ID = r"^[0-9a-f]{32}$"
SHA256 = r"^[0-9a-f]{64}$"
PAPER_ID = r"^p[0-9a-f]{16}$"
ARXIV_ID = r"^(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})$"
DOI = r"^10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+$"


def dump_id(description: str = "The dump: SHA-256 of its content.", **checks: Any) -> Any:
    """The identifier of a dump: 64 hexadecimal digits, from its bytes alone."""
    return column(description, str_matches=SHA256, **checks)


def listing_id(
    description: str = "The listing: BLAKE2b of its dump and its place in it, 32 hexadecimal digits.", **checks: Any
) -> Any:
    """The identifier of a listing: from its dump and its place in it, never from the clock or the order of a run."""
    return column(description, str_matches=HASH_ID, **checks)


def paper_id(
    description: str = "The paper: `p` and 16 hexadecimal digits, stable from run to run.", **checks: Any
) -> Any:
    """The identifier of a paper: minted once, kept for good."""
    return column(description, str_matches=PAPER_ID, **checks)
