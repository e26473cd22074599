"""Markdown: texts of others as a page can show them, so that nothing in them becomes markup, a link or a line."""

import html
import json
import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from typing import Any

from schemas.render.markdown import aligned_table

PLAIN = re.compile(r"[\w./:@%+=,() -]*[\w./:@%+=,()-]", re.ASCII)
"""What needs no care in a code span, not even in a table."""
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Categories of characters that cannot be seen, or that change how others are: controls, marks of direction."""
SPECIAL = re.compile(r"[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]")
"""The signs of ASCII, each of which means something in Markdown or HTML."""


def visible(text: str) -> str:
    """A text on one line, with JSON's escape in the place of every character that cannot be seen."""
    shown = (json.dumps(one)[1:-1] if unicodedata.category(one) in HIDDEN else one for one in text)
    return "".join(shown)


def code(value: object) -> str:
    """A value as code in a line or in a cell of a table, whatever it holds."""
    text = visible(str(value))
    if not text.strip():
        return ""
    if PLAIN.fullmatch(text) and not text.startswith(" "):
        return f"`{text}`"
    return f"<code>{escaped(text)}</code>"


def escaped(text: str) -> str:
    """A text of others in a sentence: no character of it is read as markup."""
    return SPECIAL.sub(_entity, visible(text))


def _entity(found: re.Match[str]) -> str:
    character = found.group()
    return html.escape(character) if character in "<>&" else f"&#{ord(character)};"


def sentence(text: str) -> str:
    """A text of ours that may hold words of others: only what could become markup is changed."""
    return re.sub(r"[\\`*_\[\]<>|#~$&{}]", _entity, visible(text))


def block(record: Mapping[str, Any]) -> str:
    """A record as a block of JSON, which ends where it should whatever the record holds."""
    told = json.dumps(record, indent=2, ensure_ascii=False)
    shown = "\n".join(map(visible, told.split("\n")))
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}json\n{shown}\n{fence}\n"


def number(value: float) -> str:
    """A number as people read it."""
    return f"{value:,}"


def percent(value: float) -> str:
    """A share as people read it; the value is a percentage already."""
    return f"{value} %"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Container[int] = ()) -> str:
    """A table whose columns line up.

    Args:
        head: Names of the columns.
        rows: Cells of the rows, made safe already.
        numbers: Places of the columns that hold numbers: they are set to the right.

    Returns:
        The table, ended by a line end.
    """
    places = range(len(head))
    widths = [max(3, *(len(row[place]) for row in (head, *rows))) for place in places]
    head, *rows = [
        [row[place].rjust(widths[place]) if place in numbers else row[place] for place in places]
        for row in (head, *rows)
    ]
    lines = aligned_table(head, rows).split("\n")
    marks = re.findall(r"-+", lines[1])
    rule = " | ".join(mark[:-1] + ":" if place in numbers else mark for place, mark in enumerate(marks))
    return "\n".join([lines[0], f"| {rule} |", *lines[2:]])
