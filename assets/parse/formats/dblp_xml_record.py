"""A record of DBLP, element by element: what it states, whatever it holds."""

import re
from html.entities import name2codepoint
from typing import Any

from assets.parse.formats.date_parts import joined_date
from assets.parse.xml_fields import Element, Value, add_field, attributes_of, inner_xml, text_of, value_of
from assets.parse.xml_records import Dialect
from assets.parse.xml_scan import Shape
from schemas.vocabulary import RejectReason

RECORDS = frozenset(
    (
        "article",
        "inproceedings",
        "proceedings",
        "book",
        "incollection",
        "phdthesis",
        "mastersthesis",
        "www",
        "person",
        "data",
    )
)
"""The elements of dblp.dtd below its root."""
PERSON = "person"
HOME_PAGES = "homepages/"
"""What the keys of persons begin with."""
_LATIN = {name: code for name, code in name2codepoint.items() if name not in {"amp", "lt", "gt", "quot"}}
"""dblp.dtd names the characters of Latin-1 as HTML does; the names of XML itself are no business of it."""
DIALECT = Dialect(Shape(records=RECORDS), entities={name.encode(): b"&#%d;" % code for name, code in _LATIN.items()})
ENTITIES = {f"&{name};": chr(code) for name, code in _LATIN.items()} | {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&apos;": "'",
}
"""All entities but `&amp;`, which must be the last."""
SINGLE = frozenset(("title", "year", "month", "pages", "volume", "number", "journal", "booktitle", "url"))
"""Children of a record of which the first is in a column."""
LISTED = frozenset(("author", "ee"))
"""Children of a record of which all are in a column."""
ARXIV_JOURNAL = "CoRR"
"""The journal that DBLP takes arXiv for; its volumes are `abs/` and the identifier."""

HOMONYM = " [0-9]{4}$"
"""The number by which DBLP tells namesakes apart."""
DOI_LINK = r"https?://(?:dx\.)?doi\.org/10\."
DOI_AT_PUBLISHER = r"https?://doi\.[a-z]+\.(?:org|com)/(10\.[0-9]{4,9}/.+)"
"""Resolvers of publishers, for links from before all used doi.org."""
ARXIV_LINK = r"(?i:https?://(?:(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf)|(?:dx\.)?doi\.org/10\.48550/arxiv\.))"
WEB = ("http://", "https://", "ftp://")

_IS_DOI, _IS_DOI_AT_PUBLISHER, _IS_ARXIV = (
    re.compile(pattern).match for pattern in (DOI_LINK, DOI_AT_PUBLISHER, ARXIV_LINK)
)
_HOMONYM = re.compile(HOMONYM)


def state(element: Element) -> dict[str, Any]:
    """What a record states."""
    texts, rich = _children(element)
    attributes = attributes_of(element)
    key = attributes.pop("@key", None)
    names = texts.get("author", [])
    titles = texts.get("title", [None])
    row = {
        "source_key": key,
        "title_raw": titles[0],
        "authors_raw": "; ".join(names) or None,
        "authors": [_without_number(name) for name in names],
        "type_raw": element.tag,
    }
    if element.tag == PERSON or (key or "").startswith(HOME_PAGES):
        return row | {"defect": RejectReason.NOT_A_WORK}
    links = texts.get("ee", []) + [url for url in texts.get("url", ()) if url.startswith(WEB)]
    one = {name: values[0] for name, values in texts.items() if name in SINGLE}
    return row | {
        "published_raw": joined_date(one.get("year", ""), one.get("month", "")),
        "doi_raw": _doi(links),
        "arxiv_raw": _arxiv_id(links, one),
        "dblp_raw": key,
        "venue": one.get("journal") or one.get("booktitle"),
        "volume": one.get("volume"),
        "issue": one.get("number"),
        "pages": one.get("pages"),
        "urls": links,
        "source_fields": _fields(element, texts, rich) | attributes,
        "defect": RejectReason.DUPLICATE_KEYS if len(titles) > 1 else None,
    }


def _without_number(name: str) -> str:
    return _HOMONYM.sub("", name)


def _children(element: Element) -> tuple[dict[str, list[Any]], set[str]]:
    """Texts of the children of a record by name, and the names of those that are more than text."""
    texts: dict[str, list[Any]] = {}
    rich: set[str] = set()
    for child in element:
        name = child.tag
        if len(child) or child.attrib:
            rich.add(name)
            text = text_of(child)
        else:
            text = child.text or ""
        if name in texts:
            texts[name].append(text.strip())
        else:
            texts[name] = [text.strip()]
    return texts, rich


def _fields(element: Element, texts: dict[str, list[Any]], rich: set[str]) -> dict[str, Value]:
    """What is in no column, or only in part: markup, attributes, what is stated more than once."""
    fields: dict[str, Value] = {}
    for name, values in texts.items():
        if name in rich:
            for child in element.iterfind(name):
                add_field(fields, name, inner_xml(child) if len(child) and not child.attrib else value_of(child))
        elif name in LISTED or (len(values) == 1 and name in SINGLE and _is_column(name, values[0], texts)):
            continue
        else:
            fields[name] = values[0] if len(values) == 1 else values
    return fields


def _is_column(name: str, value: str, texts: dict[str, list[Any]]) -> bool:
    """Whether a single value is in a column: an address only as a link, `booktitle` only where there is no journal."""
    return value.startswith(WEB) if name == "url" else name != "booktitle" or "journal" not in texts


def _doi(links: list[str]) -> str | None:
    if link := next(filter(_IS_DOI, links), None):
        return link
    found = next(filter(None, map(_IS_DOI_AT_PUBLISHER, links)), None)
    return found[1] if found else None


def _arxiv_id(links: list[str], one: dict[str, str]) -> str | None:
    if link := next(filter(_IS_ARXIV, links), None):
        return link
    volume = one.get("volume", "")
    if one.get("journal") == ARXIV_JOURNAL and volume.startswith("abs/"):
        return volume.removeprefix("abs/")
    return None
