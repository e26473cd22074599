"""XML records: the elements that the splitter found become trees, and what a format states of them a frame.

Each is parsed alone, wrapped in the namespaces of its document; no DOCTYPE ever reaches the parser, so there are no
entities to expand and nothing to fetch.
"""

import json
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import Any

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
from lxml import etree

from assets.parse.reader import HEAD_BYTES, STATEMENT_SCHEMA, Content, RefusalError, statements
from assets.parse.xml_fields import Element
from assets.parse.xml_head import UTF_8, XmlHead, xml_head
from assets.parse.xml_scan import Piece, Shape, batches
from schemas.vocabulary import DumpReason, RejectReason

Row = Mapping[str, Any]
"""Column of STATEMENT_SCHEMA -> what a record states, for the columns it states; `source_fields` as a dict."""

Parsed = tuple[Piece, Element | None, RejectReason | None]
Job = Future[list[Element] | None]

LARGEST_RECORD = 4_000_000
"""Bytes of a record beyond which it is taken for something else: a paper with 5,000 authors and their institutes has
1,500,000."""
PARSED_TOGETHER = 128 << 10
"""Bytes of records that are parsed at once: faster than one by one, and their tree fits into the processor's cache."""
_encode = json.JSONEncoder(ensure_ascii=False).encode
_ENTITY = re.compile(rb"<!\[CDATA\[.*?\]\]>|&([A-Za-z][A-Za-z0-9]{1,30});", re.DOTALL)


@dataclass(frozen=True)
class Dialect:
    """How the elements of a format are told apart and parsed."""

    shape: Shape
    namespaces: Mapping[bytes, bytes] = field(default_factory=dict)
    """Prefix -> namespace that hold where a document declares nothing else: records cut out of their envelope."""
    entities: Mapping[bytes, bytes] = field(default_factory=dict)
    """Name of an entity -> what stands for it, such as `&#233;`; any other name is a syntax error of its record."""


def read_elements(
    content: Content, dialect: Dialect, state: Callable[[Element], Row], note: Callable[[Element], None] | None = None
) -> Generator[pl.DataFrame, None, None]:
    """Reads all records of a dump.

    Args:
        content: The dump.
        dialect: What its records are.
        state: What the element of a record states; must not raise, whatever the element holds.
        note: Takes the elements of context, in the order of the dump with the records.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per record.

    Raises:
        RefusalError: MALFORMED_SYNTAX, UNSUPPORTED_ENCODING or NO_RECORDS, before the first frame.
    """
    head = xml_head(content[:HEAD_BYTES])
    if head is None:
        raise RefusalError(DumpReason.MALFORMED_SYNTAX, "No element begins where the root should.")
    fragments = Fragments(content, head, dialect)
    position = 0
    for pieces in batches(content, dialect.shape, head.root):
        rows: list[Row] = []
        records: list[Piece] = []
        for piece, element, defect in fragments.parsed(pieces):
            if piece.is_record:
                stated = state(element) if element is not None else {}
                rows.append({**stated, "defect": defect} if defect else stated)
                records.append(piece)
            elif note and element is not None:
                note(element)
        if records:
            yield frame_of(rows, records, position)
            position += len(records)
    if not position:
        raise RefusalError(DumpReason.NO_RECORDS, f"The document <{head.root.name}> holds no record.")


def frame_of(rows: list[Row], records: list[Piece], before: int) -> pl.DataFrame:
    """Makes a frame of what records state.

    Args:
        rows: What each states.
        records: Where each is.
        before: Number of records before these.
    """
    columns: dict[str, Any] = {}
    for name in sorted({name for row in rows for name in row}):
        values = [row.get(name) for row in rows]
        if name == "source_fields":
            columns[name] = [_encode(fields) if fields else "{}" for fields in values]
        else:
            columns[name] = _lists(values) if isinstance(STATEMENT_SCHEMA[name], pl.List) else values
    places = {
        "position": range(before + 1, before + len(records) + 1),
        "byte_start": [piece.start for piece in records],
        "byte_end": [piece.end for piece in records],
    }
    return statements(places | columns)


def _lists(values: list[list[str] | None]) -> pl.Series:
    """A column of lists; built from one long list, which takes a fifth of the time."""
    given = [value or () for value in values]
    offsets = list(accumulate(map(len, given), initial=0))
    items = pa.array(list(chain.from_iterable(given)), pa.large_string())
    return pl.Series(values=pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), items))


class Fragments:
    """The parser of the elements of one dump."""

    def __init__(self, content: Content, head: XmlHead, dialect: Dialect) -> None:
        """Prepares it.

        Args:
            content: The dump.
            head: Its beginning.
            dialect: What its records are.

        Raises:
            RefusalError: UNSUPPORTED_ENCODING.
        """
        self._content = content
        self._codec = head.codec
        self._entities = dialect.entities
        around = head.first(dialect.shape.records | dialect.shape.context | dialect.shape.tags)
        with _parsing_thread() as thread:
            scope = {**dialect.namespaces, **(around or head.root).scope}
            self._wrapper = thread.submit(_wrapper, scope).result()

    def parsed(self, pieces: Iterable[Piece]) -> Iterator[Parsed]:
        """Parses elements, the next ones while the caller looks at those before.

        Args:
            pieces: Where they are.

        Yields:
            Each piece with its element, or with what is wrong with it; both, where only characters could not be
            decoded.
        """
        with _parsing_thread() as thread:
            before: tuple[list[Piece], Job] | None = None
            for group in _groups(pieces):
                job = thread.submit(self._elements, [piece for piece in group if not _defect(piece)])
                if before:
                    yield from self._results(*before, thread)
                before = group, job
            if before:
                yield from self._results(*before, thread)

    def _results(self, group: list[Piece], job: Job, thread: ThreadPoolExecutor) -> Iterator[Parsed]:
        sound = [piece for piece in group if not _defect(piece)]
        elements = job.result()
        found: Iterator[tuple[Element | None, RejectReason | None]]
        if elements is not None:
            found = ((element, None) for element in elements)
        else:
            found = iter(thread.submit(lambda: [self._single(piece) for piece in sound]).result())
        for piece in group:
            defect = _defect(piece)
            yield (piece, None, defect) if defect else (piece, *next(found))

    def _elements(self, pieces: list[Piece]) -> list[Element] | None:
        return self._parse([self._bytes(piece) for piece in pieces])

    def _single(self, piece: Piece) -> tuple[Element | None, RejectReason | None]:
        data = self._bytes(piece)
        text = data.decode(errors="replace")
        elements = self._parse([text.encode()])
        element = elements[0] if elements else None
        if text.encode() != data:
            return element, RejectReason.INVALID_ENCODING
        return element, None if elements else RejectReason.MALFORMED_RECORD

    def _bytes(self, piece: Piece) -> bytes:
        """The bytes of an element, a start tag closed, as UTF-8 but for those that its own encoding does not have."""
        data = self._content[piece.start : piece.end]
        if piece.is_tag and not data.endswith(b"/>"):
            data = data[:-1] + b"/>"
        if self._codec != UTF_8:
            data = data.decode(self._codec, errors="surrogateescape").encode(errors="surrogateescape")
        if self._entities and b"&" in data:
            data = _ENTITY.sub(self._entity, data)
        return data

    def _entity(self, match: re.Match[bytes]) -> bytes:
        return self._entities.get(match.group(1), match.group()) if match.group(1) else match.group()

    def _parse(self, fragments: list[bytes]) -> list[Element] | None:
        """Elements of fragments, one each; None if there are not as many, or any of them breaks the syntax."""
        if not fragments:
            return []
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding="utf-8",
        )
        try:
            elements = list(etree.fromstring(b"".join((self._wrapper, *fragments, b"</w>")), parser))
        except etree.XMLSyntaxError:
            return None
        return elements if len(elements) == len(fragments) else None


def _parsing_thread() -> ThreadPoolExecutor:
    """A thread to parse in.

    The parser keeps every name that it meets until its thread ends, and refuses all new ones after some million: what a
    hostile dump fills must not be there for the next.
    """
    return ThreadPoolExecutor(1, thread_name_prefix="xml")


def _groups(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces that are parsed together."""
    group: list[Piece] = []
    size = 0
    for piece in pieces:
        group.append(piece)
        size += min(piece.end - piece.start, LARGEST_RECORD)
        if size > PARSED_TOGETHER:
            yield group
            group, size = [], 0
    if group:
        yield group


def _defect(piece: Piece) -> RejectReason | None:
    return piece.defect or (RejectReason.RECORD_TOO_LARGE if piece.end - piece.start > LARGEST_RECORD else None)


def _wrapper(namespaces: Mapping[bytes, bytes]) -> bytes:
    """The start tag that declares namespaces; those that XML does not allow are left out."""
    wrapper = b"<w"
    for prefix, namespace in namespaces.items():
        name = b"xmlns:" + prefix if prefix else b"xmlns"
        declaration = b' %b="%b"' % (name, namespace)
        try:
            etree.fromstring(b"<w" + declaration + b"/>")
        except etree.XMLSyntaxError:
            continue
        wrapper += declaration
    return wrapper + b">"
