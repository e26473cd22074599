"""Python's own notation: what a script printed is read without being run."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse.formats.daily_papers_repr import json_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_whatever_was_printed(value: dict[str, Any]) -> None:
    told = json_of(repr(value))
    assert told is not None
    expected = json.loads(json.dumps(value).encode("utf-8", "replace"))
    assert json.loads(told) == expected or any("\ud800" <= sign <= "\udfff" for sign in repr(value))


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("{'a': 'it\\'s'}", '{"a": "it\'s"}'),
        ("{'a': \"it's\"}", '{"a": "it\'s"}'),
        ("{'a': '\\x41\\u00e9\\U0001f600\\n'}", '{"a": "Aé😀\\n"}'),
        ("{'a': '\\d'}", '{"a": "\\\\d"}'),
        ("{'True': None, 'b': True}", '{"True": null, "b": true}'),
        ("{'a': '\\ud800'}", '{"a": "\ufffd"}'),
        ("{'a': 'no end}", None),
        ("'" * 1_000_001, None),
    ],
)
def test_texts(printed: str, told: str | None) -> None:
    assert json_of(printed) == told


@pytest.mark.parametrize(
    "printed",
    ["{'a': datetime.now()}", "{'a': (1, 2)}", "{'a': {1, 2}}", "{'a': b'x'}", "__import__('os')", "{'a': 1+2}"],
)
def test_what_is_no_json_stays_none(printed: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting|Extra"):
        json.loads(json_of(printed) or "")


@pytest.mark.parametrize("unit", ["'\\", "\"'", "{'a':", "\\", "True", "[", "'a' "])
def test_hostile_texts_come_to_an_end(unit: str) -> None:
    json_of((unit * 1_000_000)[:999_999])
