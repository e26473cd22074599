"""DBLP: its XML of publications and persons, from one record to the several gigabytes of the whole.

A person's home page is a record that is not a work: of it only the key and the names are carried. Records that hold
nothing but text are read all at once; the others, and whatever is broken, element by element.
"""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from assets.parse.formats.dblp_xml_columns import plain_frame
from assets.parse.formats.dblp_xml_record import DIALECT, RECORDS, state
from assets.parse.formats.dblp_xml_scan import NAMES, Records, scan_records
from assets.parse.reader import HEAD_BYTES, Content, Head, Hints, Reader, RefusalError
from assets.parse.xml_head import UTF_8, XmlHead, xml_head
from assets.parse.xml_records import Fragments, Row, frame_of
from assets.parse.xml_scan import Piece, batches
from schemas.formats import Format
from schemas.vocabulary import DumpReason

STRETCH_BYTES = (256 << 10, 8 << 20)
"""Bytes that are looked at for plain records at once, at first and at most."""


def recognises(head: Head) -> bool:
    """Whether a dump is of DBLP: its root is `dblp`, with records of DBLP in it, which have keys."""
    found = xml_head(head.data)
    if found is None or found.root.name != "dblp":
        return False
    inner = [element for element in found.elements if element.depth == 1]
    return not inner or any(element.name in RECORDS and "key" in element.attributes for element in inner)


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:  # noqa: ARG001 - the contract of a reader
    """Reads all records.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per record; persons with the defect `not_a_work`.

    Raises:
        RefusalError: MALFORMED_SYNTAX, UNSUPPORTED_ENCODING or NO_RECORDS, before the first frame.
    """
    head = xml_head(content[:HEAD_BYTES])
    if head is None:
        raise RefusalError(DumpReason.MALFORMED_SYNTAX, "No element begins where the root should.")
    count = 0
    for frame in _frames(content, head):
        yield frame.with_columns(position=pl.int_range(count + 1, count + 1 + len(frame), dtype=pl.Int64))
        count += len(frame)
    if not count:
        raise RefusalError(DumpReason.NO_RECORDS, f"The document <{head.root.name}> holds no record.")


def _frames(content: Content, head: XmlHead) -> Iterator[pl.DataFrame]:
    """The records of a dump: by stretches as long as they are in order, then a batch one by one, and so on."""
    fragments = Fragments(content, head, DIALECT)
    at = head.root.start
    begin = content.find(b">", at) + 1
    least, most = STRETCH_BYTES
    size = least
    while at < len(content):
        stretch = content[begin : begin + size]
        if records := scan_records(stretch, has_high_bytes=head.codec == UTF_8):
            yield _plain_or_not(stretch, begin, records, fragments)
            at = begin = begin + records.end
            size = min(2 * size, most)
        else:
            size = least
            pieces = next(batches(content, DIALECT.shape, replace(head.root, start=at)), None)
            if pieces is None:
                return
            yield _one_by_one(pieces, fragments)
            at = begin = pieces[-1].end


def _plain_or_not(stretch: bytes, begin: int, records: Records, fragments: Fragments) -> pl.DataFrame:
    """All records of a stretch."""
    frame, is_plain = plain_frame(stretch, records)
    frame = frame.with_columns(pl.col("byte_start", "byte_end") + begin)
    if is_plain.all():
        return frame
    others = frame.filter(pl.Series(~is_plain)).select("byte_start", "byte_end").iter_rows()
    names = records.kinds[~is_plain].tolist()
    pieces = [Piece(NAMES[name], *span) for name, span in zip(names, others, strict=True)]
    return pl.concat([frame.filter(pl.Series(is_plain)), _one_by_one(pieces, fragments)]).sort("byte_start")


def _one_by_one(pieces: list[Piece], fragments: Fragments) -> pl.DataFrame:
    """Records that are parsed."""
    rows: list[Row] = []
    for _, element, defect in fragments.parsed(pieces):
        stated = state(element) if element is not None else {}
        rows.append(stated | {"defect": defect} if defect else stated)
    return frame_of(rows, pieces, 0)


READER = Reader(
    Format.DBLP_XML,
    version=1,
    recognises=recognises,
    read=read,
    detection="XML whose root is `<dblp>`, with DBLP's kinds of records in it, which have keys.",
    delivers=(
        "source_key",
        "title_raw",
        "authors_raw",
        "authors",
        "published_on",
        "arxiv_id",
        "doi",
        "dblp_key",
        "venue",
        "volume",
        "issue",
        "pages",
        "type_raw",
        "urls",
    ),
    definition="DBLP, What do I find in dblp.xml?: https://dblp.org/faq/16154937.html",
)
