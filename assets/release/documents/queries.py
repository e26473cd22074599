"""Queries: questions about a release, asked of its own tables, so that every number it tells can be asked again.

A question is put to what is released and to nothing else: one whose tables are not part of a release is left out.
"""

import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import dedent
from typing import Any, TypeVar

import duckdb

from assets.release.documents.question import Question
from assets.release.documents.questions import QUESTIONS
from assets.release.snapshot import Snapshot

Row = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    """What a query gave."""

    question: Question
    """What was asked."""
    rows: Sequence[Row]
    """The result, with numbers, texts, truth values and nothing else in it."""


@dataclass(frozen=True)
class Answers:
    """All that was asked of a release."""

    found: Mapping[str, Answer]
    """Name of a question -> its answer; those that could not be asked are not here."""

    def rows(self, name: str) -> Sequence[Row]:
        """The rows of an answer; none where the question could not be asked."""
        return self.found[name].rows if name in self.found else ()

    def value(self, name: str, column: str) -> Any:  # noqa: ANN401 whatever the query gives
        """A column of the first row of an answer; None where there is none."""
        rows = self.rows(name)
        return rows[0][column] if rows else None

    def has(self, *names: str) -> bool:
        """Whether all these questions have an answer with at least one row."""
        return all(self.rows(name) for name in names)


def ask(connection: duckdb.DuckDBPyConnection, questions: Iterable[Question]) -> Answers:
    """Puts questions to a database.

    Args:
        connection: A database that has the tables under their names.
        questions: What is asked.

    Returns:
        The answers to all questions whose tables are there.
    """
    told = ((one, attempt(connection, one.query)) for one in questions)
    return Answers({one.name: Answer(one, rows) for one, rows in told if rows is not None})


def answers(snapshot: Snapshot) -> Answers:
    """Puts all questions to the tables of a release, once for each snapshot.

    Args:
        snapshot: The tables; they do not change any more.
    """
    return once(snapshot, _ask_all)


def _ask_all(snapshot: Snapshot) -> Answers:
    with snapshot.connect() as connection:
        return ask(connection, QUESTIONS)


_LAST: dict[Callable[[Snapshot], Any], tuple["weakref.ref[Snapshot]", Any]] = {}
"""What was computed of the snapshot that was asked last: several documents of a release want to know the same."""


def once(snapshot: Snapshot, compute: Callable[[Snapshot], T]) -> T:
    """Computes something of a snapshot, and remembers it as long as no other snapshot is asked for it.

    Args:
        snapshot: The tables; they do not change any more.
        compute: What is computed of them.
    """
    if compute in _LAST and _LAST[compute][0]() is snapshot:
        known: T = _LAST[compute][1]
        return known
    found = compute(snapshot)
    _LAST[compute] = (weakref.ref(snapshot), found)
    return found


def attempt(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row] | None:
    """The rows of a query; None where the database has not all tables that it reads."""
    try:
        return fetch(connection, query)
    except duckdb.CatalogException as error:
        if "Table with name" not in str(error):
            raise
        return None


def fetch(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """The rows of a query as plain data, as JSON can hold them."""
    cursor = connection.execute(query)
    names = [told[0] for told in cursor.description or ()]
    return [dict(zip(names, map(plain, row), strict=True)) for row in cursor.fetchall()]


def plain(value: Any) -> Any:  # noqa: ANN401 any value of a table
    """A value as JSON can hold it: days and moments become texts."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return [plain(one) for one in value] if isinstance(value, list) else value


def as_lines(query: str) -> str:
    """A query without the indentation that it has in the code."""
    return dedent(query).strip()
