"""Containers: files that hold several dumps, opened down to the last of them, within limits that hold for all together.

ZIP and tar archives and recorded answers of services. A member may be packed, and may be a container itself.
"""

import io
import mmap
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

from assets.parse.archives import is_tar, is_zip, tar_entries, zip_entries
from assets.parse.entries import Entry
from assets.parse.reader import Content, RefusalError
from assets.parse.recordings import is_recording, recording_entries
from assets.parse.unpack import LIMITS, MAGIC_BYTES, Limits, bounded, compression_of, hold, unpacked
from schemas.vocabulary import Compression, DumpReason

DEEPEST = 2
"""Archives within each other: a day's archive in a year's, and no more; recordings may be in the inner one."""
SAFE_CHARSET = re.compile(
    r"(?i)(iso-?8859-\d\d?|windows-125\d|latin-?1|koi8-r|gbk|gb2312|gb18030|big5|euc-\w\w|shift_jis)"
)
"""Encodings that answers of services are in, other than UTF-8; Python knows others that are not of texts."""

Lister = Callable[[Content, int], Iterator[Entry]]


@dataclass(frozen=True)
class Member:
    """One dump in a container."""

    path: str
    """Its path in the container, fit for display, `!/` before a path within another container; empty for the container
    itself, where that is refused."""
    content: Content
    """Its bytes after unpacking; of one that could not be had, what the container says of it."""
    compression: Compression = Compression.NONE
    """How the member was packed by itself, whatever the container did."""
    refusal: RefusalError | None = None
    """Why it cannot be read."""


def open_container(content: Content, scratch: Path, limits: Limits = LIMITS) -> Iterator[Member] | None:
    """Opens content that holds several dumps.

    Args:
        content: A file after unpacking.
        scratch: Folder for members that are too large for memory.
        limits: How much content members may have, each and together.

    Returns:
        The dumps in it, one after the other, at least one; whatever is wrong with one of them is its refusal, and the
        others follow. None where the content is a dump itself.
    """
    lister = _lister_of(content)
    return _Opening(scratch, limits, len(content)).members(content, lister) if lister is not None else None


def _lister_of(content: Content) -> Lister | None:
    """What lists the members of a container; None for a dump."""
    if is_zip(content):
        return zip_entries
    if is_tar(content):
        return tar_entries
    return recording_entries if is_recording(content) else None


class _Opening:
    """A container being opened: what is left of the limits."""

    def __init__(self, scratch: Path, limits: Limits, size: int) -> None:
        self.scratch, self.limits = scratch, limits
        self.most_bytes = self.bytes_left = limits.largest_in_all(size)
        self.members_left = limits.archive_members

    def members(self, content: Content, lister: Lister, depth: int = 1) -> Iterator[Member]:
        """The dumps in a container."""
        is_empty = True
        for entry in lister(content, self.members_left):
            is_empty = False
            self.members_left = max(self.members_left - 1, 0)
            if entry.refusal is None:
                yield from self._opened(entry, depth)
            else:
                yield Member(entry.path, entry.header or content, refusal=entry.refusal)
        if is_empty:
            yield Member("", content, refusal=RefusalError(DumpReason.NO_RECORDS, "The archive holds no file."))

    def _opened(self, entry: Entry, depth: int) -> Iterator[Member]:
        """The dumps in a member: itself, or those in it."""
        compression = Compression.NONE
        try:
            content = self._hold(entry.chunks(), entry.packed_bytes)
            compression = compression_of(content[:MAGIC_BYTES])
            if compression is not Compression.NONE:
                packed = io.BytesIO(content) if isinstance(content, bytes) else content
                content = self._hold(unpacked(cast("IO[bytes]", packed), compression), len(content))
        except RefusalError as refusal:
            yield Member(entry.path, entry.header, compression, refusal)
            return
        content = _recoded(content, entry.charset)
        lister = _lister_of(content)
        if lister is None:
            yield Member(entry.path, content, compression)
        elif depth + (lister is not recording_entries) > DEEPEST:
            detail = f"An archive within {DEEPEST} others is not opened."
            yield Member(entry.path, content, compression, RefusalError(DumpReason.BINARY_FILE, detail))
        else:
            for member in self.members(content, lister, depth + 1):
                yield replace(member, path=f"{entry.path}!/{member.path}" if member.path else entry.path)

    def _hold(self, chunks: Iterator[bytes], packed_bytes: int) -> Content:
        """The content that chunks make, while the limits allow it."""
        return hold(self._counted(bounded(chunks, packed_bytes, self.limits)), self.scratch)

    def _counted(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.bytes_left -= len(chunk)
            if self.bytes_left < 0:
                detail = f"The members of the archive unpack to more than {self.most_bytes:,} bytes in all."
                raise RefusalError(DumpReason.TOO_LARGE, detail)
            yield chunk


def _recoded(content: Content, charset: str) -> Content:
    """Text in UTF-8, where the container states that it is in another encoding; XML states its own."""
    if not SAFE_CHARSET.fullmatch(charset) or isinstance(content, mmap.mmap) or content.startswith(b"<?xml"):
        return content
    try:
        content.decode()
    except UnicodeDecodeError:
        try:
            return content.decode(charset).encode()
        except (UnicodeDecodeError, LookupError):
            return content
    return content
