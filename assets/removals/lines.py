"""Removal lines: one removal as a Python value, and as a line of the file that keeps it.

A line is a JSON object: a removal with all it says, or the mark that one was taken back. The file itself is read and
written in `store.py`; what the marks of a paper are is said in `marks.py`.
"""

import json
import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

from assets.dedupe.signatures.shingles import SIGNATURE_LENGTH
from schemas.fields import HASH_ID

MOST_REASON, MOST_AUTHOR = 10_000, 200
"""Characters of a reason and of a name."""
SIGNATURE_BYTES = 4 * SIGNATURE_LENGTH
START = b'{"removal_id": "'
"""How every line begins that is written here."""

PAPER = re.compile(r"p[0-9a-f]{16}\Z")
LISTING = re.compile(HASH_ID.removesuffix("$") + r"\Z")
MARK = re.compile(r"[a-z0-9_]{1,30}:[0-9a-f]{32}\Z")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
INVISIBLE = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class RemovalError(ValueError):
    """Something is no removal; the message says why, in one line."""


@dataclass(frozen=True)
class Split:
    """A split that the paper took part in: a row of `paper_splits`."""

    from_paper_id: str
    paper_id: str
    since: date
    listing_count: int


@dataclass(frozen=True)
class Removal:
    """One paper that was taken down."""

    paper_id: str
    """The paper; its id is never given to another."""
    reason: str
    """Why, in the words of who removed it; it stays at home."""
    author: str
    """Who removed it."""
    removed_at: datetime
    """When, in UTC."""
    listing_ids: tuple[str, ...]
    """The listings that made it up, sorted."""
    marks: tuple[str, ...]
    """By what it is known again: `kind:hash`, sorted; see `marks.py`."""
    signatures: tuple[bytes, ...] = ()
    """MinHash signatures of its abstracts, 512 bytes each, sorted."""
    aliases: tuple[tuple[str, date], ...] = ()
    """Ids that were merged into it, and since when."""
    splits: tuple[Split, ...] = ()
    """Splits that it took part in."""
    undone_at: datetime | None = None
    """When it was taken back; None while it stands."""

    @cached_property
    def removal_id(self) -> str:
        """Hash of the paper, the person and the moment: 32 hexadecimal digits."""
        told = [self.paper_id, self.author, as_text(self.removed_at)]
        return blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()

    @property
    def ids(self) -> frozenset[str]:
        """All ids under which the paper was known."""
        return frozenset({self.paper_id, *(old for old, _ in self.aliases)})


def checked_words(reason: str, author: str) -> tuple[str, str]:
    """A reason and a name, without the space around them.

    Raises:
        RemovalError: If one of them is none.
    """
    why, who = reason.replace("\r\n", "\n").strip(), author.strip()
    if not why or len(why) > MOST_REASON or CONTROL.search(why):
        raise RemovalError(f"the reason must be text of 1 to {MOST_REASON:,} characters, without control characters")
    if not who or len(who) > MOST_AUTHOR or CONTROL.search(who) or "\n" in who or "\t" in who:
        raise RemovalError(f"the author must be a name of 1 to {MOST_AUTHOR} characters on one line")
    return why, who


def as_text(moment: datetime) -> str:
    """A moment as it is written: `2025-03-01T12:00:00.000000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def line_of(one: Removal) -> bytes:
    """The line that keeps a removal, with its line end."""
    told = {
        "removal_id": one.removal_id,
        "paper_id": one.paper_id,
        "reason": one.reason,
        "author": one.author,
        "removed_at": as_text(one.removed_at),
        "aliases": [[old, since.isoformat()] for old, since in one.aliases],
        "splits": [[it.from_paper_id, it.paper_id, it.since.isoformat(), it.listing_count] for it in one.splits],
        "listing_ids": list(one.listing_ids),
        "marks": list(one.marks),
        "signatures": [b64encode(it).decode() for it in one.signatures],
    }
    return _line(told)


def undo_of(removal_id: str, undone_at: datetime) -> bytes:
    """The line that takes a removal back, with its line end."""
    return _line({"removal_id": removal_id, "undone_at": as_text(undone_at)})


def _line(told: Mapping[str, Any]) -> bytes:
    """JSON in which every letter is readable, and nothing that would change how a terminal shows the file."""
    text = json.dumps(told, ensure_ascii=False)
    return INVISIBLE.sub(lambda found: f"\\u{ord(found.group()):04x}", text).encode() + b"\n"


def is_torn(last: bytes) -> bool:
    """Whether the last line of a file, which has no line end, is the beginning of one that was to be written."""
    if not last.startswith(START) and not START.startswith(last):
        return False
    try:
        json.loads(last)
    except ValueError:
        return bool(last)
    return False


def fold(lines: Iterable[tuple[int, bytes]]) -> list[Removal]:
    """Puts the removals and marks of a file together, whatever the order of its lines; a line may stand twice.

    Args:
        lines: Number of each line, and its bytes; blank ones are passed over.

    Returns:
        The removals, those that were taken back included, by moment.

    Raises:
        RemovalError: If a line is neither; the message begins with its number.
    """
    found: dict[str, Removal] = {}
    undone: list[tuple[int, str, datetime]] = []
    for number, line in lines:
        try:
            told = _told(line) if line.strip() else {}
            if "undone_at" in told:
                undone.append((number, str(told["removal_id"]), datetime.fromisoformat(told["undone_at"])))
            elif told:
                one = _removal_of(told)
                found[one.removal_id] = one
        except RemovalError as wrong:
            raise RemovalError(f"{number}: {wrong}") from None
        except (KeyError, TypeError, ValueError, AttributeError, NotBase64) as wrong:
            raise RemovalError(f"{number}: it is no removal: {type(wrong).__name__} {str(wrong)[:60]!a}") from None
    for number, removal_id, moment in undone:
        if removal_id not in found:
            raise RemovalError(f"{number}: there is no removal {removal_id[:60]!a} to take back")
        found[removal_id] = replace(found[removal_id], undone_at=moment.astimezone(UTC))
    return sorted(found.values(), key=lambda one: (one.removed_at, one.removal_id))


def _told(line: bytes) -> dict[str, Any]:
    """The object of a line."""
    try:
        told: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise RemovalError("it is not JSON") from None
    if not isinstance(told, dict) or "removal_id" not in told:
        raise RemovalError("it is no JSON object with a removal_id")
    return told


def _removal_of(told: Mapping[str, Any]) -> Removal:
    """The removal that the object of a line tells."""
    reason, author = checked_words(told["reason"], told["author"])
    one = Removal(
        paper_id=_matching(PAPER, told["paper_id"]),
        reason=reason,
        author=author,
        removed_at=datetime.fromisoformat(told["removed_at"]).astimezone(UTC),
        listing_ids=tuple(_matching(LISTING, one) for one in told["listing_ids"]),
        marks=tuple(_matching(MARK, one) for one in told["marks"]),
        signatures=tuple(_signature(one) for one in told["signatures"]),
        aliases=tuple((_matching(PAPER, old), date.fromisoformat(since)) for old, since in told["aliases"]),
        splits=tuple(
            Split(_matching(PAPER, old), _matching(PAPER, new), date.fromisoformat(since), int(count))
            for old, new, since, count in told["splits"]
        ),
    )
    if one.removal_id != told["removal_id"]:
        raise RemovalError("its removal_id does not fit what it says: it was changed after it was made")
    return one


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.match(text):
        raise RemovalError(f"{text[:60]!a} does not stand where it should")
    return text


def _signature(text: str) -> bytes:
    signature = b64decode(text, validate=True)
    if len(signature) != SIGNATURE_BYTES:
        raise RemovalError(f"a signature has {SIGNATURE_BYTES} bytes")
    return signature
