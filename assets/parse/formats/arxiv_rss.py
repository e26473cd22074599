"""arXiv's daily feed, in all its shapes: RSS 2.0, the older RDF, and Atom.

Title and description carry more than a title and an abstract: identifier, category and kind of announcement stand in
them and are taken apart here.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import polars as pl

from assets.parse.formats.arxiv_atom import ARXIV, IS_DAILY, is_feed, take_category
from assets.parse.formats.arxiv_authors import linked_authors
from assets.parse.reader import Content, Head, Hints, Reader
from assets.parse.xml_fields import Element, attributes_of, text_of
from assets.parse.xml_head import xml_head
from assets.parse.xml_records import Dialect, read_elements
from assets.parse.xml_scan import Shape
from assets.parse.xml_statement import Statement
from schemas.formats import Format

DIALECT = Dialect(
    Shape(records=frozenset({"item", "entry"})),
    namespaces={
        b"arxiv": ARXIV,
        b"dc": b"http://purl.org/dc/elements/1.1/",
        b"rdf": b"http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    },
)
COLUMNS = {
    "title": "title_raw",
    "description": "abstract_raw",
    "summary": "abstract_raw",
    "journal_reference": "venue",
    "DOI": "doi_raw",
}
_IS_ARXIV = re.compile(rb"<link>\s*https?://(?:[a-z]+\.)?arxiv\.org|about=[\"']https?://(?:[a-z]+\.)?arxiv\.org/")
_TITLE = re.compile(r"(?s)^(.*?)\s*\((arXiv:\S+)\s*\[([^\]\[()]+)\](?:\s+([A-Z ]+))?\)\s*$")
_DESCRIPTION = re.compile(r"(?s)^\s*(arXiv:\S+)\s+Announce Type:\s*([\w-]+)\s*(?:Abstract:\s*)?(.*)$")
_PARAGRAPH = re.compile(r"(?s)^\s*<p>(.*)</p>\s*$")
_BETWEEN_PARAGRAPHS = re.compile(r"\s*</p>\s*<p>\s*")
FIRST, LATER = "new", "replace"
"""Kinds of announcement that date a paper: its first version, or a later one. A cross-list does neither."""


def recognises(head: Head) -> bool:
    """Whether a dump is the daily feed: RSS or RDF that links to arXiv, or Atom with kinds of announcements."""
    found = xml_head(head.data)
    if found is None:
        return False
    if found.root.name in {"rss", "RDF"}:
        item = found.first({"item"})
        channel = head.data[: item.start if item else len(head.data)]
        return ARXIV in channel or _IS_ARXIV.search(channel) is not None
    return is_feed(head) and IS_DAILY.search(head.data) is not None


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:  # noqa: ARG001 - the contract of a reader
    """Reads all items of a feed.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per `<item>` or `<entry>`.

    Raises:
        RefusalError: NO_RECORDS, as on days without announcements.
    """
    return read_elements(content, DIALECT, state)


def state(item: Element) -> dict[str, Any]:
    """What an item states."""
    statement = Statement()
    row, fields = statement.row, statement.fields
    announced: list[str] = []
    for name, child in statement.take(item, COLUMNS):
        if name == "link":
            statement.append("urls", [link] if (link := (child.get("href") or text_of(child)).strip()) else [])
            if child.attrib:
                statement.note(name, attributes_of(child))
        elif name == "category":
            statement.append("categories", [text] if (text := text_of(child).strip()) else [])
            take_category(statement, child)
        elif name == "creator":
            statement.put("authors_raw", child)
            statement.append("authors", linked_authors(text_of(child)))
        elif name in {"guid", "id"}:
            row["source_key"] = text_of(child).strip() or None
            fields |= {f"{name}{attribute}": value for attribute, value in attributes_of(child).items()}
        elif name in {"pubDate", "published"}:
            announced.append(text_of(child))
        else:
            statement.keep(child)
    if about := next((value for name, value in item.items() if str(name).endswith("}about")), None):
        row.setdefault("source_key", str(about))
    _take_apart(statement)
    _take_dates(statement, announced)
    return statement.stated()


def _take_apart(statement: Statement) -> None:
    """Takes identifier, category and kind of announcement out of title and description."""
    row, fields = statement.row, statement.fields
    if title := _TITLE.match(row.get("title_raw", "")):
        row["title_raw"], row["arxiv_raw"] = title[1], title[2]
        if title[3] not in row.get("categories", []):
            statement.append("categories", [title[3]])
        if title[4]:
            fields.setdefault("announce_type", title[4])
    if described := _DESCRIPTION.match(row.get("abstract_raw", "")):
        row["arxiv_raw"], row["abstract_raw"] = described[1], described[3] or None
        fields.setdefault("announce_type", described[2])
    elif paragraph := _PARAGRAPH.match(row.get("abstract_raw", "")):
        row["abstract_raw"] = unescape(_BETWEEN_PARAGRAPHS.sub("\n", paragraph[1]))
    row.setdefault("arxiv_raw", row.get("source_key"))


def _take_dates(statement: Statement, announced: list[str]) -> None:
    """The date of an announcement is that of the first version, of a later one, or of neither."""
    kind = str(statement.fields.get("announce_type", "")).lower()
    column = "published_raw" if kind == FIRST else "updated_raw" if kind.startswith((LATER, "updated")) else None
    for date in announced:
        if column and column not in statement.row:
            statement.row[column] = date
        else:
            statement.note("published", date)


READER = Reader(
    Format.ARXIV_RSS,
    version=1,
    recognises=recognises,
    read=read,
    detection="RSS or RDF with arXiv's namespace or links to arxiv.org; Atom of arXiv with kinds of announcement.",
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "updated_on",
        "arxiv_id",
        "arxiv_version",
        "doi",
        "categories",
        "venue",
        "urls",
    ),
    definition="arXiv RSS specification: https://info.arxiv.org/help/rss_specifications.html",
)
