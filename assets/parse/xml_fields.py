"""What an XML element states: its text, and its children and attributes as JSON has them. Knows no format."""

from functools import lru_cache
from typing import Any, cast

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml gives its type no public name
Value = Any  # JSON has no bound on how deep it nests, which a type could say

XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"
SCHEMA_NAMESPACE = "{http://www.w3.org/2001/XMLSchema-instance}"
"""Attributes that belong to the syntax and say nothing of the paper."""
MOST_ATTRIBUTES = 64
"""Attributes up to which lxml's own listing is quick: it is quadratic, six seconds for 50,000 of them."""
_ALL_ATTRIBUTES = etree.XPath("@*")


@lru_cache(maxsize=1024)
def local_name(tag: str) -> str:
    """A tag without its namespace; a dump has few of them and asks for each of them often."""
    return tag.rpartition("}")[2]


def local(element: Element) -> str:
    """Name of an element without its namespace."""
    return local_name(element.tag)


@lru_cache(maxsize=1024)
def _attribute(name: str) -> str:
    """Name of an attribute as a key of JSON; empty for those that say where a schema is."""
    if name.startswith(SCHEMA_NAMESPACE):
        return ""
    return f"@{name.replace(XML_NAMESPACE, 'xml:').rpartition('}')[2]}"


def text_of(element: Element) -> str:
    """The text of an element and all elements in it, verbatim."""
    if len(element):
        return "".join(map(str, element.itertext()))
    return element.text or ""


def inner_xml(element: Element) -> str:
    """The content of an element as XML."""
    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    begin, end = whole.find(">") + 1, whole.rfind("</")
    return whole[begin:end] if end >= begin else ""


def attributes_of(element: Element) -> dict[str, str]:
    """Attributes of an element, without those that only say where its schema is.

    Returns:
        `@name`, without its namespace (`@xml:lang` keeps its prefix) -> value.
    """
    if not (count := len(element.attrib)):
        return {}
    if count > MOST_ATTRIBUTES:
        found = cast("list[Any]", _ALL_ATTRIBUTES(element))
        pairs = [(name.attrname, str(name)) for name in found]
    else:
        pairs = cast("list[tuple[str, str]]", element.items())
    return {key: value for name, value in pairs if (key := _attribute(name))}


def value_of(element: Element) -> Value:
    """What an element states, as JSON has it.

    Returns:
        Its text; an object of its children and attributes (`@name`) where it has any, its own text as `#text`; the
        inside as XML where text and children are mixed.
    """
    if not (len(element) or element.attrib):  # nine of ten, and worth the line
        return element.text or ""
    attributes = attributes_of(element)
    if not len(element):
        text = element.text or ""
    elif _is_mixed(element):
        text = inner_xml(element)
    else:
        return attributes | fields_of(element)
    if not attributes:
        return text
    return attributes | {"#text": text} if text.strip() else attributes


def fields_of(element: Element, skip: frozenset[str] = frozenset()) -> dict[str, Value]:
    """What the children of an element state, as JSON has it.

    Args:
        element: A record, or a part of one.
        skip: Local names of the children that are left out.

    Returns:
        Local name -> value; a list where the name stands more than once.
    """
    fields: dict[str, Value] = {}
    for child in element:
        name = local_name(child.tag)
        if name in fields:
            add_field(fields, name, value_of(child))
        elif name not in skip:
            fields[name] = value_of(child)
    return fields


def add_field(fields: dict[str, Value], name: str, value: Value) -> None:
    """Adds a value to those that a record states under a name."""
    if name not in fields:
        fields[name] = value
    elif isinstance(known := fields[name], list):
        known.append(value)
    else:
        fields[name] = [known, value]


def _is_mixed(element: Element) -> bool:
    """Whether text stands beside the children of an element."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
