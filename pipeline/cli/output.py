"""Output: tables for people in a terminal, tab-separated lines for programs, and nothing that dumps could smuggle in.

Text from dumps is hostile: control characters are shown as escapes, and never interpreted as markup.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

WRONG_COMMAND, FAILED = 2, 1
"""Exit codes: what was asked for cannot be done as it was asked; it was tried and did not work."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

console = Console(highlight=False, soft_wrap=False)


def harmless(value: Any) -> str:  # noqa: ANN401 any value of a table
    """A value as one line of text that a terminal can show: control and bidi characters become escapes."""
    if value is None:
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def shorten(text: str, characters: int) -> str:
    """The beginning of a text, with an ellipsis where it goes on."""
    return text if len(text) <= characters else text[:characters] + "…"


def say(text: str = "", *, style: str = "") -> None:
    """Prints one line; style is left out when the output is piped."""
    text = harmless(text)
    if console.is_terminal:
        console.print(Text(text, style=style), soft_wrap=True)
    else:
        sys.stdout.write(text + "\n")


def complain(message: str) -> None:
    """Tells on one line what is wrong; the command goes on."""
    sys.stderr.write(f"sheaf: {harmless(message)}\n")


def fail(message: str, code: int = WRONG_COMMAND) -> NoReturn:
    """Ends the command with one line that says what to do."""
    complain(message)
    raise typer.Exit(code)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "") -> None:
    """Prints rows: a table in a terminal; tab-separated lines under a heading line where the output is piped.

    Args:
        columns: Names of the columns.
        rows: Values in the order of the columns.
        title: Heading in a terminal.
    """
    lines = [[harmless(value) for value in row] for row in rows]
    if not console.is_terminal:
        sys.stdout.writelines("\t".join(line) + "\n" for line in [list(columns), *lines])
        return
    table = Table(title=title or None, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for place, name in enumerate(columns):
        numeric = bool(lines) and all(re.fullmatch(r"-?[\d.,]*", line[place]) for line in lines)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for line in lines:
        table.add_row(*(Text(cell) for cell in line))
    console.print(table)


def print_facts(facts: Iterable[tuple[str, Any]]) -> None:
    """Prints names and values, one a line, aligned; those without a value are left out."""
    told = [(name, harmless(value)) for name, value in facts if value not in (None, "", [])]
    width = max((len(name) for name, _ in told), default=0)
    for name, value in told:
        if console.is_terminal:
            console.print(Text.assemble((name.ljust(width + 2), "bold"), value))
        else:
            sys.stdout.write(f"{name.ljust(width)}  {value}\n")
