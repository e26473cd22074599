"""Thresholds: the bounds that a release has to keep, each with its reason, from the package and from the home."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from assets.release.manifest import SelectionError
from schemas.release_vocabulary import Measure

THRESHOLDS = "thresholds.toml"
"""Name of the file, in the package and in a home."""
PACKAGED = Path(__file__).with_name(THRESHOLDS)
ANY = "any"
"""The subject of an entry for all subjects that have none of their own."""
KEYS = ("minimum", "maximum", "least", "reason")


class ThresholdsError(SelectionError):
    """A file of thresholds is wrong; one line that says where, and what to write instead."""


@dataclass(frozen=True)
class Threshold:
    """The bounds of one measure of one subject."""

    reason: str
    """Why these are the right bounds."""
    minimum: float | None = None
    """Below it nothing is released."""
    maximum: float | None = None
    """Above it the release warns."""
    least: int = 0
    """The fewest rows that a percentage is taken of; of fewer it says nothing."""


@dataclass(frozen=True)
class Thresholds:
    """All bounds of a release."""

    entries: Mapping[tuple[str, str], Threshold]
    """Measure and subject -> the bounds."""

    def of(self, measure: Measure, subject: str) -> Threshold | None:
        """The bounds of a subject: its own, or those of all; None where there are none."""
        return self.entries.get((measure, subject)) or self.entries.get((measure, ANY))


def load(home: Path) -> Thresholds:
    """Reads the thresholds of the package, and lays those of a home over them, entry by entry.

    Args:
        home: Folder of the data set.

    Raises:
        ThresholdsError: If one of the files is malformed.
    """
    entries = dict(_entries(PACKAGED))
    own = home / THRESHOLDS
    if own.exists():
        entries |= dict(_entries(own))
    return Thresholds(entries)


def _entries(path: Path) -> Iterator[tuple[tuple[str, str], Threshold]]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ThresholdsError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ThresholdsError(f"{path} is not TOML: {' '.join(str(error).split())}") from error
    for name, subjects in told.items():
        if name not in set(Measure):
            near = get_close_matches(name, list(Measure), 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(Measure)}"
            raise ThresholdsError(f"{path}: there is no measure {name!r}; {hint}")
        if not isinstance(subjects, dict):
            raise ThresholdsError(f"{path}: {name} needs a subject, as in [{name}.{ANY}]")
        for subject, entry in subjects.items():
            yield (name, subject), _entry(f"{path}: [{name}.{subject}]", entry)


def _entry(place: str, entry: Any) -> Threshold:  # noqa: ANN401 whatever a file holds
    if not isinstance(entry, dict):
        raise ThresholdsError(f"{place} is not a table of {', '.join(KEYS)}")
    strange = [key for key in entry if key not in KEYS]
    if strange:
        raise ThresholdsError(f"{place} has {strange[0]!r}; it may have {', '.join(KEYS)}")
    reason = entry.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise ThresholdsError(f"{place} needs a reason")
    minimum, maximum = (_bound(place, key, entry.get(key)) for key in ("minimum", "maximum"))
    if minimum is not None and maximum is not None and minimum > maximum:
        raise ThresholdsError(f"{place}: the minimum {minimum:g} is above the maximum {maximum:g}")
    least = entry.get("least", 0)
    if isinstance(least, bool) or not isinstance(least, int) or least < 0:
        raise ThresholdsError(f"{place}: least is a number of rows, from 0")
    return Threshold(" ".join(reason.split()), minimum, maximum, least)


def _bound(place: str, key: str, value: Any) -> float | None:  # noqa: ANN401 whatever a file holds
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ThresholdsError(f"{place}: {key} is a number")
    return float(value)
