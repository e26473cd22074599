"""What cleaning must not touch: the addresses in a text.

An address ends before a space, a quotation mark, an angle bracket, a backslash or a brace: TeX cannot print the last
two in an address, so what follows them is damage around it. Only braces inside it (`/users/{id}/files`) belong to it.
"""

import re
from collections.abc import Callable, Sequence

import polars as pl

from assets.validate.rules import rewrite_where

Step = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
"""A pattern and what takes the place of each match."""

_REST = r"(?:[^\s{}\\<>\"]|\{[^\s{}]*\}(?=[\w/]))"
ADDRESS = (
    rf"(?:https?://|ftp://|www\.){_REST}+"
    rf"|(?<![\w.@/-])(?:[A-Za-z0-9][\w-]*\.)+[A-Za-z]{{2,}}/{_REST}*"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
)
"""An address of the web, with or without its scheme, or of mail."""
STAND_IN = "\ufdd0"
"""What a rewrite sees in an address's place: a code point that Unicode reserves for such use inside programs."""

_ADDRESS = re.compile(ADDRESS)


def outside(
    kept: re.Pattern[str], stand_in: str, marks: Sequence[str], rewrite: Callable[[str], str]
) -> Callable[[str], str]:
    """Makes a rewrite of texts leave some parts of them alone.

    Args:
        kept: What is left alone.
        stand_in: One character that a rewrite sees in the place of each such part.
        marks: Characters of which a text with such parts has at least one.
        rewrite: Pure function of one text.

    Returns:
        A function of the text as it is. A text that holds the stand-in itself, or loses one, is returned unchanged.
    """

    def rewrite_around(text: str) -> str:
        parts = [found.group() for found in kept.finditer(text)] if any(mark in text for mark in marks) else []
        if not parts:
            return rewrite(text)
        if stand_in in text:
            return text
        pieces = rewrite(kept.sub(stand_in, text)).split(stand_in)
        if len(pieces) != len(parts) + 1:
            return text
        return "".join(part for pair in zip(pieces, [*parts, ""], strict=True) for part in pair)

    return rewrite_around


def outside_addresses(rewrite: Callable[[str], str]) -> Callable[[str], str]:
    """Makes a rewrite of texts leave the addresses in them alone; it sees one `STAND_IN` in the place of each."""
    return outside(_ADDRESS, STAND_IN, ("/", "@", "www."), rewrite)


def substitute(text: pl.Expr, trigger: str, *steps: Step) -> pl.Expr:
    """Applies patterns that need to look around, in order, to the few texts that need them, outside addresses.

    Args:
        text: String column; nulls stay null.
        trigger: Regular expression (Rust syntax) that only texts with the damage contain.
        *steps: Patterns and replacements.

    Returns:
        The same column with the matches replaced.
    """

    def apply(one: str) -> str:
        for pattern, replacement in steps:
            one = pattern.sub(replacement, one)
        return one

    return rewrite_where(text, trigger, outside_addresses(apply))
