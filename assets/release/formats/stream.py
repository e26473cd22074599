"""Stream: lines that a query gives, into a file that is compressed on the way; the text is never held as a whole.

What is written depends on the text alone: blocks are cut at fixed places of it, wherever its pieces end, and headers
name no time, no file and no machine.
"""

import struct
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import duckdb
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BLOCK = 1 << 20
"""Bytes of text that a thread compresses at once."""
ROUND = 8
"""Blocks that are collected before they are compressed together."""
THREADS = 2
"""Threads that compress; their number changes no byte."""

ZSTD_LEVEL = 7
"""A tenth smaller than level 3 (100 instead of 112 MB of 475) for three times its processor time, 8.6 instead of 2.5 s;
level 9 saves another 4 % for another 3.2 s."""
GZIP_LEVEL = 5
"""Within 1.5 % of level 6 (116.5 instead of 114.9 MB of 319) in 60 % of its time; level 4 is 4 % larger than this."""
WINDOW = 1 << 15
"""Bytes that deflate looks back on: a block begins with the end of the one before it as its dictionary."""
GZIP_HEADER = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x00\xff"
"""Deflate, no name, no time, no system."""

BATCH_ROWS = 10_000
"""Lines that are taken from the database at once."""

Bytes = bytes | bytearray | memoryview


class Compressor(Protocol):
    """What turns text into the content of a file."""

    def compress(self, block: Bytes) -> Bytes:
        """What is there of the content after one more block, of ROUND * BLOCK bytes each but for the last."""
        ...

    def flush(self) -> Bytes:
        """The rest of the content."""
        ...


class Plain:
    """No compression."""

    def compress(self, block: Bytes) -> Bytes:
        """The block itself."""
        return block

    def flush(self) -> Bytes:
        """Nothing is left."""
        return b""


class Gzip:
    """One gzip member whose blocks are compressed side by side."""

    def __init__(self) -> None:
        self._before = b""
        self._checksum = 0
        self._size = 0

    def compress(self, block: Bytes) -> Bytes:
        """Compresses what is a whole number of blocks but at the end of the text."""
        view = memoryview(block)
        header = b"" if self._size else GZIP_HEADER
        self._checksum = zlib.crc32(view, self._checksum)
        self._size += len(view)
        starts = range(0, len(view), BLOCK)
        befores = [self._before, *(bytes(view[start - WINDOW : start]) for start in starts[1:])]
        with ThreadPoolExecutor(THREADS) as pool:
            content = header + b"".join(pool.map(_deflated, (view[start : start + BLOCK] for start in starts), befores))
        self._before = bytes(view[-WINDOW:])
        return content

    def flush(self) -> Bytes:
        """An empty last block, the checksum and the size."""
        header = b"" if self._size else GZIP_HEADER
        end = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS).flush()
        return header + end + struct.pack("<II", self._checksum, self._size & 0xFFFFFFFF)


def _deflated(block: Bytes, before: bytes) -> bytes:
    """One block of deflate that another can follow."""
    if before:
        packing = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before)
    else:
        packing = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(block) + packing.flush(zlib.Z_SYNC_FLUSH)


def zstandard() -> Compressor:
    """One Zstandard frame with a checksum; with one worker or more, their number changes no byte."""
    setting = zstd.CompressionParameter
    return zstd.ZstdCompressor(
        options={setting.compression_level: ZSTD_LEVEL, setting.checksum_flag: 1, setting.nb_workers: THREADS}
    )


class TextFile:
    """A file that is written from its beginning to its end, compressed as the ending of its name says."""

    def __init__(self, path: Path) -> None:
        """Creates the file.

        Args:
            path: Where; `.zst` and `.gz` are compressed.

        Raises:
            OSError: If it cannot be written.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rows = 0
        """Lines that were written with `add`."""
        self._packing: Compressor = {".zst": zstandard, ".gz": Gzip}.get(path.suffix, Plain)()
        self._waiting = bytearray()
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                if self._waiting:
                    self._file.write(self._packing.compress(bytes(self._waiting)))
                self._file.write(self._packing.flush())
        finally:
            self._file.close()

    def write(self, text: Bytes) -> None:
        """Writes a piece of text, in UTF-8."""
        self._waiting += text
        whole = len(self._waiting) // (ROUND * BLOCK) * (ROUND * BLOCK)
        for start in range(0, whole, ROUND * BLOCK):
            self._file.write(self._packing.compress(bytes(self._waiting[start : start + ROUND * BLOCK])))
        if whole:
            del self._waiting[:whole]

    def add(self, lines: pa.Array) -> None:
        """Writes lines, each with its end, as they lie in memory.

        Args:
            lines: Array of string or large_string without nulls.
        """
        if len(lines) == 0:
            return
        _, offsets, values = lines.buffers()
        kind = np.int64 if pa.types.is_large_string(lines.type) else np.int32
        places = np.frombuffer(offsets, dtype=kind)
        first, last = int(places[lines.offset]), int(places[lines.offset + len(lines)])
        if last > first:
            self.write(memoryview(values)[first:last])
        self.rows += len(lines)


def batches(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[pa.RecordBatch]:
    """The rows of a query in their order, some thousands at a time.

    Args:
        connection: Where it is asked.
        query: A SELECT.

    Raises:
        duckdb.Error: If it fails.
    """
    connection.execute("SET arrow_large_buffer_size = true")  # a batch of very long texts may exceed 2 GB
    yield from connection.sql(query).to_arrow_reader(BATCH_ROWS)
