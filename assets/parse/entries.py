"""Entries: what a container lists, before any of it is unpacked; whether a path may be read, and how it is displayed.

Nothing is ever written under the path of an entry: its content goes to memory or to a file without a name.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assets.parse.reader import RefusalError
from schemas.vocabulary import DumpReason

LONGEST_PATH = 1_000
"""Characters of a path that are displayed."""
UNDISPLAYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Controls, marks that turn the direction of writing, what is not seen, and bytes that are not UTF-8."""
SEPARATOR = re.compile(r"[/\\]")
DRIVE = re.compile(r"[A-Za-z]:")
HIDDEN_FOLDERS = ("__MACOSX",)


@dataclass(frozen=True)
class Entry:
    """One member of an archive, or one answer of a recording."""

    path: str
    """Its path in the container, fit for display; empty for what concerns the container as a whole."""
    header: bytes
    """What the container says of it, as bytes: stands for it where its content cannot be had."""
    packed_bytes: int = 0
    """Bytes that it takes in the container."""
    chunks: Callable[[], Iterator[bytes]] = lambda: iter(())
    """Opens it: its content, piece by piece; raises RefusalError where that is damaged."""
    charset: str = ""
    """Encoding that the container states for it."""
    refusal: RefusalError | None = None
    """Why it is not opened."""


def displayed(path: str) -> str:
    """A path for display: one separator, nothing that a terminal obeys, not longer than LONGEST_PATH."""
    shown = UNDISPLAYED.sub("\ufffd", "/".join(SEPARATOR.split(path[: LONGEST_PATH + 1])))
    while shown.startswith("./"):
        shown = shown[2:].lstrip("/")
    return shown if len(shown) <= LONGEST_PATH else f"{shown[: LONGEST_PATH - 1]}…"


def is_hidden(path: str) -> bool:
    """Whether a path is hidden, as in a folder: a part of it begins with a dot, or is what macOS adds to archives."""
    parts = SEPARATOR.split(path)
    return any((part.startswith(".") and part not in {".", ".."}) or part in HIDDEN_FOLDERS for part in parts)


def escape_of(path: str) -> RefusalError | None:
    """Why a path would lead out of the folder in which an archive is unpacked; None if it would not."""
    if "\0" in path:
        return unsafe("Its path holds a NUL.")
    if SEPARATOR.match(path) or DRIVE.match(path):
        return unsafe("Its path is absolute.")
    return unsafe("Its path leads out of the archive.") if ".." in SEPARATOR.split(path) else None


def unsafe(detail: str) -> RefusalError:
    """The refusal of a member that nobody should unpack."""
    return RefusalError(DumpReason.UNSAFE_MEMBER, detail)


def damaged(detail: str) -> RefusalError:
    """The refusal of what cannot be unpacked."""
    return RefusalError(DumpReason.DAMAGED_ARCHIVE, detail)
