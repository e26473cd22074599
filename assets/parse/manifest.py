"""Manifest: what a file `sheaf.toml` says of the dumps beside it and below.

Their role, when they were captured, which of their columns holds what. It is a part of the
command, not of the data: a mistake in it is told before anything is read.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any

from assets.parse.globs import matches
from assets.parse.reader import NO_HINTS, STATEMENT_SCHEMA, Hints
from schemas.vocabulary import Role

MANIFEST = "sheaf.toml"
"""Name of the file."""
LARGEST_MANIFEST = 1 << 20
KEYS = ("files", "role", "captured_at", "columns")
SEPARATOR = "separator"
PLACES = ("page", "position", "byte_start", "byte_end", "row", "page_date", "source_fields", "defect")
"""What no column of a dump holds."""
COLUMNS = tuple(
    name for name in dict.fromkeys(one.removesuffix("_raw") for one in STATEMENT_SCHEMA) if name not in PLACES
)
"""What a column of a dump may hold."""
LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


class ManifestError(Exception):
    """A manifest is wrong: one line that says where, and what to write instead."""


@dataclass(frozen=True)
class Settings:
    """What holds for one file."""

    role: Role = Role.FEED
    captured_at: datetime | None = None
    """When it was captured, in UTC; None where no manifest says so."""
    hints: Hints = NO_HINTS
    is_role_stated: bool = False
    """Whether a manifest says what its role is."""

    def role_of(self, member: str) -> Role:
        """The role of a member of the file, which may be in a folder for references.

        Args:
            member: Its path in the file; empty for the file itself.
        """
        return self.role if self.is_role_stated or self.role is Role.REFERENCE else role_of_path(member)


@dataclass(frozen=True)
class Rule:
    """One `[[dumps]]` of a manifest."""

    files: tuple[str, ...]
    """Patterns of the files that it speaks of."""
    role: Role | None = None
    captured_at: datetime | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    separator: str | None = None


@dataclass(frozen=True)
class Manifest:
    """What one manifest says."""

    place: str
    """Where it is, for messages."""
    folder: str
    """Its folder, below the raw folder; empty for that itself."""
    rules: tuple[Rule, ...]

    def rules_for(self, path: str) -> list[Rule]:
        """The rules for a file, the last one first.

        Args:
            path: Path of the file below the raw folder.
        """
        prefix = f"{self.folder}/" if self.folder else ""
        if not path.startswith(prefix):
            return []
        below = path[len(prefix) :]
        return [rule for rule in reversed(self.rules) if any(matches(glob, below) for glob in rule.files)]

    def unused(self, paths: Iterable[str]) -> list[str]:
        """The patterns that name no file, as warnings.

        Args:
            paths: Paths of all files below the raw folder.
        """
        prefix = f"{self.folder}/" if self.folder else ""
        below = [path[len(prefix) :] for path in paths if path.startswith(prefix)]
        globs = [glob for rule in self.rules for glob in rule.files]
        return [
            f"{self.place}: no file matches {glob!r}"
            for glob in globs
            if not any(matches(glob, path) for path in below)
        ]


def role_of_path(path: str) -> Role:
    """The role that a file has by its place: a reference in any folder of the name `reference`, at any depth."""
    return Role.REFERENCE if "reference" in path.split("/")[:-1] else Role.FEED


def settings_of(path: str, manifests: Sequence[Manifest], given_as: Role = Role.FEED) -> Settings:
    """What holds for a file: of each key what the nearest manifest says, in it the last rule.

    Args:
        path: Path of the file below the raw folder.
        manifests: Those of the raw folder.
        given_as: What the folder was given as.

    Returns:
        The settings; where no manifest says anything, those of its place, which in a folder of references is one too.
    """
    place = given_as if given_as is Role.REFERENCE else role_of_path(path)
    settings, columns, separator = Settings(role=place), dict[str, str](), None
    for manifest in sorted(manifests, key=lambda one: len(one.folder)):
        for rule in reversed(manifest.rules_for(path)):
            if rule.role is not None:
                settings = replace(settings, role=rule.role, is_role_stated=True)
            settings = replace(settings, captured_at=rule.captured_at or settings.captured_at)
            columns |= rule.columns
            separator = rule.separator or separator
    return replace(settings, hints=Hints(columns, separator)) if columns or separator else settings


def parse_manifest(data: bytes, place: str, folder: str = "") -> Manifest:
    """Reads a manifest.

    Args:
        data: What the file holds.
        place: Where it is, for messages.
        folder: Its folder, below the raw folder.

    Returns:
        What it says.

    Raises:
        ManifestError: If it is wrong.
    """
    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        line = LINE.search(str(error))
        where = f"line {line[1]}: " if line and line[1] else ""
        raise ManifestError(f"{place}: {where}{LINE.sub('', str(error))}; it has to be TOML") from None
    except (UnicodeDecodeError, RecursionError):
        raise ManifestError(f"{place}: it is no TOML in UTF-8; write it anew") from None
    for key in told.keys() - {"dumps"}:
        raise ManifestError(f"{place}: unknown key {key!r}; begin every entry with [[dumps]]")
    entries = told.get("dumps", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ManifestError(f"{place}: [dumps] is one table; begin every entry with [[dumps]]")
    return Manifest(
        place, folder, tuple(_rule(entry, f"{place}: entry {rank}") for rank, entry in enumerate(entries, 1))
    )


def _rule(entry: Mapping[str, Any], where: str) -> Rule:
    for key in entry:
        if key not in KEYS:
            raise ManifestError(f"{where}: unknown key {key!r}; {_instead(key, KEYS)}")
    columns = dict(_columns(entry.get("columns", {}), where))
    separator = columns.pop(SEPARATOR, None)
    return Rule(
        files=_files(entry.get("files"), where),
        role=_role(entry.get("role"), where),
        captured_at=_moment(entry.get("captured_at"), where),
        columns=columns,
        separator=separator,
    )


def _files(told: Any, where: str) -> tuple[str, ...]:  # noqa: ANN401 - TOML
    globs = [told] if isinstance(told, str) else told
    if not isinstance(globs, list) or not globs or not all(isinstance(glob, str) and glob.strip("/") for glob in globs):
        raise ManifestError(f'{where}: files is missing or empty; write files = "*.csv" or files = ["a.csv", "b.csv"]')
    for glob in globs:
        if glob.startswith("/") or "\\" in glob or ".." in glob.split("/"):
            raise ManifestError(f"{where}: {glob!r} leads elsewhere; name files beside the manifest or below, with /")
    return tuple(globs)


def _role(told: Any, where: str) -> Role | None:  # noqa: ANN401 - TOML
    if told is None or told in tuple(Role):
        return Role(told) if told else None
    raise ManifestError(f"{where}: role is {told!r}; write one of {', '.join(Role)}")


def _moment(told: Any, where: str) -> datetime | None:  # noqa: ANN401 - TOML
    if isinstance(told, datetime):
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    if isinstance(told, date):
        return datetime(told.year, told.month, told.day, tzinfo=UTC)
    if told is None:
        return None
    raise ManifestError(
        f"{where}: captured_at is {told!r}; write a date or a moment without quotes: 2024-05-03 or 2024-05-03T10:15:00Z"
    )


def _columns(told: Any, where: str) -> Mapping[str, str]:  # noqa: ANN401 - TOML
    if not isinstance(told, dict):
        raise ManifestError(f'{where}: columns is no table; write [dumps.columns] and below it title = "Its Title"')
    for name, column in told.items():
        if name not in {*COLUMNS, SEPARATOR}:
            raise ManifestError(f"{where}: unknown column {name!r}; {_instead(name, (*COLUMNS, SEPARATOR))}")
        if not isinstance(column, str) or not column:
            raise ManifestError(f"{where}: {name} is {column!r}; write the name of a column of the dump, in quotes")
    return told


def _instead(name: str, known: Sequence[str]) -> str:
    """What to write instead of an unknown name."""
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else f"use {', '.join(known)}"
