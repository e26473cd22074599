"""Cache: what was read before, so that a dump is read once, wherever it lies and whatever it is called.

`HOME/cache/listings/<key>.parquet` holds the listings of one dump, validated; `HOME/cache/index.json` what is known of
each dump, and which dumps each file holds. A file is known again by its stamp (device, inode, size and time of its last
change; for an object in a store its version), without a look at its content; a copy, by the hash of its content. All of
it can be thrown away at any time, and is when the readers change.
"""

import json
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

INDEX = "index.json"
UNSETTLED_NS = 100_000_000
"""A file changed within this time (0.1 s) before it was read may change again without a trace in its stamp: clocks of
file systems tick every 1 to 10 ms."""
COARSE_NS, COARSE_UNSETTLED_NS = 1_000_000_000, 2_000_000_000
"""File systems that keep whole seconds only tick every second or two."""


@dataclass(frozen=True)
class Facts:
    """What is known of one dump wherever it lies: the row of `dumps` without its place."""

    dump_id: str
    format: str
    compression: str
    size_bytes: int
    page_date_raw: str | None = None
    page_count: int = 0
    listing_count: int = 0
    status: str = ""
    reason: str | None = None
    detail: str | None = None
    reader_version: str | None = None


@dataclass(frozen=True)
class Part:
    """A dump as it was found in a file: the file itself, or a member of the archive that it is."""

    member: str
    """Path of the member, empty for the file itself."""
    key: str
    """Key of the dump in the cache."""


@dataclass
class Cache:
    """What was read before, kept in one folder."""

    folder: Path
    readers: str
    """What the readers are; the cache of others is not used."""
    files: dict[str, list[Part]] = field(default_factory=dict)
    """Stamp of a file -> the dumps in it."""
    facts: dict[str, Facts] = field(default_factory=dict)
    """Key of a dump -> what is known of it."""
    pending: set[str] = field(default_factory=set)
    """Keys of dumps that have been read and are about to be written."""

    @classmethod
    def load(cls, folder: Path, readers: str) -> "Cache":
        """Reads the index; a missing, damaged or outdated one is an empty one."""
        cache = cls(folder, readers)
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            told: Mapping[str, Any] = json.loads((folder / INDEX).read_text())
            if told["readers"] == readers:
                cache.facts = {key: Facts(**facts) for key, facts in told["facts"].items()}
                cache.files = {stamp: [Part(*part) for part in parts] for stamp, parts in told["files"].items()}
        return cache

    def path(self, key: str) -> Path:
        """Where the listings of a dump are."""
        return self.folder / "listings" / f"{key}.parquet"

    def has(self, key: str) -> bool:
        """Whether a dump need not be read."""
        facts = self.facts.get(key)
        return facts is not None and (not facts.listing_count or key in self.pending or self.path(key).exists())

    def parts(self, stamp: str) -> list[Part] | None:
        """The dumps in a file that has not changed since it was read; None where it has to be opened."""
        parts = self.files.get(stamp)
        return parts if parts is not None and all(self.has(part.key) for part in parts) else None

    def remember(self, stamp: str, parts: Iterable[Part], *, changed_ns: int | None, read_ns: int) -> None:
        """Notes which dumps a file holds, unless it changed so shortly before that its stamp proves nothing.

        Args:
            stamp: What the file is known by.
            parts: The dumps in it.
            changed_ns: When it was last changed, in nanoseconds since 1970; None where its stamp is beyond doubt.
            read_ns: When reading it began.
        """
        if changed_ns is not None:
            unsettled = COARSE_UNSETTLED_NS if changed_ns % COARSE_NS == 0 else UNSETTLED_NS
            if changed_ns > read_ns - unsettled:
                return
        self.files[stamp] = list(parts)

    def save(self, stamps: Iterable[str], keys: Iterable[str]) -> None:
        """Writes the index and throws away what this run did not use.

        Args:
            stamps: Stamps of the files that are there.
            keys: Keys of the dumps in them.
        """
        here, used = set(stamps), set(keys)
        self.files = {stamp: parts for stamp, parts in self.files.items() if stamp in here}
        self.facts = {key: facts for key, facts in self.facts.items() if key in used}
        told = {
            "readers": self.readers,
            "files": {stamp: [(one.member, one.key) for one in parts] for stamp, parts in sorted(self.files.items())},
            "facts": {key: asdict(facts) for key, facts in sorted(self.facts.items())},
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f"{INDEX}.{os.getpid()}.tmp"
        aside.write_text(json.dumps(told))
        aside.replace(self.folder / INDEX)
        for path in (self.folder / "listings").glob("*"):
            if path.name.removesuffix(".parquet") not in used:
                path.unlink()


def now_ns() -> int:
    """The time that the stamps of files are compared with."""
    return time.time_ns()
