"""Deliver: releases go to a target in the one order that never shows a reader half of one.

1. Every release that the target will have is completed: what is there and right stays, the rest is copied and checked,
   its manifest last.
2. The pointer is switched: one small file is replaced in one step.
3. What is stale goes: releases that the list no longer has, and copies of them that were interrupted.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assets.release.delivery import hub
from assets.release.delivery.places import Layout
from assets.release.delivery.plan import Plan, Wish, make_plan
from assets.release.delivery.target import SMALL, Document, Target, pieces
from assets.release.layout import MANIFEST, VERSIONS, media_type
from assets.release.manifest import ReleasedFile, ReleaseError
from assets.release.store import Releases, sha256_of
from assets.release.verification.files import PLAIN_PATH
from assets.release.versions import Versions
from assets.remote import RemoteError
from schemas.release_vocabulary import FileRole

README, ATTRIBUTES = "README.md", ".gitattributes"
"""The files at the root of a hub's repository."""
AS_THEY_ARE = "surrogateescape"
"""How bytes that are no UTF-8 pass through."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Delivered:
    """What became of one release at the target."""

    version: str
    files: int
    """Files that it has."""
    copied: int
    """Files that were copied now; the others were there."""
    bytes: int
    """Bytes that were copied."""


@dataclass(frozen=True)
class Delivery:
    """What a delivery did."""

    versions: Versions
    """The list of the target."""
    releases: tuple[Delivered, ...]
    """Every release in the list."""
    switched: tuple[str, ...]
    """Pointers that were replaced."""
    deleted: tuple[str, ...]
    """Releases whose files were deleted."""

    @property
    def is_new(self) -> bool:
        """Whether anything was written or deleted."""
        return bool(self.switched or self.deleted or any(release.copied for release in self.releases))


@dataclass(frozen=True)
class _Release:
    """A release of the home, as it is copied."""

    version: str
    folder: Path
    files: tuple[ReleasedFile, ...]
    """Every file; the manifest comes last."""


def deliver(home: Path, target: Target, layout: Layout, wish: Wish, tell: Tell = lambda _: None) -> Delivery:
    """Brings releases of a home to a target.

    Args:
        home: Folder of the data set.
        target: Where they go.
        layout: How they lie there.
        wish: Which they are.
        tell: Is told of every file that was copied, in a word.

    Returns:
        What was done.

    Raises:
        SelectionError: If what was asked for cannot be done by anybody.
        ReleaseError: If it failed; the pointer names whole releases, and the next delivery goes on.
    """
    try:
        with target.alone():
            return _deliver(Releases(home), target, layout, wish, tell)
    except RemoteError as error:
        raise ReleaseError(str(error)) from error
    except OSError as error:
        raise ReleaseError(f"{error.filename or target}: {error.strerror or error}") from error


def _deliver(home: Releases, target: Target, layout: Layout, wish: Wish, tell: Tell) -> Delivery:
    listed = target.read(layout.path(VERSIONS))
    there = _versions(target, layout, listed)
    folders = target.folders(layout.folder)
    plan = make_plan(home.versions(), there, folders, wish)
    releases = [_release(home, version, plan.versions.manifests[version]) for version in plan.versions.items]
    pointers = _pointers(target, layout, releases[-1] if releases else None)
    if layout is Layout.HUGGINGFACE and listed is None and not wish.take_over:
        _refuse_another(target, pointers)
    done = [_complete(target, layout, release, tell, check=wish.check) for release in releases]
    still = home.versions().items
    if gone := [version for version in plan.versions.items if version not in still]:
        raise ReleaseError(f"release {gone[0]} was withdrawn while it was published; publish again")
    switched = _switch(target, layout, plan, listed, pointers)
    return Delivery(plan.versions, tuple(done), switched, _clean(target, layout, plan))


def _versions(target: Target, layout: Layout, listed: Document | None) -> Versions:
    """The list of a target; an empty one before the first delivery."""
    if listed is None:
        return Versions()
    try:
        return Versions.from_json(listed.content)
    except ReleaseError as wrong:
        raise ReleaseError(f"{target}/{layout.path(VERSIONS)}: {wrong}") from wrong


def _release(home: Releases, version: str, digest: str) -> _Release:
    """A release of the home, whose manifest is the one that was released."""
    folder = home.path(version)
    manifest = home.manifest(version)
    path = folder / MANIFEST
    if sha256_of(path) != digest or manifest.version != version:
        raise ReleaseError(f"{path} is not the one that was released; see: sheaf verify")
    for file in manifest.files:
        if not PLAIN_PATH.fullmatch(file.path) or file.path == MANIFEST:
            raise ReleaseError(f"{path} names {file.path!r}, which is no file of a release")
    last = ReleasedFile(MANIFEST, FileRole.DOCUMENTATION, path.stat().st_size, digest, media_type(MANIFEST))
    return _Release(version, folder, (*manifest.files, last))


def _pointers(target: Target, layout: Layout, current: _Release | None) -> Mapping[str, bytes | None]:
    """The files at the root of a hub's repository, in the order in which they are replaced; None is deleted."""
    if layout is Layout.ARCHIVE:
        return {}
    if current is None:
        return {README: None}
    try:
        text = b"".join(pieces(current.folder / README)).decode(errors=AS_THEY_ARE)
        readme = hub.pointer(text, layout.path(current.version), {file.path for file in current.files})
    except FileNotFoundError as error:
        raise ReleaseError(f"release {current.version} has no {README}, which a hub needs") from error
    except ReleaseError as wrong:
        raise ReleaseError(f"release {current.version}: {wrong}") from wrong
    existing = target.read(ATTRIBUTES)
    lines = hub.attributes(existing.content.decode(errors=AS_THEY_ARE) if existing else "", current.files)
    return {ATTRIBUTES: lines.encode(errors=AS_THEY_ARE), README: readme.encode(errors=AS_THEY_ARE)}


def _refuse_another(target: Target, pointers: Mapping[str, bytes | None]) -> None:
    """Leaves a README.md alone that somebody else has written."""
    found = target.read(README)
    if found is not None and found.content != pointers[README]:
        raise ReleaseError(f"{target} has a {README} that was not published; --take-over replaces it")


def _complete(target: Target, layout: Layout, release: _Release, tell: Tell, *, check: bool) -> Delivered:
    """Copies what a release lacks at the target."""
    below = layout.path(release.version)
    there = target.files(below)
    known = target.read(f"{below}/{MANIFEST}")
    is_whole = known is not None and sha256(known.content).hexdigest() == release.files[-1].sha256

    def lacks(file: ReleasedFile) -> bool:
        path = f"{below}/{file.path}"
        stored = there.get(path)
        if stored is None or stored.size != file.bytes:
            return True
        if check:
            return target.sha256(path) != file.sha256
        return not is_whole and not target.holds(path, stored, release.folder / file.path, file)

    def copy(file: ReleasedFile) -> None:
        target.copy(f"{below}/{file.path}", release.folder / file.path, file)
        tell(f"{release.version}/{file.path}")

    missing = [file for file in release.files if lacks(file)]
    small = [file for file in missing if file.bytes <= SMALL and file.path != MANIFEST]
    _each(copy, small, target.at_once)
    for file in missing:
        if file not in small:
            copy(file)
    if missing:
        _check_sizes(target, below, release)
    return Delivered(release.version, len(release.files), len(missing), sum(file.bytes for file in missing))


def _each(copy: Callable[[ReleasedFile], None], files: list[ReleasedFile], at_once: int) -> None:
    """Copies small files, several at the same time; after one that fails, or a key that was pressed, none is begun."""
    if at_once == 1 or len(files) < 2:
        for file in files:
            copy(file)
        return
    with ThreadPoolExecutor(at_once) as pool:
        try:
            for done in [pool.submit(copy, file) for file in files]:
                done.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _check_sizes(target: Target, below: str, release: _Release) -> None:
    """Makes sure that all of a release is there, before anything points at it."""
    there = target.files(below)
    for file in release.files:
        path = f"{below}/{file.path}"
        if path not in there or there[path].size != file.bytes:
            raise ReleaseError(f"{target}/{path} is gone, or was changed by somebody else; publish again")


def _switch(
    target: Target, layout: Layout, plan: Plan, listed: Document | None, pointers: Mapping[str, bytes | None]
) -> tuple[str, ...]:
    """Replaces the pointers that are not as they should be, the list of releases first."""
    switched = []
    path, content = layout.path(VERSIONS), plan.versions.to_json().encode()
    if listed is None or listed.content != content:
        target.replace_if(path, content, media_type(VERSIONS), listed)
        switched.append(path)
    for path, wanted in pointers.items():
        found = target.read(path)
        if wanted is not None and (found is None or found.content != wanted):
            target.replace(path, wanted, media_type(path) if path == README else "text/plain")
            switched.append(path)
        elif wanted is None and found is not None:
            target.delete("", [path])
            switched.append(path)
    return tuple(switched)


def _clean(target: Target, layout: Layout, plan: Plan) -> tuple[str, ...]:
    """Deletes stale releases, their manifests first."""
    for version in plan.stale:
        below = layout.path(version)
        manifest = f"{below}/{MANIFEST}"
        paths = sorted(target.files(below))
        target.delete("", [path for path in paths if path == manifest])
        target.delete(below, [path for path in paths if path != manifest])
        if left := target.files(below):
            raise ReleaseError(f"{target}/{min(left)} cannot be deleted, and is still there")
    return plan.stale
