"""Forgetting: what Dagster's records of a home say of a paper is taken out of them.

They are the account of runs, not of papers; but a check that failed quotes the value that failed it, and a split names
the papers that it parted.
"""

import json
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from assets.removals.lines import PAPER
from pipeline.history import FOLDER

GONE = "[removed]"
SIGNS = re.compile(r"[\W_]+")
ESCAPES = re.compile(r"\\+(?:[uU][0-9a-fA-F]{4,8}|x[0-9a-fA-F]{2}|[nrtbf])")
OTHERS = re.compile(r"[^a-z0-9]+")
FORM = "__"
"""How fields begin that say what a value is, which Dagster needs to read it."""
SHORT, WORDS = 12, 3
"""Letters and words from which a text is looked for; a shorter one is found in what has nothing to do with it."""
OPENING = 80
"""Letters of a text that are looked for: records quote the beginnings of long ones."""


def forget(home: Path, texts: Sequence[str]) -> int:
    """Takes texts out of Dagster's records of a home, and out of the free space of their files.

    Args:
        home: Folder of the data set.
        texts: What is looked for, whatever the signs, spaces and letter case; short ones are passed over.

    Returns:
        Values that were changed.

    Raises:
        OSError: If a file of the records cannot be changed, for example because it is in use.
    """
    telling = [text for text in texts if len(text.split()) >= WORDS or PAPER.match(text)]
    forms = (form[:OPENING] for text in telling for form in _folded(text))
    wanted = sorted({form for form in forms if len(form) >= SHORT})
    count = 0
    for path in sorted((home / FOLDER).rglob("*.db")) if wanted else []:
        try:
            count += _forget_in(path, wanted)
        except sqlite3.Error as error:
            raise OSError(0, f"Dagster's records in {path} cannot be changed: {error}") from error
    return count


def _folded(text: str) -> tuple[str, str]:
    """A text without its signs, and without all that may be written as an escape in a text within a text."""
    return SIGNS.sub("", text).casefold(), OTHERS.sub("", ESCAPES.sub("", text).lower())


def _says(text: str, wanted: Sequence[str]) -> bool:
    return any(one in form for form in _folded(text) for one in wanted)


def _forget_in(path: Path, wanted: Sequence[str]) -> int:
    """Takes texts out of one file."""
    changed = 0
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for column in (row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()):
                changed += _forget_column(connection, _quoted(table), _quoted(column), wanted)
        connection.commit()
        if changed:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return changed


def _forget_column(connection: sqlite3.Connection, table: str, column: str, wanted: Sequence[str]) -> int:
    """Takes texts out of one column; a row whose value cannot be changed without breaking it goes as a whole."""
    query = f"SELECT rowid, {column} FROM {table} WHERE typeof({column}) = 'text'"  # noqa: S608 quoted names
    changed, gone = list[tuple[str, int]](), list[tuple[int]]()
    for row, text in connection.execute(query):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            gone += [(row,)] if _says(text, wanted) else []
            continue
        cleared = _cleared(value, wanted)
        if cleared != value:
            changed.append((json.dumps(cleared), row))
    connection.executemany(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", changed)  # noqa: S608 quoted names
    connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", gone)  # noqa: S608 quoted names
    return len(changed) + len(gone)


def _cleared(value: Any, wanted: Sequence[str]) -> Any:  # noqa: ANN401 what JSON holds
    """A value in which every string that says one of the texts is replaced; its form, and what names it, stay."""
    if isinstance(value, str):
        return GONE if _says(value, wanted) else value
    if isinstance(value, dict):
        return {
            GONE if _says(name, wanted) else name: one if _is_form(name, one) else _cleared(one, wanted)
            for name, one in value.items()
        }
    return [_cleared(one, wanted) for one in value] if isinstance(value, list) else value


def _is_form(name: str, value: Any) -> bool:  # noqa: ANN401 what JSON holds
    """Whether a field only says of what kind a value is."""
    return name.startswith(FORM) and isinstance(value, str)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
