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

from pipeline.history import FOLDER

GONE = "[removed]"
SIGNS = re.compile(r"[\W_]+")
SHORT = 12
"""Letters from which a text is looked for; a shorter one would be found in what has nothing to do with it."""
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
    wanted = sorted({folded[:OPENING] for folded in map(_folded, texts) if len(folded) >= SHORT})
    count = 0
    for path in sorted((home / FOLDER).rglob("*.db")) if wanted else []:
        try:
            count += _forget_in(path, wanted)
        except sqlite3.Error as error:
            raise OSError(0, f"Dagster's records in {path} cannot be changed: {error}") from error
    return count


def _folded(text: str) -> str:
    return SIGNS.sub("", text).casefold()


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
    query = f"SELECT rowid, {column} FROM {table} WHERE typeof({column}) = 'text'"  # noqa: S608 quoted names
    found = []
    for row, text in connection.execute(query):
        folded = _folded(_spelled_out(text))
        if any(one in folded for one in wanted):
            found.append((_without(text, wanted), row))
    connection.executemany(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", found)  # noqa: S608 quoted names
    return len(found)


def _spelled_out(text: str) -> str:
    """A value with its escapes resolved where it is JSON, so that what it says can be compared."""
    try:
        return " ".join(_strings(json.loads(text)))
    except (ValueError, RecursionError):
        return text


def _strings(value: Any) -> list[str]:  # noqa: ANN401 what JSON holds
    if isinstance(value, str):
        return [value]
    inner = [*value.keys(), *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inner for text in _strings(one)]


def _without(text: str, wanted: Sequence[str]) -> str:
    """A value in which every string that says one of the texts is replaced; its form stays as it is."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return GONE
    return json.dumps(_cleared(told, wanted))


def _cleared(value: Any, wanted: Sequence[str]) -> Any:  # noqa: ANN401 what JSON holds
    if isinstance(value, str):
        return GONE if any(one in _folded(value) for one in wanted) else value
    if isinstance(value, dict):
        return {name: _cleared(one, wanted) for name, one in value.items()}
    return [_cleared(one, wanted) for one in value] if isinstance(value, list) else value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
