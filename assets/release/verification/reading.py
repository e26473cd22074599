"""Reading: the database in memory that looks into the files of a release, and can do nothing else."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from assets.publish.warehouse import open_private
from assets.release.snapshot import MEMORY
from schemas.render.sql import literal


def plain(path: Path) -> str:
    """A path as DuckDB takes it for itself and not for a pattern."""
    return re.sub(r"([\[*?])", r"[\1]", str(path))


@contextmanager
def reading(*folders: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """Opens a database that reads these folders and nothing else, whatever a file asks for.

    Args:
        folders: The releases.

    Yields:
        The connection, and a folder for what does not fit into memory or is thrown away; it is gone in the end.
    """
    work = Path(tempfile.mkdtemp(prefix="sheaf-verify-")).resolve()
    try:
        with open_private(None, memory_limit=MEMORY, temp_directory=str(work / "spill")) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            allowed = ", ".join(literal(f"{name}/") for path in (*folders, work) for name in {str(path), plain(path)})
            connection.execute(f"SET allowed_directories = [{allowed}]")
            connection.execute("SET enable_external_access = false")
            yield connection, work
    finally:
        shutil.rmtree(work, ignore_errors=True)
