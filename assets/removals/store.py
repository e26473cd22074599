"""Removals: what was taken down, kept from run to run.

They live in `HOME/removals.jsonl`, one line each, and so outlive the published file. The file only grows: taking a
removal back adds a line. It holds the words of who removed a paper and hashes of what the paper said, and it stays at
home: no table and no release has any of it.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from assets import journal
from assets.removals.lines import Removal, RemovalError, fold, is_torn, line_of, undo_of

FILE = "removals.jsonl"
"""Name of the file in its home."""


def read(folder: Path) -> list[Removal]:
    """Reads all removals of a home, those that were taken back included, by moment.

    Args:
        folder: The home; without a file there are none.

    Raises:
        RemovalError: If a line is no removal; the message names the file and the line.
        OSError: If the file cannot be read.
    """
    return _removals(journal.read(folder / FILE, is_torn), folder)


def in_force(removals: Sequence[Removal]) -> list[Removal]:
    """The removals that stand."""
    return [one for one in removals if one.undone_at is None]


def label(removal_ids: Iterable[str]) -> str:
    """What a table of listings says of the removals that were applied to it; empty where there were none."""
    ids = sorted(removal_ids)
    return json.dumps(ids) if ids else ""


def labelled(told: str) -> frozenset[str]:
    """The removals that were applied to a table with this label."""
    return frozenset(json.loads(told)) if told else frozenset()


def digest(told: str) -> str:
    """A label in short, as a run notes it."""
    return sha256(told.encode()).hexdigest()[:32] if told else ""


def ids_in_force(removals: Sequence[Removal]) -> frozenset[str]:
    """The ids of the removals that stand."""
    return frozenset(one.removal_id for one in in_force(removals))


def standing(removals: Sequence[Removal], paper_id: str) -> Removal | None:
    """The removal of a paper that stands, by any id that the paper had; None where there is none."""
    return next((one for one in in_force(removals) if paper_id in one.ids), None)


def record(folder: Path, removal: Removal) -> Removal:
    """Keeps a removal, unless the paper is removed already.

    Args:
        folder: The home.
        removal: The removal.

    Returns:
        The removal that stands now.

    Raises:
        RemovalError: If the file has a line that is no removal.
        OSError: If it cannot be written; nothing was kept then.
    """

    def plan(content: bytes) -> tuple[list[bytes], Removal]:
        held = standing(_removals(content, folder), removal.paper_id)
        return ([], held) if held else ([line_of(removal)], removal)

    return journal.change(folder / FILE, is_torn, plan)


def undo(folder: Path, paper_id: str, *, now: datetime | None = None) -> list[Removal]:
    """Takes back the removal of a paper.

    Args:
        folder: The home.
        paper_id: The paper, by any id that it had.
        now: The moment, with its zone; the clock's when absent.

    Returns:
        The removals that were taken back; none where the paper was not removed.

    Raises:
        RemovalError: If the file has a line that is no removal.
        OSError: If the mark cannot be written.
    """

    def plan(content: bytes) -> tuple[list[bytes], list[Removal]]:
        held = [one for one in in_force(_removals(content, folder)) if paper_id in one.ids]
        return [undo_of(one.removal_id, now or datetime.now(UTC)) for one in held], held

    return journal.change(folder / FILE, is_torn, plan)


def _removals(content: bytes, folder: Path) -> list[Removal]:
    try:
        return fold(enumerate(content.split(b"\n"), 1))
    except RemovalError as wrong:
        raise RemovalError(f"{folder / FILE}:{wrong}; mend or remove that line") from None
