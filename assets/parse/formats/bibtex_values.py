"""Values of BibTeX: groups, quoted texts, numbers and macros, joined by `#`; and entries of odd syntax."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from assets.parse.texts import LARGEST_TEXT

LONGEST_MACRO = 10_000
"""Characters a macro may stand for: names of journals have 200. Macros of macros of macros grow without end."""
MOST_MACROS = 1_000_000

BRACES = (re.compile(r"\\.|[{}]", re.DOTALL), re.compile(r"[{}]"))
"""Braces but those that a backslash escapes; and where nothing balances then, all of them, as BibTeX itself has it."""
_QUOTE_MARK = re.compile(r"[{}\"]")
_PIECE = re.compile(r"\s*(?:([{\"])|([^\s{}\",#=]+))")
_JOIN = re.compile(r"\s*#")
_HEADER = re.compile(r"@\s*([^\s{(]+)\s*[{(]\s*(?:([^\s,={}\"]*)\s*(?=[,)}]))?")
_NAME = re.compile(r"[\s,]*([^\s,={}\"#%'()]{1,200})\s*=")
_END = re.compile(r"[\s,]*[})]\s*$")


class UnreadableError(Exception):
    """A value or an entry does not follow the grammar."""


@dataclass
class Macros:
    """What `@string` defines; a macro counts from its definition on, and one that comes late counts before it too."""

    definitions: dict[str, tuple[list[int], list[str]]] = field(default_factory=dict)
    """Name in lower case -> offsets of the definitions in the dump, and what they say."""
    count: int = 0

    def define(self, name: str, raw: str, offset: int) -> None:
        """Adds a definition; one that is broken or too long is left out."""
        if self.count >= MOST_MACROS:
            return
        try:
            value = evaluate(raw, self, offset)
        except UnreadableError:
            return
        if len(value) <= LONGEST_MACRO:
            offsets, values = self.definitions.setdefault(name.lower(), ([], []))
            offsets.append(offset)
            values.append(value)
            self.count += 1

    def value(self, name: str, offset: int) -> str:
        """What a macro stands for at a place of the dump; the name itself where nothing defines it."""
        found = self.definitions.get(name.lower())
        if found is None:
            return name
        offsets, values = found
        return values[max(0, bisect_left(offsets, offset) - 1)]


def evaluate(raw: str, macros: Macros, offset: int) -> str:
    """The text that a value stands for.

    Args:
        raw: The value as it is written: `{A {B} c}`, `"A"`, `2020`, `jan`, `pub # " and Sons"`.
        macros: What macros stand for.
        offset: Where in the dump the value is.

    Returns:
        The text without its outer delimiters; groups within it stay.

    Raises:
        UnreadableError: It is no value, or one that grows beyond any text.
    """
    if raw[:1] == "{" and raw[-1:] == "}" and raw.find("{", 1) < 0 and raw.find("}") == len(raw) - 1:
        return raw[1:-1]
    if raw.isdigit():
        return raw
    for braces in BRACES:
        try:
            value, end = _value(raw, 0, braces, macros, offset)
        except UnreadableError:
            continue
        if not raw[end:].strip():
            return value
    raise UnreadableError


def _value(text: str, at: int, braces: re.Pattern[str], macros: Macros, offset: int) -> tuple[str, int]:
    """Reads a value from a place on.

    Returns:
        The text it stands for, and the offset after it.

    Raises:
        UnreadableError: There is none, or it does not end.
    """
    pieces: list[str] = []
    size = 0
    while True:
        found = _PIECE.match(text, at)
        if found is None:
            raise UnreadableError
        if found[1]:
            end = _group_end(text, found.start(1), braces) if found[1] == "{" else _quote_end(text, found.start(1))
            piece = text[found.start(1) + 1 : end - 1]
        else:
            end, piece = found.end(), found[2] if found[2].isdigit() else macros.value(found[2], offset)
        pieces.append(piece)
        size += len(piece)
        joined = _JOIN.match(text, end)
        if size > LARGEST_TEXT:
            raise UnreadableError
        if joined is None:
            return "".join(pieces), end
        at = joined.end()


def read_entry(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Reads an entry that the library turned down: one without key, without a comma between fields, with odd braces.

    Args:
        text: From its `@` to its closing brace.

    Returns:
        Its key, and its fields as they are written.

    Raises:
        UnreadableError: Its fields cannot be told apart.
    """
    header = _HEADER.match(text)
    if header is not None:
        for braces in BRACES:
            try:
                return header[2] or "", _fields(text, header.end(), braces)
            except UnreadableError:
                continue
    raise UnreadableError


def _fields(text: str, at: int, braces: re.Pattern[str]) -> list[tuple[str, str]]:
    """The fields of an entry, from a place on to its end."""
    fields = []
    while not _END.match(text, at):
        name = _NAME.match(text, at)
        if name is None:
            raise UnreadableError
        _, at = _value(text, name.end(), braces, _NO_MACROS, 0)
        fields.append((name[1], text[name.end() : at].strip()))
    return fields


def _group_end(text: str, start: int, braces: re.Pattern[str]) -> int:
    """The offset after the brace that closes a group."""
    depth = 0
    for mark in braces.finditer(text, start):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
            if depth == 0:
                return mark.end()
    raise UnreadableError


def _quote_end(text: str, start: int) -> int:
    """The offset after the quotation mark that ends a quoted text: the next one outside of groups."""
    depth = 0
    for mark in _QUOTE_MARK.finditer(text, start + 1):
        if mark[0] == '"':
            if depth <= 0:
                return mark.end()
        else:
            depth += 1 if mark[0] == "{" else -1
    raise UnreadableError


_NO_MACROS = Macros()
