"""Folder: which files there are to read, where they are, and what the manifests among them say.

Files are named by their place below the folder that was given, so that the same dumps elsewhere make the same data set.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from assets.parse.globs import is_glob, matches, split_glob
from assets.parse.manifest import (
    LARGEST_MANIFEST,
    MANIFEST,
    Manifest,
    ManifestError,
    Settings,
    parse_manifest,
    settings_of,
)
from assets.parse.remote import (
    STORES,
    WEB,
    RemoteError,
    RemoteObject,
    downloaded,
    find_object,
    list_objects,
    read_object,
    scheme_of,
)
from assets.parse.unpack import LIMITS

NEVER_SETTLED = sys.maxsize
"""As the time of the last change: nothing proves that the content is what it was."""


class NothingToReadError(Exception):
    """A raw path does not exist or cannot be reached, or there is no file in any."""


@dataclass(frozen=True)
class RawFile:
    """One file to read."""

    uri: str
    """Its place below the raw folder it was found in, with forward slashes; the name of a file given by itself."""
    location: Path | str
    """Where it is: a path, or the URL of an object."""
    stamp: str = ""
    """What it is known by without a look at its content: the same stamp, the same content, read with the same hints."""
    changed_ns: int | None = NEVER_SETTLED
    """When it was last changed, in nanoseconds since 1970; None where its stamp is beyond doubt."""
    mtime: float | None = None
    """The same in seconds, as the file system or the store states it; None where it does not."""
    settings: Settings = field(default_factory=Settings)
    """What the manifests say of it."""

    def __lt__(self, other: "RawFile") -> bool:
        """The order of files: by their place in the raw folder, then by where that is."""
        return (self.uri, str(self.location)) < (other.uri, str(other.location))


@dataclass(frozen=True)
class Findings:
    """What was found at the raw paths."""

    files: list[RawFile]
    """The files, sorted; each file once."""
    warnings: list[str]
    """What may be a mistake, a line each: a pattern that names no file, a link to a folder, which is not followed."""


@dataclass(frozen=True)
class _Root:
    """One raw path: what is below it, by path."""

    found: dict[str, "Path | RemoteObject"]
    manifests: list[Manifest]
    warnings: list[str]


def find_files(raw: Iterable[str | Path]) -> list[RawFile]:
    """Finds all raw files, in folders at any depth; hidden files and folders are left out, and the manifests.

    Args:
        raw: Folders, files, patterns of them (`dumps/*.json`, `dumps/**/*.csv`), and URLs (`s3://bucket/folder`,
            `https://host/file.json`).

    Returns:
        The files, sorted by their place below the folder; each file once.

    Raises:
        NothingToReadError: If one of the paths does not exist or cannot be reached, or there is no file at all: a
            folder that is not mounted must not become an empty data set.
        ManifestError: If a manifest is wrong.
    """
    return look(raw).files


def look(raw: Iterable[str | Path]) -> Findings:
    """Finds all raw files, like `find_files`, and what may be a mistake.

    Raises:
        NothingToReadError: If one of the paths does not exist or cannot be reached, or there is no file at all.
        ManifestError: If a manifest is wrong.
    """
    given_paths = sorted(map(str, raw))
    found: dict[str, RawFile] = {}  # by its real place; unlike Path.resolve, realpath bears links in circles
    warnings = []
    for given in given_paths:
        try:
            root = _root(given)
        except RemoteError as error:
            raise NothingToReadError(str(error)) from error
        warnings += root.warnings
        for path, place in root.found.items():
            settings = settings_of(_displayed(path), root.manifests)
            if isinstance(place, Path):
                found[os.path.realpath(place)] = _local_file(path, place, settings)
            else:
                found[place.url] = _remote_file(path, place, settings)
    if not found:
        raise NothingToReadError(f"there is no file in {', '.join(given_paths)}; put raw dumps there")
    return Findings(sorted(found.values()), warnings)


@contextmanager
def fetch(file: RawFile, scratch: Path, largest: int = LIMITS.content_bytes) -> Iterator[Path]:
    """Makes a file a local one.

    Args:
        file: The file.
        scratch: Folder for a copy of an object; it is made if need be.
        largest: Bytes beyond which an object is refused.

    Yields:
        Where it is, as long as the context lasts.

    Raises:
        OSError: If an object cannot be had.
    """
    if isinstance(file.location, Path):
        yield file.location
    else:
        with downloaded(file.location, scratch, largest) as copy:
            yield copy


def _root(given: str) -> _Root:
    """What is at one raw path."""
    scheme = scheme_of(given)
    if scheme == "file":
        return _local(url2pathname(urlsplit(given).path))
    if not scheme:
        return _local(given)
    if scheme in STORES:
        return _stored(given)
    if scheme in WEB:
        one = find_object(given)
        if one is None:
            raise NothingToReadError(f"there is no file {given}; name one with --raw")
        return _Root({one.key: one}, [], [])
    raise NothingToReadError(f"{given}: {scheme}:// is not read; use {', '.join((*STORES, *WEB))} or a path")


def _local(given: str) -> _Root:
    """What is at a path: a folder, a file with the manifest beside it, or a pattern."""
    if Path(given).is_dir():
        root = _walk(Path(given))
        for manifest in root.manifests:
            root.warnings.extend(manifest.unused(root.found))
        return root
    if os.path.lexists(given):
        path = Path(given)
        return _Root({path.name: path}, _manifest_in(path.parent, ""), [])
    folder, glob = split_glob(given)
    if not is_glob(given) or not Path(folder).is_dir():
        raise NothingToReadError(f"there is no file or folder {given}; name one with --raw")
    below = _walk(Path(folder))
    found = {path: place for path, place in below.found.items() if matches(glob, path)}
    if not found:
        raise NothingToReadError(f"no file matches {given}; name others with --raw")
    return _Root(found, below.manifests, below.warnings)


def _walk(top: Path) -> _Root:
    """What is in a folder, at any depth; a folder that cannot be listed is a file that cannot be read."""
    root, unreadable = _Root({}, [], []), list[OSError]()
    for folder, names, files in os.walk(top, onerror=unreadable.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in names:
            if Path(folder, name).is_symlink():
                root.warnings.append(f"{Path(folder, name)} is a link to a folder; it is not followed")
        relative = Path(folder).relative_to(top).as_posix().removeprefix(".")
        for name in sorted(name for name in files if not name.startswith(".") and name != MANIFEST):
            root.found[f"{relative}/{name}".removeprefix("/")] = Path(folder, name)
        root.manifests.extend(_manifest_in(Path(folder), _displayed(relative)) if MANIFEST in files else [])
    for error in unreadable:
        path = Path(error.filename)
        root.found[path.relative_to(top).as_posix()] = path
    return root


def _manifest_in(folder: Path, relative: str) -> list[Manifest]:
    """The manifest of a folder, if there is one."""
    path = folder / MANIFEST
    if not path.is_file():
        return []
    try:
        with path.open("rb") as file:
            return [parse_manifest(file.read(LARGEST_MANIFEST), str(path), relative)]
    except OSError as error:
        raise ManifestError(f"{path}: it cannot be read ({error.strerror}); see its permissions") from error


def _stored(given: str) -> _Root:
    """What is at the URL of a store: one object, a folder, or a pattern."""
    one = None if is_glob(given) else find_object(given)
    if one is not None:
        return _Root({one.key: one}, [], [])
    folder, glob = split_glob(given) if is_glob(given) else (given, "**")
    root = _Root({}, [], [])
    for found in list_objects(folder):
        *folders, name = found.key.split("/")
        if any(part.startswith(".") for part in (*folders, name)) or not name:
            continue
        if name == MANIFEST:
            data = read_object(found.url, LARGEST_MANIFEST)
            root.manifests.append(parse_manifest(data, found.url, "/".join(folders)))
        elif matches(glob, found.key):
            root.found[found.key] = found
    if not root.found:
        raise NothingToReadError(f"there is no object {given}, and none below; name others with --raw")
    if glob == "**":
        for manifest in root.manifests:
            root.warnings.extend(manifest.unused(root.found))
    return root


def _local_file(path: str, place: Path, settings: Settings) -> RawFile:
    """A file on this machine; one that cannot be asked for its state is told when it is read."""
    uri = _displayed(path)
    try:
        told = place.stat()
    except OSError:
        return RawFile(uri, place, settings=settings)
    identity = f"{told.st_dev}:{told.st_ino}:{told.st_size}:{told.st_mtime_ns}{settings.hints.suffix}"
    return RawFile(uri, place, identity, told.st_mtime_ns, told.st_mtime, settings)


def _remote_file(path: str, place: RemoteObject, settings: Settings) -> RawFile:
    """An object in a store; where the server marks no version, its time has to do."""
    changed_at = place.modified_at.timestamp() if place.modified_at else None
    changed_ns = NEVER_SETTLED if changed_at is None else int(changed_at * 1e9)
    stamp = f"{place.url}:{place.version}:{place.size}:{changed_at}{settings.hints.suffix}"
    return RawFile(_displayed(path), place.url, stamp, None if place.version else changed_ns, changed_at, settings)


def _displayed(path: str) -> str:
    """A path as text; bytes that are not UTF-8 are U+FFFD."""
    return os.fsencode(path).decode("utf-8", errors="replace")
