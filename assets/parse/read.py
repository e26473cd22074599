"""Reading a file: from a path to the dumps in it, each with its listings in the cache.

Whatever is wrong with a file, or with one dump in it, becomes the reason and the detail of a row; nothing is raised, so
that one bad file never stops the others.
"""

import errno
import hashlib
import mmap
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BufferedReader
from pathlib import Path

from assets.parse.cache import Cache, Facts, Part, now_ns
from assets.parse.containers import Member, open_container
from assets.parse.detect import READERS, choose_reader
from assets.parse.folder import RawFile, fetch
from assets.parse.intake import Intake, Taken
from assets.parse.paragraphs import WINDOW, release
from assets.parse.reader import Content, Hints, Reader, RefusalError
from assets.parse.unpack import HELD_BYTES, LIMITS, MAGIC_BYTES, Limits, bounded, compression_of, hold, unpacked
from schemas.formats import Format
from schemas.vocabulary import Compression, DumpReason, DumpStatus

READING_VERSION = 3
"""Raised whenever what all readers share (identifiers, dates, names) would give other listings."""
READERS_LABEL = "; ".join([f"reading {READING_VERSION}", *(reader.label for reader in READERS)])
"""What the cache depends on."""


def read_file(file: RawFile, intake: Intake, scratch: Path, limits: Limits = LIMITS) -> list[Part]:
    """Finds the dumps in a file, and reads those that the cache does not have.

    Args:
        file: The file, whatever it is.
        intake: The way into the cache, which says what was read before.
        scratch: Folder for content that has to be unpacked; it is made if need be, and left as it was found.
        limits: How much content a dump may have.

    Returns:
        The dumps: one, or the members of an archive. One that cannot be read has status `rejected`, a reason and a
        sentence that says what was found. Its `dump_id` is the hash of its bytes as they are; that of a file whose
        bytes cannot be had at all is the hash of its uri.
    """
    known = intake.cache.parts(file.stamp)
    if known is not None:
        return known
    read_ns = now_ns()
    try:
        parts = [Part(one.path, _dump(one, file.settings.hints, intake)) for one in _contents(file, scratch, limits)]
    except OSError as error:  # not remembered: it may work next time
        detail = f"The file cannot be read: {error.strerror or error}."
        unread = hashlib.sha256(b"unreadable\0" + file.uri.encode(errors="replace")).hexdigest()
        nothing = _Unpacked("", b"", unread, 0, Compression.NONE, RefusalError(DumpReason.UNREADABLE, detail))
        return [Part("", _dump(nothing, file.settings.hints, intake))]
    intake.cache.remember(file.stamp, parts, changed_ns=file.changed_ns, read_ns=read_ns)
    return parts


def content_ids(file: RawFile, cache: Cache, scratch: Path, limits: Limits = LIMITS) -> dict[str, str]:
    """The `dump_id` of every dump in a file, without reading any record.

    Args:
        file: The file.
        cache: What was read before.
        scratch: Folder for content that has to be unpacked.
        limits: How much content a dump may have.

    Returns:
        Path of the member (empty for the file itself) -> SHA-256, in hexadecimal digits.

    Raises:
        OSError: If the file cannot be read.
    """
    parts = cache.parts(file.stamp)
    if parts is not None:
        return {part.member: cache.facts[part.key].dump_id for part in parts}
    return {one.path: one.dump_id for one in _contents(file, scratch, limits)}


def contents(path: Path, scratch: Path, limits: Limits = LIMITS) -> Iterator[Member]:
    """The dumps in one file on this machine, for use without a cache.

    Args:
        path: The file.
        scratch: Folder for content that has to be unpacked and is too large for memory.
        limits: How much content a dump may have.

    Yields:
        The content of the file after unpacking, or of each member, if it is an archive.

    Raises:
        RefusalError: If the file cannot be unpacked or is too large.
        OSError: If it cannot be read.
    """
    with _opened(path) as (opened, size):
        compression = _compression(opened)
        content = _load(opened, size, compression, scratch, limits)
    yield from open_container(content, scratch, limits) or [Member("", content, compression)]


@dataclass(frozen=True)
class _Unpacked:
    """One dump of a file, ready to be read or turned away already."""

    path: str
    """Path of the member; empty for the file itself."""
    content: Content
    dump_id: str
    size_bytes: int
    compression: Compression
    refusal: RefusalError | None = None


def _contents(file: RawFile, scratch: Path, limits: Limits) -> Iterator[_Unpacked]:
    """The content of a file after unpacking: itself, or the members of the archive that it is."""
    with fetch(file, scratch, limits.content_bytes) as path, _opened(path) as (opened, size):
        yield from _of_file(opened, size, scratch, limits)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BufferedReader, int]]:
    """A regular file, open, and its size."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for somebody to write into it
        raise OSError(errno.EINVAL, "it is not a regular file")
    with path.open("rb") as opened:
        yield opened, status.st_size


def _compression(opened: BufferedReader) -> Compression:
    """How an open file is packed."""
    compression = compression_of(opened.read(MAGIC_BYTES))
    opened.seek(0)
    return compression


def _of_file(opened: BufferedReader, size: int, scratch: Path, limits: Limits) -> Iterator[_Unpacked]:
    """The dumps in an open file."""
    compression = _compression(opened)
    content: Content = b""
    try:
        content = _load(opened, size, compression, scratch, limits)
        members = open_container(content, scratch, limits)
    except RefusalError as refusal:
        opened.seek(0)
        whole = hashlib.file_digest(opened, "sha256").hexdigest()
        yield _Unpacked("", content, whole, size, compression, refusal)
        return
    for one in members or [Member("", content, compression)]:
        yield _Unpacked(one.path, one.content, _sha256(one.content), len(one.content), one.compression, one.refusal)


def _load(file: BufferedReader, size: int, compression: Compression, scratch: Path, limits: Limits) -> Content:
    """The content of a file after unpacking: held if it is small, mapped if it is large."""
    if compression is not Compression.NONE:
        return hold(bounded(unpacked(file, compression), size, limits), scratch)
    if size > limits.content_bytes:
        raise RefusalError(DumpReason.TOO_LARGE, f"The file has {size:,} bytes; the limit is {limits.content_bytes:,}.")
    held = file.read(HELD_BYTES + 1)  # held content is safe from a file that shrinks meanwhile
    return held if len(held) <= HELD_BYTES else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _sha256(content: Content) -> str:
    digest = hashlib.sha256()
    with memoryview(content) as view:
        for start in range(0, len(view), WINDOW):
            digest.update(view[start : start + WINDOW])
            release(content, start, min(start + WINDOW, len(view)))
    return digest.hexdigest()


def _dump(one: _Unpacked, hints: Hints, intake: Intake) -> str:
    """Reads a dump into the cache, unless it is there, and gives its key."""
    key = f"{one.dump_id}{hints.suffix}"
    if one.refusal is None and intake.cache.has(key):
        return key
    reader, refusal, taken = None, one.refusal, Taken(0, None, 0)
    try:
        if refusal is None:
            reader = choose_reader(one.content, hints)
            taken = intake.take(key, one.dump_id, reader.read(one.content, hints))
            refusal = None if taken.listing_count else _nothing_in(reader)
    except RefusalError as error:
        refusal = error
    intake.cache.facts[key] = Facts(
        dump_id=one.dump_id,
        format=str(reader.format if reader else Format.UNKNOWN),
        compression=str(one.compression),
        size_bytes=one.size_bytes,
        reader_version=f"{reader.label}.{READING_VERSION}{hints.suffix}" if reader else None,
        status=str(DumpStatus.REJECTED if refusal else DumpStatus.READ),
        reason=str(refusal.reason) if refusal else None,
        detail=refusal.detail if refusal else None,
        **asdict(taken if refusal is None else Taken(0, None, 0)),
    )
    return key


def _nothing_in(reader: Reader) -> RefusalError:
    return RefusalError(DumpReason.NO_RECORDS, f"The format is {reader.format}, but there is no record.")


def dump_content(file: RawFile, dump_id: str, scratch: Path, limits: Limits = LIMITS) -> Content | None:
    """The content of a dump, unpacked anew.

    Args:
        file: The file that it was found in.
        dump_id: The dump.
        scratch: Folder for content that has to be unpacked.
        limits: How much content a dump may have.

    Returns:
        Its bytes; None where the file does not hold them any more.

    Raises:
        OSError: If the file cannot be read.
    """
    return next((one.content for one in _contents(file, scratch, limits) if one.dump_id == dump_id), None)
