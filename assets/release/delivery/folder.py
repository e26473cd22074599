"""Folder: a folder of the file system as a target: a disk, a share, a web server's root, a clone of a repository.

A file is written beside its place, brought to the disk, and renamed. Links are never followed: what lies behind one
belongs to somebody else.
"""

import errno
import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from assets.publish.warehouse import sync
from assets.release.delivery.target import LARGEST_DOCUMENT, DamagedSourceError, Document, Stored, pieces
from assets.release.manifest import ReleasedFile, ReleaseError
from assets.release.store import sha256_of

PART = ".sheaf-part"
"""Ending of the names of files that are not whole yet; they begin with a dot."""

WITHOUT_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP)
"""What shares say that have no locks; who comes second is refused there when the pointer is switched."""


class FolderTarget:
    """A folder that releases are delivered to."""

    at_once = 1

    def __init__(self, root: Path) -> None:
        """Looks at a folder, which is made when something is delivered, if the one above it exists."""
        self.root = root

    def __str__(self) -> str:
        """The path of the folder."""
        return str(self.root)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Locks the folder itself, for as long as the process lives; nothing is left behind."""
        is_new = not self.root.exists()
        self.root.mkdir(exist_ok=True)
        descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self._lock(descriptor)
            yield
        finally:
            os.close(descriptor)
            if is_new and not any(self.root.iterdir()):
                self.root.rmdir()

    def _lock(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(f"another sheaf publish is at work in {self.root}") from error
        except OSError as error:
            if error.errno not in WITHOUT_LOCKS:
                raise

    def folders(self, below: str) -> list[str]:
        """Names of the folders right below a folder; links to folders are among them."""
        folder = self._place(below) if below else self.root
        return sorted(entry.name for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else []

    def files(self, below: str) -> dict[str, Stored]:
        """Every file below a folder, also one that is not whole yet, and links."""
        top = self.root / below
        if top.is_symlink():
            return {below: Stored(-1)}
        found: dict[str, Stored] = {}
        for folder, inner, names in os.walk(top, onerror=_raise):
            for path in (Path(folder, name) for name in [*inner, *names]):
                if path.is_symlink():
                    found[self._key(path)] = Stored(-1)
                elif not path.is_dir():
                    found[self._key(path)] = Stored(path.stat().st_size if path.is_file() else -1)
        return found

    def read(self, path: str) -> Document | None:
        """Reads a small file; None if there is none."""
        place = self._place(path)
        if not place.is_file():
            if place.exists():
                raise ReleaseError(f"{place} is no file")
            return None
        with place.open("rb") as file:
            content = file.read(LARGEST_DOCUMENT + 1)
        if len(content) > LARGEST_DOCUMENT:
            raise ReleaseError(f"{self.root / path} has more than {LARGEST_DOCUMENT:,} bytes")
        return Document(content)

    def sha256(self, path: str) -> str:
        """SHA-256 of a file."""
        return sha256_of(self._place(path))

    def holds(self, path: str, stored: Stored, source: Path, told: ReleasedFile) -> bool:  # noqa: ARG002 a store's need
        """Whether a file has the right content; a file system keeps no checksum, so that it is read."""
        return self.sha256(path) == told.sha256

    def copy(self, path: str, source: Path, told: ReleasedFile) -> None:
        """Writes a file beside its place, and renames it once it is known to be right and on the disk."""
        digest = sha256()

        def checked() -> Iterator[bytes]:
            for piece in pieces(source):
                digest.update(piece)
                yield piece
            if digest.hexdigest() != told.sha256:
                raise DamagedSourceError(source)

        self._write(path, checked())

    def replace(self, path: str, content: bytes, media_type: str) -> None:  # noqa: ARG002 a store's need
        """Replaces a small file in one step."""
        self._write(path, iter([content]))

    def replace_if(self, path: str, content: bytes, media_type: str, seen: Document | None) -> None:
        """Replaces a small file, unless somebody who does not heed the lock has changed it."""
        if self.read(path) != seen:
            raise ReleaseError(f"{self.root / path} was changed meanwhile; publish again")
        self.replace(path, content, media_type)

    def delete(self, below: str, paths: Sequence[str]) -> None:
        """Deletes files, and the folders below that they leave empty."""
        for path in paths:
            (self.root / path).unlink(missing_ok=True)
        top = self.root / below
        if below and top.is_dir() and not top.is_symlink():
            for folder, _, _ in os.walk(top, topdown=False):
                if not any(Path(folder).iterdir()):
                    Path(folder).rmdir()
            sync(top.parent)

    def _write(self, path: str, content: Iterator[bytes]) -> None:
        place = self._place(path)
        self._make(place.parent)
        aside = place.with_name(f".{place.name}{PART}")
        aside.unlink(missing_ok=True)
        try:
            with aside.open("xb") as file:
                file.writelines(content)
            sync(aside)
            aside.replace(place)
        finally:
            aside.unlink(missing_ok=True)
        sync(place.parent)

    def _make(self, folder: Path) -> None:
        """Makes a folder, and sees to it that it outlives a power cut, with those above it."""
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir()
            sync(folder.parent)

    def _place(self, path: str) -> Path:
        """Where a file of the target is.

        Raises:
            ReleaseError: If a link leads away from the target.
        """
        place = self.root
        for name in path.split("/")[:-1]:
            place = place / name
            if place.is_symlink():
                raise ReleaseError(f"{place} is a link; nothing is published through it")
        return self.root / path

    def _key(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _raise(error: OSError) -> None:
    """Lets a folder that cannot be listed be known; one that is not there is empty."""
    if not isinstance(error, FileNotFoundError):
        raise error
