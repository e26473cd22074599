"""Which files are read, under which names, and what the manifests among them say."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.parse.folder import NEVER_SETTLED, NothingToReadError, RawFile, fetch, find_files, look
from assets.parse.manifest import ManifestError
from schemas.vocabulary import Role


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "deep" / "er").mkdir(parents=True)
    return folder


def fill(raw: Path, *names: str) -> None:
    for name in names:
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_text(name)


def uris(*paths: Path | str) -> list[str]:
    return [file.uri for file in find_files(paths)]


def test_folders_are_read_at_any_depth_and_hidden_files_are_not(raw: Path) -> None:
    fill(raw, "b.txt", "deep/a.txt", "deep/er/c.txt", ".hidden", "deep/.git", ".cache/d.txt")
    assert uris(raw) == ["b.txt", "deep/a.txt", "deep/er/c.txt"]


def test_a_file_is_named_by_its_name_and_read_once(raw: Path) -> None:
    fill(raw, "a.txt")
    assert uris(raw / "a.txt") == ["a.txt"]
    assert uris(raw / "a.txt", raw, raw / "deep" / ".." / "a.txt") == ["a.txt"]
    assert uris((raw / "a.txt").as_uri()) == ["a.txt"]


def test_the_order_of_the_paths_says_nothing(raw: Path) -> None:
    fill(raw, "b.txt", "a.txt")
    assert uris(raw / "b.txt", raw / "a.txt") == uris(raw / "a.txt", raw / "b.txt") == ["a.txt", "b.txt"]


def test_files_of_one_name_have_an_order(raw: Path) -> None:
    fill(raw, "x/a.txt", "y/a.txt")
    files = find_files([raw / "x", raw / "y"])
    assert [file.uri for file in files] == ["a.txt", "a.txt"]
    assert sorted([*files, RawFile("a.txt", "s3://bucket/a.txt")])[:2] == files


@pytest.mark.parametrize(
    "name", ["missing", "deep", "deep/*.json", "missing/*", "miss*", "nul\0", "ftp://host/x", "x://"]
)
def test_nothing_to_read(raw: Path, name: str) -> None:
    with pytest.raises(NothingToReadError) as error:
        find_files([name if "://" in name else str(raw / name)])
    assert name in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.json", ["[1].json", "a.json"]),
        ("**/*.json", ["[1].json", "a.json", "deep/b.json", "deep/er/c.json"]),
        ("deep/*", ["b.json", "c.txt", "er/c.json"]),
        ("d*", ["deep/b.json", "deep/c.txt", "deep/er/c.json"]),
        ("[ab].*", ["a.json"]),
        ("**", ["[1].json", "a.json", "deep/b.json", "deep/c.txt", "deep/er/c.json"]),
        ("[1].json", ["[1].json"]),
    ],
)
def test_patterns_name_files_and_folders_below_their_plain_beginning(raw: Path, pattern: str, found: list[str]) -> None:
    fill(raw, "a.json", "[1].json", "deep/b.json", "deep/c.txt", "deep/er/c.json", "deep/.hidden.json")
    assert uris(raw / pattern) == found


def test_patterns_below_the_current_folder(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(raw, "a.json", "deep/b.json")
    monkeypatch.chdir(raw)
    assert uris("*.json") == ["a.json"]
    assert uris("deep") == ["b.json"]


def test_links_pipes_and_names_that_are_not_utf8(raw: Path) -> None:
    fill(raw, "deep/a.txt")
    (raw / "nowhere").symlink_to(raw / "missing")
    (raw / "circle").symlink_to(raw / "circle")
    (raw / "deep" / "up").symlink_to(raw)
    os.mkfifo(raw / "pipe")
    Path(os.fsdecode(os.fsencode(raw) + b"/\xe9.txt")).write_text("x")
    found = look([raw])
    assert [file.uri for file in found.files] == ["circle", "deep/a.txt", "nowhere", "pipe", "\ufffd.txt"]
    assert [(file.stamp, file.changed_ns) for file in found.files if file.uri == "circle"] == [("", NEVER_SETTLED)]
    assert found.warnings == [f"{raw / 'deep' / 'up'} is a link to a folder; it is not followed"]


def test_a_folder_that_cannot_be_listed_is_a_file_that_cannot_be_read(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(raw, "a.txt")
    listed = os.scandir

    def scandir(path):
        if Path(path).name == "deep":
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert uris(raw) == ["a.txt", "deep"]


def stamps(*paths: Path) -> dict[str, str]:
    return {file.uri: file.stamp for file in find_files(paths)}


def test_the_stamp_stays_when_a_file_moves_and_changes_with_it(raw: Path) -> None:
    fill(raw, "a.txt", "b.txt")
    before = stamps(raw)
    assert len(set(before.values())) == 2
    (raw / "a.txt").rename(raw / "deep" / "c.txt")
    assert stamps(raw)["deep/c.txt"] == before["a.txt"]
    (raw / "b.txt").write_text("something else")
    assert stamps(raw)["b.txt"] != before["b.txt"]
    os.utime(raw / "deep" / "c.txt", ns=(0, 5))
    (file,) = find_files([raw / "deep"])
    assert (file.changed_ns, file.mtime) == (5, 5e-9)
    assert file.stamp != before["a.txt"]


def test_other_hints_are_another_stamp(raw: Path) -> None:
    fill(raw, "a.csv", "b.csv")
    before = stamps(raw)
    (raw / "sheaf.toml").write_text('[[dumps]]\nfiles = "a.csv"\nrole = "reference"')
    assert stamps(raw) == before
    (raw / "sheaf.toml").write_text('[[dumps]]\nfiles = "a.csv"\ncolumns.title = "Name"')
    assert stamps(raw) != before


def test_manifests_hold_for_their_folder_and_below(raw: Path) -> None:
    fill(raw, "a.csv", "deep/b.csv", "deep/er/c.csv", "reference/d.csv")
    (raw / "sheaf.toml").write_text('[[dumps]]\nfiles = "**"\ncaptured_at = 2024-05-03')
    (raw / "deep" / "sheaf.toml").write_text('[[dumps]]\nfiles = "er/*"\nrole = "reference"')
    told = {file.uri: file.settings for file in find_files([raw])}
    assert list(told) == ["a.csv", "deep/b.csv", "deep/er/c.csv", "reference/d.csv"]
    assert [str(one.role) for one in told.values()] == ["feed", "feed", "reference", "reference"]
    assert {one.captured_at for one in told.values()} == {datetime(2024, 5, 3, tzinfo=UTC)}


def test_the_manifest_beside_a_file_given_by_itself_and_above_a_pattern(raw: Path) -> None:
    fill(raw, "a.csv", "deep/b.csv")
    (raw / "sheaf.toml").write_text('[[dumps]]\nfiles = "**/*.csv"\nrole = "reference"')
    fill(raw.parent, "feed.csv")
    for given in (raw / "a.csv", raw / "*.csv", raw / "**" / "*.csv"):
        found = look([given, raw.parent / "feed.csv"])
        assert {file.settings.role for file in found.files if file.uri != "feed.csv"} == {Role.REFERENCE}
        assert found.warnings == []
    assert find_files([raw / "deep" / "b.csv"])[0].settings.role is Role.FEED


def roles(raw: list[Path | str], reference: list[Path | str]) -> dict[str, str]:
    return {file.uri: str(file.settings.role) for file in find_files(raw, reference)}


def test_what_is_given_as_a_reference_is_one(raw: Path) -> None:
    fill(raw, "a.csv", "deep/b.csv", "deep/er/c.csv")
    assert roles([raw / "a.csv"], [raw / "deep"]) == {"a.csv": "feed", "b.csv": "reference", "er/c.csv": "reference"}


def test_a_manifest_has_the_last_word_on_roles(raw: Path) -> None:
    fill(raw, "a.csv", "deep/b.csv", "deep/er/c.csv")
    (raw / "deep" / "sheaf.toml").write_text('[[dumps]]\nfiles = "er"\nrole = "feed"')
    assert roles([raw / "a.csv"], [raw / "deep"]) == {"a.csv": "feed", "b.csv": "reference", "er/c.csv": "feed"}


@pytest.mark.parametrize(
    ("feeds", "references", "found"),
    [
        pytest.param(["."], ["deep"], {"a.csv": "feed", "b.csv": "reference"}, id="references in the raw folder"),
        pytest.param(["deep"], ["."], {"a.csv": "reference", "b.csv": "feed"}, id="the raw folder in references"),
        pytest.param(["a.csv"], ["."], {"a.csv": "feed", "deep/b.csv": "reference"}, id="one file of a folder"),
        pytest.param(["*.csv"], ["."], {"a.csv": "feed", "deep/b.csv": "reference"}, id="a pattern in a folder"),
        pytest.param([".", "deep"], ["a.csv"], {"a.csv": "reference", "b.csv": "feed"}, id="folders in each other"),
    ],
)
def test_of_two_paths_the_nearer_one_says_what_a_file_is(
    raw: Path, feeds: list[str], references: list[str], found: dict[str, str]
) -> None:
    fill(raw, "a.csv", "deep/b.csv")
    assert roles([raw / path for path in feeds], [raw / path for path in references]) == found


@pytest.mark.parametrize(
    ("feeds", "references", "told"),
    [
        pytest.param(["."], ["."], "given with --raw and with --reference", id="one folder for both"),
        pytest.param(["a.csv"], ["a.csv"], "given with --raw and with --reference", id="one file for both"),
        pytest.param(["."], ["missing"], "name one with --reference", id="a reference that is not there"),
        pytest.param(["."], ["*.ris"], "name others with --reference", id="a pattern without references"),
        pytest.param(["."], ["empty"], "name others with --reference", id="no file in the references"),
        pytest.param(["empty"], ["."], "name others with --raw", id="an empty raw folder"),
        pytest.param(["raw"], [], "only references", id="references by their place"),
        pytest.param([], ["."], "only references", id="nothing raw"),
    ],
)
def test_references_that_leave_it_open(raw: Path, feeds: list[str], references: list[str], told: str) -> None:
    fill(raw, "a.csv", "raw/reference/b.csv")
    (raw / "empty").mkdir()
    with pytest.raises(NothingToReadError) as error:
        find_files([raw / path for path in feeds], [raw / path for path in references])
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_pattern_of_a_manifest_that_names_no_file_is_told(raw: Path) -> None:
    fill(raw, "deep/a.csv")
    (raw / "deep" / "sheaf.toml").write_text('[[dumps]]\nfiles = ["*.csv", "*.ris"]')
    assert look([raw]).warnings == [f"{raw / 'deep' / 'sheaf.toml'}: no file matches '*.ris'"]


def test_a_wrong_manifest_is_told_with_its_place(raw: Path) -> None:
    fill(raw, "a.csv")
    (raw / "deep" / "sheaf.toml").write_text("[[dumps]]\nrole = 'feed'")
    with pytest.raises(ManifestError, match=r"deep/sheaf\.toml: entry 1: files is missing"):
        find_files([raw])


def test_local_files_are_fetched_as_they_are(raw: Path) -> None:
    fill(raw, "a.txt")
    (file,) = find_files([raw])
    with fetch(file, raw / "scratch") as path:
        assert path == raw / "a.txt"
    assert not (raw / "scratch").exists()
