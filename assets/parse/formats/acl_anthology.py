"""ACL Anthology: collections of volumes of papers, in the Anthology's own XML.

A record is a `<paper>`. Front matter is a part of its volume, as are editors and publisher: they are told with each of
its papers, not as papers.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from assets.parse.formats.acl_anthology_text import anthology_id, name_of, person_of, plain_text
from assets.parse.formats.date_parts import joined_date
from assets.parse.reader import Content, Head, Hints, Reader
from assets.parse.xml_fields import Element, add_field, attributes_of, fields_of, inner_xml, text_of, value_of
from assets.parse.xml_head import xml_head
from assets.parse.xml_records import Dialect, read_elements
from assets.parse.xml_scan import Shape
from schemas.formats import Format
from schemas.vocabulary import RejectReason

DIALECT = Dialect(
    Shape(
        records=frozenset({"paper"}),
        context=frozenset({"meta", "frontmatter"}),
        tags=frozenset({"collection", "volume", "event"}),
    )
)
MARKED_UP = frozenset({"title", "abstract"})
TEXTS = frozenset({"bibkey", "doi", "issue", "journal", "pages", "url"})
"""Children of a paper that are one short text."""
LINKED_BY = {"attachment": "", "pwccode": "url", "video": "href"}
"""Children of a paper that may link to something of it -> the attribute that holds the link; none, where it is the
text."""
LARGEST_VOLUME = 100_000
"""Characters that the description of a volume has at most, to be repeated with each of its papers: no real one has
10,000."""
WEB = ("http://", "https://")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DOI_LINK = re.compile(r"https?://(?:dx\.)?doi\.org/10\.")


def recognises(head: Head) -> bool:
    """Whether a dump is a collection of the Anthology: a root `collection` with volumes or an event, all with an id."""
    found = xml_head(head.data)
    if found is None or found.root.name != "collection" or "id" not in found.root.attributes:
        return False
    inner = [element for element in found.elements if element.depth == 1]
    return any(element.name in {"volume", "event"} and "id" in element.attributes for element in inner)


def read(content: Content, hints: Hints) -> Iterator[pl.DataFrame]:  # noqa: ARG001 - the contract of a reader
    """Reads all papers of a collection.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        Frames of STATEMENT_SCHEMA, one row per `<paper>`.

    Raises:
        RefusalError: NO_RECORDS where the collection has no paper, such as one that only describes an event.
    """
    collection = _Collection()
    return read_elements(content, DIALECT, collection.state, collection.note)


@dataclass
class _Paper:
    """What the element of a paper holds."""

    texts: dict[str, str] = field(default_factory=dict)
    people: list[dict[str, Any]] = field(default_factory=list)
    are_described: bool = False
    """Whether more than their names is said of the authors."""
    links: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    revised: str | None = None
    """Date of the latest revision."""
    defect: RejectReason | None = None

    def take(self, child: Element) -> None:
        """Takes a child of the paper."""
        name = child.tag
        if name == "author":
            person, says_more = person_of(child)
            self.people.append(person)
            self.are_described |= says_more
        elif name in MARKED_UP:
            self._put(name, plain_text(child))
            if len(child):
                self.fields[name] = inner_xml(child)
        elif name in TEXTS:
            self._put(name, text_of(child).strip())
        elif name == "editor":
            add_field(self.fields, name, person_of(child)[0])
        else:
            self._take_other(name, child)

    def _put(self, name: str, text: str) -> None:
        if name in self.texts:
            self.defect = RejectReason.DUPLICATE_KEYS
            add_field(self.fields, name, text)
        else:
            self.texts[name] = text

    def _take_other(self, name: str, child: Element) -> None:
        add_field(self.fields, name, value_of(child))
        link = (child.get(LINKED_BY[name]) if LINKED_BY[name] else child.text) if name in LINKED_BY else None
        if link and link.startswith(WEB):
            self.links.append(link)
        if name == "revision" and _DATE.fullmatch(date := child.get("date", "")):
            self.revised = max(self.revised or date, date)

    def take_address(self, acl_id: str | None) -> str | None:
        """Puts the address where it belongs: a link, or an identifier. Gives the identifier."""
        url, doi = self.texts.get("url", ""), self.texts.get("doi", "")
        if doi.startswith(WEB) and not _DOI_LINK.match(doi):
            self.links.insert(0, doi)
        if url.startswith(WEB):
            self.links.insert(0, url)
            if _DOI_LINK.match(url):
                self.texts.setdefault("doi", url)
        elif acl_id is None:
            return url or None
        elif url and url != acl_id:
            self.fields["url"] = url
        return acl_id


@dataclass
class _Collection:
    """What the elements around the papers have said so far."""

    collection_id: str = ""
    volume_id: str = ""
    stated: dict[str, Any] = field(default_factory=dict)
    """Columns that are the same for all papers of the volume."""
    volume: dict[str, Any] = field(default_factory=dict)
    """What the volume states that is in no column, as `source_fields` has it."""
    is_large: bool = False
    """Whether that is too much to repeat with every paper."""

    def note(self, element: Element) -> None:
        """Takes a start tag of a collection, volume or event, or what describes a volume."""
        if element.tag == "meta":
            self._describe(element)
        elif element.tag == "frontmatter":
            self.volume["frontmatter"] = fields_of(element)
        else:
            self._begin(element)
        self.is_large = len(json.dumps((self.stated, self.volume))) > LARGEST_VOLUME

    def _begin(self, element: Element) -> None:
        self.stated, self.volume = {}, {}
        if element.tag == "collection":
            self.collection_id = element.get("id", "")
        else:
            self.volume_id = element.get("id", "")
            self.volume |= attributes_of(element)

    def _describe(self, meta: Element) -> None:
        texts: dict[str, str] = {}
        for child in meta:
            texts.setdefault(child.tag, plain_text(child))
            add_field(self.volume, child.tag, person_of(child)[0] if child.tag == "editor" else value_of(child))
        venue = texts.get("journal-title") or texts.get("booktitle")
        self.stated = {
            "published_raw": joined_date(texts.get("year", ""), texts.get("month", "")),
            "venue": venue,
            "volume": texts.get("journal-volume"),
            "issue": texts.get("journal-issue"),
        }
        self.volume = {name: value for name, value in self.volume.items() if value != venue}

    def state(self, element: Element) -> dict[str, Any]:
        """What a paper states, and what its volume states of it."""
        paper = _Paper()
        for child in element:
            paper.take(child)
        texts, fields = paper.texts, paper.fields
        names = [name for person in paper.people if (name := name_of(person))]
        if paper.are_described:
            fields["author"] = paper.people
        attributes = attributes_of(element)
        acl_id = paper.take_address(anthology_id(self.collection_id, self.volume_id, attributes.pop("@id", "")))
        row = {
            **self.stated,
            "source_key": texts.get("bibkey"),
            "title_raw": texts.get("title"),
            "abstract_raw": texts.get("abstract") or None,
            "authors_raw": "; ".join(names) or None,
            "authors": names,
            "updated_raw": paper.revised,
            "acl_raw": acl_id,
            "doi_raw": texts.get("doi"),
            "pages": texts.get("pages"),
            "type_raw": attributes.pop("@type", None),
            "urls": paper.links,
            "source_fields": fields,
            "defect": paper.defect,
        }
        fields |= attributes
        if journal := texts.get("journal"):
            row["venue"], fields["booktitle"] = journal, row.get("venue")
        if issue := texts.get("issue"):
            row["issue"] = issue
        self._repeat(fields)
        return row

    def _repeat(self, fields: dict[str, Any]) -> None:
        """Tells of the volume with a paper; one with a very long description only with its first."""
        if self.volume:
            fields["volume"] = self.volume
        if self.is_large:
            self.stated, self.volume, self.is_large = {}, {}, False


READER = Reader(
    Format.ACL_ANTHOLOGY,
    version=1,
    recognises=recognises,
    read=read,
    detection="XML whose root is `<collection id=…>` and holds `<volume id=…>` or `<event id=…>`.",
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "updated_on",
        "acl_id",
        "doi",
        "venue",
        "volume",
        "issue",
        "pages",
        "type_raw",
        "urls",
    ),
    definition="ACL Anthology, schema.rnc: https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc",
)
