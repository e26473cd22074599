"""The beginning of an XML document: its encoding, its root, its first elements and the namespaces around them.

Read with regular expressions and never by an XML parser, so that a beginning that is cut anywhere can be looked at, and
a DOCTYPE is stepped over unread.
"""

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assets.parse.reader import RefusalError
from assets.parse.xml_markup import NAME, TAG_REST, Markup
from schemas.vocabulary import DumpReason

MOST_ELEMENTS = 300
"""Elements that are looked at: ten records of any format, or more."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_8 = "utf-8"
SINGLE_BYTE = re.compile(r"(?:iso8859-\d+|cp125\d|koi8-[ru]|latin_1)")
"""Python's names of the encodings, beyond UTF-8, that are read: each byte a character, ASCII among them."""
_WIDE = re.compile(r"(?:utf|ucs|iso-10646-ucs)-?_?(?:16|32|2|4)")

_NAME = NAME + rb"++(?::" + NAME + rb"++)?"
_DECLARATION = re.compile(rb"<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"\sencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_TOKEN = re.compile(
    rb"<(?:(?P<opening>!--|!\[CDATA\[|\?|!DOCTYPE)|(?P<end>/)" + _NAME + rb"|(?P<name>" + _NAME + rb"))"
)
_ATTRIBUTE = re.compile(rb"(" + _NAME + rb")\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DOCTYPE_NAME = re.compile(rb"<!DOCTYPE\s+(" + _NAME + rb")")


@dataclass(frozen=True)
class HeadElement:
    """A start tag."""

    name: str
    """Local name."""
    namespace: str
    """Its namespace; empty where it has none, or its prefix is not declared."""
    depth: int
    """Elements around it: 0 for the root."""
    start: int
    """Offset of its `<`."""
    attributes: Mapping[str, str]
    """Qualified name -> value as it stands, references in it not resolved; declarations of namespaces left out."""
    scope: Mapping[bytes, bytes]
    """Prefix, empty for none -> namespace as it stands: what is declared around the element, not on it."""


@dataclass(frozen=True)
class XmlHead:
    """What the beginning of an XML document shows."""

    encoding: str
    """Name of the declared encoding, in lower case; `utf-8` where none is declared."""
    doctype: str | None
    """Name of the document type, where there is one."""
    elements: tuple[HeadElement, ...]
    """The first elements in document order, the root first; at least one."""

    @property
    def root(self) -> HeadElement:
        """The root; of elements that follow each other without one around them, the first."""
        return self.elements[0]

    @property
    def names(self) -> frozenset[str]:
        """Local names of all of them."""
        return frozenset(element.name for element in self.elements)

    @property
    def namespaces(self) -> frozenset[str]:
        """Namespaces of all of them."""
        return frozenset(element.namespace for element in self.elements)

    def first(self, names: Iterable[str]) -> HeadElement | None:
        """The first element with one of these local names."""
        wanted = frozenset(names)
        return next((element for element in self.elements if element.name in wanted), None)

    def openings_of(self, name: str) -> list[HeadElement]:
        """The first element within each of the elements of this local name."""
        return [inner for outer, inner in pairwise(self.elements) if outer.name == name and inner.depth > outer.depth]

    @property
    def codec(self) -> str:
        """Name of Python's codec for the dump.

        A document that says UTF-16 and could be read as ASCII up to there was written anew in another encoding; it is
        taken for UTF-8.

        Raises:
            RefusalError: UNSUPPORTED_ENCODING.
        """
        if _WIDE.fullmatch(self.encoding):
            return UTF_8
        try:
            name = codecs.lookup(self.encoding).name
        except (LookupError, ValueError):
            name = ""
        if name in {UTF_8, "ascii"}:
            return UTF_8
        if SINGLE_BYTE.fullmatch(name):
            return name
        detail = f"The XML declaration names the encoding {self.encoding!a}, which is not read."
        raise RefusalError(DumpReason.UNSUPPORTED_ENCODING, detail)


@lru_cache(maxsize=8)
def xml_head(data: bytes) -> XmlHead | None:
    """Looks at the beginning of a document.

    Args:
        data: The beginning of a dump; may be cut anywhere.

    Returns:
        What it shows; None if it is not XML, or its root does not begin in it.
    """
    start = len(data) - len(data.removeprefix(BYTE_ORDER_MARK).lstrip())
    if data[start : start + 1] != b"<":
        return None
    encoding = UTF_8
    if (declaration := _DECLARATION.match(data, start)) and (declared := _ENCODING.search(declaration.group())):
        encoding = declared.group(1).decode().lower()
    elements = _elements(data, start)
    if not elements:
        return None
    doctype = _DOCTYPE_NAME.search(data, start, elements[0].start)
    return XmlHead(encoding, _text(doctype.group(1)) if doctype else None, tuple(elements))


def _elements(data: bytes, start: int) -> list[HeadElement]:
    """The first start tags; none of them if text stands before the root."""
    markup = Markup(data)
    elements: list[HeadElement] = []
    scopes: list[Mapping[bytes, bytes]] = [{}]
    at = start
    while len(elements) < MOST_ELEMENTS and (token := _TOKEN.search(data, at)):
        if not elements and data[at : token.start()].strip():
            return []
        at = token.end()
        if token["opening"]:
            end = markup.end_of(b"<" + token["opening"], token.start())
            if end is None and not elements:
                return []
            at = end or at
        elif token["end"]:
            del scopes[max(len(scopes) - 1, 1) :]
        elif rest := TAG_REST.match(data, at):
            element, scope = _element(token["name"], data[at : rest.end()], len(scopes) - 1, token.start(), scopes[-1])
            elements.append(element)
            at = rest.end()
            if not rest.group().endswith(b"/>"):
                scopes.append(scope)
    return elements


def _element(
    qualified: bytes, rest: bytes, depth: int, start: int, around: Mapping[bytes, bytes]
) -> tuple[HeadElement, Mapping[bytes, bytes]]:
    """An element, and the namespaces that are declared within it."""
    attributes: dict[str, str] = {}
    declared: dict[bytes, bytes] = {}
    for match in _ATTRIBUTE.finditer(rest):
        name, value = match.group(1), match.group(2) or match.group(3) or b""
        if name == b"xmlns" or name.startswith(b"xmlns:"):
            declared[name[6:]] = value
        else:
            attributes[_text(name)] = _text(value)
    scope = {**around, **declared} if declared else around
    prefix, _, local = qualified.rpartition(b":")
    namespace = _text(scope.get(prefix, b""))
    return HeadElement(_text(local), namespace, depth, start, attributes, around), scope


def _text(data: bytes) -> str:
    return data.decode(errors="replace")
