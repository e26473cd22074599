"""A folder as a target: links, full disks, things in the way."""

import errno
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from assets.release.delivery import folder as folder_module
from assets.release.delivery.deliver import deliver
from assets.release.delivery.folder import FolderTarget
from assets.release.delivery.places import Layout, open_target
from assets.release.delivery.plan import Wish
from assets.release.layout import RELEASES
from assets.release.manifest import ReleasedFile, ReleaseError, SelectionError
from assets.release.store import Releases
from schemas.release_vocabulary import FileRole
from tests.deliveries import V1, V2, add_release, check_whole, tree


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for version in (V1, V2):
        add_release(tmp_path / "home", version)
    return tmp_path / "home"


def publish(home: Path, root: Path, **wish: object) -> object:
    return deliver(home, FolderTarget(root), Layout.ARCHIVE, Wish(**wish))


def test_nothing_is_written_or_deleted_through_a_link(tmp_path: Path, home: Path) -> None:
    root, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    publish(home, root, version=V1)
    (elsewhere / "samples").mkdir(parents=True)
    (elsewhere / "papers.parquet").write_bytes(b"theirs")
    (root / V2).symlink_to(elsewhere)
    with pytest.raises(ReleaseError, match=f"{V2} is a link; nothing is published through it"):
        publish(home, root)
    Releases(home).withdraw(V2, "why")
    publish(home, root)
    assert not (root / V2).is_symlink()
    assert (elsewhere / "papers.parquet").read_bytes() == b"theirs"


def test_links_inside_a_stale_release_go_and_their_ends_stay(tmp_path: Path, home: Path) -> None:
    root, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    publish(home, root, every=True)
    elsewhere.mkdir()
    (elsewhere / "theirs.txt").write_bytes(b"theirs")
    (root / V1 / "loop").symlink_to(root)
    (root / V1 / "folder").symlink_to(elsewhere)
    (root / V1 / "empty" / "deep").mkdir(parents=True)
    os.mkfifo(root / V1 / "pipe")
    publish(home, root, keep=1)
    assert sorted(path.name for path in root.iterdir()) == [V2, "versions.json"]
    assert (elsewhere / "theirs.txt").read_bytes() == b"theirs"


def test_a_link_in_the_place_of_a_file_is_replaced(tmp_path: Path, home: Path) -> None:
    root, theirs = tmp_path / "target", tmp_path / "theirs.parquet"
    theirs.write_bytes((home / RELEASES / V2 / "papers.parquet").read_bytes())
    (root / V2).mkdir(parents=True)
    (root / V2 / "papers.parquet").symlink_to(theirs)
    publish(home, root)
    assert not (root / V2 / "papers.parquet").is_symlink()
    check_whole(tree(root))


@pytest.mark.parametrize("moment", [1, 6, 11, 17])
def test_a_full_disk_leaves_the_pointer_and_no_half_file(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    root, left, real = tmp_path / "target", [moment], folder_module.sync
    publish(home, root, version=V1)

    def sync(path: Path) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        real(path)

    monkeypatch.setattr(folder_module, "sync", sync)
    with pytest.raises(ReleaseError, match="No space left on device") as wrong:
        publish(home, root, keep=1)
    assert "\n" not in str(wrong.value)
    assert not [path for path in tree(root) if path.endswith("sheaf-part")]
    check_whole(tree(root))
    monkeypatch.setattr(folder_module, "sync", real)
    publish(home, root, keep=1)
    assert sorted(path.name for path in root.iterdir()) == [V2, "versions.json"]
    check_whole(tree(root))


def test_a_folder_that_cannot_be_made_is_told(home: Path) -> None:
    with pytest.raises(ReleaseError, match=r"^/proc/papersheaf: [A-Z][a-z ]+$"):
        publish(home, Path("/proc/papersheaf"))


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["a pipe", "a folder"])
def test_a_list_that_is_no_file_is_told(tmp_path: Path, home: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "target").mkdir()
    make(tmp_path / "target" / "versions.json")
    with pytest.raises(ReleaseError, match=r"versions\.json is no file"):
        publish(home, tmp_path / "target")


def test_new_folders_are_on_the_disk_before_the_pointer(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(folder_module, "sync", synced.append)
    publish(home, tmp_path / "target")
    asides = [path for path in synced if path.name == ".versions.json.sheaf-part"]
    before = synced[: synced.index(asides[0])]
    assert {tmp_path / "target", tmp_path / "target" / V2, tmp_path / "target" / V2 / "samples"} <= {*before}


def test_a_share_without_locks_is_written_all_the_same(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(*_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(folder_module.fcntl, "flock", flock)
    publish(home, tmp_path / "target")
    check_whole(tree(tmp_path / "target"))


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path, home: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / V2).write_bytes(b"theirs")
    with pytest.raises(ReleaseError, match=f"{V2}.*: (File exists|Not a directory)"):
        publish(home, tmp_path / "target")
    (tmp_path / "other" / V2 / "papers.parquet").mkdir(parents=True)
    with pytest.raises(ReleaseError, match=r"papers\.parquet.*: (Is a directory|File exists)"):
        publish(home, tmp_path / "other")


def test_a_copy_that_turns_out_wrong_has_never_been_there(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x" * 5_000_000)
    told = ReleasedFile("papers.bib", FileRole.DATA, 5_000_000, sha256(b"y").hexdigest(), "x")
    with pytest.raises(ReleaseError, match="source is not what the manifest says"):
        FolderTarget(tmp_path).copy("there/papers.bib", source, told)
    assert list((tmp_path / "there").iterdir()) == []


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("{home}", "is the home, or in it"),
        ("{home}/releases", "is the home, or in it"),
        ("{home}/../home/x", "is the home, or in it"),
        ("{home}/papers.txt", "is the home, or in it"),
        ("{file}", "is no folder"),
        ("", "is no folder"),
        ("a\0b", "is no folder"),
        ("ftp://host/x", "ftp:// cannot be published to; use a folder, s3://, gs:// or az://"),
        ("https://bucket/x", "https:// cannot be published to"),
        ("s3://", "names no place in a store"),
        ("s3:///x", "names no place in a store"),
        ("s3://bucket/../x", "names no place in a store"),
        ("s3://bucket//x", "names no place in a store"),
        ("s3://bucket/a\nb", "names no place in a store"),
    ],
)
def test_places_that_nothing_can_be_delivered_to(tmp_path: Path, place: str, told: str) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SelectionError) as wrong:
        open_target(place.format(home=tmp_path / "home", file=tmp_path / "file"), tmp_path / "home")
    assert told in str(wrong.value)


def test_the_folder_above_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"there is no folder .*unmounted; make it first"):
        open_target(str(tmp_path / "unmounted" / "papers"), tmp_path / "home")


@pytest.mark.parametrize("name", ["a b", "%20#?*", "üñ😀", "-rf", "~", "'; DROP TABLE x", "a\nb"])
def test_strange_names_are_names(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    add_release(home, V1, {"papers.bib": b"x"})
    target = open_target(str(tmp_path / name), home)
    deliver(home, target, Layout.ARCHIVE, Wish())
    check_whole(tree(tmp_path / name))
