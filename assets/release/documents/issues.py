"""Issues: `issues.json`, what is known to be wrong with a release, counted, with a query that lists where it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from assets.release.documents.known_issues import ANY, FAMILIES, Family
from assets.release.documents.queries import Row, as_lines, attempt, once
from assets.release.draft import Draft
from assets.release.snapshot import Snapshot
from schemas.release_vocabulary import Severity
from schemas.render.sql import literal

EXAMPLES = 5
"""Places of an issue that are named."""


@dataclass(frozen=True)
class Issue:
    """One thing that is known to be wrong with a release."""

    id: str
    """Its name: the family and the key."""
    meaning: str
    """What it is, as one sentence."""
    severity: Severity
    """How grave it is."""
    count: int
    """In how many places it is."""
    of: int
    """How many places there are."""
    percent: float
    """The share of them that have it, in percent, to one decimal."""
    query: str
    """The query that lists them all."""
    examples: tuple[str, ...]
    """The first of them, in the order of their identifiers."""


@dataclass(frozen=True)
class Found:
    """What was looked for in a release, and what was found."""

    issues: tuple[Issue, ...]
    """What is wrong; the gravest first, of these the most frequent."""
    absent: tuple[str, ...]
    """What was looked for and is nowhere."""
    not_counted: tuple[str, ...]
    """Families that could not be looked for: their tables are not part of the release."""


def find(snapshot: Snapshot) -> Found:
    """Looks for everything that is known to go wrong, once for each snapshot.

    Args:
        snapshot: The tables of the release.
    """
    return once(snapshot, _find)


def _find(snapshot: Snapshot) -> Found:
    issues: list[Issue] = []
    absent: list[str] = []
    not_counted: list[str] = []
    with snapshot.connect() as connection:
        for family in FAMILIES:
            told = _look(connection, family)
            if told is None:
                not_counted.append(family.name)
                continue
            issues += told
            found = {issue.id for issue in told}
            absent += [name for key in family.meanings if (name := f"{family.name}:{key}") not in found and key != ANY]
    grave = list(Severity)
    ordered = sorted(issues, key=lambda issue: (grave.index(issue.severity), -issue.count, issue.id))
    return Found(tuple(ordered), tuple(absent), tuple(not_counted))


def _look(connection: duckdb.DuckDBPyConnection, family: Family) -> list[Issue] | None:
    """The issues of a family, by one query over its table; None where the table is not there."""
    query = as_lines(family.query)
    counted = attempt(
        connection,
        f"""
        SELECT key, count(*) AS count, min(id, {EXAMPLES}) AS examples, total,
               round(100 * count(*) / greatest(total, 1), 1) AS percent
        FROM ({query}), (SELECT count(*) AS total FROM ({family.of})) GROUP BY key, total ORDER BY key
        """,
    )
    return None if counted is None else [_issue(family, query, row) for row in counted]


def _issue(family: Family, query: str, row: Row) -> Issue:
    return Issue(
        id=f"{family.name}:{row['key']}",
        meaning=family.meanings.get(row["key"]) or family.meanings[ANY],
        severity=family.severity,
        count=row["count"],
        of=row["total"],
        percent=row["percent"],
        query=f"SELECT id FROM (\n{query}\n) WHERE key = {literal(row['key'])} ORDER BY id",
        examples=tuple(row["examples"]),
    )


def render(draft: Draft) -> str:
    """Writes `issues.json`.

    Args:
        draft: The release.

    Returns:
        A JSON object: the issues, what was looked for and is nowhere, what could not be looked for, and what was odd
        when the release was examined.
    """
    found = find(draft.snapshot)
    told: Mapping[str, Any] = {
        "version": draft.version,
        "note": "Each query, asked of the tables of this release, lists where the issue is; count is its rows.",
        "issues": [_as_data(issue) for issue in found.issues],
        "absent": found.absent,
        "not_counted": found.not_counted,
        "warnings": draft.warnings,
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _as_data(issue: Issue) -> dict[str, Any]:
    return {
        "id": issue.id,
        "meaning": issue.meaning,
        "severity": str(issue.severity),
        "count": issue.count,
        "of": issue.of,
        "percent": issue.percent,
        "query": issue.query,
        "examples": list(issue.examples),
    }
