from typing import Any

import pytest
from lxml import etree

from assets.parse.xml_fields import (
    MOST_ATTRIBUTES,
    add_field,
    attributes_of,
    fields_of,
    inner_xml,
    local,
    text_of,
    value_of,
)


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ("<a>b</a>", "b"),
        ("<a> b\n</a>", " b\n"),
        ("<a/>", ""),
        ("<a x='1'/>", {"@x": "1"}),
        ("<a x='1'> </a>", {"@x": "1"}),
        ("<a x='1'>b</a>", {"@x": "1", "#text": "b"}),
        ("<a xml:lang='no'>b</a>", {"@xml:lang": "no", "#text": "b"}),
        ("<a xmlns:n='urn:n' n:x='1'/>", {"@x": "1"}),
        ("<a xmlns:s='http://www.w3.org/2001/XMLSchema-instance' s:schemaLocation='x y'>b</a>", "b"),
        ("<a>\n <b>1</b>\n <c/>\n</a>", {"b": "1", "c": ""}),
        ("<a><b>1</b><b>2</b><b>3</b></a>", {"b": ["1", "2", "3"]}),
        ("<a x='1'><n:b xmlns:n='urn:n'>1</n:b></a>", {"@x": "1", "b": "1"}),
        ("<a>On <i>E. c</i> &amp; more</a>", "On <i>E. c</i> &amp; more"),
        ("<a x='>'><i>E. c</i> grows</a>", {"@x": ">", "#text": "<i>E. c</i> grows"}),
        ("<a><b><c>1</c><d>2</d></b></a>", {"b": {"c": "1", "d": "2"}}),
    ],
)
def test_what_an_element_states(xml: str, value: object) -> None:
    assert value_of(etree.fromstring(xml)) == value


def test_names_and_texts() -> None:
    element = etree.fromstring("<n:a xmlns:n='urn:n'>x<n:b>y<c/></n:b>z</n:a>")
    assert (local(element), local(element[0]), local(element[0][0])) == ("a", "b", "c")
    assert (text_of(element), text_of(element[0]), text_of(element[0][0])) == ("xyz", "y", "")


def test_children_that_are_left_out() -> None:
    element = etree.fromstring("<a><b>1</b><n:c xmlns:n='urn:n'>2</n:c></a>")
    assert fields_of(element, skip=frozenset({"c"})) == {"b": "1"}


def test_inner_xml_of_an_element_in_a_namespace() -> None:
    assert inner_xml(etree.fromstring("<a xmlns='urn:a'>x<b/></a>")) == "x<b/>"
    assert inner_xml(etree.fromstring("<a/>")) == ""


def test_many_attributes_are_listed_as_few_are() -> None:
    many = "".join(f" a{number}='{number}'" for number in range(MOST_ATTRIBUTES + 1))
    element = etree.fromstring(f"<r xmlns:n='urn:n' n:z='1' xml:lang='no'{many}/>")
    assert attributes_of(element) == {
        "@z": "1",
        "@xml:lang": "no",
        **{f"@a{number}": str(number) for number in range(MOST_ATTRIBUTES + 1)},
    }


def test_a_list_is_added_as_one_of_several_values() -> None:
    fields: dict[str, Any] = {}
    for value in ("1", {"x": "2"}, "3"):
        add_field(fields, "a", value)
    assert fields == {"a": ["1", {"x": "2"}, "3"]}
