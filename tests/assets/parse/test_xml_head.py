import pytest

from assets.parse.reader import RefusalError
from assets.parse.xml_head import MOST_ELEMENTS, XmlHead, xml_head
from schemas.vocabulary import DumpReason


def seen(data: bytes) -> XmlHead:
    head = xml_head(data)
    assert head is not None
    return head


def test_the_root_and_what_is_in_it() -> None:
    head = seen(
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<?style x?><!-- <no/> --><!DOCTYPE q SYSTEM "q.dtd" [<!ENTITY a "<no/>">]>'
        b'<h:quay xmlns:h="urn:h" xmlns="urn:d" id="7">'
        b"<boat name='a>b'/><h:pier xml:lang='no'><plank xmlns=''/></h:pier>"
    )
    assert head.doctype == "q"
    assert [(element.name, element.namespace, element.depth) for element in head.elements] == [
        ("quay", "urn:h", 0),
        ("boat", "urn:d", 1),
        ("pier", "urn:h", 1),
        ("plank", "", 2),
    ]
    assert head.root.attributes == {"id": "7"}
    assert head.elements[1].attributes == {"name": "a>b"}
    assert head.elements[1].scope == {b"h": b"urn:h", b"": b"urn:d"}
    assert head.root.scope == {}
    assert head.names == {"quay", "boat", "pier", "plank"}
    assert head.namespaces == {"urn:h", "urn:d", ""}
    assert head.first({"pier", "plank"}) is head.elements[2]
    assert head.first({"gull"}) is None
    assert head.openings_of("pier") == [head.elements[3]]
    assert head.openings_of("boat") == []


def test_elements_without_one_around_them_are_all_roots() -> None:
    assert [element.depth for element in seen(b"<a><b/></a>\n<a></a></a><c/>").elements] == [0, 1, 0, 0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  ",
        b"text",
        b"{}",
        b"text <a/>",
        b"<",
        b"<?xml version='1.0'?>",
        b"<!-- <a/>",
        b"<?xml?>text<a/>",
        b"<1",
        b"\xff<a/>",
    ],
    ids=repr,
)
def test_what_is_not_xml(data: bytes) -> None:
    assert xml_head(data) is None


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("", "utf-8"),
        (' encoding="UTF-8"', "utf-8"),
        (" encoding='utf8'", "utf-8"),
        (' encoding = "US-ASCII"', "utf-8"),
        (' encoding="UTF-16"', "utf-8"),
        (' encoding="ISO-8859-1"', "iso8859-1"),
        (' encoding="latin2"', "iso8859-2"),
        (' encoding="windows-1252"', "cp1252"),
    ],
)
def test_encodings_that_are_read(declared: str, codec: str) -> None:
    assert seen(f'<?xml version="1.0"{declared} standalone="yes"?><a/>'.encode()).codec == codec


@pytest.mark.parametrize("declared", ["EBCDIC-CP-US", "Shift_JIS", "x-user", "zlib", "rot13", "utf-7", "idna", "x..y"])
def test_encodings_that_are_not(declared: str) -> None:
    with pytest.raises(RefusalError, match=declared.lower()) as caught:
        _ = seen(f'<?xml version="1.0" encoding="{declared}"?><a/>'.encode()).codec
    assert caught.value.reason == DumpReason.UNSUPPORTED_ENCODING


def test_hostile_beginnings_end() -> None:
    for data in (b"<a " * 90_000, b"<!--" * 60_000, b"<a>" * 80_000, b"<" * 250_000, b"<!DOCTYPE [" * 25_000):
        head = xml_head(data)
        assert head is None or len(head.elements) <= MOST_ELEMENTS
