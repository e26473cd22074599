"""Store: the folder of all releases of a home, in which a release appears whole or not at all.

A release is built in a private folder beside its place, brought to the disk, renamed, and only then entered in
`versions.json`. Whatever a crash leaves is put in order by the next release: a private folder goes, and a whole release
that was not entered yet is entered.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import Any

from assets.publish.warehouse import sync
from assets.release.layout import FAILED, MANIFEST, RELEASES, VERSIONS
from assets.release.manifest import Manifest, ReleaseError
from assets.release.versions import Versions, is_version

BUILDING = ".building-"
"""Beginning of the names of private folders."""
PRIVATE = (BUILDING, f".{VERSIONS}.", f".{FAILED}.")
"""Beginnings of the names of everything private: folders, and files that are about to replace others."""
READ_ONLY = 0o444


class Releases:
    """All releases of one home."""

    def __init__(self, home: Path) -> None:
        """Looks at the releases of the home in a folder; nothing is read or written yet."""
        self.folder = home / RELEASES

    def versions(self) -> Versions:
        """The list of releases; an empty one before the first.

        Raises:
            ReleaseError: If `versions.json` cannot be read.
        """
        try:
            return Versions.from_json((self.folder / VERSIONS).read_bytes())
        except FileNotFoundError:
            return Versions()
        except ReleaseError as wrong:
            raise ReleaseError(
                f"{self.folder / VERSIONS}: {wrong}; put back a copy, or move it away: the next release lists them anew"
            ) from wrong

    def path(self, version: str) -> Path:
        """The folder of a release.

        Raises:
            ReleaseError: If there is no such release.
        """
        if version not in self.versions().items:
            known = ", ".join(self.versions().items) or "none yet"
            raise ReleaseError(f"there is no release {version} in {self.folder}; releases are {known}")
        return self.folder / version

    def manifest(self, version: str) -> Manifest:
        """What a release consists of.

        Raises:
            ReleaseError: If there is no such release, or its manifest cannot be read.
        """
        return read_manifest(self.path(version))

    def recover(self) -> None:
        """Puts in order what a crash has left, so that the list and the folders say the same.

        Private folders and files go, and so do folders of releases that were withdrawn; whole releases are entered in
        the list.

        Raises:
            ReleaseError: If something has the name of a release and is none; nobody but a person can have put it there.
        """
        if not self.folder.is_dir():
            return
        versions = self.versions()
        for entry in sorted(self.folder.iterdir()):
            if entry.name.startswith(PRIVATE) or (is_version(entry.name) and entry.name in versions.withdrawn):
                _remove(entry)
            elif is_version(entry.name) and entry.name not in versions.items:
                try:
                    found = read_manifest(entry).version
                except ReleaseError as wrong:
                    raise ReleaseError(f"{wrong}; move {entry.name} away, or put back what is missing") from wrong
                if found != entry.name:
                    raise ReleaseError(f"{entry} holds release {found}; move it away, or call it so")
                versions = versions.add(entry.name, sha256_of(entry / MANIFEST))
                self._write(VERSIONS, versions.to_json())

    @contextmanager
    def building(self, version: str) -> Iterator[Path]:
        """A private folder for a release to be; it is gone in the end, unless `finish` has given it its place.

        Args:
            version: The release.
        """
        aside = self.folder / f"{BUILDING}{version}"
        aside.mkdir(parents=True)
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def finish(self, built: Path, version: str) -> Path:
        """Gives a whole release its place, and enters it in the list.

        Args:
            built: Its folder so far.
            version: The release.

        Returns:
            Its folder from now on.
        """
        for path in sorted(built.rglob("*")):
            if path.is_file():
                path.chmod(READ_ONLY)
            sync(path)
        sync(built)
        place = self.folder / version
        built.rename(place)
        sync(self.folder)
        try:
            self._write(VERSIONS, self.versions().add(version, sha256_of(place / MANIFEST)).to_json())
        except BaseException:
            if version not in self.versions().items:  # what is not in the list is not released
                place.rename(built)
            raise
        with suppress(OSError):  # a report that stays is no reason to say that nothing was released
            (self.folder / FAILED).unlink(missing_ok=True)
        return place

    def report_failure(self, report: Mapping[str, Any]) -> Path:
        """Leaves the report of a release that did not come about.

        Args:
            report: What was found, as plain data.

        Returns:
            Where it is.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write(FAILED, json.dumps(report, indent=2, ensure_ascii=False) + "\n")
        return self.folder / FAILED

    def withdraw(self, version: str, why: str) -> None:
        """Takes a release back: it leaves the list first, then its folder goes.

        Args:
            version: The release.
            why: The reason, kept in the list.

        Raises:
            ReleaseError: If there is no such release.
        """
        place = self.path(version)
        self._write(VERSIONS, self.versions().withdraw(version, why).to_json())
        gone = place.rename(self.folder / f"{BUILDING}{version}")
        shutil.rmtree(gone)

    def _write(self, name: str, content: str) -> None:
        """Replaces a file of the folder in one step."""
        aside = self.folder / f".{name}.{os.getpid()}.tmp"
        try:
            aside.write_text(content, encoding="utf-8")
            sync(aside)
            aside.replace(self.folder / name)
        finally:
            aside.unlink(missing_ok=True)
        sync(self.folder)


def _remove(entry: Path) -> None:
    """Removes a file or a folder with everything in it."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink()


def read_manifest(release: Path) -> Manifest:
    """Reads the manifest of a release.

    Args:
        release: Its folder.

    Raises:
        ReleaseError: If there is none, or it cannot be read.
    """
    try:
        return Manifest.from_json((release / MANIFEST).read_bytes())
    except OSError as error:
        raise ReleaseError(f"{release} is no release: {MANIFEST}: {error.strerror}") from error
    except ReleaseError as wrong:
        raise ReleaseError(f"{release / MANIFEST}: {wrong}") from wrong


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
