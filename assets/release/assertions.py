"""Assertions: a release is measured before it is published, and held against its thresholds.

What is below a minimum stops it, what is above a maximum is a warning; either way everything that was measured is told.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.release.draft import Draft
from assets.release.manifest import Manifest, ReleaseError
from assets.release.measures.content import read
from assets.release.measures.reading import Reading
from assets.release.store import Releases
from assets.release.thresholds import Threshold, Thresholds
from schemas.release_vocabulary import Measure
from schemas.render import definition_of


class AssertionsError(ReleaseError):
    """A release does not keep what was asserted of it."""

    def __init__(self, faults: Sequence[str], report: Path) -> None:
        """Tells what is wrong.

        Args:
            faults: One sentence for each fault.
            report: Where the report lies.
        """
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}; see {report}")
        self.faults = tuple(faults)
        self.report = report


@dataclass(frozen=True)
class Examination:
    """What was found out about a release before it is published."""

    faults: tuple[str, ...]
    """What stops it, one sentence each."""
    warnings: tuple[str, ...]
    """What is odd about it, one sentence each."""
    report: Mapping[str, Any]
    """Everything that was measured, with the bounds and their reasons, as plain data."""


def examine(draft: Draft, thresholds: Thresholds, before: Manifest | None) -> Examination:
    """Measures a release and holds it against its thresholds.

    Args:
        draft: The release; its tables are written.
        thresholds: The bounds.
        before: The last release of the same selection, to compare it with; None where there is none.

    Raises:
        ReleaseError: If the release before cannot be read.
    """
    told, faults, warnings = [], [], []
    for reading in read(draft, before):
        bounds = thresholds.of(reading.measure, reading.subject)
        if bounds is None:
            continue
        verdict = _verdict(reading, bounds)
        told.append({**_as_data(reading, bounds), "verdict": verdict})
        if verdict == "stops":
            faults.append(_sentence(reading, bounds, f"at least {_shown(reading, bounds.minimum)} is needed"))
        elif verdict == "warns":
            warnings.append(_sentence(reading, bounds, f"up to {_shown(reading, bounds.maximum)} is usual"))
    report = {
        "version": draft.version,
        "made_at": f"{draft.released_at:%Y-%m-%dT%H:%M:%SZ}",
        "compared_with": before.version if before else None,
        "faults": faults,
        "warnings": warnings,
        "assertions": told,
    }
    return Examination(tuple(faults), tuple(warnings), report)


def last_like(releases: Releases, draft: Draft) -> Manifest | None:
    """The last release that a new one can be compared with: one of the same papers, whatever its tables and formats.

    Args:
        releases: The releases of the home.
        draft: The new one.
    """
    for version in reversed(releases.versions().items):
        manifest = releases.manifest(version)
        if manifest.parameters.get("where") == draft.snapshot.selection.where:
            return manifest
    return None


def _verdict(reading: Reading, bounds: Threshold) -> str:
    if reading.measure is not Measure.ROWS and reading.whole < bounds.least:
        return "too few to tell"
    if bounds.minimum is not None and reading.value < bounds.minimum:
        return "stops"
    if bounds.maximum is not None and reading.value > bounds.maximum:
        return "warns"
    return "holds"


def _as_data(reading: Reading, bounds: Threshold) -> dict[str, Any]:
    return {
        "measure": str(reading.measure),
        "subject": reading.subject,
        "meaning": definition_of(reading.measure),
        "value": round(reading.value, 4),
        "part": reading.part,
        "whole": reading.whole,
        "minimum": bounds.minimum,
        "maximum": bounds.maximum,
        "reason": bounds.reason,
    }


def _shown(reading: Reading, value: float | None) -> str:
    """A value with its unit; a share that is nearly whole is not told as whole."""
    number = f"{math.floor(100 * (value or 0)) / 100:,.2f}".rstrip("0").rstrip(".")
    if reading.measure is Measure.ROWS:
        return number
    return f"{number} points" if reading.measure is Measure.THINNED else f"{number} %"


def _sentence(reading: Reading, bounds: Threshold, bound: str) -> str:
    counted = "" if reading.measure is Measure.ROWS else f" ({reading.part:,} of {reading.whole:,})"
    return f"{reading.measure} {reading.subject} is {_shown(reading, reading.value)}{counted}, {bound}: {bounds.reason}"
