"""Card: `README.md`, what a release is, for people and for the Hugging Face hub.

No number is written here: each comes from an answer that `statistics.json` or `issues.json` keeps with its query, or
was counted of a file. Whatever comes from the dumps is shown so that it cannot become markup.
"""

from collections.abc import Callable, Iterable
from typing import Any

from assets.release.documents.card_changes import changes
from assets.release.documents.card_data import biases, damage, known_issues
from assets.release.documents.card_header import header
from assets.release.documents.card_loading import loading
from assets.release.documents.markdown import block, code, number, percent, sentence, table
from assets.release.documents.queries import Answers, answers
from assets.release.documents.statements import (
    COLLECTION,
    LICENCE,
    PERSONAL,
    PROCESSING,
    TITLE,
    citation,
    description,
)
from assets.release.draft import Draft
from schemas.catalog import TABLES
from schemas.papers import Papers
from schemas.release_vocabulary import FileRole

SHOWN_DIGITS = 16
"""Digits of a hash that are shown; `manifest.json` has all of them."""
TAKEDOWN = (
    "Who is concerned by a record (an author, a publisher, a person who is named in a text) may ask to have it taken "
    "out. Write to whoever published this copy, on its page of discussions or issues, with the `paper_id` and the "
    "reason; no proof of identity is needed to be heard. Maintainers take a paper out with "
    "`sheaf remove PAPER_ID --reason …`: it is gone from every table, index and file of the releases that follow."
)
CHECKING = (
    "`manifest.json` lists every file with its bytes, rows and hash, the dumps that went in with theirs, and the "
    "versions of software and rules. `sheaf verify FOLDER` (or an address in the place of the folder) counts and "
    "hashes all of it again and needs no network for a folder. The same dumps, rules and parameters give the same data "
    "files, byte for byte."
)


def render(draft: Draft) -> str:
    """Writes `README.md`.

    Args:
        draft: The release.

    Returns:
        A page in Markdown, with the header of a data set card.
    """
    found = answers(draft.snapshot)
    parts = [header(draft), _head(draft)]
    for title, write in SECTIONS:
        if text := write(draft, found).strip():
            parts.append(f"## {title}\n\n{text}\n")
    return "\n".join(parts)


def _head(draft: Draft) -> str:
    before = f", after {code(draft.base.version)}" if draft.base else ""
    return (
        f"# {TITLE}\n\n{sentence(description(draft))}\n\n"
        f"Release {code(draft.version)} of {draft.released_at:%Y-%m-%d}{before}.\n"
    )


def _glance(draft: Draft, found: Answers) -> str:
    facts = table(("what", "how much"), [(name, told) for name, told in _facts(draft, found) if told])
    return facts + _fill(found)


def _facts(draft: Draft, found: Answers) -> Iterable[tuple[str, str]]:
    """What is told of a release at a glance: a name, and a few numbers in words."""

    def told(question: str, column: str) -> str:
        return number(found.value(question, column))

    if found.has("papers"):
        yield "papers", told("papers", "papers")
    if found.has("listings"):
        yield "listings (records in the dumps)", told("listings", "listings")
        share = percent(found.value("listings", "rejected_percent"))
        yield "of these turned away", f"{told('listings', 'rejected')} ({share})" if _is_whole(draft) else ""
    if found.has("merged"):
        yield "duplicates merged", f"{told('merged', 'duplicates')} listings of feeds"
        yield "added by references", f"{told('merged', 'of_references')} listings" if _has_references(found) else ""
    if found.has("dumps"):
        feeds, references = told("dumps", "feeds"), told("dumps", "references")
        roles = f"{feeds} of feeds, {references} of references" if _has_references(found) else feeds
        yield "dumps", f"{roles}; {told('dumps', 'turned_away')} turned away"
    if found.has("days"):
        days = f"{told('days', 'days')}, from {found.value('days', 'first_day')} to {found.value('days', 'last_day')}"
        pages = f"{told('days', 'dated')} of {told('days', 'pages')} pages show a day that is proved"
        yield "days of pages", f"{days}; {pages}" if found.value("days", "days") else pages
    if found.value("years", "years"):
        first, last = found.value("years", "first_year"), found.value("years", "last_year")
        yield "years of publication", f"{first} to {last}, proved for {told('years', 'papers')} papers"
    if found.has("abstract_length") and found.value("abstract_length", "median") is not None:
        low, high = told("abstract_length", "low"), told("abstract_length", "high")
        yield "words of an abstract", f"{told('abstract_length', 'median')} (median; nine of ten: {low} to {high})"


def _has_references(found: Answers) -> bool:
    return bool(found.value("dumps", "references"))


def _is_whole(draft: Draft) -> bool:
    return draft.snapshot.selection.where is None


def _fill(found: Answers) -> str:
    filled = [row for row in found.rows("fill") if row["filled"]]
    empty = [code(row["field"]) for row in found.rows("fill") if not row["filled"]]
    if not filled:
        return ""
    rows = [(code(row["field"]), number(row["filled"]), percent(row["percent"])) for row in filled]
    rest = f"\nEmpty throughout: {', '.join(empty)}.\n" if empty else ""
    return "\nHow many papers have a value:\n\n" + table(("column", "papers", "share"), rows, numbers=(1, 2)) + rest


def _row(draft: Draft, found: Answers) -> str:
    parts = []
    if found.has("example"):
        record = {name: value for name, value in found.rows("example")[0].items() if value not in (None, [], "")}
        parts.append(
            f"{Papers.__doc__} What it has a value for, of the paper that most listings state "
            f"(long texts are cut here):\n\n{block(record)}"
        )
    rows = [
        (code(name), number(draft.snapshot.rows[name]), sentence(_row_is(name)))
        for name in draft.snapshot.selection.tables
    ]
    parts.append(
        "The tables; `dictionary.md` has every column:\n\n" + table(("table", "rows", "a row is"), rows, numbers=(1,))
    )
    return "\n".join(parts)


def _row_is(name: str) -> str:
    """What a row of a table is, without the particulars that the dictionary has."""
    return (TABLES[name].__doc__ or "").partition(";")[0].rstrip(".") + "."


def _files(draft: Draft, found: Answers) -> str:  # noqa: ARG001 all sections are called alike
    """The data and its samples, the papers first."""
    listed = [file for file in draft.files if file.role in {FileRole.DATA, FileRole.SAMPLE}]
    ordered = sorted(listed, key=lambda file: (file.role, not file.path.startswith(("papers.", "papers-"))))
    rows = [
        (
            code(file.path),
            "" if file.rows is None else number(file.rows),
            number(file.bytes),
            code(file.sha256[:SHOWN_DIGITS]),
        )
        for file in ordered
    ]
    listing = table(("file", "rows", "bytes", "`sha256`"), rows, numbers=(1, 2))
    samples = " Each sample is part of the next and of the whole." if len({file.role for file in listed}) > 1 else ""
    return f"{listing}\nThe hashes in full are in `manifest.json`.{samples}\n"


def _loading(draft: Draft, found: Answers) -> str:  # noqa: ARG001 all sections are called alike
    return loading(draft)


def _making(draft: Draft, found: Answers) -> str:
    steps = "\n".join(f"- {step}" for step in PROCESSING)
    told = f"{COLLECTION}\n\n{steps}\n"
    if found.has("funnel"):
        rows = [
            (f"{row['role']}: {row['stage']}", *(number(row[f"rows_{name}"]) for name in COUNTS))
            for row in found.rows("funnel")
        ]
        whole = (
            "" if _is_whole(draft) else " It counts all records of the dumps, also those that are not selected here."
        )
        told += (
            "\nNothing disappears: at every stage, in = out + merged + rejected. Records of references that belong to "
            f"no paper are not used.{whole}\n\n" + table(("stage", *COUNTS), rows, numbers=range(1, 6))
        )
    software = draft.origin.software
    named = [f"{name.replace('_', ' ')} {code(software[name])}" for name in VERSIONS if name in software]
    return told + (f"\nMade with {', '.join(named)}; `manifest.json` has the other versions.\n" if named else "")


COUNTS = ("in", "out", "merged", "rejected", "unused")
"""What the ledger counts, in the order of the table."""
VERSIONS = ("papersheaf", "cleaning_rules", "match_rules")
"""The versions that say what was done to the data."""


def _licence(draft: Draft, found: Answers) -> str:  # noqa: ARG001 all sections are called alike
    told = [
        (row["role"], code(row["format"]), code(row["host"]), number(row["dumps"]), "not stated")
        for row in found.rows("sources")
    ]
    sources = table(("what for", "format", "from", "dumps", "licence"), told, numbers=(3,)) if told else ""
    return f"{LICENCE}\n\n{sources}"


def _said(text: str) -> Callable[[Draft, Answers], str]:
    """A section that says the same of every release."""

    def write(draft: Draft, found: Answers) -> str:  # noqa: ARG001 all sections are called alike
        return text

    return write


def _citing(draft: Draft, found: Answers) -> str:  # noqa: ARG001 all sections are called alike
    return f"```bibtex\n{citation(draft)}\n```\n\n`CITATION.cff` says the same to programs.\n"


SECTIONS: tuple[tuple[str, Callable[[Draft, Answers], Any]], ...] = (
    ("At a glance", _glance),
    ("What a row is", _row),
    ("Files", _files),
    ("Loading it", _loading),
    ("How it was made", _making),
    ("Damaged text", damage),
    ("What it is a sample of", biases),
    ("Known issues", known_issues),
    ("What has changed", changes),
    ("Licence", _licence),
    ("People in the data", _said(PERSONAL)),
    ("Taking something out", _said(TAKEDOWN)),
    ("Citing it", _citing),
    ("Checking it", _said(CHECKING)),
)
"""The sections of the page; one without a text is left out."""
