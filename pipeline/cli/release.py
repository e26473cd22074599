"""The command `release`: what is published becomes a folder to download."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import DEFAULT_HOME, HomeOption, open_published
from pipeline.cli.output import FAILED, complain, fail, print_table, say

if TYPE_CHECKING:
    from assets.release.build import Released


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog='Example: sheaf release --formats parquet,csv --where "year >= 2024"')(release)


def release(
    home: HomeOption = DEFAULT_HOME,
    tables: Annotated[
        str | None, typer.Option(help="Tables to release, with commas between them.", show_default="all")
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option(help="Formats: parquet, jsonl, nested, csv, bibtex, duckdb.", show_default="all"),
    ] = None,
    where: Annotated[
        str | None, typer.Option(help="Which papers: a condition on the columns of papers, in SQL.", show_default="all")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Release also when nothing has changed.")] = False,
    base: Annotated[
        list[str] | None,
        typer.Option(help="Earlier release to compare with; may be given more than once.", show_default="current"),
    ] = None,
) -> None:
    """Make a release: the published data set as files to download, documented and verifiable."""
    from assets.home import HomeBusyError
    from assets.release import build
    from assets.release.assertions import AssertionsError
    from assets.release.manifest import ReleaseError, SelectionError
    from assets.release.snapshot import Selection
    from pipeline.cli.run import make_home

    open_published(home).close()
    place = make_home(home)
    try:
        selection = Selection.of(_names(tables), _names(formats), where)
    except ReleaseError as wrong:
        fail(str(wrong))
    try:
        with place.locked():
            made = build.release(place.folder, place.warehouse, selection, datetime.now(UTC), force=force, bases=base)
    except SelectionError as wrong:
        fail(str(wrong))
    except AssertionsError as wrong:
        for fault in wrong.faults:
            complain(fault)
        fail(f"nothing was released; everything that was measured is in {wrong.report}", FAILED)
    except (HomeBusyError, ReleaseError) as problem:
        fail(f"nothing was released: {problem}", FAILED)
    except OSError as error:
        fail(f"{place.folder} cannot be written: {error.strerror}", FAILED)
    _tell(made)


def _names(text: str | None) -> list[str] | None:
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]


def _tell(made: "Released") -> None:
    """What was released: its files, and where they are."""
    for warning in made.warnings:
        say(f"warning: {warning}", style="yellow")
    if not made.is_new:
        say(f"Nothing has changed since {made.version}: {made.folder} is up to date (--force releases it again).")
        return
    rows = [(file.path, file.rows, file.bytes, file.sha256[:12]) for file in made.manifest.files]
    print_table(["file", "rows", "bytes", "sha256"], rows)
    say()
    say(f"release {made.version}: {made.folder}", style="bold")
