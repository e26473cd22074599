"""Numbers of releases always grow, and a list of them is believed only if it makes sense."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.release.manifest import ReleaseError
from assets.release.versions import Versions, is_version, next_version, version_key

DAYS = st.dates(date(2000, 1, 1), date(2400, 12, 31))
VERSIONS = st.builds(lambda day, number: f"{day:%Y.%m.%d}.{number}", DAYS, st.integers(1, 99_999))


@settings(max_examples=40)
@given(DAYS, st.lists(VERSIONS))
def test_the_next_version_comes_after_all_others(today: date, taken: list[str]) -> None:
    if any(version_key(one)[:3] > (today.year, today.month, today.day) for one in taken):
        with pytest.raises(ReleaseError, match="is the clock right"):
            next_version(today, taken)
        return
    found = next_version(today, taken)
    assert is_version(found)
    assert all(version_key(found) > version_key(one) for one in taken)


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        ([], "2025.03.01.1"),
        (["2025.02.28.7"], "2025.03.01.1"),
        (["2025.03.01.9", "2025.03.01.10"], "2025.03.01.11"),
    ],
    ids=["first", "next_day", "tenth"],
)
def test_versions_are_numbered_by_day(taken: list[str], told: str) -> None:
    assert next_version(date(2025, 3, 1), taken) == told


@pytest.mark.parametrize(
    "name",
    [
        "",
        "2025.03.01",
        "2025.03.01.0",
        "2025.03.01.01",
        "2025.3.1.1",
        "2025.03.01.1\n",
        "2025.03.01.1/",
        "\uff12025.03.01.1",
    ],
)
def test_what_is_no_version(name: str) -> None:
    assert not is_version(name)


@settings(max_examples=40)
@given(st.lists(VERSIONS, unique=True), st.lists(VERSIONS, unique=True), st.text())
def test_a_list_is_read_back(there: list[str], gone: list[str], why: str) -> None:
    versions = Versions()
    for version in {*there, *gone}:
        versions = versions.add(version, "0" * 64)
    for version in gone:
        versions = versions.withdraw(version, why)
    assert set(versions.items) == {*there} - {*gone}
    assert versions.last_successful == max(versions.items, key=version_key, default=None)
    assert Versions.from_json(versions.to_json()) == versions


SOUND = {
    "items": ["2025.03.01.1", "2025.03.01.2"],
    "last_successful": "2025.03.01.2",
    "manifests": {"2025.03.01.1": "a", "2025.03.01.2": "b"},
    "withdrawn": {"2025.02.01.1": "why"},
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"items": "2025.03.01.1"}, "items is of the wrong type"),
        ({"items": ["2025.03.01.1", "../.."]}, "contradicts itself"),
        ({"items": ["2025.03.01.2", "2025.03.01.1"]}, "contradicts itself"),
        ({"items": ["2025.03.01.1"] * 2}, "contradicts itself"),
        ({"items": []}, "contradicts itself"),
        ({"last_successful": "2025.03.01.1"}, "contradicts itself"),
        ({"last_successful": None}, "contradicts itself"),
        ({"last_successful": {}}, "last_successful is of the wrong type"),
        ({"manifests": ["2025.03.01.1", "2025.03.01.2"]}, "manifests is of the wrong type"),
        ({"manifests": {"2025.03.01.1": "a"}}, "contradicts itself"),
        ({"withdrawn": {"2025.03.01.1": "why"}}, "contradicts itself"),
        ({"more": 1}, "which is not known"),
    ],
    ids=lambda one: None if isinstance(one, str) else next(iter(one)),
)
def test_a_list_that_makes_no_sense(changed: dict[str, object], told: str) -> None:
    assert Versions.from_json(json.dumps(SOUND)).items == ("2025.03.01.1", "2025.03.01.2")
    with pytest.raises(ReleaseError, match=told):
        Versions.from_json(json.dumps({**SOUND, **changed}))


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", "[" * 100_000, b"\xff", '{"items": NaN}', "7"])
def test_what_is_no_list(text: str | bytes) -> None:
    with pytest.raises(ReleaseError, match=r"^the list of versions cannot be read: [^\n]{1,200}$"):
        Versions.from_json(text)
