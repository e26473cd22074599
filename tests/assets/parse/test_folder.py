"""Which files are read, under which names, and what becomes of copies."""

import os
from pathlib import Path

import pytest

from assets.parse.folder import NothingToReadError, find_files, read_all
from tests.pages import TITLES, page


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "deep" / "er").mkdir(parents=True)
    return folder


def uris(*paths: Path) -> list[str]:
    return [file.uri for file in find_files(paths)]


def test_folders_are_read_at_any_depth_and_hidden_files_are_not(raw: Path) -> None:
    for name in ("b.txt", "deep/a.txt", "deep/er/c.txt", ".hidden", "deep/.git"):
        (raw / name).write_text("x")
    (raw / ".cache").mkdir()
    (raw / ".cache" / "d.txt").write_text("x")
    assert uris(raw) == ["b.txt", "deep/a.txt", "deep/er/c.txt"]


def test_a_file_is_named_by_its_name_and_read_once(raw: Path) -> None:
    (raw / "a.txt").write_text("x")
    assert uris(raw / "a.txt") == ["a.txt"]
    assert uris(raw / "a.txt", raw, raw / "deep" / ".." / "a.txt") == ["a.txt"]


def test_the_order_of_the_paths_says_nothing(raw: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (raw / name).write_text(name)
    assert uris(raw / "b.txt", raw / "a.txt") == uris(raw / "a.txt", raw / "b.txt") == ["a.txt", "b.txt"]


@pytest.mark.parametrize("name", ["missing", "deep"])
def test_nothing_to_read(raw: Path, name: str) -> None:
    with pytest.raises(NothingToReadError, match=name):
        find_files([raw / name])


def test_links_that_lead_nowhere_or_in_circles_and_pipes_are_dumps_that_cannot_be_read(raw: Path) -> None:
    (raw / "nowhere").symlink_to(raw / "missing")
    (raw / "circle").symlink_to(raw / "circle")
    os.mkfifo(raw / "pipe")
    dumps, listings = read_all(find_files([raw]), raw.parent / "scratch")
    assert dumps["reason"].to_list() == ["unreadable"] * 3
    assert listings.is_empty()


def test_copies_are_one_dump(raw: Path) -> None:
    text = page(*TITLES[:2])
    for name in ("c.txt", "a.txt", "deep/b.txt"):
        (raw / name).write_text(text)
    dumps, listings = read_all(find_files([raw]), raw.parent / "scratch")
    assert dumps.select("uri", "also_at").rows() == [("a.txt", ["c.txt", "deep/b.txt"])]
    assert listings.height == 2
