"""Dumps: one row per raw file, read or not."""

from typing import Any, ClassVar

from schemas.base import Table, column
from schemas.fields import Moment, Texts, dump_id
from schemas.formats import Format
from schemas.vocabulary import CapturedFrom, Compression, DumpReason, DumpStatus, Role


class Dumps(Table):
    """One raw file that was given to the pipeline, whether or not it could be read."""

    class Config(Table.Config):
        metadata: ClassVar[dict[str, Any]] = {"schema": "main", "primary_key": ("dump_id",), "foreign_keys": {}}

    dump_id: str = dump_id(
        "Identifier of the dump: SHA-256 of its content after unpacking (of the file as it is, where that fails).",
        unique=True,
    )
    uri: str = column("Where the dump was found, relative to the raw folder; the first in sorted order, if several.")
    also_at: Texts = column("Other places that hold the same bytes, sorted.")
    format: str = column("What the content turned out to be.", isin=list(Format))
    compression: str = column("How the file was packed.", isin=list(Compression))
    role: str = column(
        "What the dump is good for: listings of papers, or values for papers listed elsewhere.", isin=list(Role)
    )
    size_bytes: int = column("Size of the content after unpacking.", unit="bytes", ge=0)
    captured_at: Moment = column("When the dump was captured, as far as is known.", nullable=True)
    captured_from: str = column("What told when the dump was captured.", nullable=True, isin=list(CapturedFrom))
    page_date_raw: str = column(
        "Date line of the first page that has one, verbatim; a page seldom states its year.", nullable=True
    )
    page_count: int = column("Result pages that the dump holds.", ge=0)
    listing_count: int = column("Records found in the dump, accepted or not.", ge=0)
    status: str = column("Whether records could be read from the dump.", isin=list(DumpStatus))
    reason: str = column("Why the dump was turned away; empty when it was read.", nullable=True, isin=list(DumpReason))
    detail: str = column("What was found, in words; empty when the dump was read.", nullable=True)
    reader_version: str = column(
        "Name and version of the reader that was used, and a mark of the columns that a manifest told it.",
        nullable=True,
    )
