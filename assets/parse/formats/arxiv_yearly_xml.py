"""arXiv by the year: XML that resembles an OAI-PMH answer, with title, description and date straight in `metadata`."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from assets.parse.formats.oai_header import OPENING, take_header
from assets.parse.reader import Content, Head, Hints, Reader
from assets.parse.xml_fields import Element, local
from assets.parse.xml_head import xml_head
from assets.parse.xml_records import Dialect, read_elements
from assets.parse.xml_scan import Shape
from assets.parse.xml_statement import Statement
from schemas.formats import Format

DIALECT = Dialect(Shape(records=frozenset({"record"}), opening=OPENING))
COLUMNS = {"title": "title_raw", "description": "abstract_raw", "date": "published_raw"}


def recognises(head: Head) -> bool:
    """Whether a dump is such a list: `ListRecords` or `record` as the root, no namespaces, and titles in `metadata`."""
    found = xml_head(head.data)
    if found is None or found.root.name not in {"ListRecords", "record"} or found.namespaces != {""}:
        return False
    return any(element.name in COLUMNS for element in found.openings_of("metadata"))


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:  # noqa: ARG001 - the contract of a reader
    """Reads all records of a year.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per `<record>`.

    Raises:
        RefusalError: NO_RECORDS.
    """
    return read_elements(content, DIALECT, state)


def state(record: Element) -> dict[str, Any]:
    """What a record states; its identifier is that of arXiv."""
    statement = Statement()
    for part in record:
        name = local(part)
        if name == "header":
            take_header(statement, part)
        elif name == "metadata":
            for _, other in statement.take(part, COLUMNS):
                statement.keep(other)
        else:
            statement.keep(part)
    statement.row["arxiv_raw"] = statement.row.get("source_key")
    return statement.stated()


READER = Reader(
    Format.ARXIV_YEARLY_XML,
    version=1,
    recognises=recognises,
    read=read,
    detection="XML without namespaces, its root `<ListRecords>` or `<record>`, with a title straight in `<metadata>`.",
    delivers=("source_key", "title_raw", "abstract_raw", "published_on", "arxiv_id"),
    definition="No definition of its own; after OAI-PMH 2.0: https://www.openarchives.org/OAI/openarchivesprotocol.html",
)
