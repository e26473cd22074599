"""EndNote's XML: a library's records, as EndNote and the programs that imitate it export them.

Texts stand in runs of style, which are joined. What names the account of whoever exported the library, such as the path
of a file, is left out.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from assets.parse.formats.date_parts import joined_date
from assets.parse.formats.endnote_xml_values import is_local_path, is_styled, plain_fields, plain_text, plain_value
from assets.parse.reader import Content, Head, Hints, Reader
from assets.parse.xml_fields import Element, attributes_of, inner_xml
from assets.parse.xml_head import xml_head
from assets.parse.xml_records import Dialect, read_elements
from assets.parse.xml_scan import Shape
from assets.parse.xml_statement import Statement
from schemas.formats import Format
from schemas.vocabulary import RejectReason

DIALECT = Dialect(Shape(records=frozenset({"record"})))
CERTAIN = frozenset({"ref-type", "titles", "contributors", "source-app", "rec-number"})
"""Elements of a record that are EndNote's own."""
COLUMNS = {
    "rec-number": "source_key",
    "abstract": "abstract_raw",
    "pages": "pages",
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
}
"""Children of a record that are one text -> the column it goes to. Some programs state the issue in both elements."""
OF_PUBMED = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)
PUBMED_OWNERS = frozenset({"NLM", "NASA", "PIP", "KIE", "HSR", "HMD"})
"""Who provides records to PubMed, by its own list."""

_PMID = re.compile(r"[1-9][0-9]{0,7}")
_WEB = re.compile(r"(?:https?://|ftp://|www\.)", re.IGNORECASE)
_DOI = re.compile(r"(?:^|[\s/:])10\.[0-9]{4,9}(?:\.[0-9]+)*/", re.IGNORECASE)


def recognises(head: Head) -> bool:
    """Whether a dump is EndNote's: `xml`, in it `records`, in these `record` with elements of EndNote."""
    found = xml_head(head.data)
    if found is None or found.root.name != "xml":
        return False
    rows = [element.name for element in found.elements if element.depth == 2]
    fields = {element.name for element in found.elements if element.depth == 3}
    is_list = len(found.elements) > 1 and found.elements[1].name == "records"
    return is_list and (not rows or (rows[0] == "record" and bool(fields & CERTAIN)))


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:  # noqa: ARG001 - the contract of a reader
    """Reads all records of a library.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per `<record>`.

    Raises:
        RefusalError: NO_RECORDS, UNSUPPORTED_ENCODING.
    """
    return read_elements(content, DIALECT, state)


def state(element: Element) -> dict[str, Any]:
    """What a record states."""
    record = _Record()
    for child in element:
        name = child.tag
        if name in COLUMNS:
            record.put_text(COLUMNS[name], name, child)
        elif name in TAKEN_BY:
            TAKEN_BY[name](record, child)
        else:
            record.keep_plain(child)
    record.settle_venue()
    record.settle_accession()
    return record.stated()


class _Record(Statement):
    """What the element of a record holds."""

    def put_text(self, column: str, name: str, element: Element) -> None:
        """Puts the text of an element into a column; another one than is there is a defect, and kept beside it."""
        text = plain_text(element)
        if not text:
            return
        if self.row.setdefault(column, text) != text:
            self.note(name, text)
            if column in {"title_raw", "abstract_raw"}:
                self.row["defect"] = RejectReason.DUPLICATE_KEYS
        elif is_styled(element):
            self.note(name, inner_xml(element))

    def keep_plain(self, element: Element) -> None:
        """Keeps an element among the other fields, unless it is empty."""
        value = plain_value(element)
        if value is not None:
            self.note(element.tag, value)

    def take_type(self, element: Element) -> None:
        """The kind of work, and EndNote's number of it."""
        attributes = attributes_of(element)
        self.row["type_raw"] = attributes.pop("@name", "") or None
        if text := plain_text(element):
            self.note("ref-type", attributes | {"#text": text} if attributes else text)

    def take_contributors(self, element: Element) -> None:
        """Authors; editors and others are kept as they are."""
        for group in element:
            if group.tag != "authors" or "authors_raw" in self.row:
                self.note("contributors", {group.tag: plain_value(group)})
                continue
            names = [name for author in group if (name := plain_text(author))]
            self.row["authors_raw"] = "; ".join(names) or None
            self.row["authors"] = names
            if any(len(author.attrib) for author in group):
                self.note("contributors", {"authors": plain_value(group)})

    def take_titles(self, element: Element) -> None:
        """The title, and the title of what the work is in."""
        for title in element:
            name = title.tag
            if name == "title":
                self.put_text("title_raw", name, title)
            elif name == "secondary-title":
                self.put_text("venue", name, title)
            elif value := plain_value(title):
                self.note(name, value)

    def take_dates(self, element: Element) -> None:
        """The year, and the day where one is stated."""
        year, day = (next(iter(element.iterfind(path)), None) for path in ("year", "pub-dates/date"))
        texts = ["" if part is None else plain_text(part) for part in (year, day)]
        self.row["published_raw"] = joined_date(*texts)
        fields = plain_fields(element)
        if fields.keys() - {"year"}:
            self.note("dates", fields)

    def take_keywords(self, element: Element) -> None:
        """Keywords, each as it stands."""
        self.append("categories", [text for keyword in element if (text := plain_text(keyword))])

    def take_urls(self, element: Element) -> None:
        """Links; what a browser cannot open is kept as it is."""
        for group in element:
            for url in group if len(group) else [group]:
                text = plain_text(url)
                if _WEB.match(text):
                    self.append("urls", [text])
                elif text and not is_local_path(text):
                    self.note(group.tag, text)

    def take_doi(self, element: Element) -> None:
        """The number of the electronic resource: mostly a DOI, sometimes several texts or another number."""
        text = plain_text(element)
        first, *others = text.split() or [""]
        is_doi = bool(_DOI.search(first))
        if is_doi:
            self.row.setdefault("doi_raw", first)
        if text and (others or not is_doi):
            self.note("electronic-resource-num", text)

    def settle_venue(self) -> None:
        """The name of the periodical, where it is stated, is the name of the venue or stands beside it."""
        periodical = self.fields.get("periodical")
        if not isinstance(periodical, dict) or not isinstance(name := periodical.get("full-title"), str):
            return
        if self.row.setdefault("venue", name) == name:
            del periodical["full-title"]
        if not periodical:
            del self.fields["periodical"]

    def settle_accession(self) -> None:
        """The number under which a database keeps the record is PubMed's, unless another database is named."""
        number = self.fields.get("accession-num")
        if not isinstance(number, str) or not _PMID.fullmatch(number):
            return
        name, provider = (self.fields.get(f"remote-database-{part}", "") for part in ("name", "provider"))
        if OF_PUBMED.search(str(name)) or str(provider) in PUBMED_OWNERS or not (name or provider):
            self.row["pmid_raw"] = self.fields.pop("accession-num")


TAKEN_BY: dict[str, Callable[[_Record, Element], None]] = {
    "ref-type": _Record.take_type,
    "contributors": _Record.take_contributors,
    "titles": _Record.take_titles,
    "dates": _Record.take_dates,
    "keywords": _Record.take_keywords,
    "urls": _Record.take_urls,
    "electronic-resource-num": _Record.take_doi,
}
"""Children of a record that are more than one text."""

READER = Reader(
    Format.ENDNOTE_XML,
    version=1,
    recognises=recognises,
    read=read,
    detection="XML with `<xml>`, `<records>` and `<record>` in each other, and EndNote's elements in the records.",
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "doi",
        "pmid",
        "categories",
        "venue",
        "volume",
        "issue",
        "pages",
        "type_raw",
        "urls",
    ),
    definition="EndNote, RSXML.dtd in the folder of the program: https://endnote.com",
)
