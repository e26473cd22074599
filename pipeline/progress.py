"""Progress: the events of a Dagster run, told to whoever waits for it in a terminal."""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import dagster as dg

Listener = Callable[[dg.DagsterEvent], None]

LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)
"""Who is told; set around a run in the same process."""


class _Teller(logging.Handler):
    """Hands the Dagster events among the log records to the listener."""

    def emit(self, record: logging.LogRecord) -> None:
        """Hands on one event; ordinary log lines stay in Dagster's own log."""
        told: dict[str, Any] = getattr(record, "dagster_meta", {})
        listener, event = LISTENER.get(), told.get("dagster_event")
        if listener is not None and event is not None:
            listener(event)


@dg.logger(None, description="Tells the events of a run to a listener in the same process, and writes nothing.")
def progress_logger(init_context: dg.InitLoggerContext) -> logging.Logger:  # noqa: ARG001 dagster's signature
    """A logger that writes nothing and tells its events to LISTENER."""
    logger = logging.Logger("papersheaf.progress", level=logging.DEBUG)  # noqa: LOG001 its own, not the process's
    logger.addHandler(_Teller())
    return logger
