"""What a reader of one format is, and what it hands over; nothing here knows any format.

A reader is a value, not a plug-in: its module builds one `Reader`, and `detect.py` names it in a tuple.
"""

import mmap
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from schemas.listings import Listings
from schemas.render import polars_schema
from schemas.vocabulary import DumpReason, Format, Role

Content = bytes | mmap.mmap
"""The whole content of a dump after unpacking: small ones in memory, large ones mapped."""

RECORD_SCHEMA = pl.Schema(
    {name: dtype for name, dtype in polars_schema(Listings).items() if name not in ("listing_id", "dump_id")}
)
"""The columns that a reader fills: those of `listings` without the two identifiers."""


class RefusalError(Exception):
    """A dump cannot be read: the reason for `dumps.reason`, the finding in words for `dumps.detail`."""

    def __init__(self, reason: DumpReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Head:
    """The beginning of a dump, from its first character that is not blank."""

    data: bytes
    is_whole: bool
    """Whether the dump holds nothing beyond it."""


@dataclass(frozen=True)
class Extract:
    """What a reader found in a dump."""

    records: pl.DataFrame
    """One row per record in the order of the dump, with the columns of RECORD_SCHEMA."""
    page_count: int
    """Result pages that the dump holds."""
    page_date_raw: str | None
    """Date line of the first page that has one, verbatim."""


@dataclass(frozen=True)
class Reader:
    """How one format is recognised and read."""

    format: Format
    version: int
    """Raised whenever the same bytes would give other records."""
    role: Role
    recognises: Callable[[Head], bool]
    """Whether the beginning of a dump is of this format; must be certain, and never raises."""
    read: Callable[[Content], Extract]
    """Reads the whole dump; raises RefusalError where it holds nothing that can be read."""

    @property
    def label(self) -> str:
        """Name and version, as `dumps.reader_version` has them."""
        return f"{self.format} {self.version}"
