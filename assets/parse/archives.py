"""Archives: the members of ZIP and tar, in their order.

Only what they hold is listed here; unpacking members, and archives within archives, is `containers.py`'s. The list of
a ZIP archive is read by the standard library, its members are not: the library unpacks bzip2 without a bound. Of tar,
the library decodes headers; it ends silently at a damaged one.
"""

import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import IO, cast

from assets.parse.entries import Entry, damaged, displayed, escape_of, is_hidden, unsafe
from assets.parse.reader import Content, RefusalError
from assets.parse.unpack import CHUNK, ZIP_DECODERS, unpacked_member
from schemas.vocabulary import DumpReason

ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""The first member, the end of an archive without any, the first part of a split one."""
ZIP_HEADER, ZIP_HEADER_BYTES = b"PK\x03\x04", 30
LISTED_BYTES, ZIP_TAIL_BYTES = 256, 1 << 17
"""Bytes of a ZIP archive's list for each member that it may have (46 and path and dates), and of what follows it."""
STORED, ENCRYPTED_FLAGS, AES = 0, 0x2041, 99
UNIX_MODE_BITS = 16
DOCUMENTS: Mapping[str, str] = {
    "[Content_Types].xml": "an Office document (.xlsx, .docx); export it as CSV",
    "META-INF/manifest.xml": "an OpenDocument file (.ods, .odt); export it as CSV",
    "META-INF/container.xml": "an e-book",
    "META-INF/MANIFEST.MF": "a Java program",
}
"""Members that make a ZIP archive something else."""
BLOCK = tarfile.BLOCKSIZE
EXTENSIONS = (
    tarfile.XHDTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
"""Types of headers that say more about the next one."""
USTAR_AT, USTAR = 257, b"ustar"
LARGEST_EXTENSION = 1 << 20
"""Bytes of a tar header that only extends the next one: long paths and dates have a few hundred."""
LONGEST_NUMBER = 20
"""Digits of the length of a line in such a header."""


def is_zip(content: Content) -> bool:
    """Whether content is a ZIP archive."""
    return content[:4] in ZIP_MAGICS


def is_tar(content: Content) -> bool:
    """Whether content is a tar archive: by its mark, or, before there was one, by the checksum of its first header."""
    if content[USTAR_AT : USTAR_AT + len(USTAR)] == USTAR:
        return True
    try:
        tarfile.TarInfo.frombuf(content[:BLOCK], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def zip_entries(content: Content, most_members: int) -> Iterator[Entry]:
    """Lists the members of a ZIP archive.

    Args:
        content: The archive.
        most_members: More are too many.

    Yields:
        The members, in the order of its list; folders and hidden files are left out. Where the archive as a whole is
        refused, one entry without a path says why.
    """
    try:
        listed = _zip_list(content, most_members)
    except RefusalError as refusal:
        yield Entry("", b"", refusal=refusal)
        return
    for info in listed:
        path, mode = info.orig_filename, stat.S_IFMT(info.external_attr >> UNIX_MODE_BITS)
        escape = escape_of(path)
        if path.endswith(("/", "\\")) or stat.S_ISDIR(mode) or (escape is None and is_hidden(path)):
            continue
        header = f"{path}\0{info.CRC}\0{info.file_size}\0{info.compress_size}".encode(errors="surrogateescape")
        chunks = partial(_zip_chunks, content, info)
        yield Entry(displayed(path), header, info.compress_size, chunks, refusal=escape or _zip_refusal(info, mode))


def _zip_list(content: Content, most_members: int) -> list[zipfile.ZipInfo]:
    """The list of a ZIP archive that deserves trust."""
    window = cast("IO[bytes]", _Window(content, most_members * LISTED_BYTES + ZIP_TAIL_BYTES))
    try:
        with zipfile.ZipFile(window) as archive:
            listed, listed_at = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError, EOFError) as error:
        raise damaged(f"The list at the end of the ZIP archive is missing or damaged ({error}).") from error
    if len(listed) > most_members:
        raise _too_many(most_members)
    for name, document in DOCUMENTS.items():
        if any(info.filename == name for info in listed):
            raise RefusalError(DumpReason.BINARY_FILE, f"The content is {document}.")
    spans = sorted((info.header_offset, info.header_offset + ZIP_HEADER_BYTES + info.compress_size) for info in listed)
    if any(start < end for (_, end), (start, _) in pairwise([*spans, (listed_at, listed_at)])):
        raise damaged("Members of the ZIP archive share bytes, as in a bomb.")
    return listed


def _zip_refusal(info: zipfile.ZipInfo, mode: int) -> RefusalError | None:
    """Why a member is not opened."""
    if mode and not stat.S_ISREG(mode):
        return unsafe("It is no ordinary file but a link or a device.")
    if info.flag_bits & ENCRYPTED_FLAGS or info.compress_type == AES:
        return RefusalError(DumpReason.ENCRYPTED_ARCHIVE, "The member asks for a password.")
    if info.compress_type != STORED and info.compress_type not in ZIP_DECODERS:
        return RefusalError(
            DumpReason.BINARY_FILE, f"The member is packed with method {info.compress_type} of ZIP, which is not read."
        )
    return None


def _zip_chunks(content: Content, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a member of a ZIP archive; damaged where its length or checksum is not as listed."""
    header = content[info.header_offset : info.header_offset + ZIP_HEADER_BYTES]
    if len(header) < ZIP_HEADER_BYTES or not header.startswith(ZIP_HEADER):
        raise damaged("The member is not where the list of the archive says.")
    name_bytes, extra_bytes = struct.unpack_from("<HH", header, 26)
    start = info.header_offset + ZIP_HEADER_BYTES + name_bytes + extra_bytes
    packed = _slices(content, start, start + info.compress_size)
    is_stored = info.compress_type == STORED
    checksum, size = 0, 0
    for chunk in packed if is_stored else unpacked_member(cast("IO[bytes]", _Chunks(packed)), info.compress_type):
        checksum, size = zlib.crc32(chunk, checksum), size + len(chunk)
        yield chunk
    if (checksum, size) != (info.CRC, info.file_size):
        raise damaged("The member fails its checksum.")


def tar_entries(content: Content, most_members: int) -> Iterator[Entry]:
    """Lists the members of a tar archive.

    Args:
        content: The archive.
        most_members: More are too many.

    Yields:
        The members, in order; folders and hidden files are left out. Where it is damaged, a last entry says so.
    """
    at, extension, count = 0, dict[str, bytes](), 0
    try:
        while (info := _tar_header(content, at)) is not None:
            start, end = _tar_span(info, extension, at)
            if info.type in EXTENSIONS:
                extension |= _tar_extension(info.type, content[start:end])
            elif info.type != tarfile.XGLTYPE:
                count += 1
                if count > most_members:
                    raise _too_many(most_members)
                yield from _tar_entry(content, info, extension, (at, start, end))
                extension = {}
            at = end + -end % BLOCK
    except RefusalError as refusal:
        yield Entry("", b"", refusal=refusal)


def _tar_header(content: Content, at: int) -> tarfile.TarInfo | None:
    """The header at an offset; None at the mark of the end."""
    block = content[at : at + BLOCK]
    if not block.strip(b"\0") and len(block) == BLOCK:
        if any(chunk.strip(b"\0") for chunk in _slices(content, at, len(content))):
            raise damaged(f"More follows the end of the tar archive at byte {at:,}; it is not read.")
        return None
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError) as error:
        what = "ends without its end mark" if len(block) < BLOCK else "is damaged"
        raise damaged(f"The tar archive {what} at byte {at:,}; what should follow is not read.") from error


def _tar_span(info: tarfile.TarInfo, extension: Mapping[str, bytes], at: int) -> tuple[int, int]:
    """The bytes of the content behind a header; links, devices and folders have none, whatever size they state."""
    start = at + BLOCK
    is_extension = info.type in EXTENSIONS or info.type == tarfile.XGLTYPE
    if info.type in tarfile.SUPPORTED_TYPES and not info.isreg() and not is_extension:
        return start, start
    stated = b"" if is_extension else extension.get("size", b"")
    size = int(stated) if stated.isdigit() and len(stated) < LONGEST_NUMBER else info.size
    if size < 0 or (info.type in EXTENSIONS and size > LARGEST_EXTENSION):
        raise damaged(f"The header at byte {at:,} of the tar archive states a size of {size:,}.")
    return start, start + size


def _tar_entry(
    content: Content, info: tarfile.TarInfo, extension: Mapping[str, bytes], span: tuple[int, int, int]
) -> Iterator[Entry]:
    """The entry of a member, given where its header, its content and the next header begin; none for a folder."""
    at, start, end = span
    path = extension["path"].decode(errors="surrogateescape") if "path" in extension else info.name
    refusal = escape_of(path)
    if info.isdir() or path.endswith("/") or (refusal is None and is_hidden(path)):
        return
    if not info.isreg() or info.type == tarfile.GNUTYPE_SPARSE or "sparse" in extension:
        refusal = unsafe("It is no ordinary file but a link, a device or a sparse file.")
    shown, header = displayed(path), content[at:start] + path.encode(errors="surrogateescape")
    if refusal is None and end > len(content):
        refusal = damaged("The tar archive ends in the middle of the member.")
    yield Entry(shown, header, end - start, partial(_slices, content, start, end), refusal=refusal)
    if end > len(content):
        raise damaged(f"The tar archive ends in the middle of {shown}; what should follow is not read.")


def _tar_extension(kind: bytes, data: bytes) -> dict[str, bytes]:
    """What such a header says of path, size and sparseness."""
    if kind == tarfile.GNUTYPE_LONGLINK:
        return {}
    if kind == tarfile.GNUTYPE_LONGNAME:
        return {"path": data.rstrip(b"\0")}
    found, at = dict[str, bytes](), 0
    while at < len(data) and data[at] != 0:
        digits, _, _ = data[at : at + LONGEST_NUMBER].partition(b" ")
        length = int(digits) if digits.isdigit() else 0
        key, _, value = data[at + len(digits) + 1 : at + length - 1].partition(b"=")
        if length <= len(digits) or at + length > len(data):
            raise damaged("An extended header of the tar archive is damaged; what should follow is not read.")
        if key in {b"path", b"size"}:
            found[key.decode()] = value
        elif key.startswith(b"GNU.sparse."):
            found["sparse"] = value
        at += length
    return found


def _too_many(most_members: int) -> RefusalError:
    return RefusalError(DumpReason.TOO_LARGE, f"The archive has more than {most_members:,} members.")


def _slices(content: Content, start: int, end: int) -> Iterator[bytes]:
    """A stretch of content, a chunk at a time."""
    return (content[at : min(at + CHUNK, end)] for at in range(start, end, CHUNK))


class _Chunks:
    """Chunks as the one method of a file that a decoder needs; the size asked for is that of the chunks."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def read(self, _size: int) -> bytes:
        return next(self._chunks, b"")


class _Window:
    """Content as the methods of a file that the ZIP library needs to read the list; it never gets much at once."""

    def __init__(self, content: Content, largest: int) -> None:
        self._content, self._largest, self._at = content, largest, 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = (0, self._at, len(self._content))[whence] + offset
        if self._at < 0:
            raise OSError("before the beginning")
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        size = len(self._content) - self._at if size < 0 else size
        if size > self._largest:
            raise RefusalError(DumpReason.TOO_LARGE, f"The list of the ZIP archive has {size:,} bytes.")
        data = self._content[self._at : self._at + size]
        self._at += len(data)
        return data
