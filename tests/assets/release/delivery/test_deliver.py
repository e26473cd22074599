"""Deliveries to a folder and to a server of the S3 protocol: whole, in order, resumed, repeated, and taken back."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from assets.release.delivery.deliver import deliver
from assets.release.delivery.places import Layout
from assets.release.delivery.plan import Wish
from assets.release.layout import RELEASES
from assets.release.manifest import ReleaseError
from assets.release.store import Releases
from assets.release.versions import Versions
from tests.deliveries import V1, V2, V3, Cut, Fragile, Server, add_release, check_whole, files_of, tree

LAYOUTS = list(Layout)
SOMETIMES = [Layout.ARCHIVE, pytest.param(Layout.HUGGINGFACE, marks=pytest.mark.slow)]
"""The layouts of tests that hardly depend on them."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two releases."""
    home = tmp_path / "home"
    for version in (V1, V2):
        add_release(home, version)
    return home


def names(version: str, layout: Layout) -> set[str]:
    """The files of a release at a target."""
    return {layout.path(f"{version}/{name}") for name in (*files_of(version), "manifest.json")}


def roots(layout: Layout) -> set[str]:
    """The files beside the releases at a target."""
    return {layout.path("versions.json")} | ({"README.md", ".gitattributes"} if layout is Layout.HUGGINGFACE else set())


def at(home: Path, version: str, layout: Layout) -> dict[str, bytes]:
    return {layout.path(f"{version}/{path}"): data for path, data in tree(home / RELEASES / version).items()}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_release_arrives_byte_for_byte_and_the_next_joins_it(home: Path, place, layout: Layout) -> None:
    before = tree(home)
    done = deliver(home, place.target, layout, Wish(V1))
    assert (done.versions.items, done.versions.last_successful, done.is_new) == ((V1,), V1, True)
    assert set(place.look()) == names(V1, layout) | roots(layout)
    deliver(home, place.target, layout, Wish())
    there = place.look()
    assert set(there) == names(V1, layout) | names(V2, layout) | roots(layout)
    assert at(home, V1, layout).items() | at(home, V2, layout).items() <= there.items()
    assert there[layout.path("versions.json")] == (home / RELEASES / "versions.json").read_bytes()
    assert tree(home) == before


@pytest.mark.parametrize("layout", SOMETIMES)
def test_the_second_time_nothing_is_written(home: Path, bucket, server: Server, layout: Layout) -> None:
    deliver(home, bucket.target, layout, Wish(every=True))
    server.log.clear()
    done = deliver(home, bucket.target, layout, Wish())
    assert not done.is_new
    assert server.writes == []
    assert len(server.log) < 20
    assert not deliver(home, bucket.target, layout, Wish(check=True)).is_new
    assert server.writes == []


@pytest.mark.parametrize("layout", SOMETIMES)
def test_the_second_time_no_file_is_touched(home: Path, folder, layout: Layout) -> None:
    deliver(home, folder.target, layout, Wish(every=True))
    paths = [folder.target.root, *folder.target.root.rglob("*")]
    before = {path: path.stat().st_mtime_ns for path in paths}
    assert not deliver(home, folder.target, layout, Wish()).is_new
    assert {path: path.stat().st_mtime_ns for path in [folder.target.root, *folder.target.root.rglob("*")]} == before


@pytest.mark.parametrize("layout", LAYOUTS)
def test_copies_come_first_then_the_pointer_then_deletions(home: Path, bucket, server: Server, layout: Layout) -> None:
    deliver(home, bucket.target, layout, Wish(V1))
    server.log.clear()
    deliver(home, bucket.target, layout, Wish(keep=1))
    paths = [path.partition("/year/")[2] for method, path in server.writes if method == "PUT"]
    copies = len(names(V2, layout))
    assert set(paths[:copies]) == names(V2, layout)
    assert paths[copies - 1] == layout.path(f"{V2}/manifest.json")
    pointers = [layout.path("versions.json")] + (["README.md"] if layout is Layout.HUGGINGFACE else [])
    assert paths[copies:] == pointers
    methods = [method for method, _ in server.writes]
    assert methods == ["PUT"] * len(paths) + ["POST"] * (len(methods) - len(paths))
    assert all(path.endswith("?delete") for method, path in server.writes if method == "POST")
    assert set(bucket.look()) == names(V2, layout) | roots(layout)


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_interrupted_before_every_operation(home: Path, place, layout: Layout) -> None:
    deliver(home, place.target, layout, Wish(V1))
    add_release(home, V3, files_of(V2))
    for left in range(60):
        fragile = Fragile(place.target, left % 7)
        try:
            deliver(home, fragile, layout, Wish(keep=1))
            break
        except Cut:
            check_readers(place.look(), layout)
    assert left > 4
    assert set(place.look()) == names(V3, layout) | roots(layout)
    check_readers(place.look(), layout)
    assert not deliver(home, place.target, layout, Wish()).is_new


def check_readers(there: dict[str, bytes], layout: Layout) -> None:
    """What readers find through each pointer is whole."""
    versions = check_whole(there, layout.path(""))
    assert versions.items
    if layout is Layout.HUGGINGFACE:
        lines = there["README.md"].decode().splitlines()
        paths = [line.split('"')[1] for line in lines if '"data/' in line]
        assert len(paths) == 3
        assert set(paths) <= set(there)


def test_a_server_that_refuses_at_every_request(home: Path, bucket, server: Server) -> None:
    deliver(home, bucket.target, Layout.ARCHIVE, Wish(V1))
    told: set[str] = set()
    for left in range(30):
        server.writes_left = left % 4
        try:
            deliver(home, bucket.target, Layout.ARCHIVE, Wish(keep=1))
            break
        except ReleaseError as wrong:
            told.add(str(wrong).partition(": ")[2])
            check_whole(bucket.look())
    assert told == {"access is denied; see the credentials in the environment"}
    assert check_whole(bucket.look()).items == (V2,)
    assert set(bucket.look()) == names(V2, Layout.ARCHIVE) | {"versions.json"}


def test_what_is_whole_is_not_copied_again(home: Path, place) -> None:
    with pytest.raises(Cut):
        deliver(home, Fragile(place.target, 3), Layout.ARCHIVE, Wish())
    assert len(place.look()) == 3
    assert deliver(home, place.target, Layout.ARCHIVE, Wish()).releases[0].copied == len(files_of(V2)) + 1 - 3


def test_what_is_not_whole_is_replaced(home: Path, place) -> None:
    content = files_of(V2)["links.parquet"]
    place.put(f"{V2}/links.parquet", content[:10])
    place.put(f"{V2}/papers.parquet", bytes(len(files_of(V2)["papers.parquet"])))
    place.put(f"{V2}/dictionary.md", files_of(V2)["dictionary.md"])
    done = deliver(home, place.target, Layout.ARCHIVE, Wish())
    assert done.releases[0].copied == len(files_of(V2))
    check_whole(place.look())


def test_damage_of_equal_size_is_found_by_check_and_mended(home: Path, place) -> None:
    deliver(home, place.target, Layout.ARCHIVE, Wish())
    place.put(f"{V2}/papers.parquet", bytes(len(files_of(V2)["papers.parquet"])))
    assert not deliver(home, place.target, Layout.ARCHIVE, Wish()).is_new
    assert deliver(home, place.target, Layout.ARCHIVE, Wish(check=True)).releases[0].copied == 1
    check_whole(place.look())


def test_what_somebody_deleted_comes_back_also_in_older_releases(home: Path, folder) -> None:
    deliver(home, folder.target, Layout.ARCHIVE, Wish(V1))
    (folder.target.root / V1 / "links.parquet").unlink()
    done = deliver(home, folder.target, Layout.ARCHIVE, Wish())
    assert [release.copied for release in done.releases] == [1, len(files_of(V2)) + 1]
    check_whole(folder.look())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_withdrawn_release_goes_and_all_of_its_objects(home: Path, place, layout: Layout) -> None:
    deliver(home, place.target, layout, Wish(every=True))
    place.put(layout.path(f"{V2}/.papers.parquet.sheaf-part"), b"half")
    place.put(layout.path(f"{V2}/added/by hand.txt"), b"a copy")
    Releases(home).withdraw(V2, "a paper was taken down")
    done = deliver(home, place.target, layout, Wish())
    assert (done.versions.items, done.deleted) == ((V1,), (V2,))
    assert done.versions.withdrawn == {V2: "a paper was taken down"}
    assert set(place.look()) == names(V1, layout) | roots(layout)
    check_readers(place.look(), layout)


@pytest.mark.parametrize("layout", SOMETIMES)
def test_the_last_release_goes_too(home: Path, place, layout: Layout) -> None:
    deliver(home, place.target, layout, Wish(every=True))
    for version in (V1, V2):
        Releases(home).withdraw(version, "taken down")
    done = deliver(home, place.target, layout, Wish())
    assert (done.versions.items, done.versions.last_successful, done.deleted) == ((), None, (V1, V2))
    assert set(place.look()) == roots(layout) - {"README.md"}
    assert not deliver(home, place.target, layout, Wish()).is_new


def test_a_copy_that_was_interrupted_and_withdrawn_goes(home: Path, place) -> None:
    deliver(home, place.target, Layout.ARCHIVE, Wish(V1))
    with pytest.raises(Cut):
        deliver(home, Fragile(place.target, 3), Layout.ARCHIVE, Wish())
    Releases(home).withdraw(V2, "taken down")
    assert deliver(home, place.target, Layout.ARCHIVE, Wish()).deleted == (V2,)
    assert set(place.look()) == names(V1, Layout.ARCHIVE) | {"versions.json"}


def test_a_copy_that_was_interrupted_goes_with_the_next_release(home: Path, place) -> None:
    with pytest.raises(Cut):
        deliver(home, Fragile(place.target, 3), Layout.ARCHIVE, Wish())
    assert deliver(home, place.target, Layout.ARCHIVE, Wish(V1)).deleted == ()
    add_release(home, V3)
    assert deliver(home, place.target, Layout.ARCHIVE, Wish(V3)).deleted == (V2,)
    assert set(place.look()) == names(V1, Layout.ARCHIVE) | names(V3, Layout.ARCHIVE) | {"versions.json"}


@pytest.mark.parametrize("layout", SOMETIMES)
def test_files_of_others_are_left_alone(home: Path, place, layout: Layout) -> None:
    theirs = {"notes.md": b"1", "1999.01.01.1/old.txt": b"2", "data/raw.csv": b"3", f"{V2}.txt": b"4", "x/y/z": b"5"}
    for path, content in theirs.items():
        place.put(path, content)
    deliver(home, place.target, layout, Wish(every=True))
    deliver(home, place.target, layout, Wish(keep=1))
    assert theirs.items() <= place.look().items()
    assert set(place.look()) == {*theirs} | names(V2, layout) | roots(layout)


def test_a_target_of_another_home(tmp_path: Path, home: Path, place) -> None:
    other = tmp_path / "other"
    add_release(other, V3)
    deliver(other, place.target, Layout.ARCHIVE, Wish())
    with pytest.raises(ReleaseError, match=f"{V3} there is of another home"):
        deliver(home, place.target, Layout.ARCHIVE, Wish())
    check_whole(place.look())
    assert deliver(home, place.target, Layout.ARCHIVE, Wish(take_over=True)).deleted == (V3,)
    assert set(place.look()) == names(V2, Layout.ARCHIVE) | {"versions.json"}


def test_another_release_of_the_same_name(tmp_path: Path, home: Path, place) -> None:
    other = tmp_path / "other"
    add_release(other, V2, {"papers.bib": b"@misc{other}"})
    deliver(other, place.target, Layout.ARCHIVE, Wish())
    before = place.look()
    for wish in (Wish(), Wish(take_over=True)):
        with pytest.raises(ReleaseError, match=f"another release is called {V2} there"):
            deliver(home, place.target, Layout.ARCHIVE, wish)
    assert place.look() == before


def test_a_readme_of_somebody_else(home: Path, place) -> None:
    place.put("README.md", b"# Written by hand\n")
    place.put(".gitattributes", b"*.parquet filter=lfs diff=lfs merge=lfs -text")
    with pytest.raises(ReleaseError, match=r"has a README\.md that was not published"):
        deliver(home, place.target, Layout.HUGGINGFACE, Wish())
    assert len(place.look()) == 2
    deliver(home, place.target, Layout.HUGGINGFACE, Wish(take_over=True))
    assert place.look()[".gitattributes"].startswith(b"*.parquet filter=lfs diff=lfs merge=lfs -text\ndata/")
    assert not deliver(home, place.target, Layout.HUGGINGFACE, Wish()).is_new


def test_two_at_once_the_second_switch_is_refused(home: Path, bucket) -> None:
    def meanwhile(path: str) -> None:
        if path == f"{V2}/manifest.json":
            deliver(home, bucket.target, Layout.ARCHIVE, Wish(V1))

    with pytest.raises(ReleaseError, match=r"versions\.json was changed meanwhile"):
        deliver(home, bucket.target, Layout.ARCHIVE, Wish(V2), meanwhile)
    assert check_whole(bucket.look()).items == (V1,)
    assert deliver(home, bucket.target, Layout.ARCHIVE, Wish(V2)).versions.items == (V1, V2)


def test_two_at_once_in_a_folder_the_second_waits_for_its_turn(home: Path, folder) -> None:
    refused = []

    def meanwhile(_: str) -> None:
        with pytest.raises(ReleaseError, match="another sheaf publish is at work in") as wrong:
            deliver(home, folder.target, Layout.ARCHIVE, Wish(V1))
        refused.append(str(wrong.value))

    deliver(home, folder.target, Layout.ARCHIVE, Wish(V2), meanwhile)
    assert len(refused) == len(files_of(V2)) + 1
    assert check_whole(folder.look()).items == (V2,)


def test_a_release_that_is_withdrawn_while_it_is_copied(home: Path, place) -> None:
    deliver(home, place.target, Layout.ARCHIVE, Wish(V1))

    def meanwhile(path: str) -> None:
        if path == f"{V2}/manifest.json":
            Releases(home).withdraw(V2, "taken down")

    with pytest.raises(ReleaseError, match=f"{V2} was withdrawn while it was published"):
        deliver(home, place.target, Layout.ARCHIVE, Wish(), meanwhile)
    assert check_whole(place.look()).items == (V1,)
    assert deliver(home, place.target, Layout.ARCHIVE, Wish()).deleted == (V2,)


@pytest.mark.parametrize("name", ["papers.parquet", "manifest.json"])
def test_a_release_that_is_damaged_at_home_is_not_published(home: Path, place, name: str) -> None:
    deliver(home, place.target, Layout.ARCHIVE, Wish(V1))
    path = home / RELEASES / V2 / name
    path.write_bytes(path.read_bytes().replace(b"papers", b"qapers"))
    with pytest.raises(ReleaseError, match=f"{name}"):
        deliver(home, place.target, Layout.ARCHIVE, Wish())
    assert f"{V2}/{name}" not in place.look()
    assert check_whole(place.look()).items == (V1,)


@pytest.mark.parametrize("name", ["../versions.json", "/etc/passwd", "a/../../b.bib", "manifest.json", ".bib"])
def test_paths_that_lead_elsewhere_are_refused(tmp_path: Path, folder, name: str) -> None:
    home = tmp_path / "home"
    path = add_release(home, V1, {"papers.bib": b"x"}) / "manifest.json"
    manifest = Releases(home).manifest(V1)
    text = replace(manifest, files=[replace(manifest.files[0], path=name)]).to_json()
    path.write_text(text)
    versions = Versions().add(V1, sha256(text.encode()).hexdigest())
    (home / RELEASES / "versions.json").write_text(versions.to_json())
    with pytest.raises(ReleaseError, match="which is no file of a release"):
        deliver(home, folder.target, Layout.ARCHIVE, Wish())
    assert not folder.target.root.exists()


def test_a_list_that_is_none(home: Path, place) -> None:
    place.put("versions.json", b"[1, 2")
    with pytest.raises(ReleaseError, match=r"versions\.json: the list of versions cannot be read"):
        deliver(home, place.target, Layout.ARCHIVE, Wish())
    assert set(place.look()) == {"versions.json"}


def test_a_release_without_a_card_has_no_place_on_a_hub(tmp_path: Path, folder) -> None:
    add_release(tmp_path / "home", V1, {"papers.bib": b""})
    with pytest.raises(ReleaseError, match=f"release {V1} has no README.md, which a hub needs"):
        deliver(tmp_path / "home", folder.target, Layout.HUGGINGFACE, Wish())
    assert not folder.target.root.exists()


def test_hashes_are_of_what_readers_get(home: Path, bucket) -> None:
    deliver(home, bucket.target, Layout.ARCHIVE, Wish())
    digests = {sha256(content).hexdigest() for content in bucket.look().values()}
    assert {file.sha256 for file in Releases(home).manifest(V2).files} <= digests
