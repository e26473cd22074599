"""arXiv's API: Atom feeds with a paper in every entry. The daily feed, which also comes as Atom, is `arxiv_rss.py`."""

import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from assets.parse.reader import Content, Head, Hints, Reader, RefusalError
from assets.parse.xml_fields import Element, attributes_of, fields_of, local, text_of
from assets.parse.xml_head import xml_head
from assets.parse.xml_records import Dialect, read_elements
from assets.parse.xml_scan import Shape
from assets.parse.xml_statement import Statement
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

ATOM = "http://www.w3.org/2005/Atom"
ARXIV = b"http://arxiv.org/schemas/atom"
DIALECT = Dialect(Shape(records=frozenset({"entry"})), namespaces={b"arxiv": ARXIV})
COLUMNS = {
    "title": "title_raw",
    "summary": "abstract_raw",
    "published": "published_raw",
    "updated": "updated_raw",
    "doi": "doi_raw",
    "journal_ref": "venue",
}
ERRORS = "/api/errors"
IS_DAILY = re.compile(rb"announce_type[>\s]|//rss\.arxiv\.org/")
_IS_ARXIV = re.compile(rb"<id>\s*https?://(?:[a-z]+\.)?arxiv\.org/(?:api/|abs/|\s*<)")


def is_feed(head: Head) -> bool:
    """Whether a dump is an Atom feed of arXiv: that of the API, or the daily one."""
    found = xml_head(head.data)
    if found is None or found.root.name not in {"feed", "entry"} or found.root.namespace not in {ATOM, ""}:
        return False
    return ARXIV in head.data or _IS_ARXIV.search(head.data) is not None


def recognises(head: Head) -> bool:
    """Whether a dump is an answer of the API."""
    return is_feed(head) and not IS_DAILY.search(head.data)


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:  # noqa: ARG001 - the contract of a reader
    """Reads all entries of an answer.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per `<entry>`.

    Raises:
        RefusalError: ERROR_ANSWER where the only entry is an error, NO_RECORDS.
    """
    frames = read_elements(content, DIALECT, state)
    for number, frame in enumerate(frames):
        if number == 0 and frame.height == 1 and frame["defect"][0] == RejectReason.NOT_A_WORK:
            frames.close()
            words = " ".join(str(frame["abstract_raw"][0] or "no reason").split())
            raise RefusalError(DumpReason.ERROR_ANSWER, f"The API answered with an error: {words[:200]!a}.")
        yield frame


def state(entry: Element) -> dict[str, Any]:
    """What an entry states; one that reports an error is no work."""
    statement = Statement()
    people: list[Element] = []
    for name, child in statement.take(entry, COLUMNS):
        if name == "id":
            statement.row["source_key"] = statement.row["arxiv_raw"] = text_of(child).strip() or None
        elif name == "author":
            people.append(child)
        elif name == "category":
            take_category(statement, child)
        elif name == "link" and (link := child.get("href")):
            statement.append("urls", [link])
            statement.note("link", attributes_of(child))
        elif name == "primary_category":
            statement.note(name, child.get("term", ""))
        else:
            statement.keep(child)
    _take_authors(statement, people)
    if ERRORS in (statement.row.get("source_key") or ""):
        statement.row |= {"arxiv_raw": None, "defect": RejectReason.NOT_A_WORK}
    return statement.stated()


def take_category(statement: Statement, category: Element) -> None:
    """Takes a subject; what else the element says is kept if it is not the usual."""
    if term := category.get("term"):
        statement.append("categories", [term])
    if category.get("scheme", ARXIV.decode()) != ARXIV.decode() or category.get("label"):
        statement.note("category", attributes_of(category))


def _take_authors(statement: Statement, people: list[Element]) -> None:
    """Takes the names of the authors, and all of what is said of them if any has more than a name."""
    texts = [" ".join(text_of(child).split()) for person in people for child in person if local(child) == "name"]
    names = [text for text in texts if text]
    statement.row["authors"] = names
    statement.row["authors_raw"] = "; ".join(names) or None
    if any(len(person) > 1 for person in people):
        statement.fields["author"] = [fields_of(person, skip=frozenset({"email"})) for person in people]


READER = Reader(
    Format.ARXIV_ATOM,
    version=1,
    recognises=recognises,
    read=read,
    detection="Atom feed that declares arXiv's namespace or has an identifier at arxiv.org, and no announcement types.",
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
    definition="arXiv API user's manual: https://info.arxiv.org/help/api/user-manual.html",
)
