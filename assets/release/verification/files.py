"""Files: every file that a manifest lists is there with its bytes, and no other is.

Only regular files that a walk through the folder finds are ever opened: no path of a manifest leads anywhere else.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from assets.release.layout import MANIFEST, media_type
from assets.release.manifest import Manifest, ReleasedFile
from assets.release.store import sha256_of
from assets.release.verification.outcome import Finding

PLAIN_PATH = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}/){0,8}[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
"""What the path of a released file looks like."""


def inventory(folder: Path) -> tuple[dict[str, int], list[Finding]]:
    """Looks at everything below a folder, without following a link.

    Args:
        folder: The folder.

    Returns:
        Path of every regular file -> its bytes; and a finding for everything that is neither file nor folder.

    Raises:
        OSError: If a folder cannot be listed.
    """
    sizes: dict[str, int] = {}
    strange: list[Finding] = []
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                name = Path(entry.path).relative_to(folder).as_posix()
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    sizes[name] = entry.stat(follow_symlinks=False).st_size
                else:
                    strange.append(Finding(name, "it is a link, not a file" if entry.is_symlink() else "it is no file"))
    return sizes, strange


def file_findings(folder: Path, manifest: Manifest, found: Mapping[str, int]) -> Iterator[Finding]:
    """Compares the files of a folder with its manifest; at most one finding for each file.

    Args:
        folder: The release.
        manifest: What it says of itself.
        found: Its regular files.

    Yields:
        What is wrong, in the order of the manifest; then the files that it does not list.
    """
    listed: set[str] = set()
    for file in manifest.files:
        if file.path in listed:
            yield Finding(file.path, "the manifest lists it twice")
        elif what := _fault(folder, file, found):
            yield Finding(file.path, what)
        listed.add(file.path)
    if [file.path for file in manifest.files] != sorted(file.path for file in manifest.files):
        yield Finding(MANIFEST, "its files are not in order")
    for name in sorted(set(found) - listed - {MANIFEST}):
        yield Finding(name, "the manifest does not list it")


def _fault(folder: Path, file: ReleasedFile, found: Mapping[str, int]) -> str | None:
    """What is wrong with one file."""
    if not PLAIN_PATH.fullmatch(file.path) or file.path == MANIFEST:
        return "that is no path of a released file"
    if file.path not in found:
        return "it is missing"
    if found[file.path] != file.bytes:
        return f"it has {found[file.path]:,} bytes, not {file.bytes:,}"
    try:
        is_same = sha256_of(folder / file.path) == file.sha256
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    return _kind_fault(file) if is_same else "its content was changed: its SHA-256 is another"


def _kind_fault(file: ReleasedFile) -> str | None:
    """What is wrong with the name or the media type of a file."""
    try:
        expected = media_type(file.path)
    except KeyError:
        return "no file of a release is called so"
    return None if file.media_type == expected else f"its media type is {expected}, not {file.media_type}"
