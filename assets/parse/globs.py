"""Globs: patterns of paths, as `--raw` and the manifest have them. A pattern names files, and folders with all in them.

`*` and `?` stand for what is within one name, `[…]` for one of some characters, `**` for any number of folders.
"""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

MAGIC = re.compile(r"[*?\[]")
ANY_FOLDERS = "**"


def is_glob(path: str) -> bool:
    """Whether a path is a pattern."""
    return MAGIC.search(path) is not None


def split_glob(path: str) -> tuple[str, str]:
    """Divides a pattern into the folder that it begins with, as far as that is plain, and the rest.

    Args:
        path: A pattern, with forward slashes.

    Returns:
        The folder (empty for the current one, `/` for the root) and the pattern below it.
    """
    plain = path[: (found := MAGIC.search(path)) and found.start()]
    folder, slash, _ = plain.rpartition("/")
    return folder or slash, path[len(folder) + len(slash) :]


def matches(glob: str, path: str) -> bool:
    """Whether a pattern names a file, or a folder that it is in.

    Args:
        glob: A pattern.
        path: Path of the file below the folder that the pattern is meant for.
    """
    parts = glob.strip("/").split("/")
    if parts[-1] == ANY_FOLDERS:
        parts.append("*")
    at = _with_skipped(parts, {0})  # all places in the pattern that the names so far may have led to
    for name in path.split("/"):
        stays = {place for place in at if parts[place] == ANY_FOLDERS}
        at = _with_skipped(parts, stays | {place + 1 for place in at - stays if fnmatchcase(name, parts[place])})
        if len(parts) in at:
            return True
    return False


def _with_skipped(parts: Sequence[str], at: set[int]) -> set[int]:
    """Places in a pattern, and those behind a `**`, which may stand for no folder."""
    reached = set(at)
    for place, part in enumerate(parts):
        if place in reached and part == ANY_FOLDERS:
            reached.add(place + 1)
    return reached
