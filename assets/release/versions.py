"""Versions: how releases are numbered, and the list of them, `versions.json`, that says which one is current."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from assets.release.manifest import ReleaseError
from assets.release.shape import expect, read_json

SHAPE = {"items": [str], "last_successful": (str, type(None)), "manifests": {str: str}, "withdrawn": {str: str}}
"""What `versions.json` holds."""

VERSION = re.compile(r"[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.[1-9][0-9]{0,5}")


def version_key(version: str) -> tuple[int, ...]:
    """The order of versions: `2026.01.02.10` comes after `2026.01.02.9`."""
    return tuple(map(int, version.split(".")))


def is_version(name: str) -> bool:
    """Whether a name is that of a release."""
    return VERSION.fullmatch(name) is not None


def next_version(today: date, taken: Iterable[str]) -> str:
    """The first version of a day that comes after all others.

    Args:
        today: The day, in UTC.
        taken: Versions that exist or existed; one is never used again.

    Raises:
        ReleaseError: If a version lies in the future: the clock has gone back, and order would be lost.
    """
    latest = max(taken, key=version_key, default=None)
    prefix = f"{today:%Y.%m.%d}"
    if latest is None or version_key(latest)[:3] < (today.year, today.month, today.day):
        return f"{prefix}.1"
    if not latest.startswith(prefix):
        raise ReleaseError(f"release {latest} lies after today, {prefix}; is the clock right?")
    return f"{prefix}.{version_key(latest)[3] + 1}"


@dataclass(frozen=True)
class Versions:
    """The releases of a home."""

    items: tuple[str, ...] = ()
    """All versions that are there, the newest last."""
    last_successful: str | None = None
    """The current one."""
    manifests: Mapping[str, str] = field(default_factory=dict)
    """Version -> SHA-256 of its `manifest.json`, from which everything else can be verified."""
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    """Versions that were taken back -> why; their numbers are not used again."""

    def add(self, version: str, manifest_sha256: str) -> "Versions":
        """The list with one more release, which is current if it is the newest."""
        items = tuple(sorted({*self.items, version}, key=version_key))
        return Versions(items, items[-1], {**self.manifests, version: manifest_sha256}, self.withdrawn)

    def withdraw(self, version: str, why: str) -> "Versions":
        """The list without a release, which is remembered as withdrawn."""
        items = tuple(one for one in self.items if one != version)
        manifests = {name: digest for name, digest in self.manifests.items() if name != version}
        return Versions(items, items[-1] if items else None, manifests, {**self.withdrawn, version: why})

    def to_json(self) -> str:
        """The content of `versions.json`."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "Versions":
        """Reads the content of `versions.json`.

        Raises:
            ReleaseError: If it is no such list.
        """
        try:
            told = read_json(text)
            expect(told, SHAPE)
            found = cls(tuple(told["items"]), told["last_successful"], told["manifests"], told["withdrawn"])
            names = {*found.items, *found.manifests, *found.withdrawn}
            strange = sorted(name for name in names if not is_version(name))
        except ValueError as wrong:
            raise ReleaseError(f"the list of versions cannot be read: {wrong}") from wrong
        in_order = sorted({*found.items}, key=version_key) if not strange else []
        if strange or list(found.items) != in_order or {*found.items} != {*found.manifests}:
            raise ReleaseError("the list of versions contradicts itself")
        if found.last_successful != (found.items[-1] if found.items else None) or {*found.items} & {*found.withdrawn}:
            raise ReleaseError("the list of versions contradicts itself")
        return found
