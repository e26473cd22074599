"""The home: what a run may read from it, and that two runs do not meet in it."""

from pathlib import Path

import pytest

from assets.home import Home, HomeBusyError, UnreadableHomeError, split_paths


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(path=str(tmp_path / "new" / "home"))


def test_nothing_is_published_at_first(home: Home) -> None:
    papers = home.published("papers")
    assert papers.is_empty()
    assert "paper_id" in papers.columns


def test_raw_is_below_the_home_unless_named_or_known_from_the_last_run(home: Home) -> None:
    assert home.raw_paths == [str(home.folder / "raw")]
    assert Home(path="x", raw=["a", "b"]).raw_paths == ["a", "b"]


def test_references_are_below_the_home_unless_named(home: Home) -> None:
    assert home.reference_paths == []
    (home.folder / "reference").mkdir(parents=True)
    assert home.reference_paths == [], "an empty folder says nothing"
    (home.folder / "reference" / "a.json").touch()
    assert home.reference_paths == [str(home.folder / "reference")]
    assert Home(path=home.path, raw=["a"]).reference_paths == home.reference_paths
    assert Home(path=home.path, reference=["b"]).reference_paths == ["b"]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("", []),
        ("a:b/c", ["a", "b/c"]),
        ("s3://bucket/x:/data/y", ["s3://bucket/x", "/data/y"]),
        ("/data:https://host/z", ["/data", "https://host/z"]),
    ],
)
def test_paths_and_urls_in_one_variable(text: str, paths: list[str]) -> None:
    assert split_paths(text) == paths


def test_one_run_at_a_time(home: Home) -> None:
    with home.locked(), pytest.raises(HomeBusyError), Home(path=home.path).locked():
        pass
    with home.locked():
        pass


def test_a_file_that_is_no_database_is_an_error_not_an_empty_data_set(home: Home) -> None:
    home.folder.mkdir(parents=True)
    home.warehouse.write_text("not a database")
    with pytest.raises(UnreadableHomeError, match="move it away"):
        home.published("papers")
