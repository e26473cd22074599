"""Reading a dump: from a path to one row of `dumps` and the rows of `listings`.

This is the one module of the step that touches the disk. Whatever is wrong with a file becomes the reason and the
detail of its row; nothing is raised, so that one bad file never stops the others.
"""

import hashlib
import mmap
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO

import polars as pl

from assets.hashing import blake2b_hex
from assets.parse.captured import capture_moment
from assets.parse.detect import choose_reader
from assets.parse.paragraphs import WINDOW, release
from assets.parse.reader import Content, Extract, Reader, RefusalError
from assets.parse.unpack import LIMITS, Limits, compression_of, unpack
from schemas.dumps import Dumps
from schemas.listings import Listings
from schemas.render import polars_schema
from schemas.vocabulary import Compression, DumpReason, DumpStatus, Format, Role

HELD_BYTES = 64 << 20
"""Content up to this size is read into memory, which makes it safe from a file that shrinks meanwhile; larger content
is mapped."""
LISTING_ID_DIGITS = 32


@dataclass(frozen=True)
class Parsed:
    """What became of one file."""

    dump: pl.DataFrame
    """Its row of `dumps`."""
    listings: pl.DataFrame
    """Its rows of `listings`, in the order of the dump; none where the dump was turned away."""


@dataclass
class _Account:
    """What is known of a file so far; starts with what is true of one that cannot even be opened."""

    uri: str
    dump_id: str
    compression: Compression = Compression.NONE
    size_bytes: int = 0
    mtime: float | None = None
    reader: Reader | None = None
    refusal: RefusalError | None = None


def read_dump(path: Path, *, uri: str, scratch: Path, limits: Limits = LIMITS) -> Parsed:
    """Reads one raw file, whatever it is.

    Args:
        path: The file; plain, gzip or Zstandard.
        uri: Where it was found, relative to the raw folder, for `dumps.uri`.
        scratch: Folder for content that has to be unpacked; it is made if need be, and left as it was found.
        limits: How much content a dump may have.

    Returns:
        One row of `dumps` and any number of `listings`. A file that cannot be read has status `rejected`, a reason and
        a sentence that says what was found. Its `dump_id` is the hash of its bytes as they are; that of a file whose
        bytes cannot be had at all is the hash of its uri.
    """
    account = _account(uri)
    extract: Extract | None = None
    try:
        extract = _read(path, account, scratch, limits)
    except RefusalError as refusal:
        account.refusal = refusal
    except OSError as error:
        account.refusal = RefusalError(DumpReason.UNREADABLE, f"The file cannot be read: {error.strerror or error}.")
    listings = _listings(extract, account.dump_id) if extract else pl.DataFrame(schema=polars_schema(Listings))
    return Parsed(_dump(path.name, account, extract, listings.height), listings)


def content_id(path: Path, *, uri: str, scratch: Path, limits: Limits = LIMITS) -> str:
    """The `dump_id` that `read_dump` would give a file, without reading its records.

    Args:
        path: The file.
        uri: Where it was found.
        scratch: Folder for content that has to be unpacked.
        limits: How much content a dump may have.

    Returns:
        A SHA-256, in hexadecimal digits; for a file that cannot be read too.
    """
    account = _account(uri)
    with suppress(RefusalError, OSError):
        _open(path, account, scratch, limits)
    return account.dump_id


def _account(uri: str) -> _Account:
    """What is known of a file before it is opened."""
    uri = uri.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
    return _Account(uri, dump_id=hashlib.sha256(b"unreadable\0" + uri.encode()).hexdigest())


def _read(path: Path, account: _Account, scratch: Path, limits: Limits) -> Extract:
    """Opens, unpacks and reads a file, noting in the account what is learned on the way."""
    content = _open(path, account, scratch, limits)
    account.reader = choose_reader(content)
    extract = account.reader.read(content)
    if not extract.records.height:
        raise RefusalError(DumpReason.NO_RECORDS, "The dump has the header of a page and no records.")
    return extract


def _open(path: Path, account: _Account, scratch: Path, limits: Limits) -> Content:
    """The content of a file after unpacking, its size and its hash in the account."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise RefusalError(DumpReason.UNREADABLE, "It is not a regular file.")
    with path.open("rb") as file:
        account.mtime, account.size_bytes = status.st_mtime, status.st_size
        content = _content(file, account, scratch, limits)
    account.size_bytes, account.dump_id = len(content), _sha256(content)
    return content


def _content(file: BufferedReader, account: _Account, scratch: Path, limits: Limits) -> Content:
    """The content of a file after unpacking; until that has worked, the account has the hash of the file as it is."""
    account.compression = compression_of(file.read(4))
    file.seek(0)
    if account.compression is Compression.NONE and account.size_bytes <= limits.content_bytes:
        return _load(file)
    account.dump_id = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    if account.compression is Compression.NONE:
        detail = f"The file has {account.size_bytes:,} bytes; the limit is {limits.content_bytes:,}."
        raise RefusalError(DumpReason.TOO_LARGE, detail)
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=scratch) as unpacked:  # has no name: it is gone even after a crash
        unpack(file, unpacked, account.compression, account.size_bytes, limits)
        unpacked.flush()
        unpacked.seek(0)
        return _load(unpacked)


def _load(file: IO[bytes]) -> Content:
    """The bytes of an open file: held if they are few, mapped if they are many."""
    held = file.read(HELD_BYTES + 1)
    return held if len(held) <= HELD_BYTES else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _sha256(content: Content) -> str:
    digest = hashlib.sha256()
    with memoryview(content) as view:
        for start in range(0, len(view), WINDOW):
            digest.update(view[start : start + WINDOW])
            release(content, start, min(start + WINDOW, len(view)))
    return digest.hexdigest()


def _dump(name: str, account: _Account, extract: Extract | None, listing_count: int) -> pl.DataFrame:
    """The row of `dumps` for a file."""
    captured_at, captured_from = capture_moment(name, account.mtime)
    reader, refusal = account.reader, account.refusal
    row = {
        "dump_id": account.dump_id,
        "uri": account.uri,
        "also_at": [],
        "format": str(reader.format if reader else Format.UNKNOWN),
        "compression": str(account.compression),
        "role": str(reader.role if reader else Role.FEED),
        "size_bytes": account.size_bytes,
        "captured_at": captured_at,
        "captured_from": captured_from and str(captured_from),
        "page_date_raw": extract.page_date_raw if extract else None,
        "page_count": extract.page_count if extract else 0,
        "listing_count": listing_count,
        "status": str(DumpStatus.REJECTED if refusal else DumpStatus.READ),
        "reason": str(refusal.reason) if refusal else None,
        "detail": refusal.detail if refusal else None,
        "reader_version": reader.label if reader else None,
    }
    return pl.DataFrame([row], schema=polars_schema(Dumps))


def _listings(extract: Extract, dump_id: str) -> pl.DataFrame:
    """The rows of `listings` for what a reader found; the place of a record in its dump is what identifies it."""
    place = pl.format("{}:{}-{}", pl.lit(dump_id), "byte_start", "byte_end")
    ids = blake2b_hex(extract.records.select(place.alias("listing_id")).to_series(), digits=LISTING_ID_DIGITS)
    return extract.records.with_columns(ids, dump_id=pl.lit(dump_id)).select(polars_schema(Listings).names())
