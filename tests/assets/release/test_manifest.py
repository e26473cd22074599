"""A manifest is read back as it was written, and not at all when anything in it was changed."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.release.manifest import Manifest, ReleasedFile, ReleaseError, schema_fingerprint
from assets.release.shape import ShapeError, expect, read_json
from schemas.catalog import TABLES
from schemas.release_vocabulary import FileRole

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
COUNT = st.integers(0, 2**63 - 1)
PLAIN = st.recursive(
    st.none() | st.booleans() | COUNT | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
FILES = st.builds(
    ReleasedFile,
    path=TEXT,
    role=st.sampled_from(FileRole),
    bytes=COUNT,
    sha256=TEXT,
    media_type=TEXT,
    rows=st.none() | COUNT,
    table=st.none() | TEXT,
    schema=st.none() | TEXT,
)
MANIFESTS = st.builds(
    Manifest,
    version=TEXT,
    released_at=TEXT,
    base=st.none() | TEXT,
    parameters=st.dictionaries(TEXT, PLAIN, max_size=3),
    run=st.dictionaries(TEXT, TEXT, max_size=2),
    software=st.dictionaries(TEXT, TEXT, max_size=2),
    dumps=st.lists(st.dictionaries(TEXT, PLAIN, max_size=3), max_size=2),
    funnel=st.dictionaries(TEXT, st.dictionaries(TEXT, COUNT, max_size=2), max_size=2),
    tables=st.dictionaries(
        TEXT,
        st.fixed_dictionaries({"rows": COUNT, "primary_key": st.lists(TEXT, max_size=2), "schema": TEXT}),
        max_size=2,
    ),
    files=st.lists(FILES, max_size=3).map(tuple),
)


@settings(max_examples=40)
@given(MANIFESTS)
def test_a_manifest_is_read_back(manifest: Manifest) -> None:
    text = manifest.to_json()
    assert Manifest.from_json(text) == manifest
    assert Manifest.from_json(text.encode()).to_json() == text


@settings(max_examples=40)
@given(MANIFESTS, st.data())
def test_a_changed_manifest_is_not_read(manifest: Manifest, data: st.DataObject) -> None:
    content = manifest.to_json().encode()
    place, bits = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 255))
    changed = content[:place] + bytes([content[place] ^ bits]) + content[place + 1 :]
    with pytest.raises(ReleaseError, match=r"^the manifest cannot be read: "):
        Manifest.from_json(changed)


def plain() -> Manifest:
    return Manifest("2025.03.01.1", "2025-03-01T00:00:00Z", None, {}, {}, {}, [], {}, {})


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("  ", " "),
        lambda text: text + "\n",
        lambda text: text.replace('"base": null', '"base": null,\n  "base": null'),
        lambda text: json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n",
    ],
    ids=["spaces", "longer", "twice", "order"],
)
def test_a_manifest_is_only_read_as_it_was_written(change) -> None:
    with pytest.raises(ReleaseError, match="it was changed after it was written"):
        Manifest.from_json(change(plain().to_json()))


def test_the_fingerprint_of_the_data_follows_from_data_and_samples_alone() -> None:
    files = [
        ReleasedFile(f"{role}.md", role, 1, sha256(role.encode()).hexdigest(), "text/markdown") for role in FileRole
    ]
    told = replace(plain(), files=files)
    for place, file in enumerate(files):
        changed = replace(told, files=[*files[:place], replace(file, sha256="0" * 64), *files[place + 1 :]])
        counts = file.role in {FileRole.DATA, FileRole.SAMPLE}
        assert (changed.data_fingerprint != told.data_fingerprint) == counts
    assert replace(told, files=files[::-1], version="2025.03.01.2").data_fingerprint == told.data_fingerprint


def test_every_table_has_a_fingerprint_of_its_own() -> None:
    assert len({schema_fingerprint(model) for model in TABLES.values()}) == len(TABLES)


@pytest.mark.parametrize(
    ("value", "shape", "told"),
    [
        ([1, "x"], [int], r"\[1\] is of the wrong type: str"),
        ({"a": {"b": None}}, {"a": {"b": str}}, "a.b is of the wrong type: NoneType"),
        ({}, {"a": str}, "it has no a"),
        ({"b": 1}, {}, "it has 'b', which is not known"),
        (True, int, "it is of the wrong type: bool"),
        (-1, int, " is no count"),
        (2**63, (int, type(None)), " is no count"),
        ("x", {str: int}, "it is of the wrong type: str"),
        ({"x": "1"}, {str: int}, "x is of the wrong type: str"),
    ],
)
def test_what_does_not_fit_a_shape(value, shape, told) -> None:
    with pytest.raises(ShapeError, match=f"^{told}$"):
        expect(value, shape)


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", "[" * 100_000, "", "{'a': 1}", "9" * 5_000, b"\xff\xfe"])
def test_what_is_no_json(text) -> None:
    with pytest.raises(ShapeError, match=r"^it is no JSON: "):
        read_json(text)
