"""Places: where releases are that can be verified: a release, a folder of releases, a home, or the same behind a URL.

A release behind a URL is copied into a temporary folder, no more of it than its manifest says, and verified there.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from assets.release.layout import MANIFEST, RELEASES, VERSIONS
from assets.release.manifest import Manifest, ReleaseError
from assets.release.verification.files import PLAIN_PATH
from assets.release.verification.outcome import Finding, Verification, outcome
from assets.release.verify import LARGEST_MANIFEST, verify_release
from assets.release.versions import Versions, is_version
from assets.remote import STORES, WEB, RemoteError, copy_object, find_object, list_objects, read_object, scheme_of
from schemas.release_vocabulary import ReleaseCheck

BELOW = ("", f"{RELEASES}/", "data/")
"""Where the list of releases is: in the place itself, in a home, in a dataset repository of a hub."""

Read = Callable[[str], bytes | None]
"""Reads a small file of a place; None if there is none of that name."""


class NoReleaseError(ReleaseError):
    """There is no release where somebody looked for one; one line that says so."""


def verify(place: str, *, every: bool = False) -> Iterator[Verification]:
    """Verifies what is in a place, offline; behind a URL, with what is copied from there.

    Args:
        place: A release, a folder of releases or a home, as a path or a URL.
        every: Whether all releases of the place are verified; without it, the current one.

    Yields:
        What came of every release, the oldest first.

    Raises:
        NoReleaseError: If there is none.
        ReleaseError: If the list of releases cannot be read, or the store does not answer.
        OSError: If a folder cannot be read, or the disk is full.
    """
    scheme = scheme_of(place)
    if scheme and scheme not in {*STORES, *WEB}:
        raise NoReleaseError(f"{place}: there is no {scheme}; use a folder, or {', '.join((*STORES, *WEB))}")
    if scheme:
        yield from _verify_remote(place.rstrip("/"), every=every)
    else:
        yield from _verify_local(Path(place), every=every)


def _verify_local(place: Path, *, every: bool) -> Iterator[Verification]:
    if not place.is_dir():
        raise NoReleaseError(f"{place} is no folder")
    folder = place.resolve()

    def read(name: str) -> bytes | None:
        path = folder / name
        if path.is_symlink() or not path.is_file():
            return None
        return path.read_bytes() if path.stat().st_size <= LARGEST_MANIFEST else b""

    if is_version(folder.name) or read(MANIFEST) is not None:
        yield verify_release(folder, _stated(folder.name, read(f"../{VERSIONS}")), str(place))
        return
    below, versions = _listed(str(place), read)
    for version in _wanted(versions, every=every):
        release = folder / below / version
        if release.is_dir() and not release.is_symlink():
            yield verify_release(release, versions.manifests[version])
        else:
            yield _missing(version, str(release), "the list of releases has it, and its folder is not there")


def _verify_remote(url: str, *, every: bool) -> Iterator[Verification]:
    def read(name: str) -> bytes | None:
        there = f"{url}/{name}" if not name.startswith("../") else f"{url.rpartition('/')[0]}/{name[3:]}"
        return None if find_object(there) is None else read_object(there, LARGEST_MANIFEST + 1)

    name = url.rpartition("/")[2]
    try:
        content = read(MANIFEST)
        if content is not None:
            stated = _stated(name, read(f"../{VERSIONS}")) if is_version(name) else None
            yield _verify_copy(url, content, stated)
            return
        below, versions = _listed(url, read)
        for version in _wanted(versions, every=every):
            content = read(f"{below}{version}/{MANIFEST}")
            if content is None:
                yield _missing(version, f"{url}/{below}{version}", "it is missing", MANIFEST)
            else:
                yield _verify_copy(f"{url}/{below}{version}", content, versions.manifests[version])
    except RemoteError as error:
        raise ReleaseError(str(error)) from error


def _listed(place: str, read: Read) -> tuple[str, Versions]:
    """Where the list of releases of a place is, and what it lists."""
    for below in BELOW:
        if (content := read(below + VERSIONS)) is not None:
            try:
                return below, Versions.from_json(content)
            except ReleaseError as wrong:
                raise ReleaseError(f"{place}: {below}{VERSIONS}: {wrong}") from wrong
    raise NoReleaseError(f"there is no release in {place}: neither {MANIFEST} nor {VERSIONS}")


def _wanted(versions: Versions, *, every: bool) -> tuple[str, ...]:
    if versions.last_successful is None:
        raise NoReleaseError(f"there is no release yet: {VERSIONS} lists none")
    return versions.items if every else (versions.last_successful,)


def _stated(version: str, content: bytes | None) -> str | None:
    """What a list of releases says of the manifest of one; None where there is no list, or it has no such release."""
    if content is None or not is_version(version):
        return None
    return Versions.from_json(content).manifests.get(version)


def _missing(version: str, place: str, what: str, where: str | None = None) -> Verification:
    """A release that is listed and not there."""
    told = outcome(ReleaseCheck.MANIFEST, "", [Finding(where or version, what)])
    return Verification(version, place, (told,))


def _verify_copy(url: str, content: bytes, expected: str | None) -> Verification:
    """Copies a release from a store or the web, and verifies the copy.

    Args:
        url: Where it is.
        content: Its manifest.
        expected: SHA-256 of that, as the list of releases has it.
    """
    with tempfile.TemporaryDirectory(prefix="sheaf-verify-", ignore_cleanup_errors=True) as scratch:
        name = url.rpartition("/")[2]
        folder = Path(scratch) / (name if PLAIN_PATH.fullmatch(name) else "release")
        folder.mkdir()
        (folder / MANIFEST).write_bytes(content)
        try:
            manifest = Manifest.from_json(content)
        except ReleaseError:
            return verify_release(folder, expected, url)
        stated = {file.path: file.bytes for file in manifest.files if PLAIN_PATH.fullmatch(file.path)}
        there = _sizes(url, stated)
        needed = sum(min(size, stated[path] + 1) for path, size in there.items() if path in stated)
        free = shutil.disk_usage(scratch).free
        if needed > free:
            raise ReleaseError(
                f"{url}: a copy needs {needed:,} bytes, and {free:,} are free; set TMPDIR to another disk"
            )
        for path in there.keys() & stated.keys():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            copy_object(f"{url}/{path}", folder / path, stated[path] + 1)
        return verify_release(folder, expected, url, there.keys() - stated.keys())


def _sizes(url: str, stated: Iterable[str]) -> dict[str, int]:
    """The files of a release that are there -> their bytes; on the web, where nothing can be listed, those stated."""
    if scheme_of(url) in STORES:
        return {one.key: one.size for one in list_objects(url) if one.key != MANIFEST}
    return {path: one.size for path in stated if (one := find_object(f"{url}/{path}")) is not None}
