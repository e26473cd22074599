"""Folder: which files there are to read, where they are, and what the manifests among them say.

Files are named by their place below the folder that was given, so that the same dumps elsewhere make the same data set.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
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
from assets.parse.unpack import LIMITS
from assets.remote import (
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
from schemas.vocabulary import Role

NEVER_SETTLED = sys.maxsize
"""As the time of the last change: nothing proves that the content is what it was."""


OPTIONS = {Role.FEED: "--raw", Role.REFERENCE: "--reference"}
"""How paths are given for each role."""


class NothingToReadError(Exception):
    """A path does not exist or cannot be reached, there is no file in any, or one is given for two roles at once."""


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


class _Kind(IntEnum):
    """How a path names files; a higher one speaks more of each single file."""

    FOLDER = 0
    PATTERN = 1
    FILE = 2


@dataclass(frozen=True)
class _Root:
    """One path that was given: what is below it, by path."""

    found: dict[str, "Path | RemoteObject"]
    manifests: list[Manifest]
    warnings: list[str]
    kind: _Kind = _Kind.FOLDER


_Claim = tuple[tuple[int, _Kind], RawFile]
"""How near a path is to a file, and the file as that path names it: the nearest one says what it is."""


def find_files(raw: Iterable[str | Path], reference: Iterable[str | Path] = ()) -> list[RawFile]:
    """The files that `look` finds."""
    return look(raw, reference).files


def look(raw: Iterable[str | Path], reference: Iterable[str | Path] = ()) -> Findings:
    """Finds all files to read, in folders at any depth; hidden files and folders are left out, and the manifests.

    Args:
        raw: Folders, files, patterns of them (`dumps/**/*.csv`), and URLs (`s3://bucket/folder`, `https://host/file`).
        reference: The same of references: what lies there is a reference, unless a manifest says otherwise.

    Returns:
        The files, sorted by their place below the folder, each file once; and what may be a mistake.

    Raises:
        NothingToReadError: If a path does not exist or cannot be reached, if there is no file, or none but references
            (what is not mounted must not become an empty data set), or if paths of both roles are as near to a file.
        ManifestError: If a manifest is wrong.
    """
    warnings: list[str] = []
    feeds, references = (
        _claims(sorted(map(str, paths)), role, warnings)
        for role, paths in ((Role.FEED, raw), (Role.REFERENCE, reference))
    )
    for where in feeds.keys() & references.keys():
        (as_feed, _), (as_reference, _) = feeds[where], references[where]
        if as_feed == as_reference:
            raise NothingToReadError(f"{where} is given with --raw and with --reference; name it with one of them")
        del (feeds if as_feed < as_reference else references)[where]
    files = sorted(file for _, file in (*feeds.values(), *references.values()))
    if all(file.settings.role is Role.REFERENCE for file in files):
        raise NothingToReadError("there are only references; name dumps that list papers with --raw")
    return Findings(files, warnings)


def _claims(given_paths: Sequence[str], role: Role, warnings: list[str]) -> dict[str, _Claim]:
    """The files at some paths, by their real places; what may be a mistake is added to the warnings."""
    found: dict[str, _Claim] = {}
    for given in given_paths:
        try:
            root = _root(given, OPTIONS[role])
        except RemoteError as error:
            raise NothingToReadError(str(error)) from error
        warnings += root.warnings
        for path, place in root.found.items():
            settings = settings_of(_displayed(path), root.manifests, role)
            if isinstance(place, Path):
                where = os.path.realpath(place)  # unlike Path.resolve, it bears links in circles
                file = _local_file(path, place, settings)
            else:
                where, file = place.url, _remote_file(path, place, settings)
            nearness = (-path.count("/"), root.kind)
            if where not in found or found[where][0] <= nearness:
                found[where] = (nearness, file)
    if given_paths and not found:
        raise NothingToReadError(f"there is no file in {', '.join(given_paths)}; name others with {OPTIONS[role]}")
    return found


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


def _root(given: str, option: str) -> _Root:
    """What is at one path that was given with an option."""
    scheme = scheme_of(given)
    if scheme == "file":
        return _local(url2pathname(urlsplit(given).path), option)
    if not scheme:
        return _local(given, option)
    if scheme in STORES:
        return _stored(given, option)
    if scheme in WEB:
        one = find_object(given)
        if one is None:
            raise NothingToReadError(f"there is no file {given}; name one with {option}")
        return _Root({one.key: one}, [], [], _Kind.FILE)
    raise NothingToReadError(f"{given}: {scheme}:// is not read; use {', '.join((*STORES, *WEB))} or a path")


def _local(given: str, option: str) -> _Root:
    """What is at a path: a folder, a file with the manifest beside it, or a pattern."""
    if Path(given).is_dir():
        root = _walk(Path(given))
        for manifest in root.manifests:
            root.warnings.extend(manifest.unused(root.found))
        return root
    if os.path.lexists(given):
        path = Path(given)
        return _Root({path.name: path}, _manifest_in(path.parent, ""), [], _Kind.FILE)
    folder, glob = split_glob(given)
    if not is_glob(given) or not Path(folder).is_dir():
        raise NothingToReadError(f"there is no file or folder {given}; name one with {option}")
    below = _walk(Path(folder))
    found = {path: place for path, place in below.found.items() if matches(glob, path)}
    if not found:
        raise NothingToReadError(f"no file matches {given}; name others with {option}")
    return _Root(found, below.manifests, below.warnings, _Kind.PATTERN)


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


def _stored(given: str, option: str) -> _Root:
    """What is at the URL of a store: one object, a folder, or a pattern."""
    one = None if is_glob(given) else find_object(given)
    if one is not None:
        return _Root({one.key: one}, [], [], _Kind.FILE)
    folder, glob = split_glob(given) if is_glob(given) else (given, "**")
    root = _Root({}, [], [], _Kind.PATTERN if is_glob(given) else _Kind.FOLDER)
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
        raise NothingToReadError(f"there is no object {given}, and none below; name others with {option}")
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
