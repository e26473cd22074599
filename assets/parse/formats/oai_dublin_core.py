"""What OAI-PMH records state in Dublin Core, and in formats whose elements have its names.

Dublin Core says what a value is, never what it is for: an identifier may be a link, a DOI or a reference to a journal,
a date that of writing or of deposit. Only what a value's own form proves is told apart.
"""

import re

from assets.parse.xml_fields import Element, local, local_name, text_of
from assets.parse.xml_statement import Statement

NAMES = frozenset(
    {
        "contributor",
        "coverage",
        "creator",
        "date",
        "description",
        "format",
        "identifier",
        "language",
        "publisher",
        "relation",
        "rights",
        "source",
        "subject",
        "title",
        "type",
    }
)
"""The fifteen elements."""
_ARXIV = re.compile(r"(?i)(?:https?://(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf)/|oai:arxiv\.org:|arxiv:\s?)\S+")
_DOI = re.compile(r"(?i)(?:(?:info:|urn:)?doi[:/]\s*|https?://(?:dx\.)?doi\.org/)?10\.[0-9]{4,9}/\S+")
_PMID = re.compile(
    r"(?i)(?:pmid:\s*|info:pmid/|https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)[0-9]+/?"
)
_LINK = re.compile(r"(?i)https?://\S+")
_ISO_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T\S*)?)?)?")
_COMMENT = re.compile(r"\s*Comments?:\s")
COLUMNS = {"title": "title_raw", "description": "abstract_raw", "type": "type_raw"}
KINDS = (("arxiv_raw", _ARXIV), ("doi_raw", _DOI), ("pmid_raw", _PMID))
"""Identifiers that are told by their form."""


def take_dublin_core(statement: Statement, metadata: Element) -> None:
    """Takes a record in Dublin Core.

    Args:
        statement: Where it goes.
        metadata: The element around its fields.
    """
    dates: list[str] = []
    for child in metadata:
        is_plain = not (len(child) or child.attrib)
        text = (child.text if is_plain else text_of(child)) or ""
        if not _takes(statement, child, text, dates):
            statement.keep(child)
        elif not is_plain:
            statement.keep_about(child)
    _take_dates(statement, dates)
    if names := statement.row.get("authors"):
        statement.row["authors_raw"] = "; ".join(names)
    key = statement.row.get("source_key")
    if key and "arxiv_raw" not in statement.row and _ARXIV.fullmatch(key):
        statement.row["arxiv_raw"] = key


def _takes(statement: Statement, child: Element, text: str, dates: list[str]) -> bool:
    """Puts a value where it belongs, and says whether any column, or the dates, took it."""
    name = local_name(child.tag)
    if not text or text.isspace():
        return False
    if name == "creator":
        statement.append("authors", [_name(child, text)])
    elif name == "date":
        dates.append(text.strip())
    elif name == "subject":
        statement.append("categories", [text.strip()])
    elif name == "identifier":
        return _takes_identifier(statement, text.strip())
    else:
        return _takes_text(statement, name, text)
    return True


def _name(creator: Element, text: str) -> str:
    """The name of a creator; some formats give it an element of its own."""
    if len(creator):
        text = " ".join([text_of(part) for part in creator if local(part) == "name"]) or text
    return " ".join(text.split())


def _takes_text(statement: Statement, name: str, text: str) -> bool:
    """Puts the first of a kind into its column, and says whether it did: Dublin Core may repeat everything."""
    column = COLUMNS.get(name)
    is_comment = name == "description" and _COMMENT.match(text)
    if not column or column in statement.row or is_comment:
        return False
    statement.row[column] = text
    return True


def _takes_identifier(statement: Statement, text: str) -> bool:
    """Puts an identifier where its form says that it belongs, and says whether it did; a link is always kept as one."""
    is_link = _LINK.fullmatch(text) is not None
    if is_link:
        statement.append("urls", [text])
    for column, form in KINDS:
        if column not in statement.row and form.fullmatch(text):
            statement.row[column] = text
            return True
    return is_link


def _take_dates(statement: Statement, dates: list[str]) -> None:
    """The first date is that of publication, the last that of the latest version; by time, where all are alike."""
    ordered = sorted(dates) if all(map(_ISO_DATE.fullmatch, dates)) else dates
    if ordered:
        statement.row["published_raw"] = ordered[0]
    if ordered[1:]:
        statement.row["updated_raw"] = ordered[-1]
    if ordered[2:]:
        statement.fields["date"] = dates
