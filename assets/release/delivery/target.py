"""Target: what a delivery asks of the place that it delivers to. What a folder and a store do about it is theirs."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assets.release.manifest import ReleasedFile, ReleaseError

CHUNK = 1 << 20
"""Bytes of a file that are read at once."""
SMALL = 8 << 20
"""Bytes of the largest file that is sent at once, with others at the same time."""
LARGEST_DOCUMENT = 64 << 20
"""Bytes of a pointer or manifest beyond which it is none."""


class DamagedSourceError(ReleaseError):
    """A file of the home is not what the manifest says; one line that names it."""

    def __init__(self, source: Path) -> None:
        super().__init__(f"{source} is not what the manifest says; nothing of it was published; see: sheaf verify")


@dataclass(frozen=True)
class Stored:
    """A file at the target."""

    size: int
    """Its bytes; -1 for what is no file, such as a link."""
    checksum: str | None = None
    """The store's mark of its content; None where it gives none."""


@dataclass(frozen=True)
class Document:
    """A small file at the target."""

    content: bytes
    e_tag: str | None = None
    """The store's mark of its content, by which a change in between is seen."""
    version: str | None = None
    """The store's mark of this version of it, which some use instead."""


class Target(Protocol):
    """A place that releases are delivered to; every path is below it, with `/` between folders."""

    at_once: int
    """Small files that it takes at the same time."""

    def __str__(self) -> str:
        """What the user calls it."""

    def alone(self) -> AbstractContextManager[None]:
        """Keeps others from delivering there, where that is possible.

        Raises:
            ReleaseError: If somebody else is at it.
        """

    def folders(self, below: str) -> list[str]:
        """Names of the folders right below a folder; empty for the target itself."""

    def files(self, below: str) -> dict[str, Stored]:
        """Every file below a folder, at any depth: its path -> what is known of it."""

    def read(self, path: str) -> Document | None:
        """Reads a small file; None if there is none."""

    def sha256(self, path: str) -> str:
        """SHA-256 of a file, all of which is read."""

    def holds(self, path: str, stored: Stored, source: Path, told: ReleasedFile) -> bool:
        """Whether a file of the right size also has the right content.

        Args:
            path: The file.
            stored: What the listing says of it.
            source: The file at home.
            told: What the manifest says of it.
        """

    def copy(self, path: str, source: Path, told: ReleasedFile) -> None:
        """Puts a file there: all of it, and what the manifest says, or nothing.

        Args:
            path: Where.
            source: The file at home.
            told: What the manifest says of it.

        Raises:
            DamagedSourceError: If the file at home is another.
        """

    def replace(self, path: str, content: bytes, media_type: str) -> None:
        """Puts a small file in the place of an older one, in one step."""

    def replace_if(self, path: str, content: bytes, media_type: str, seen: Document | None) -> None:
        """The same, unless somebody else has changed it.

        Args:
            path: Where.
            content: What it holds from now on.
            media_type: What kind of file it is.
            seen: What it held when it was read; None if there was none.

        Raises:
            ReleaseError: If it is no longer what it was.
        """

    def delete(self, below: str, paths: Sequence[str]) -> None:
        """Deletes files below a folder, and the folder too if that leaves it empty."""


def pieces(source: Path) -> Iterator[bytes]:
    """The content of a file, piece by piece."""
    with source.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
