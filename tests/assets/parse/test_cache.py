"""What was read before: known again by stamp and content, forgotten when in doubt."""

from pathlib import Path

import pytest

from assets.parse.cache import Cache, Facts, Part

SECOND = 1_000_000_000
READ_NS = 1_700_000_000 * SECOND + 123


def facts(**told: object) -> Facts:
    return Facts(**{"dump_id": "d" * 64, "format": "ris", "compression": "none", "size_bytes": 3, **told})


def remembered(folder: Path, changed_ns: int | None = READ_NS - 60 * SECOND) -> Cache:
    cache = Cache.load(folder, "readers 1")
    cache.facts["key"] = facts()
    cache.remember("stamp", [Part("", "key")], changed_ns=changed_ns, read_ns=READ_NS)
    cache.save(["stamp"], ["key"])
    return Cache.load(folder, "readers 1")


def test_a_file_is_known_again_by_its_stamp(tmp_path: Path):
    cache = remembered(tmp_path)
    assert cache.parts("stamp") == [Part("", "key")]
    assert cache.facts["key"] == facts()
    assert cache.parts("another") is None


@pytest.mark.parametrize(
    ("changed_ns", "is_known"),
    [
        pytest.param(READ_NS - SECOND // 2, True, id="settled"),
        pytest.param(READ_NS - SECOND // 100, False, id="changed just before"),
        pytest.param(READ_NS - READ_NS % SECOND - SECOND, False, id="a clock of whole seconds"),
        pytest.param(READ_NS - READ_NS % SECOND - 9 * SECOND, True, id="whole seconds, long ago"),
        pytest.param(READ_NS + SECOND, False, id="from the future"),
        pytest.param(None, True, id="beyond doubt"),
    ],
)
def test_a_file_that_changed_just_before_proves_nothing(tmp_path: Path, changed_ns: int | None, is_known: bool):
    assert (remembered(tmp_path, changed_ns).parts("stamp") is not None) == is_known


def test_other_readers_begin_anew(tmp_path: Path):
    remembered(tmp_path)
    assert Cache.load(tmp_path, "readers 2").files == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"readers": "readers 1", "files": 3, "facts": {}}'])
def test_a_damaged_index_is_an_empty_one(tmp_path: Path, text: str):
    (tmp_path / "index.json").write_text(text)
    assert Cache.load(tmp_path, "readers 1").files == {}


def test_listings_that_are_gone_are_read_again(tmp_path: Path):
    cache = remembered(tmp_path)
    cache.facts["key"] = facts(listing_count=2)
    assert cache.parts("stamp") is None
    cache.path("key").parent.mkdir()
    cache.path("key").touch()
    assert cache.parts("stamp") == [Part("", "key")]


def test_what_a_run_did_not_use_is_thrown_away(tmp_path: Path):
    cache = remembered(tmp_path)
    cache.path("old").parent.mkdir()
    cache.path("old").touch()
    cache.path("key").touch()
    cache.save([], ["key"])
    assert [path.name for path in cache.path("key").parent.iterdir()] == ["key.parquet"]
    assert Cache.load(tmp_path, "readers 1").parts("stamp") is None
