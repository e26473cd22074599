"""Judgement lines: one judgement as a Python value, and as a line of the file that keeps it.

A line is a JSON object: a judgement with all it says, or the mark that one was taken back. What a line may hold is
checked here, for the file and for what people import; the file itself is read and written in `store.py`.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

from schemas.fields import HASH_ID
from schemas.match_vocabulary import Verdict

MOST_AUTHOR, MOST_NOTE = 200, 10_000
"""Characters of a name and of a note."""
REQUIRED = ("judgement_id", "listing_a", "listing_b", "verdict", "author", "judged_at")
FIELDS = (*REQUIRED, "note", "deleted_at")
"""What a line of a judgement says; the last two may be absent."""
MARK = ("judgement_id", "deleted_at")
"""What a line says that takes a judgement back."""

VERDICTS = frozenset(map(str, Verdict))
START = b'{"judgement_id": "'
"""How every line begins that is written here."""

LISTING = re.compile(HASH_ID.removesuffix("$") + r"\Z")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
INVISIBLE = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class JudgementError(ValueError):
    """Something is no judgement; the message says why, in one line."""


@dataclass(frozen=True)
class Judgement:
    """One decision of a person on two listings."""

    listing_a: str
    """The one listing: the smaller identifier of the two."""
    listing_b: str
    """The other listing."""
    verdict: str
    """A member of `Verdict`."""
    author: str
    """Who decided."""
    note: str | None
    """Why, in their words."""
    judged_at: datetime
    """When, in UTC."""
    deleted_at: datetime | None = None
    """When it was taken back; None while it holds."""

    @cached_property
    def judgement_id(self) -> str:
        """Hash of the two listings, the verdict, the person and the moment: 32 hexadecimal digits."""
        told = [self.listing_a, self.listing_b, self.verdict, self.author, as_text(self.judged_at)]
        return blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()

    @property
    def pair(self) -> tuple[str, str]:
        """The two listings."""
        return self.listing_a, self.listing_b

    @property
    def rank(self) -> tuple[datetime, str]:
        """What puts judgements in order: the moment, then the hash."""
        return self.judged_at, self.judgement_id


def judgement(
    listing_a: str,
    listing_b: str,
    verdict: str,
    author: str,
    note: str | None,
    judged_at: datetime,
    deleted_at: datetime | None = None,
) -> Judgement:
    """Makes a judgement of what somebody says, the listings in either order.

    Raises:
        JudgementError: If it cannot be one.
    """
    first, second = sorted((listing_a.strip().lower(), listing_b.strip().lower()))
    for one in (first, second):
        if not LISTING.match(one):
            raise JudgementError(f"{_shown(one)} is no listing id (32 hexadecimal digits)")
    if first == second:
        raise JudgementError("both are the same listing")
    decided = verdict.strip().lower()
    if decided not in VERDICTS:
        raise JudgementError(f"{_shown(verdict)} is no verdict; say {' or '.join(Verdict)}")
    who = author.strip()
    if not who or len(who) > MOST_AUTHOR or CONTROL.search(who) or "\n" in who or "\t" in who:
        raise JudgementError(f"the author must be a name of 1 to {MOST_AUTHOR} characters on one line")
    why = (note or "").replace("\r\n", "\n").strip()
    if len(why) > MOST_NOTE or CONTROL.search(why):
        raise JudgementError(f"the note must be text of at most {MOST_NOTE:,} characters, without control characters")
    return Judgement(first, second, decided, who, why or None, judged_at.astimezone(UTC), deleted_at)


def as_text(moment: datetime) -> str:
    """A moment as it is written: `2025-03-01T12:00:00.000000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def as_moment(text: str) -> datetime:
    """The moment that a text states; without a zone it is in UTC.

    Raises:
        JudgementError: If it states none.
    """
    try:
        stated = datetime.fromisoformat(text.strip())
        return (stated if stated.tzinfo else stated.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise JudgementError(f"{_shown(text)} is no moment such as 2025-03-01T12:00:00Z") from None


def line_of(one: Judgement) -> bytes:
    """The line that keeps a judgement, with its line end."""
    told = {
        "judgement_id": one.judgement_id,
        "listing_a": one.listing_a,
        "listing_b": one.listing_b,
        "verdict": one.verdict,
        "author": one.author,
        "note": one.note,
        "judged_at": as_text(one.judged_at),
        "deleted_at": as_text(one.deleted_at) if one.deleted_at else None,
    }
    return _line({name: value for name, value in told.items() if value is not None})


def mark_of(judgement_id: str, deleted_at: datetime) -> bytes:
    """The line that takes a judgement back, with its line end."""
    return _line({"judgement_id": judgement_id, "deleted_at": as_text(deleted_at)})


def _line(told: Mapping[str, str]) -> bytes:
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


def fold(lines: Iterable[tuple[int, bytes]]) -> list[Judgement]:
    """Puts the judgements and marks of a file together.

    The order of the lines does not matter, and a line that stands twice counts once, so that two files can be put
    together by any tool that merges lines.

    Args:
        lines: Number of each line, and its bytes; blank ones are passed over.

    Returns:
        The judgements, those that were taken back included, by moment.

    Raises:
        JudgementError: If a line is no judgement and no mark; the message begins with its number.
    """
    found: dict[str, tuple[int, Judgement]] = {}
    marks: list[tuple[int, str, datetime]] = []
    for number, line in lines:
        try:
            told = _told(line) if line.strip() else {}
            if set(told) == set(MARK):
                marks.append((number, told["judgement_id"], as_moment(told["deleted_at"])))
            elif told:
                _add(found, number, _judgement_of(told))
        except JudgementError as wrong:
            raise JudgementError(f"{number}: {wrong}") from None
    for number, judgement_id, deleted_at in marks:
        if judgement_id not in found:
            raise JudgementError(f"{number}: there is no judgement {_shown(judgement_id)} to take back")
        place, one = found[judgement_id]
        found[judgement_id] = (place, _taken_back(one, deleted_at))
    return sorted((one for _, one in found.values()), key=lambda one: one.rank)


def _add(found: dict[str, tuple[int, Judgement]], number: int, one: Judgement) -> None:
    """Adds the judgement of a line; the same one may stand twice, but not with another note."""
    place, first = found.setdefault(one.judgement_id, (number, one))
    if first.note != one.note:
        raise JudgementError(f"it says otherwise than line {place}, which has the same judgement_id")
    found[one.judgement_id] = (place, _taken_back(first, one.deleted_at))


def _taken_back(one: Judgement, deleted_at: datetime | None) -> Judgement:
    """A judgement with one more mark; the first mark counts."""
    if deleted_at is None or (one.deleted_at and one.deleted_at <= deleted_at):
        return one
    return replace(one, deleted_at=deleted_at)


def _told(line: bytes) -> dict[str, str]:
    """The object of a line: names and texts."""
    try:
        told: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise JudgementError("it is not JSON") from None
    if not isinstance(told, dict) or not told:
        raise JudgementError("it is no JSON object with fields")
    strange = [name for name, value in told.items() if name not in FIELDS or not isinstance(value, str)]
    if strange:
        raise JudgementError(f"{_shown(strange[0])} is no field of a judgement, or its value is no text")
    return told


def _judgement_of(told: Mapping[str, str]) -> Judgement:
    missing = [name for name in REQUIRED if name not in told]
    if missing:
        raise JudgementError(f"{missing[0]} is missing")
    taken_back = as_moment(told["deleted_at"]) if "deleted_at" in told else None
    one = judgement(
        told["listing_a"],
        told["listing_b"],
        told["verdict"],
        told["author"],
        told.get("note"),
        as_moment(told["judged_at"]),
        taken_back,
    )
    if told["judgement_id"] != one.judgement_id:
        raise JudgementError("its judgement_id does not fit what it says: it was changed after it was made")
    return one


def _shown(text: str) -> str:
    """A text as part of a message: quoted, on one line, not too long."""
    return ascii(text[:60] + ("…" if len(text) > 60 else ""))
