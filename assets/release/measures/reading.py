"""Reading: one thing that was measured."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.release_vocabulary import Measure


@dataclass(frozen=True)
class Reading:
    """One thing that was measured."""

    measure: Measure
    """What was measured."""
    subject: str
    """Of what: a table, a column, a role."""
    value: float
    """What came out: rows, or a percentage."""
    part: int
    """The rows that were counted."""
    whole: int
    """The rows that they are taken of."""


def share(measure: Measure, subject: str, part: int, whole: int) -> Iterator[Reading]:
    """The reading of a percentage; none where there is nothing to take it of."""
    if whole:
        yield Reading(measure, subject, 100 * part / whole, part, whole)
