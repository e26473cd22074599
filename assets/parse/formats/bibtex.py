"""BibTeX and BibLaTeX: entries, found by the braces that balance, their fields told apart by a maintained parser.

The text is read three times: for macros, for the entries that others refer to, and for all entries in turn; so that
nothing is held of it but those. What the library turns down is read again by the grammar of BibTeX itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.parse.formats.bibtex_entries import Block, Kind, begins_line, find_blocks
from assets.parse.formats.bibtex_fields import Fields, state_entry
from assets.parse.formats.bibtex_parse import header, parse_entries
from assets.parse.formats.bibtex_values import Macros
from assets.parse.formats.record_windows import windows
from assets.parse.paragraphs import release
from assets.parse.reader import Content, Head, Hints, Reader, RefusalError, statements
from assets.parse.spans import Spans
from assets.parse.texts import KEPT_BYTES, decode_spans
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

WINDOW_BYTES = 4 << 20
"""Bytes of a dump that are looked at in one go."""
MOST_ENTRIES = 10_000
"""Entries that are turned into one frame: their fields are Python objects, of many times the size."""
MOST_PARENT_BYTES = 64 << 20
"""Bytes of all the entries that others refer to; what is beyond is not inherited."""
LEAST_SHARE = 0.5
"""Share of the beginning of a dump, but for lines of remarks, that must be blocks of BibTeX."""

_ENTRY = re.compile(
    rb"^[ \t]{0,200}@[ \t]{0,20}[A-Za-z]\w{0,60}\s{0,100}(?:[{(]\s{0,100}[^\s,{}()\"=]{0,200}\s{0,20},"
    rb"\s{0,200}(?:[\w.:+-]{1,60}\s{0,50}=|[})])|\{\s{0,100}[A-Za-z]{1,60}\s{0,50}=\s{0,50}[{\"])",
    re.MULTILINE,
)
"""An entry with a key and a field, with a key alone, or without a key."""
_REMARK = re.compile(rb"^%.*$", re.MULTILINE)
_REFERENCE = re.compile(rb"\b(?:crossref|xdata)\s{0,20}=\s{0,20}[{\"]([^{}\"]{1,1000})[}\"]", re.IGNORECASE)
_KEY = re.compile(rb"@[^{(]{1,250}[{(]\s{0,100}([^\s,={}\"]{1,500})\s{0,100}[,)}]")
_MACRO = re.compile(r"@[^{(]{1,250}[{(]\s*([^\s={}\",#]{1,200})\s*=\s*(.*)[)}]\s*$", re.DOTALL)


def recognises(head: Head) -> bool:
    """Whether most of the beginning of a dump is blocks of BibTeX, an entry with a field among them."""
    text = head.data.replace(b"\r", b"\n")
    if not _ENTRY.search(text):
        return False
    blocks = sum(block.end - block.start for block in find_blocks(text))
    remarks = sum(map(len, _REMARK.findall(text)))
    return blocks > LEAST_SHARE * (len(text) - remarks)


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all entries of a BibTeX dump.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per entry; macros, preambles, comments and the text between entries are no records.

    Raises:
        RefusalError: NO_RECORDS, if there is no entry.
    """
    macros, wanted = _survey(content)
    parents = _parents(content, wanted, macros) if wanted else {}
    count = 0
    for start, stop in windows(content, WINDOW_BYTES, b"@", begins_line):
        is_giant = stop - start > 2 * WINDOW_BYTES
        data = content[start : min(stop, start + KEPT_BYTES) if is_giant else stop]
        blocks = [block for block in find_blocks(data) if block.kind == Kind.ENTRY]
        release(content, start, stop)
        if is_giant:
            blocks = [Block(Kind.ENTRY, blocks[0].start, stop - start, is_closed=True)] if blocks else []
        for first in range(0, len(blocks), MOST_ENTRIES):
            some = blocks[first : first + MOST_ENTRIES]
            is_at_end = stop == len(content) and first + len(some) == len(blocks)
            yield _state(data, some, start, is_at_end=is_at_end, before=count, macros=macros, parents=parents)
            count += len(some)
    if not count:
        raise RefusalError(DumpReason.NO_RECORDS, "The text has no entry of BibTeX.")


def _state(
    data: bytes,
    blocks: Sequence[Block],
    offset: int,
    *,
    is_at_end: bool,
    before: int,
    macros: Macros,
    parents: Mapping[str, Fields],
) -> pl.DataFrame:
    """States the entries of a window that begins at an offset of the dump; `before` entries came earlier."""
    starts = np.array([block.start for block in blocks])
    ends = np.array([block.end for block in blocks])
    texts = decode_spans(data, Spans(starts, np.minimum(ends, len(data))))
    values = texts.values.to_list()
    is_cut = (texts.is_cut | (ends > len(data))).tolist()
    is_whole = [block.is_closed and not cut for block, cut in zip(blocks, is_cut, strict=True)]
    whole = list(compress(range(len(blocks)), is_whole))
    parsed = parse_entries([values[row] for row in whole], (starts[whole] + offset).tolist(), macros)
    entries = dict(zip(whole, parsed, strict=True))
    rows: list[dict[str, Any]] = []
    for row, text in enumerate(values):
        entry = entries.get(row)
        if entry is not None and entry.fields is not None:
            stated = state_entry(entry.kind, entry.key, entry.fields, parents)
            if texts.is_invalid[row]:
                stated["defect"] = str(RejectReason.INVALID_ENCODING)
        else:
            kind, key = header(text)
            is_open = is_at_end and row == len(values) - 1 and not blocks[row].is_closed
            reason = RejectReason.TRUNCATED_RECORD if is_open else RejectReason.MALFORMED_RECORD
            stated = {
                "type_raw": kind or None,
                "source_key": key or None,
                "defect": str(RejectReason.RECORD_TOO_LARGE if is_cut[row] else reason),
            }
        rows.append(stated)
    columns: dict[str, Any] = {name: [row.get(name) for row in rows] for name in COLUMNS}
    # Polars makes a Series of every list before it makes one of all; Arrow is ten times as fast.
    columns |= {name: pl.Series(values=pa.array(columns[name], pa.list_(pa.large_string()))) for name in LISTS}
    columns["source_fields"] = [row.get("source_fields", "{}") for row in rows]
    places = {"byte_start": starts + offset, "byte_end": ends + offset}
    return statements({"position": np.arange(before + 1, before + 1 + len(rows)), **places, **columns})


def _survey(content: Content) -> tuple[Macros, set[str]]:
    """Reads a dump for its macros, and for the keys of entries that others refer to."""
    macros, wanted = Macros(), set[str]()
    for start, stop in windows(content, WINDOW_BYTES, b"@", begins_line):
        if stop - start > 2 * WINDOW_BYTES:
            continue
        data = content[start:stop]
        folded = data.lower()
        if b"@string" in folded or b"@ string" in folded:
            for block in find_blocks(data):
                if block.kind == Kind.MACRO and block.is_closed and block.end - block.start < KEPT_BYTES:
                    match = _MACRO.match(data[block.start : block.end].decode(errors="replace"))
                    if match:
                        macros.define(match[1], match[2].strip(), start + block.start)
        if b"crossref" in folded or b"xdata" in folded:
            for found in _REFERENCE.finditer(data):
                wanted.update(key.strip() for key in found[1].decode(errors="replace").split(","))
        release(content, start, stop)
    return macros, wanted


def _parents(content: Content, wanted: set[str], macros: Macros) -> dict[str, Fields]:
    """Reads the entries that others refer to."""
    found: dict[str, Fields] = {}
    size = 0
    for start, stop in windows(content, WINDOW_BYTES, b"@", begins_line):
        if stop - start > 2 * WINDOW_BYTES:
            continue
        data = content[start:stop]
        for block in find_blocks(data):
            key = _KEY.match(data, block.start)
            if block.kind != Kind.ENTRY or not block.is_closed or key is None:
                continue
            name = key[1].decode(errors="replace").strip()
            size += block.end - block.start if name in wanted and name not in found else 0
            if name in wanted and name not in found and size < MOST_PARENT_BYTES:
                text = data[block.start : block.end].decode(errors="replace")
                fields = parse_entries([text], [start + block.start], macros)[0].fields
                found[name] = fields or {}
        release(content, start, stop)
    return found


COLUMNS = (
    "source_key",
    "title_raw",
    "abstract_raw",
    "authors_raw",
    "authors",
    "published_raw",
    "arxiv_raw",
    "doi_raw",
    "acl_raw",
    "openreview_raw",
    "pmid_raw",
    "dblp_raw",
    "categories",
    "venue",
    "volume",
    "issue",
    "pages",
    "type_raw",
    "urls",
    "defect",
)
"""Columns of STATEMENT_SCHEMA that an entry can fill, beyond its place."""
LISTS = ("authors", "categories", "urls")

READER = Reader(
    Format.BIBTEX,
    version=1,
    recognises=recognises,
    read=read,
    detection="More than half of the beginning are blocks `@type{...}`, and one of them has a key and a field.",
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "published_precision",
        "arxiv_id",
        "arxiv_version",
        "doi",
        "acl_id",
        "openreview_id",
        "pmid",
        "dblp_key",
        "categories",
        "venue",
        "volume",
        "issue",
        "pages",
        "type_raw",
        "urls",
    ),
    definition="BibTeXing (O. Patashnik, 1988), https://ctan.org/pkg/bibtex; BibLaTeX, https://ctan.org/pkg/biblatex",
)
