"""Scope: what a release covers, for the descriptions that programs read: its files, dumps, languages and days."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assets.release.documents.queries import answers
from assets.release.draft import Draft
from assets.release.manifest import ReleasedFile
from schemas.release_vocabulary import FileRole

LANGUAGE = re.compile(r"[a-z]{2,3}")
COMMON = 1.0
"""Percentage of the papers from which on a language is one of the data set: below it, much is misjudged."""
NAMED_DUMPS = 100
"""Dumps that a description names; `manifest.json` has all, and a page with a million of them helps nobody."""


def data_files(draft: Draft) -> list[ReleasedFile]:
    """The files that hold the data or a sample of it, sorted by path."""
    return [file for file in draft.files if file.role in {FileRole.DATA, FileRole.SAMPLE}]


def table_files(draft: Draft) -> dict[str, ReleasedFile]:
    """Name of a table -> the Parquet file that holds it whole, in the order of the catalog."""
    found = {file.path: file for file in draft.files if file.role is FileRole.DATA}
    paths = {name: f"{name}.parquet" for name in draft.snapshot.selection.tables}
    return {name: found[path] for name, path in paths.items() if path in found}


def named_dumps(draft: Draft) -> Sequence[Mapping[str, Any]]:
    """The dumps that a description names, those with the most records first."""
    return sorted(draft.origin.dumps, key=lambda dump: (-dump["listing_count"], dump["uri"]))[:NAMED_DUMPS]


def languages(draft: Draft) -> list[str]:
    """The languages that a share of the papers is in that counts, the most frequent first."""
    rows = answers(draft.snapshot).rows("languages")
    return [row["value"] for row in rows if LANGUAGE.fullmatch(row["value"]) and row["percent"] >= COMMON]


def interval(draft: Draft) -> str | None:
    """The days on which pages listed the papers, or else the years in which they appeared.

    Returns:
        First and last, as ISO 8601 writes an interval; None where neither is known.
    """
    found = answers(draft.snapshot)
    for question, first, last in (("days", "first_day", "last_day"), ("years", "first_year", "last_year")):
        if found.value(question, first) is not None:
            return f"{found.value(question, first)}/{found.value(question, last)}"
    return None
