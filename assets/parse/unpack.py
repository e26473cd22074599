"""Unpacking: what a file is packed with, by its first bytes, and its content, bounded in memory and on disk.

Works on open files; opening them, and deciding where the content goes, is `read.py`'s.
"""

import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from assets.parse.reader import RefusalError
from schemas.vocabulary import Compression, DumpReason

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 1 << 20
GZIP_MAGIC = b"\x1f\x8b\x08"
GZIP_WINDOW = 31
"""zlib's code for a gzip header and trailer."""
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
LARGEST_ZSTD_WINDOW = 27
"""Binary logarithm of the memory that a Zstandard frame may ask for: 128 MB, the default of its own tool."""


@dataclass(frozen=True)
class Limits:
    """How much content a dump may have."""

    content_bytes: int = 4 << 30
    """Largest content, unpacked or not."""
    ratio: int = 200
    """Largest content as a multiple of the packed file: text shrinks to a third or a tenth, a bomb to a thousandth."""
    always_bytes: int = 64 << 20
    """Content up to this size may be any multiple."""


LIMITS = Limits()


def compression_of(beginning: bytes) -> Compression:
    """What a file is packed with.

    Args:
        beginning: Its first four bytes, or all of them.
    """
    if beginning.startswith(GZIP_MAGIC):
        return Compression.GZIP
    is_skippable = beginning[1:4] == b"\x2a\x4d\x18" and beginning[0] & 0xF0 == 0x50  # what pzstd begins with
    return Compression.ZSTD if beginning.startswith(ZSTD_MAGIC) or is_skippable else Compression.NONE


def unpack(source: IO[bytes], target: IO[bytes], compression: Compression, packed_bytes: int, limits: Limits) -> None:
    """Writes the content of a packed file to another file, a chunk at a time.

    Args:
        source: The packed file, at its beginning.
        target: Where the content goes.
        compression: How it is packed.
        packed_bytes: Size of the packed file.
        limits: When to stop.

    Raises:
        RefusalError: DAMAGED_ARCHIVE or TOO_LARGE.
        OSError: If source or target fails.
    """
    chunks = _gunzip(source) if compression is Compression.GZIP else _unzstd(source)
    most = min(limits.content_bytes, max(limits.always_bytes, limits.ratio * packed_bytes))
    written = 0
    try:
        for chunk in chunks:
            written += len(chunk)
            if written > most:
                detail = f"{packed_bytes:,} bytes unpack to more than {most:,}."
                raise RefusalError(DumpReason.TOO_LARGE, detail)
            target.write(chunk)
    except (zlib.error, zstd.ZstdError, EOFError) as error:
        detail = f"The {compression} file cannot be unpacked: {error}."
        raise RefusalError(DumpReason.DAMAGED_ARCHIVE, detail) from error


def _gunzip(source: IO[bytes]) -> Iterator[bytes]:
    """Unpacks the members of a gzip file, one after the other; NULs after the last one are padding."""
    packed = source.read(CHUNK)
    while packed:
        member = zlib.decompressobj(wbits=GZIP_WINDOW)
        while not member.eof:
            if not packed:
                raise EOFError("it ends before its end mark")
            yield member.decompress(packed, CHUNK)
            packed = member.unconsumed_tail or (b"" if member.eof else source.read(CHUNK))
        packed = member.unused_data or source.read(CHUNK)
        while packed and not packed.strip(b"\0"):
            packed = source.read(CHUNK)


def _unzstd(source: IO[bytes]) -> Iterator[bytes]:
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: LARGEST_ZSTD_WINDOW}
    with zstd.ZstdFile(source, options=options) as frames:
        while chunk := frames.read(CHUNK):
            yield chunk
