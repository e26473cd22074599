"""The sensor: a new or changed file starts one run, one that is still being written waits."""

import json
import os
from pathlib import Path

import dagster as dg
import pytest

from assets.home import Home
from pipeline.sensors import raw_files


class Ticks:
    """The sensor, looked at again and again as Dagster does."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(path=str(folder / "home"), raw=[str(folder / "raw")])
        self.cursor: str | None = None

    def look(self) -> list[str]:
        """The keys of the runs that one look starts."""
        context = dg.build_sensor_context(cursor=self.cursor)
        told = raw_files(context, home=self.home)
        if isinstance(told, dg.SkipReason):
            return []
        self.cursor = told.cursor
        return [request.run_key for request in told.run_requests or []]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def ticks(tmp_path: Path) -> Ticks:
    return Ticks(tmp_path)


def test_a_new_file_starts_one_run_once_it_stands_still(raw: Path, ticks: Ticks) -> None:
    (raw / "a.txt").write_text("one")
    assert ticks.look() == [], "seen for the first time: it may still be written"
    assert len(ticks.look()) == 1
    assert ticks.look() == []


def test_a_file_that_grows_waits(raw: Path, ticks: Ticks) -> None:
    file = raw / "a.txt"
    for size in range(1, 4):
        file.write_text("x" * size)
        assert ticks.look() == []
    assert len(ticks.look()) == 1


def test_a_changed_file_starts_a_run_of_its_own(raw: Path, ticks: Ticks) -> None:
    (raw / "a.txt").write_text("one")
    ticks.look()
    first = ticks.look()
    (raw / "a.txt").write_text("two")
    os.utime(raw / "a.txt", ns=(1, 1))
    ticks.look()
    second = ticks.look()
    assert len(second) == 1
    assert second != first


def test_touching_a_file_starts_nothing(raw: Path, ticks: Ticks) -> None:
    (raw / "a.txt").write_text("one")
    ticks.look()
    first = ticks.look()
    os.utime(raw / "a.txt", ns=(5, 5))
    ticks.look()
    assert ticks.look() in ([], first), "Dagster starts no second run with the same key"


def test_a_file_that_goes_starts_a_run(raw: Path, ticks: Ticks) -> None:
    (raw / "a.txt").write_text("one")
    (raw / "b.txt").write_text("two")
    ticks.look()
    ticks.look()
    (raw / "b.txt").unlink()
    assert len(ticks.look()) == 1


def test_no_raw_folder_is_no_error(tmp_path: Path) -> None:
    assert Ticks(tmp_path / "nowhere").look() == []


def test_the_cursor_is_small_and_readable(raw: Path, ticks: Ticks) -> None:
    (raw / "a.txt").write_text("one")
    ticks.look()
    ticks.look()
    assert list(json.loads(ticks.cursor or "")) == [str(raw / "a.txt")]


def test_files_of_one_name_in_two_folders_are_two(tmp_path: Path, raw: Path, ticks: Ticks) -> None:
    (tmp_path / "more").mkdir()
    for folder in (raw, tmp_path / "more"):
        (folder / "a.txt").write_text(folder.name)
    ticks.home = Home(path=str(tmp_path / "home"), raw=[str(raw), str(tmp_path / "more")])
    ticks.look()
    first = ticks.look()
    (raw / "a.txt").write_text("changed")
    ticks.look()
    assert ticks.look() not in ([], first)


def test_a_new_reference_starts_a_run_and_so_does_another_role(tmp_path: Path, raw: Path, ticks: Ticks) -> None:
    (tmp_path / "more").mkdir()
    for folder in (raw, tmp_path / "more"):
        (folder / "a.txt").write_text("one")
    ticks.look()
    first = ticks.look()
    ticks.home = Home(path=str(tmp_path / "home"), raw=[str(raw)], reference=[str(tmp_path / "more")])
    ticks.look()
    second = ticks.look()
    ticks.home = Home(path=str(tmp_path / "home"), raw=[str(raw), str(tmp_path / "more")])
    third = ticks.look()
    assert len({*first, *second, *third}) == 3


def test_what_an_earlier_version_remembered_is_no_error(raw: Path, ticks: Ticks) -> None:
    (raw / "a.txt").write_text("one")
    ticks.cursor = '{"a.txt": ["1:2:3:4", "abc"]}'
    ticks.look()
    assert len(ticks.look()) == 1
