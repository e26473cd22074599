"""A disk that is full or cannot be written while a release is made: one clear line, and what was there is untouched."""

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.release import store
from assets.release.manifest import ReleaseError
from assets.release.verification import places
from tests import releases
from tests.pipeline.conftest import SHEAF, call

SMALL = {"formats": ["parquet", "csv"], "tables": ["papers", "dumps"]}
NOISE = [{"title": f"Noise {number}", "abstract": os.urandom(3_000).hex()} for number in range(200)]
"""Papers whose texts do not shrink below half: 1.2 MB."""
TOO_MUCH = [{"title": f"Noise {number}", "abstract": os.urandom(3_000).hex()} for number in range(4_000)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB; skips where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], check=False, capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip() or done.returncode}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    home = releases.make_home(tmp_path / "home", NOISE)
    (home / "releases").symlink_to(small_disk)
    first = releases.release_of(home, **SMALL)
    taken = first.folder.stat().st_mtime_ns, names(first.folder)
    (small_disk / "ballast").write_bytes(bytes(shutil.disk_usage(small_disk).free - (1 << 18)))
    with pytest.raises(ReleaseError, match=r"^the disk is full; .*\(the releases before are untouched\)$"):
        releases.release_of(home, **SMALL, force=True)
    (small_disk / "ballast").unlink()
    listed = store.Releases(home).versions().items
    assert listed == (first.version,)
    assert names(small_disk) == [first.version, "versions.json"], "no leftovers"
    assert all(one.is_ok for one in places.verify(str(small_disk), every=True))
    assert taken == (first.folder.stat().st_mtime_ns, names(first.folder))
    assert releases.release_of(home, **SMALL, force=True).version == "2025.03.01.2", "there is room again"


@pytest.mark.slow
def test_a_full_disk_as_users_see_it(small_disk: Path, tmp_path: Path) -> None:
    home = releases.make_home(tmp_path / "home", TOO_MUCH)
    (home / "releases").symlink_to(small_disk)
    done = call("release", "--home", home, "--formats", "parquet", "--tables", "papers")
    assert done.returncode == 1
    assert done.stderr.startswith("sheaf: nothing was released: the disk is full; ")
    assert done.stderr.count("\n") == 1
    assert names(small_disk) == []


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    home = releases.make_home(tmp_path, NOISE)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(ReleaseError, match=r"^a file became larger than .* allows"):
            releases.release_of(home, **SMALL)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert names(home / "releases") == []
    assert releases.release_of(home, **SMALL).is_new


def test_a_folder_that_cannot_be_written(small_disk: Path, tmp_path: Path) -> None:
    home = releases.make_home(tmp_path / "home")
    (home / "releases").symlink_to(small_disk)
    releases.release_of(home, **SMALL)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(ReleaseError, match=r"releases/\.building-2025\.03\.01\.2: Read-only file system$"):
        releases.release_of(home, **SMALL, force=True)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    home = releases.make_home(tmp_path)
    (home / "releases").write_text("not a folder")
    with pytest.raises(ReleaseError, match=r"releases.*: (Not a directory|File exists)$"):
        releases.release_of(home, **SMALL)


def test_a_list_that_cannot_be_written_leaves_no_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = releases.make_home(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.Releases, "_write", full)
    with pytest.raises(ReleaseError, match="the disk is full"):
        releases.release_of(home, **SMALL)
    assert names(home / "releases") == []


def _hears_signals() -> None:
    """Undoes what a shell does to commands in the background: they are born deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=str)
def test_a_release_that_is_stopped(tmp_path: Path, number: signal.Signals) -> None:
    home = releases.make_home(tmp_path, TOO_MUCH)
    command = [str(SHEAF), "release", "--home", str(home), "--formats", "parquet,jsonl,csv"]
    hears = {"preexec_fn": _hears_signals}  # no other thread is at work here that could hold a lock at the fork
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **hears) as run:
        while not list(home.glob("releases/.building-*/*.parquet")) and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(number)
        _, told = run.communicate(timeout=60)
    assert told == "sheaf: stopped; what was published before is untouched\n"
    assert run.returncode == 1
    assert names(home / "releases") == []
