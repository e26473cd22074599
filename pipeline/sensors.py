"""Sensors: a run starts when raw files or references appear, change or go.

A file counts once its stamp (size and time) has stood still from one look to the next: one that is still being
written waits. Its content is hashed only when the stamp moved; the run is keyed by the contents, so a file that is
touched but not changed starts nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from hashlib import file_digest, sha256

import dagster as dg

from assets.home import Home
from assets.parse.folder import NothingToReadError, RawFile, find_files
from assets.parse.manifest import ManifestError
from pipeline.jobs import JOB

INTERVAL_SECONDS = 30


@dataclass(frozen=True)
class Seen:
    """What the sensor knows of a file."""

    stamp: str
    """What the file was known by at the last look; see `folder.RawFile`."""
    content: str
    """Hash of the content that stood still, of an object in a store its stamp; empty while it is being written."""
    uri: str
    """Its place below the folder that was given."""
    role: str
    """What it is good for, as far as that can be told from outside."""


def look(files: Sequence[RawFile], before: Mapping[str, Seen]) -> dict[str, Seen]:
    """Looks at every file once.

    Args:
        files: The files that are there now.
        before: What was known after the last look, by where each file is.

    Returns:
        What is known now; a file that vanished meanwhile is left out.
    """
    now = {}
    for file in files:
        known = before.get(str(file.location))
        still = known is not None and known.stamp == file.stamp
        content = known.content if known is not None and still else ""
        if still and not content:
            try:
                content = _content(file)
            except OSError:
                continue
        now[str(file.location)] = Seen(file.stamp, content, file.uri, file.settings.role)
    return now


def _content(file: RawFile) -> str:
    if isinstance(file.location, str):
        return file.stamp
    with file.location.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def run_key(seen: Mapping[str, Seen]) -> str | None:
    """The key of the run that these files ask for; None while one of them is being written, or there is none."""
    if not seen or any(not file.content for file in seen.values()):
        return None
    told = sorted((file.uri, file.role, file.content) for file in seen.values())
    return sha256(json.dumps(told).encode()).hexdigest()


@dg.sensor(
    name="raw_files",
    job_name=JOB,
    minimum_interval_seconds=INTERVAL_SECONDS,
    description="Starts a run when raw files or references appear, change or go; waits while one is being written.",
)
def raw_files(context: dg.SensorEvaluationContext, home: Home) -> dg.SensorResult | dg.SkipReason:
    """Compares the files with what they were at the last look."""
    try:
        files = find_files(home.raw_paths, home.reference_paths)
    except (NothingToReadError, ManifestError) as nothing:
        return dg.SkipReason(str(nothing))
    before = _remembered(context.cursor)
    now = look(files, before)
    key = run_key(now)
    cursor = json.dumps({place: astuple(file) for place, file in sorted(now.items())})
    if key is None:
        return dg.SensorResult(skip_reason="no file, or one is still being written", cursor=cursor)
    if key == run_key(before):
        return dg.SensorResult(skip_reason="nothing changed", cursor=cursor)
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=key)], cursor=cursor)


def _remembered(cursor: str | None) -> dict[str, Seen]:
    """What was known after the last look; nothing where an earlier version wrote it down in another way."""
    told = json.loads(cursor or "{}")
    return {place: Seen(*seen) for place, seen in told.items() if len(seen) == len(fields(Seen))}
