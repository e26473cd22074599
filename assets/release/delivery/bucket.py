"""Bucket: a prefix of an object store (S3, GCS, Azure) as a target.

An object appears whole or not at all: small ones are put at once, others in parts that a store joins in the end. It is
checked by the store's own checksum, where that is one of the content (S3 and what speaks its protocol: the MD5 of an
object, or of the MD5s of its parts), and read back where it is not.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import md5, sha256
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, PreconditionError

from assets.release.delivery.target import LARGEST_DOCUMENT, SMALL, DamagedSourceError, Document, Stored, pieces
from assets.release.manifest import ReleasedFile, ReleaseError
from assets.remote import DOWNLOAD_CHUNK, client, in_one_line, split

if TYPE_CHECKING:
    from obstore import Attributes, PutMode, UpdateVersion

PART_BYTES = SMALL
"""Bytes of a part, and of the largest object that is put at once."""
MOST_PARTS = 10_000
"""Parts that a store joins."""
PARTS_AT_ONCE = 4
"""Parts of an object under way at the same time."""


class BucketTarget:
    """A prefix of an object store that releases are delivered to."""

    at_once = 4

    def __init__(self, url: str) -> None:
        """Looks at a place in a store, which is not asked yet.

        Args:
            url: `s3://bucket/prefix`, or the same with `gs` or `az`.
        """
        self.url = url.rstrip("/")
        self.root, self.prefix = split(self.url)

    def __str__(self) -> str:
        """The URL."""
        return self.url

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps nobody away: a store has no locks. Who comes second is refused when the pointer is switched."""
        yield

    def folders(self, below: str) -> list[str]:
        """Names of the folders right below a folder."""
        with in_one_line(self.url):
            found = obstore.list_with_delimiter(client(self.root), self._key(below) or None)
        return sorted(path.rpartition("/")[2] for path in found["common_prefixes"])

    def files(self, below: str) -> dict[str, Stored]:
        """Every object below a folder, without those that only mark one."""
        found: dict[str, Stored] = {}
        with in_one_line(self.url):
            for batch in obstore.list(client(self.root), self._key(below) or None, chunk_size=1000):
                for told in batch:
                    path = told["path"].removeprefix(self.prefix).removeprefix("/")
                    if told["size"] or self._exists(path):
                        found[path] = Stored(told["size"], _bare(told["e_tag"]))
        return found

    def read(self, path: str) -> Document | None:
        """Reads a small object; None if there is none."""
        with in_one_line(self._url(path)):
            try:
                got = obstore.get(client(self.root), self._key(path))
            except FileNotFoundError:
                return None
            content = b"" if got.meta["size"] > LARGEST_DOCUMENT else bytes(got.bytes())
        if len(content) != got.meta["size"]:
            raise ReleaseError(f"{self._url(path)} has more than {LARGEST_DOCUMENT:,} bytes")
        return Document(content, got.meta["e_tag"], got.meta["version"])

    def sha256(self, path: str) -> str:
        """SHA-256 of an object, as it is read back."""
        digest = sha256()
        with in_one_line(self._url(path)):
            for chunk in obstore.get(client(self.root), self._key(path)).stream(DOWNLOAD_CHUNK):
                digest.update(memoryview(chunk))
        return digest.hexdigest()

    def holds(self, path: str, stored: Stored, source: Path, told: ReleasedFile) -> bool:
        """Whether an object has the right content: by the store's checksum, else by reading it."""
        return stored.checksum == checksum_of(source, told) or self.sha256(path) == told.sha256

    def copy(self, path: str, source: Path, told: ReleasedFile) -> None:
        """Puts a file, which is read once and not kept in memory, and checks what has become of it."""
        digest, checksum = sha256(), Checksum(told.bytes)

        def checked() -> Iterator[bytes]:
            for piece in pieces(source):
                digest.update(piece)
                checksum.update(piece)
                yield piece
            if digest.hexdigest() != told.sha256:
                raise DamagedSourceError(source)

        content = checked() if told.bytes > PART_BYTES else b"".join(checked())
        e_tag = self._put(path, content, told.media_type, size=told.bytes)
        if e_tag != checksum.hexdigest() and self.sha256(path) != told.sha256:
            raise ReleaseError(f"{self._url(path)} is not what was sent; publish again")

    def replace(self, path: str, content: bytes, media_type: str) -> None:
        """Replaces a small object in one step."""
        self._put(path, content, media_type, fresh=True)

    def replace_if(self, path: str, content: bytes, media_type: str, seen: Document | None) -> None:
        """Replaces a small object, unless somebody has changed it; a store that cannot tell replaces it anyway."""
        marks: UpdateVersion = {}
        if seen and seen.e_tag:
            marks["e_tag"] = seen.e_tag
        if seen and seen.version:
            marks["version"] = seen.version
        try:
            self._put(path, content, media_type, fresh=True, mode=marks if seen else "create")
        except NotImplementedError:
            self.replace(path, content, media_type)

    def delete(self, below: str, paths: Sequence[str]) -> None:  # noqa: ARG002 a store has no folders
        """Deletes objects; a store has no folders that could stay."""
        if paths:
            with in_one_line(self.url):
                obstore.delete(client(self.root), [self._key(path) for path in paths])

    def _put(
        self,
        path: str,
        content: bytes | Iterator[bytes],
        media_type: str,
        *,
        size: int = 0,
        fresh: bool = False,
        mode: "PutMode" = "overwrite",
    ) -> str | None:
        """Puts an object; gives the store's checksum of it."""
        attributes: Attributes = {"Content-Type": media_type}
        if fresh:
            attributes["Cache-Control"] = "no-cache"
        with in_one_line(self._url(path)):
            try:
                put = obstore.put(
                    client(self.root),
                    self._key(path),
                    content,
                    attributes=attributes,
                    mode=mode,
                    use_multipart=not isinstance(content, bytes),
                    chunk_size=part_bytes(size),
                    max_concurrency=PARTS_AT_ONCE,
                )
            except FileNotFoundError as error:
                raise ReleaseError(f"{self.url}: there is no such bucket") from error
            except (AlreadyExistsError, PreconditionError) as error:
                raise ReleaseError(f"{self._url(path)} was changed meanwhile; publish again") from error
        return _bare(put["e_tag"])

    def _exists(self, path: str) -> bool:
        """Whether there is an object of just this name; the mark of a folder has a slash at its end."""
        try:
            obstore.head(client(self.root), self._key(path))
        except FileNotFoundError:
            return False
        return True

    def _key(self, path: str) -> str:
        return "/".join(part for part in (self.prefix, path) if part)

    def _url(self, path: str) -> str:
        return f"{self.url}/{path}"


class Checksum:
    """The checksum that stores of the S3 protocol give an object: an MD5, or that of the MD5s of its parts."""

    def __init__(self, size: int) -> None:
        """Begins with nothing.

        Args:
            size: Bytes of the object, from which follow its parts.
        """
        self._in_parts = size > PART_BYTES
        self._part = part_bytes(size)
        self._parts: list[bytes] = []
        self._begin()

    def update(self, piece: bytes) -> None:
        """Goes on with the next bytes."""
        while self._in_parts and len(piece) >= self._left:
            rest = piece[self._left :]
            self._digest.update(piece[: self._left])
            self._parts.append(self._digest.digest())
            self._begin()
            piece = rest
        self._digest.update(piece)
        self._left -= len(piece)

    def hexdigest(self) -> str:
        """The checksum of all bytes so far."""
        if not self._in_parts:
            return self._digest.hexdigest()
        parts = [*self._parts, self._digest.digest()] if self._left < self._part else self._parts
        return f"{md5(b''.join(parts), usedforsecurity=False).hexdigest()}-{len(parts)}"

    def _begin(self) -> None:
        self._digest = md5(usedforsecurity=False)
        self._left = self._part


def checksum_of(source: Path, told: ReleasedFile) -> str:
    """The checksum that a store of the S3 protocol gives a file."""
    checksum = Checksum(told.bytes)
    for piece in pieces(source):
        checksum.update(piece)
    return checksum.hexdigest()


def part_bytes(size: int) -> int:
    """Bytes of a part of an object, of which a store joins a limited number."""
    return max(PART_BYTES, -(-size // MOST_PARTS))


def _bare(e_tag: str | None) -> str | None:
    """A checksum without its quotes."""
    return e_tag.strip('"') if e_tag else None
