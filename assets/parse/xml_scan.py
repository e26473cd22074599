"""The splitter of XML: finds the bytes of every record's element, without an XML parser.

A dump is not one document to it but a row of elements, so one that is broken cannot take the rest with it. What the
elements hold is parsed in `xml_records.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from assets.parse.reader import BATCH_BYTES, Content
from assets.parse.xml_head import HeadElement
from assets.parse.xml_markup import PREFIX, TAG_REST, Markup
from schemas.vocabulary import RejectReason

BATCH_RECORDS = 50_000
"""Records that are turned into one frame at most: an empty one takes a hundred times its bytes."""
LONGEST_TAIL = 4096
"""Bytes at the end of a dump, or of a broken record, that are looked at."""
_CUT_TAG = re.compile(rb"<[^<>]*\Z")


class Piece(NamedTuple):
    """An element of a dump, or a start tag."""

    name: str
    """Local name."""
    start: int
    """Offset of its `<`."""
    end: int
    """Offset after its last `>`."""
    defect: RejectReason | None = None
    """Why it need not be parsed: its end is missing, or its beginning."""
    is_record: bool = True
    """Whether it is a record; else it is context of the records after it."""
    is_tag: bool = False
    """Whether it is a start tag without what follows it."""


@dataclass(frozen=True)
class Shape:
    """Which elements of a format are records, and what around them is needed to understand them; local names."""

    records: frozenset[str]
    """Elements that are records. None stands in another, unless `opening` tells them apart."""
    context: frozenset[str] = frozenset()
    """Elements outside records that say something of those after them, such as `meta`."""
    tags: frozenset[str] = frozenset()
    """Elements around records whose attributes say something of them, such as `volume`: their start tags."""
    opening: re.Pattern[bytes] | None = field(default=None)
    """What follows the start tag of a record, where an element within a record may have the same name."""

    @property
    def token(self) -> re.Pattern[bytes]:
        """Everything that must be looked at: tags of these names, and what begins markup without elements."""
        names = b"|".join(re.escape(name.encode()) for name in sorted(self.records | self.context | self.tags))
        return re.compile(
            rb"<(?:/" + PREFIX + rb"(?P<end>" + names + rb")\s*+>|" + PREFIX + rb"(?P<start>" + names + rb")(?=[\s/>])"
            rb"|(?P<markup>!--|!\[CDATA\[|\?|!DOCTYPE))"
        )


def batches(content: Content, shape: Shape, root: HeadElement) -> Iterator[list[Piece]]:
    """Finds all pieces, a bounded number of bytes at a time.

    Args:
        content: The dump.
        shape: What to look for.
        root: The root of the document, where the search begins: before it a DOCTYPE may hold anything.

    Yields:
        Pieces in order and without overlap. An element that does not end before the next begins is a piece with
        `malformed_record`, and so is one of which only the end tag is left; the last one may be `truncated_record`.
    """
    batch: list[Piece] = []
    size = 0
    for piece in _Scan(content, shape).pieces(root):
        batch.append(piece)
        size += piece.end - piece.start
        if size >= BATCH_BYTES or len(batch) >= BATCH_RECORDS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@dataclass
class _Scan:
    """One walk over a dump."""

    content: Content
    shape: Shape
    name: str = ""
    """Name of the element that is open; empty between elements."""
    begin: int = 0
    """Where it begins."""
    depth: int = 0
    """Elements of its name that are open, itself included."""
    floor: int = 0
    """Where the last piece ended."""

    def pieces(self, root: HeadElement) -> Iterator[Piece]:
        """All pieces of the document with this root."""
        markup = Markup(self.content)
        self.floor = after = root.start
        for token in self.shape.token.finditer(self.content, root.start):
            if token.start() < after:
                continue
            kind, name = str(token.lastgroup), bytes(token[token.lastgroup or 0])
            if kind == "markup":
                after = markup.end_of(b"<" + name, token.start()) or token.end()
            elif kind == "end":
                after = token.end()
                if piece := self._at_end(name.decode(), token.start(), after):
                    yield piece
            else:
                rest = TAG_REST.match(self.content, token.end())
                after = rest.end() if rest else token.end()
                is_closed = rest is not None and self.content[after - 2] == ord("/")
                yield from self._at_start(name.decode(), token.start(), after, is_closed=is_closed)
        yield from self._at_last(root.name)

    def _at_start(self, name: str, start: int, end: int, *, is_closed: bool) -> Iterator[Piece]:
        opening = self.shape.opening
        if self.name and opening and not (name in self.shape.records and opening.match(self.content, end)):
            self.depth += name == self.name and not is_closed
            return
        if self.name:
            yield self._broken(self._trimmed(self.begin, start), RejectReason.MALFORMED_RECORD)
            self.name = ""
        if name in self.shape.tags:
            self.floor = end
            yield Piece(name, start, end, is_record=False, is_tag=True)
        elif is_closed:
            self.floor = end
            yield Piece(name, start, end, is_record=name in self.shape.records)
        else:
            self.name, self.begin, self.depth = name, start, 1

    def _at_end(self, name: str, start: int, end: int) -> Piece | None:
        if not self.name:
            floor, self.floor = self.floor, end
            if name not in self.shape.records:
                return None
            begin = self.content.find(b"<", floor, start)
            return Piece(name, floor if begin < 0 else begin, end, RejectReason.MALFORMED_RECORD)
        if name != self.name:
            return None
        self.depth -= 1
        if self.depth:
            return None
        self.name, self.floor = "", end
        return Piece(name, self.begin, end, is_record=name in self.shape.records)

    def _at_last(self, root: str) -> Iterator[Piece]:
        """What is left open at the end of the dump, or cut off in the middle of a tag."""
        end = self._trimmed(self.floor, len(self.content))
        tail = max(self.floor, self.begin, end - LONGEST_TAIL)
        last = self.content[tail:end]
        if self.name:
            closing = re.search(rb"</" + PREFIX + re.escape(root.encode()) + rb"\s*+>\Z", last)
            if closing and root not in self.shape.records:
                yield self._broken(self._trimmed(self.begin, tail + closing.start()), RejectReason.MALFORMED_RECORD)
            else:
                yield self._broken(end, RejectReason.TRUNCATED_RECORD)._replace(is_record=True)
        elif cut := _CUT_TAG.search(last):
            yield Piece("", tail + cut.start(), end, RejectReason.TRUNCATED_RECORD)

    def _broken(self, end: int, defect: RejectReason) -> Piece:
        self.floor = end
        return Piece(self.name, self.begin, end, defect, is_record=self.name in self.shape.records)

    def _trimmed(self, start: int, end: int) -> int:
        """The end of a stretch without the blanks before it."""
        tail = max(start, end - LONGEST_TAIL)
        return tail + len(self.content[tail:end].rstrip())
