"""What commands say of a paper that was removed, instead of that there is none."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.output import FAILED, fail, shorten

if TYPE_CHECKING:
    from assets.removals.lines import Removal

ENOUGH = 6
"""Characters of an identifier from which a unique beginning is taken for the whole."""
SHORT_REASON = 200


def stored_removals(home: Path) -> "list[Removal]":
    """The removals of a home, those that were taken back included.

    Raises:
        typer.Exit: With one line that says which line of their file is none.
    """
    from assets.removals import store
    from assets.removals.lines import RemovalError

    try:
        return store.read(home)
    except RemovalError as wrong:
        fail(str(wrong), FAILED)
    except OSError as error:
        fail(f"{home / store.FILE} cannot be read: {error.strerror}", FAILED)


def find_removal(home: Path, given: str) -> "Removal | None":
    """The removal that stands of the paper that an identifier, or its unique beginning, stands for."""
    from assets.removals.store import in_force

    removals = in_force(stored_removals(home))
    exact = [one for one in removals if given in one.ids]
    begun = [one for one in removals if len(given) >= ENOUGH and any(name.startswith(given) for name in one.ids)]
    found = exact or begun
    return found[0] if len(found) == 1 else None


def stop_at_removed(home: Path, given: str) -> None:
    """Ends the command where an identifier is that of a removed paper; the reason is told, because this is its home.

    Raises:
        typer.Exit: With one line that says when it was removed, by whom and why.
    """
    if one := find_removal(home, given):
        why = shorten(one.reason, SHORT_REASON)
        fail(f"the paper {one.paper_id} was removed on {one.removed_at:%Y-%m-%d} by {one.author}: {why}", FAILED)
