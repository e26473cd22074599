"""The commands `diff` and `patch`: how two releases differ, and how the later is made from the earlier."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import DEFAULT_HOME, HomeOption
from pipeline.cli.output import FAILED, fail, print_table, say, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assets.release.delta.diff import Difference
    from assets.release.delta.plan import TablePlan

DIFFERENT, NOT_COMPARED = 1, 2
"""Exit codes of `diff`, where 0 is equal."""
NUMBERS = 5
"""Columns of numbers after the first of a line."""
LONGEST = 60
"""Characters of a value that a line shows."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.command(epilog="Example: sheaf diff 2026.01.31.1 current --papers --limit 10")(diff)
    app.command(epilog="Example: sheaf patch old/2026.01.31.1 new/delta/2026.01.31.1 rebuilt --formats csv")(patch)


def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help="A version, 'current', the folder of a release, or a home.")
    ],
    after: Annotated[str, typer.Argument(metavar="B", help="The same of the release to compare it with.")],
    home: HomeOption = DEFAULT_HOME,
    table: Annotated[
        list[str] | None, typer.Option(help="Compare this table only; may be given more than once.", show_default="all")
    ] = None,
    papers: Annotated[bool, typer.Option("--papers", help="List what became of which paper.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Lines of --papers.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,
) -> None:
    """Compare two releases. Exit codes: 0 equal, 1 different, 2 could not compare."""
    from assets.release.delta.diff import diff as compare
    from assets.release.delta.diff import find_release
    from assets.release.manifest import ReleaseError

    try:
        old, new = find_release(before, home), find_release(after, home)
        found = compare(old, new, table or None, limit if papers else 0)
    except (ReleaseError, OSError) as wrong:
        fail(f"the releases could not be compared: {wrong}", NOT_COMPARED)
    if as_json:
        _print_json(found)
    else:
        _tell(found)
    if not found.is_equal:
        raise typer.Exit(DIFFERENT)


def _tell(found: "Difference") -> None:
    """One line a table, then what changed most, then papers."""
    columns = ["table", found.before.version, found.after.version, "added", "changed", "removed", "is"]
    _print_aligned([columns, *(_line(name, one) for name, one in found.tables.items())])
    for name, one in found.tables.items():
        for told in _columns(one):
            say(f"{name}: {told}")
    fields = found.tables["papers"].fields if "papers" in found.tables else {}
    if fields:
        say()
        most = sorted(fields.items(), key=lambda one: (-one[1], one[0]))
        _print_aligned([["field of papers", "changed"], *([name, f"{count:,}"] for name, count in most)])
    if found.papers:
        say()
        rows = [
            (one.paper_id, one.change, one.field, *(_short(value) for value in (one.old_value, one.new_value)))
            for one in found.papers
        ]
        print_table(["paper_id", "change", "field", "old value", "new value"], rows)


def _print_aligned(lines: "Sequence[Sequence[str]]") -> None:
    """Prints lines of names and numbers under one another, in a pipe as in a terminal: there is --json for programs."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [
            text.rjust(width) if 0 < place <= NUMBERS else text.ljust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())


def _line(name: str, one: "TablePlan") -> list[str]:
    counts = (one.rows_before, one.rows, one.added, one.changed, one.removed)
    return [name, *("-" if count is None else f"{count:,}" for count in counts), str(one.change)]


def _columns(one: "TablePlan") -> "Iterator[str]":
    """What became of the columns of a table."""
    for what, names in (("new", one.columns_added), ("gone", one.columns_removed), ("retyped", one.columns_retyped)):
        if names:
            yield f"{what} columns: {', '.join(names)}"


def _short(value: str | None) -> str:
    return "" if value is None else shorten(value, LONGEST)


def _print_json(found: "Difference") -> None:
    from dataclasses import asdict

    inner = ("way", "why")
    told = asdict(found)
    told["tables"] = {
        name: {key: value for key, value in table.items() if key not in inner} for name, table in told["tables"].items()
    }
    sys.stdout.write(json.dumps({"equal": found.is_equal, **told}, indent=2) + "\n")


def patch(
    base: Annotated[Path, typer.Argument(metavar="BASE_DIR", help="The release that you have.")],
    delta: Annotated[
        Path, typer.Argument(metavar="DELTA_DIR", help="The delta from it, of the release that you want.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder to make.")],
    formats: Annotated[
        str | None,
        typer.Option(help="Formats to write too: jsonl, nested, csv, bibtex.", show_default="Parquet alone"),
    ] = None,
) -> None:
    """Make a later release from an earlier one and the delta between them, verified byte for byte."""
    from assets.release.delta.patch import patch as make
    from assets.release.manifest import ReleaseError, SelectionError

    names = None if formats is None else [name.strip() for name in formats.split(",") if name.strip()]
    try:
        plan = make(base, delta, out, names)
    except SelectionError as wrong:
        fail(str(wrong))
    except (ReleaseError, OSError) as wrong:
        fail(f"nothing was made: {wrong}", FAILED)
    count = sum(table.rows is not None for table in plan.tables.values())
    say(f"release {plan.next.version}, {count} tables as they are there, byte for byte: {out}", style="bold")
