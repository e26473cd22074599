"""What a reader of one format is, and what it hands over; nothing here knows any format.

A reader is a value, not a plug-in: its module builds one `Reader`, and `detect.py` names it in a tuple. It finds the
records of a dump and copies what each states, in the source's own words; `statements.py` puts that into one form.
"""

import json
import mmap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import polars as pl
from polars.datatypes import DataTypeClass

from schemas.formats import Format
from schemas.vocabulary import DumpReason

Content = bytes | mmap.mmap
"""The whole content of a dump after unpacking: small ones in memory, large ones mapped."""

HEAD_BYTES = 256 << 10
"""Bytes of a dump that readers see to recognise it: 150 records of page text."""
BATCH_BYTES = 64 << 20
"""Bytes of a dump that are turned into one frame of statements: bounds the memory of a reader. With a quarter of it an
arXiv snapshot takes twice as long, for all that has to be done once for each frame."""

_COLUMNS: Mapping[str, pl.DataType | DataTypeClass] = {
    "page": pl.Int64,  # page of the dump, from 1; 1 where the format has none
    "position": pl.Int64,  # rank on the page, from 1
    "byte_start": pl.Int64,  # first byte of the record
    "byte_end": pl.Int64,  # after its last byte
    "row": pl.Int64,  # number of the row, from 0, where a record has no bytes of its own (Parquet)
    "page_date_raw": pl.String,
    "source_key": pl.String,
    "title_raw": pl.String,
    "abstract_raw": pl.String,
    "authors_raw": pl.String,
    "authors": pl.List(pl.String),  # one name each, in either order: `Ann Lee` or `Lee, Ann`
    "published_raw": pl.String,  # any usual form of a date: `2020`, `July 2020`, `2020-07-01T10:00:00Z`, RFC 2822
    "updated_raw": pl.String,
    "arxiv_raw": pl.String,  # identifiers: bare, with a prefix, or as a link
    "doi_raw": pl.String,
    "acl_raw": pl.String,
    "openreview_raw": pl.String,
    "pmid_raw": pl.String,
    "dblp_raw": pl.String,
    "s2_raw": pl.String,
    "openalex_raw": pl.String,
    "categories": pl.List(pl.String),
    "venue": pl.String,
    "volume": pl.String,
    "issue": pl.String,
    "pages": pl.String,
    "type_raw": pl.String,
    "urls": pl.List(pl.String),
    "votes_raw": pl.String,
    "comments_raw": pl.String,
    "source_fields": pl.String,  # JSON object with every field that is not above
    "defect": pl.String,  # a RejectReason, where the record cannot be stood behind
}
STATEMENT_SCHEMA = pl.Schema(_COLUMNS)
"""What a reader says of each record, one row per record in the order of the dump. Texts are the source's own; what it
does not state is null, or an empty list."""


class RefusalError(Exception):
    """A dump cannot be read: the reason for `dumps.reason`, the finding in words for `dumps.detail`."""

    def __init__(self, reason: DumpReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Hints:
    """What the manifest beside a dump says of its columns; most formats need no such help."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Column of STATEMENT_SCHEMA (without `_raw`) -> name of the column in the dump that holds it."""
    separator: str | None = None
    """What stands between the names of authors in one value."""
    wanted: frozenset[str] | None = None
    """Columns of STATEMENT_SCHEMA and names of source fields that are of use; a reader may leave others empty, which is
    faster. None: all are. No manifest says so."""

    def wants(self, name: str) -> bool:
        """Whether a column or a source field is of use."""
        return self.wanted is None or name in self.wanted

    @property
    def suffix(self) -> str:
        """What tells listings that were read with these hints from others of the same dump; empty without hints."""
        told = json.dumps([sorted(self.columns.items()), self.separator])
        return f"-{sha256(told.encode()).hexdigest()[:16]}" if self.columns or self.separator else ""


NO_HINTS = Hints()


@dataclass(frozen=True)
class Head:
    """The beginning of a dump, from its first character that is not blank."""

    data: bytes
    is_whole: bool
    """Whether the dump holds nothing beyond it."""


@dataclass(frozen=True)
class Reader:
    """How one format is recognised and read."""

    format: Format
    version: int
    """Raised whenever the same bytes would give other records."""
    recognises: Callable[[Head], bool]
    """Whether the beginning of a dump is of this format; must be certain, and never raises."""
    read: Callable[[Content, Hints], Iterator[pl.DataFrame]]
    """Yields frames of STATEMENT_SCHEMA in the order of the dump, none of them from much more than BATCH_BYTES; raises
    RefusalError, before the first, where the dump holds nothing that can be read."""
    detection: str
    """How the format is told by its content: one sentence, for the documentation."""
    delivers: tuple[str, ...]
    """Columns of `listings`, beyond place and `source_fields`, that the format can fill."""
    definition: str
    """Where the format is defined: a name and an address."""
    locates_rows: bool = False
    """Whether a record is found again by the number of its row, for want of bytes of its own."""

    @property
    def label(self) -> str:
        """Name and version, as `dumps.reader_version` has them."""
        return f"{self.format} {self.version}"


def statements(columns: Mapping[str, Any]) -> pl.DataFrame:
    """Makes a frame of STATEMENT_SCHEMA.

    Args:
        columns: Column -> Series, or list of values, all of one length; at least `position`. What is not given is
            null, an empty list, page 1 and `{}`.

    Returns:
        All columns, in order and of their types.
    """
    given = pl.DataFrame({name: pl.Series(name, values, STATEMENT_SCHEMA[name]) for name, values in columns.items()})
    defaults: dict[str, Any] = {"page": 1, "source_fields": "{}"}
    missing = [
        pl.lit(defaults.get(name, [] if isinstance(dtype, pl.List) else None), dtype=dtype).alias(name)
        for name, dtype in STATEMENT_SCHEMA.items()
        if name not in columns
    ]
    lists = [pl.col(name).fill_null([]) for name in columns if isinstance(STATEMENT_SCHEMA[name], pl.List)]
    return given.with_columns(*missing, *lists).select(STATEMENT_SCHEMA.names())
