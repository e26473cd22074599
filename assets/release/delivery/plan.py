"""Plan: which releases a target has and will have, and which go. Pure; what is done about it is not decided here."""

from collections.abc import Collection
from dataclasses import dataclass

from assets.release.manifest import ReleaseError, SelectionError
from assets.release.versions import Versions, is_version, version_key


@dataclass(frozen=True)
class Wish:
    """What somebody wants to have delivered."""

    version: str | None = None
    """The release; the current one without it."""
    every: bool = False
    """Whether all releases of the home are."""
    keep: int | None = None
    """How many releases, the newest, the target keeps; all without it."""
    check: bool = False
    """Whether every byte that is there already is read again."""
    take_over: bool = False
    """Whether what somebody else has published there may be replaced."""


@dataclass(frozen=True)
class Plan:
    """What a target will have."""

    versions: Versions
    """The list of its releases, all of which are at home too."""
    stale: tuple[str, ...]
    """Releases whose files are there, and are to go when the list no longer has them."""


def make_plan(home: Versions, there: Versions, folders: Collection[str], wish: Wish) -> Plan:
    """Decides what a target will have.

    Args:
        home: The releases of the home.
        there: The releases that the target says it has.
        folders: Names of the folders where the target has releases.
        wish: What was asked for.

    Raises:
        SelectionError: If that cannot be asked for.
        ReleaseError: If the target has releases of another home.
    """
    chosen = _chosen(home, wish)
    _check_owner(home, there, take_over=wish.take_over)
    shared = {version for version in there.items if version in home.items}
    kept = sorted({*shared, *chosen}, key=version_key)[-(wish.keep or 0) :]
    if wish.version and wish.version not in kept:
        raise SelectionError(f"release {wish.version} is not among the newest {wish.keep} that --keep leaves there")
    before = {} if wish.take_over else there.withdrawn
    withdrawn = {**before, **home.withdrawn}
    versions = Versions(withdrawn={version: why for version, why in withdrawn.items() if version not in kept})
    for version in kept:
        versions = versions.add(version, home.manifests[version])
    found = sorted((name for name in folders if is_version(name) and name not in kept), key=version_key)
    return Plan(versions, tuple(name for name in found if _is_stale(name, home, there, kept)))


def _chosen(home: Versions, wish: Wish) -> tuple[str, ...]:
    """The releases that were asked for."""
    if wish.keep is not None and wish.keep < 1:
        raise SelectionError("--keep needs a number from 1")
    if wish.version is not None and wish.version not in home.items:
        told = f"was withdrawn: {home.withdrawn[wish.version]}" if wish.version in home.withdrawn else "is not there"
        raise SelectionError(f"release {wish.version} {told}; releases are {', '.join(home.items) or 'none yet'}")
    if not home.items and not home.withdrawn:
        raise SelectionError("there is no release yet; make one with: sheaf release")
    if wish.every:
        return home.items
    wanted = wish.version or home.last_successful
    return (wanted,) if wanted else ()


def _check_owner(home: Versions, there: Versions, *, take_over: bool) -> None:
    """Makes sure that the releases of a target are those of the home."""
    for version in there.items:
        if version in home.manifests and home.manifests[version] != there.manifests[version]:
            raise ReleaseError(f"another release is called {version} there; nothing was published")
    strange = [version for version in there.items if version not in {*home.items, *home.withdrawn}]
    if strange and not take_over:
        raise ReleaseError(f"{strange[-1]} there is of another home; --take-over replaces what is there")


def _is_stale(version: str, home: Versions, there: Versions, kept: Collection[str]) -> bool:
    """Whether a folder that is not to stay is one that a delivery has left, and nobody will go on with.

    A release of the home that is newer than all in the list may be under way, or be gone on with.
    """
    if version in {*there.items, *there.withdrawn, *home.withdrawn}:
        return True
    return version in home.items and any(version_key(version) < version_key(other) for other in kept)
