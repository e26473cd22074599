from typing import Any

import pytest

from assets.parse.formats.json_people import personal_fields


@pytest.mark.parametrize(
    ("record", "patch", "elements"),
    [
        ({}, {}, {}),
        ({"title": "x", "user": 1}, {"user": None}, {}),
        ({"a": {"b": {"userName": 1}, "c": 2}}, {"a": {"b": {"userName": None}}}, {}),
        ({"user": {"email": 1}}, {"user": None}, {}),
        ({"people": [{"email": 1, "name": 2}, {"avatar": 3}, 7]}, {}, {"$.people": ("email", "avatar")}),
        ({"a": {"people": [{"email": 1}]}}, {}, {"$.a.people": ("email",)}),
        ({"a b": [{"email": 1}]}, {"a b": None}, {}),
        ({"log": [{"by": {"email": 1}}]}, {"log": None}, {}),
        ({"log": [[{"email": 1}]]}, {"log": None}, {}),
        ({"log": [1, "x", None]}, {}, {}),
    ],
)
def test_personal_fields(record: dict[str, Any], patch: dict[str, Any], elements: dict[str, Any]) -> None:
    assert personal_fields([record]) == (patch, elements)


def test_what_is_personal_in_one_record_is_so_in_all() -> None:
    records: list[dict[str, Any]] = [{"a": {"user": 1}}, {"a": 5}, {"a": {"email": 2}}]
    assert personal_fields(records) == ({"a": {"user": None, "email": None}}, {})


def test_deep_nesting_is_no_trouble() -> None:
    record: dict[str, Any] = {"user": 1}
    for _ in range(900):
        record = {"a": record}
    assert personal_fields([record]) == ({}, {})
