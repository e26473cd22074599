"""Unpacking: what bytes are packed with, by their beginning, and what they hold, bounded in memory and on disk.

Works on open files and on streams of chunks; archives of several members are `archives.py`'s.
"""

import bz2
import lzma
import mmap
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Protocol

from assets.parse.reader import Content, RefusalError
from schemas.vocabulary import Compression, DumpReason

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 1 << 20
FIRST_BITE = 4 << 10
"""Bytes that a new stream is given first, doubled with every bite: what a stream does not want is copied, and a file of
empty streams of 20 bytes each would copy a chunk for every one of them."""
HELD_BYTES = 64 << 20
"""Content up to this size is held in memory; larger content is mapped from a file without a name."""
MAGIC_BYTES = 10
"""Bytes at the beginning that tell what a file is packed with."""
GZIP_MAGIC = b"\x1f\x8b\x08"
GZIP_WINDOW = 31
"""zlib's code for a gzip header and trailer."""
RAW_WINDOW = -15
"""zlib's code for neither, as in ZIP."""
BZIP2_MAGIC = b"BZh"
BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")
"""What follows the magic and a digit: a first block, or the end of an empty stream."""
XZ_MAGIC = b"\xfd7zXZ\x00"
LARGEST_XZ_MEMORY = 256 << 20
"""Bytes that an xz stream may ask for: `xz -9` asks for 65 MB."""
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
LARGEST_ZSTD_WINDOW = 27
"""Binary logarithm of the memory that a Zstandard frame may ask for: 128 MB, the default of its own tool."""
DAMAGES = (zlib.error, lzma.LZMAError, zstd.ZstdError, EOFError, OSError, ValueError)
"""What decoders raise on bytes that they cannot read; of bzip2, OSError and ValueError."""


@dataclass(frozen=True)
class Limits:
    """How much content a dump, or the archive that holds it, may have."""

    content_bytes: int = 32 << 30
    """Largest content of a dump, unpacked or not."""
    ratio: int = 200
    """Largest content as a multiple of the packed file: text shrinks to a third or a tenth, a bomb to a thousandth."""
    always_bytes: int = 64 << 20
    """Content up to this size may be any multiple."""
    archive_bytes: int = 64 << 30
    """Largest content of all members of an archive together."""
    archive_members: int = 100_000
    """Largest number of members of an archive, those of archives in it included."""

    def largest_from(self, packed_bytes: int) -> int:
        """Largest content of one dump that may come out of this many bytes."""
        return min(self.content_bytes, max(self.always_bytes, self.ratio * packed_bytes))

    def largest_in_all(self, archive_bytes: int) -> int:
        """Largest content of all members of an archive of this many bytes."""
        return min(self.archive_bytes, max(self.always_bytes, self.ratio * archive_bytes))


LIMITS = Limits()


class Decoder(Protocol):
    """One stream being unpacked: what the decoders of bz2, lzma and Zstandard have in common."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Takes in packed bytes and gives at most so many unpacked ones."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    @property
    def needs_input(self) -> bool:
        """Whether it can give no more without taking in more."""

    @property
    def unused_data(self) -> bytes:
        """What was taken in after the end."""


class _Inflater:
    """zlib's decoder as a Decoder."""

    def __init__(self, window: int) -> None:
        self._stream = zlib.decompressobj(wbits=window)

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._stream.decompress(self._stream.unconsumed_tail + data, max_length)

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def needs_input(self) -> bool:
        return not self._stream.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data


def _zstd_decoder() -> Decoder:
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: LARGEST_ZSTD_WINDOW}
    return zstd.ZstdDecompressor(options=options)


DECODERS: Mapping[Compression, Callable[[], Decoder]] = {
    Compression.GZIP: lambda: _Inflater(GZIP_WINDOW),
    Compression.BZIP2: bz2.BZ2Decompressor,
    Compression.XZ: lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=LARGEST_XZ_MEMORY),
    Compression.ZSTD: _zstd_decoder,
}
ZIP_DECODERS: Mapping[int, Callable[[], Decoder]] = {
    8: lambda: _Inflater(RAW_WINDOW),
    12: bz2.BZ2Decompressor,
    93: _zstd_decoder,
}
"""Decoder of each packing method of a ZIP archive; method 0 is no packing."""


def compression_of(beginning: bytes) -> Compression:
    """What a file is packed with.

    Args:
        beginning: Its first MAGIC_BYTES bytes, or all of them.
    """
    if beginning.startswith(GZIP_MAGIC):
        return Compression.GZIP
    if beginning.startswith(XZ_MAGIC):
        return Compression.XZ
    if beginning.startswith(BZIP2_MAGIC) and beginning[3:4].isdigit() and beginning[4:10] in BZIP2_BLOCKS:
        return Compression.BZIP2
    is_skippable = beginning[1:4] == b"\x2a\x4d\x18" and beginning[0] & 0xF0 == 0x50  # what pzstd begins with
    return Compression.ZSTD if beginning.startswith(ZSTD_MAGIC) or is_skippable else Compression.NONE


def unpacked(source: IO[bytes], compression: Compression) -> Iterator[bytes]:
    """Unpacks the streams of a file, one after the other; NULs after one of them are padding.

    Args:
        source: The packed file, at its beginning.
        compression: How it is packed.

    Yields:
        The content, in pieces of at most a chunk.

    Raises:
        RefusalError: DAMAGED_ARCHIVE.
        OSError: If the source fails.
    """
    packed = _Packed(source)
    while packed.has_more():
        yield from _one_stream(packed, DECODERS[compression], f"The {compression} file")


def unpacked_member(source: IO[bytes], method: int) -> Iterator[bytes]:
    """Unpacks a member of a ZIP archive.

    Args:
        source: Its packed bytes.
        method: A key of ZIP_DECODERS.

    Yields:
        The content, in pieces of at most a chunk.

    Raises:
        RefusalError: DAMAGED_ARCHIVE.
    """
    yield from _one_stream(_Packed(source), ZIP_DECODERS[method], "The member")


def bounded(chunks: Iterator[bytes], packed_bytes: int, limits: Limits) -> Iterator[bytes]:
    """Lets chunks pass until they are too many.

    Args:
        chunks: Content, piece by piece.
        packed_bytes: Size of what they come out of.
        limits: When to stop.

    Yields:
        The chunks.

    Raises:
        RefusalError: TOO_LARGE.
    """
    largest, size = limits.largest_from(packed_bytes), 0
    for chunk in chunks:
        size += len(chunk)
        if size > largest:
            raise RefusalError(DumpReason.TOO_LARGE, f"{packed_bytes:,} bytes unpack to more than {largest:,}.")
        yield chunk


def hold(chunks: Iterator[bytes], scratch: Path) -> Content:
    """Makes one content of chunks: held in memory if it is small, else mapped from a file that has no name.

    Args:
        chunks: Content, piece by piece.
        scratch: Folder for such a file; it is made if need be.

    Returns:
        The content.

    Raises:
        OSError: If the folder cannot be written.
    """
    held, size = list[bytes](), 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size > HELD_BYTES:
            scratch.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=scratch) as file:  # is gone even after a crash
                file.writelines(chain(held, chunks))
                file.flush()
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return held[0] if len(held) == 1 else b"".join(held)


class _Packed:
    """Packed bytes, taken in bites; what a stream does not want is given back."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._chunk, self._at = source, b"", 0

    def take(self, size: int) -> bytes:
        """The next bytes, at most so many; none at the end."""
        if self._at == len(self._chunk):
            self._chunk, self._at = self._source.read(CHUNK), 0
        bite = self._chunk[self._at : self._at + size]
        self._at += len(bite)
        return bite

    def give_back(self, size: int) -> None:
        """Returns the end of the last bite."""
        self._at -= size

    def has_more(self) -> bool:
        """Whether there are bytes left; skips NULs."""
        while bite := self.take(FIRST_BITE):
            wanted = bite.lstrip(b"\0")
            if wanted:
                self.give_back(len(wanted))
                return True
        return False


def _one_stream(packed: _Packed, start: Callable[[], Decoder], what: str) -> Iterator[bytes]:
    """Unpacks one stream and gives back what follows it."""
    decoder, size = start(), FIRST_BITE
    while not decoder.eof:
        bite = packed.take(size) if decoder.needs_input else b""
        is_starved = decoder.needs_input and not bite
        size = min(2 * size, CHUNK)
        try:
            chunk = decoder.decompress(bite, CHUNK)
            if is_starved and not chunk and not decoder.eof:
                raise EOFError("it ends before its end mark")
        except DAMAGES as error:
            raise RefusalError(DumpReason.DAMAGED_ARCHIVE, f"{what} cannot be unpacked: {error}.") from error
        if chunk:
            yield chunk
    packed.give_back(len(decoder.unused_data))
