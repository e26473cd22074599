"""Places: which target a user means, and what it is called there."""

from enum import StrEnum
from pathlib import Path

from assets.release.delivery.folder import FolderTarget
from assets.release.delivery.hub import DATA
from assets.release.delivery.target import Target
from assets.release.manifest import ReleaseError, SelectionError
from assets.remote import STORES, scheme_of


class Layout(StrEnum):
    """How releases lie at a target."""

    ARCHIVE = "archive"
    """`<version>/…` for each release, and `versions.json`, the list and pointer: as at home."""
    HUGGINGFACE = "huggingface"
    """A dataset repository of the Hugging Face hub: an archive in `data/`, and `README.md` as the pointer."""

    @property
    def folder(self) -> str:
        """The folder of the archive at the target; empty for the target itself."""
        return DATA if self is Layout.HUGGINGFACE else ""

    def path(self, name: str) -> str:
        """Where a file of the archive is."""
        return f"{self.folder}/{name}" if self.folder else name


def open_target(place: str, home: Path) -> Target:
    """The target that a path or URL means; nothing is read or written yet.

    Args:
        place: A folder, or a URL of an object store.
        home: The home, which no target may lie in.

    Raises:
        SelectionError: If nothing can be delivered there.
        ReleaseError: If the folder above it is not there.
    """
    scheme = scheme_of(place)
    if scheme:
        return _bucket(scheme, place)
    if not place or "\0" in place:
        raise SelectionError(f"{place!r} is no folder")
    folder = Path(place).expanduser().absolute()
    if folder.resolve().is_relative_to(home.resolve()) or (folder / DATA).resolve() == home.resolve():
        raise SelectionError(f"{place} is the home, or in it; publish to another folder")
    if folder.exists() and not folder.is_dir():
        raise SelectionError(f"{place} is no folder")
    if not folder.exists() and not folder.parent.is_dir():
        raise ReleaseError(f"there is no folder {folder.parent}; make it first")
    return FolderTarget(folder)


def _bucket(scheme: str, url: str) -> Target:
    """The target that a URL means."""
    if scheme not in STORES:
        raise SelectionError(f"{scheme}:// cannot be published to; use a folder, s3://, gs:// or az://")
    bucket, _, prefix = url.split("://", 1)[1].rstrip("/").partition("/")
    strange = any(part in {"", ".", ".."} for part in prefix.split("/")) if prefix else False
    if not bucket or strange or not url.isprintable():
        raise SelectionError(f"{url} names no place in a store, such as s3://bucket/prefix")
    from assets.release.delivery.bucket import BucketTarget  # noqa: PLC0415 - a folder does not pay for obstore

    return BucketTarget(url)
