"""Home: the folder of one data set, what a run may read from it, and the settings of the run.

`HOME/papers.duckdb` is what was published last; `HOME/stage/` holds the tables of the run under way; `HOME/scratch/`
what is thrown away; `HOME/cache/` what was read from dumps before; `HOME/dagster/` Dagster's own records, where its UI
is used. Everything that must survive from run to run (ids, aliases, earlier runs) is read from the published file
itself, so that it changes exactly when a data set is published.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
from pydantic import Field

from assets.publish.warehouse import WAREHOUSE, open_private
from schemas.catalog import TABLES, qualified
from schemas.enrich_vocabulary import VectorMethod
from schemas.render import polars_schema


class HomeBusyError(Exception):
    """Another run is at work in the same home."""


class UnreadableHomeError(Exception):
    """The published file of a home cannot be opened."""


def split_paths(text: str) -> list[str]:
    """Divides a list of paths and URLs, as an environment variable has it.

    Args:
        text: Paths with the path separator of the system between them; the one after the scheme of a URL is part of it.
    """
    return [path for path in re.split(rf"{re.escape(os.pathsep)}(?!//)", text) if path]


class Home(dg.ConfigurableResource["Home"]):
    """The folder of one data set, and the settings of a run."""

    path: str = Field(description="Folder of the data set; created when missing.")
    raw: list[str] = Field(
        default=[],
        description="Folders, files, patterns and URLs of raw dumps; when empty, HOME/raw, or those of the last run.",
    )
    reference: list[str] = Field(
        default=[],
        description="The same of references; when empty, HOME/reference, or, where raw is empty too, the last run's.",
    )
    without_rules: list[str] = Field(default=[], description="Names of cleaning rules that are switched off.")
    vectors: str = Field(
        default=VectorMethod.TFIDF.value,
        description="How papers become vectors: `tfidf`, or `static`, which needs an optional package.",
    )
    max_reject_share: float = Field(
        default=0.5, description="Share of rejected records beyond which nothing is published."
    )

    @property
    def folder(self) -> Path:
        """The folder of the data set."""
        return Path(self.path)

    @property
    def warehouse(self) -> Path:
        """The published file."""
        return self.folder / WAREHOUSE

    @property
    def stage(self) -> Path:
        """Folder of the tables of the run under way."""
        return self.folder / "stage"

    @property
    def scratch(self) -> Path:
        """Folder for files that do not outlive a run."""
        return self.folder / "scratch"

    @property
    def cache(self) -> Path:
        """Folder of what was read from dumps before; may be thrown away at any time."""
        return self.folder / "cache"

    @property
    def raw_paths(self) -> list[str]:
        """Where the raw dumps are: where it was said, in HOME/raw, or where they were last time."""
        if self.raw:
            return list(self.raw)
        own = self.folder / "raw"
        return [str(own)] if own.exists() else self._last_paths("raw") or [str(own)]

    @property
    def reference_paths(self) -> list[str]:
        """Where the references are: where it was said, in HOME/reference, or where they were last time.

        Whoever says where the raw dumps are says it all: what is published follows from the command, not from what
        was there before.
        """
        if self.reference:
            return list(self.reference)
        own = self.folder / "reference"
        if own.is_dir() and any(own.iterdir()):
            return [str(own)]
        return [] if self.raw else self._last_paths("reference")

    def _last_paths(self, name: str) -> list[str]:
        parameters = self.published("runs").sort("started_at")["parameters"]
        return list(json.loads(parameters[-1]).get(name, [])) if len(parameters) else []

    def published(self, table: str) -> pl.DataFrame:
        """Reads a table as it was published last.

        Args:
            table: Name of a table in the catalog.

        Returns:
            Its rows; none before the first publication, or when the published file has no such table or column.

        Raises:
            UnreadableHomeError: If the published file is no database any more.
        """
        schema = polars_schema(TABLES[table])
        if not self.warehouse.exists():
            return schema.to_frame()
        try:
            connection = open_private(self.warehouse)
        except duckdb.Error as error:
            raise UnreadableHomeError(
                f"{self.warehouse} cannot be opened ({str(error).splitlines()[0]}); it holds the ids of all papers: "
                "put back a copy, or move it away to begin anew"
            ) from error
        with connection:
            try:
                columns = ", ".join(f'"{name}"' for name in schema)
                rows: pl.DataFrame = connection.sql(f"SELECT {columns} FROM {qualified(table)}").pl()  # noqa: S608 the catalog
            except (duckdb.CatalogException, duckdb.BinderException):  # published by an earlier version
                return schema.to_frame()
            return rows.cast(schema)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the home for one run; the lock ends with the process, however it ends.

        Raises:
            HomeBusyError: If another run holds it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise HomeBusyError(
                    f"another run is at work in {self.folder}; wait for it or use another home"
                ) from None
            lock.write(str(os.getpid()))
            lock.flush()
            yield
