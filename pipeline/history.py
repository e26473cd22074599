"""History: Dagster's own records of a home, in HOME/dagster, which its UI shows.

They say how runs went; what a data set is, and the account of its runs, is in the published file. They are kept from
the first `sheaf dev` on; before it nobody looks at them, and keeping them takes a second of the five of a small run.
They need not outlive a power cut, so they are written without waiting for the disk, which saves another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

FOLDER = "dagster"
"""Dagster's folder in a home."""

SETTINGS = """\
telemetry:
  enabled: false
nux:
  enabled: false
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""


class HistoryError(Exception):
    """Dagster's records cannot be written."""


def prepare(home: Path) -> Path:
    """Makes Dagster's folder in a home, with its settings.

    Args:
        home: Folder of the data set.

    Returns:
        Dagster's folder.
    """
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "dagster.yaml"
    if not settings.exists():
        settings.write_text(SETTINGS, encoding="utf-8")
    return folder


@contextmanager
def open_history(home: Path) -> Iterator[dg.DagsterInstance]:
    """Opens Dagster's records of a home for one run; they are kept if the UI has been opened on it.

    Args:
        home: Folder of the data set.

    Yields:
        The instance that keeps them.

    Raises:
        HistoryError: If they cannot be written, for example because the disk is full.
    """
    event.listen(Engine, "connect", _do_not_wait)
    try:
        with _instance(home) as instance:
            yield instance
    except DBAPIError as error:
        raise HistoryError(f"Dagster's records in {home} cannot be written: {error.orig}") from error
    finally:
        event.remove(Engine, "connect", _do_not_wait)


def _instance(home: Path) -> dg.DagsterInstance:
    """Dagster's records on the disk where its UI has been opened, in memory where it has not."""
    if (home / FOLDER).exists():
        return dg.DagsterInstance.from_config(str(prepare(home)))
    return dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}})


def _do_not_wait(connection: DBAPIConnection, _record: object) -> None:
    """SQLite hands its writes to the system and goes on."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()
