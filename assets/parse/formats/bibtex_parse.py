"""Entries of BibTeX become fields: by a maintained parser, and by the grammar of BibTeX where that one gives up."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bibtexparser.exceptions import ParserStateException
from bibtexparser.model import Block, Entry
from bibtexparser.splitter import Splitter

from assets.parse.formats.bibtex_fields import Fields
from assets.parse.formats.bibtex_values import Macros, UnreadableError, evaluate, read_entry

PARSED_CHARACTERS = 256 << 10
"""Characters that the library is given at once."""

_HEADER = re.compile(r"@\s*([^\s{(]+)\s*[{(]\s*(?:([^\s,={}\"]*)\s*[,)}])?")

# Each entry that the library turns down is told as a reject; its log would tell it again, on the user's terminal.
logging.getLogger("bibtexparser.splitter").addFilter(lambda _: False)


@dataclass(frozen=True, slots=True)
class Parsed:
    """One entry."""

    kind: str
    """Its type, as it is written."""
    key: str
    fields: Fields | None
    """Values without their outer delimiters, macros put in; nothing where they cannot be told apart."""


def parse_entries(texts: Sequence[str], offsets: Sequence[int], macros: Macros) -> list[Parsed]:
    """Parses entries.

    Args:
        texts: Each from its `@` to its closing brace.
        offsets: Where in the dump each begins.
        macros: What macros stand for.
    """
    found: list[Parsed] = []
    begin = size = 0
    for row, text in enumerate(texts):
        size += len(text)
        if size > PARSED_CHARACTERS or row == len(texts) - 1:
            batch = texts[begin : row + 1]
            for one, entry, offset in zip(batch, _split(batch), offsets[begin : row + 1], strict=True):
                found.append(_parsed(one, entry, macros, offset))
            begin, size = row + 1, 0
    return found


def header(text: str) -> tuple[str, str]:
    """Type and key of an entry, as far as it has them."""
    match = _HEADER.match(text)
    return (match[1], match[2] or "") if match else ("", "")


def _split(texts: Sequence[str]) -> list[Entry | None]:
    """What the library makes of each text; nothing where it does not take it for one entry."""
    blocks = _blocks("\n".join(texts))
    if len(blocks) == len(texts):
        return [_entry([block], text) for block, text in zip(blocks, texts, strict=True)]
    return [_entry(_blocks(text), text) for text in texts]


def _blocks(text: str) -> list[Block]:
    try:
        return Splitter(text).split().blocks
    except ParserStateException:
        return []


def _entry(blocks: Sequence[Block], text: str) -> Entry | None:
    """The one entry that the whole text is, also where the library flags a key or a field that is there twice."""
    if len(blocks) != 1:
        return None
    block: Block | None = blocks[0]
    while block is not None and not isinstance(block, Entry):
        block = getattr(block, "ignore_error_block", None)
    return block if block is not None and block.raw == text else None


def _parsed(text: str, entry: Entry | None, macros: Macros, offset: int) -> Parsed:
    kind, key = header(text)
    if entry is not None:
        try:
            written = [(field.key, field.value) for field in entry.fields]
            return Parsed(kind, entry.key, _evaluated(written, macros, offset))
        except UnreadableError:
            pass  # the library takes `{A} year = 2020` for one value
    try:
        key, written = read_entry(text)
        return Parsed(kind, key, _evaluated(written, macros, offset))
    except UnreadableError:
        return Parsed(kind, key, None)


def _evaluated(written: Sequence[tuple[str, str]], macros: Macros, offset: int) -> Fields:
    fields: Fields = {}
    for name, raw in written:
        if not name:
            raise UnreadableError
        value = evaluate(raw, macros, offset)
        if value.strip():
            fields.setdefault(name.lower(), []).append(value)
    return fields
