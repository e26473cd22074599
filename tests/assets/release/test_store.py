"""The folder of all releases: whatever is left there is put in order, or said in one line."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.home import Home, HomeBusyError
from assets.release.manifest import Manifest, ReleaseError
from assets.release.store import Releases

DAY = datetime(2025, 3, 1, tzinfo=UTC)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return Releases(tmp_path)


def make(releases: Releases, version: str) -> Path:
    """A release without files."""
    with releases.building(version) as folder:
        told = Manifest(version, f"{DAY:%Y-%m-%dT%H:%M:%SZ}", None, {}, {}, {}, [], {}, {})
        (folder / "samples").mkdir()
        (folder / "samples" / "one.md").write_text("one")
        (folder / "manifest.json").write_text(told.to_json())
        return releases.finish(folder, version)


def names(releases: Releases) -> list[str]:
    return sorted(entry.name for entry in releases.folder.iterdir())


def test_a_release_takes_its_place_and_is_listed(releases: Releases) -> None:
    assert releases.versions().items == ()
    place = make(releases, "2025.03.01.1")
    make(releases, "2025.03.01.2")
    assert names(releases) == ["2025.03.01.1", "2025.03.01.2", "versions.json"]
    assert releases.versions().last_successful == "2025.03.01.2"
    assert releases.path("2025.03.01.1") == place
    assert releases.manifest("2025.03.01.1").version == "2025.03.01.1"
    assert {path.stat().st_mode & 0o222 for path in place.rglob("*") if path.is_file()} == {0}
    with pytest.raises(ReleaseError, match=r"there is no release 2025\.03\.01\.3 .*releases are 2025\.03\.01\.1, "):
        releases.path("2025.03.01.3")


def test_what_is_not_finished_is_gone(releases: Releases) -> None:
    def stopped() -> None:
        with releases.building("2025.03.01.1") as folder:
            (folder / "papers.parquet").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert names(releases) == []


def test_leftovers_of_a_crash_are_put_in_order(releases: Releases) -> None:
    for version in ("2025.03.01.1", "2025.03.01.2", "2025.03.01.3"):
        make(releases, version)
    listed = json.loads((releases.folder / "versions.json").read_text())
    whole = releases.versions()
    (releases.folder / "versions.json").unlink()
    (releases.folder / ".building-2025.03.01.4").mkdir()
    (releases.folder / ".building-2025.03.01.4" / "papers.parquet").write_text("half")
    (releases.folder / ".building-file").write_text("half")
    (releases.folder / ".versions.json.123.tmp").write_text("half")
    (releases.folder / "notes.txt").write_text("mine")
    releases.recover()
    assert releases.versions() == whole
    assert json.loads((releases.folder / "versions.json").read_text()) == listed
    assert names(releases) == [*whole.items, "notes.txt", "versions.json"]
    releases.recover()
    assert releases.versions() == whole


def test_a_release_that_was_withdrawn_does_not_come_back(releases: Releases, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("2025.03.01.1", "2025.03.01.2"):
        make(releases, version)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", _crash)
        with pytest.raises(OSError, match="crash"):
            releases.withdraw("2025.03.01.2", "asked to")
    assert "2025.03.01.2" in names(releases)
    releases.recover()
    assert names(releases) == ["2025.03.01.1", "versions.json"]
    assert releases.versions().withdrawn == {"2025.03.01.2": "asked to"}
    assert releases.versions().last_successful == "2025.03.01.1"
    releases.withdraw("2025.03.01.1", "asked to")
    assert releases.versions().last_successful is None
    assert names(releases) == ["versions.json"]


def _crash(*_: object) -> None:
    raise OSError("crash")


@pytest.mark.parametrize(
    ("leave", "told"),
    [
        (
            lambda place: place.mkdir(),
            r"is no release: manifest\.json: No such file or directory; move 2025\.03\.02\.1",
        ),
        (lambda place: place.write_text("x"), r"is no release: manifest\.json: Not a directory; move 2025\.03\.02\.1"),
        (lambda place: place.symlink_to("nowhere"), r"is no release: manifest\.json: No such file"),
    ],
    ids=["folder", "file", "link"],
)
def test_what_only_has_the_name_of_a_release(releases: Releases, leave, told: str) -> None:
    make(releases, "2025.03.01.1")
    leave(releases.folder / "2025.03.02.1")
    with pytest.raises(ReleaseError, match=told):
        releases.recover()
    assert releases.versions().items == ("2025.03.01.1",)


def test_a_release_of_another_name(releases: Releases) -> None:
    make(releases, "2025.03.01.1").rename(releases.folder / "2025.03.02.1")
    (releases.folder / "versions.json").unlink()
    with pytest.raises(ReleaseError, match=r"2025\.03\.02\.1 holds release 2025\.03\.01\.1"):
        releases.recover()


def test_a_list_that_cannot_be_read_is_not_replaced(releases: Releases) -> None:
    make(releases, "2025.03.01.1")
    (releases.folder / "versions.json").write_text("{")
    with pytest.raises(ReleaseError, match=r"versions\.json: .* put back a copy, or move it away"):
        releases.recover()
    assert (releases.folder / "versions.json").read_text() == "{"


def test_a_list_that_cannot_be_written_leaves_the_release_private(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(releases, "2025.03.01.1")
    monkeypatch.setattr(Releases, "_write", _crash)
    with pytest.raises(OSError, match="crash"):
        make(releases, "2025.03.01.2")
    assert names(releases) == ["2025.03.01.1", "versions.json"]


def test_the_report_of_a_failure_goes_with_the_next_release(releases: Releases) -> None:
    report = releases.report_failure({"faults": ["é"]})
    assert json.loads(report.read_text()) == {"faults": ["é"]}
    make(releases, "2025.03.01.1")
    assert not report.exists()


def test_two_releases_at_the_same_time_do_not_meet(tmp_path: Path) -> None:
    with Home(path=str(tmp_path)).locked(), pytest.raises(HomeBusyError), Home(path=str(tmp_path)).locked():
        pass
