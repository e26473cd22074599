"""Options that many commands share, and what they stand for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.output import fail

if TYPE_CHECKING:
    import duckdb

HomeOption = Annotated[
    Path, typer.Option("--home", envvar="SHEAF_HOME", help="Folder of the data set.", show_default="data")
]
DEFAULT_HOME = Path("data")


def open_published(home: Path) -> "duckdb.DuckDBPyConnection":
    """Opens the published file of a home for reading.

    Raises:
        typer.Exit: With one line that says what to do, if nothing is published there.
    """
    import duckdb

    from assets.publish.warehouse import WAREHOUSE, open_private

    path = home / WAREHOUSE
    if not path.exists():
        fail(f"there is no {path}; make one with: sheaf run --raw FOLDER --home {home}")
    try:
        return open_private(path)
    except duckdb.Error as error:
        fail(f"{path} cannot be opened: {str(error).splitlines()[0]}")
