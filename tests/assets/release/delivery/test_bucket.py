"""A store as a target: checksums, parts, bounded reading, marks of folders, and what a server gets wrong."""

from hashlib import md5, sha256
from pathlib import Path

import obstore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import remote
from assets.release.delivery import bucket as bucket_module
from assets.release.delivery.bucket import MOST_PARTS, PART_BYTES, BucketTarget, Checksum, part_bytes
from assets.release.delivery.deliver import deliver
from assets.release.delivery.places import Layout, open_target
from assets.release.delivery.plan import Wish
from assets.release.delivery.target import Stored
from assets.release.manifest import ReleasedFile, ReleaseError
from schemas.release_vocabulary import FileRole
from tests.deliveries import V1, V2, Server, add_release, check_whole, files_of


def told_of(content: bytes, kind: str = "application/x-bibtex") -> ReleasedFile:
    return ReleasedFile("papers.bib", FileRole.DATA, len(content), sha256(content).hexdigest(), kind)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of three parts."""
    path = tmp_path / "large"
    path.write_bytes(bytes(range(256)) * ((2 * PART_BYTES >> 8) + 5))
    return path


@given(st.lists(st.binary(max_size=40), max_size=12), st.integers(1, 9))
def test_the_checksum_does_not_depend_on_the_pieces(pieces: list[bytes], part: int) -> None:
    content = b"".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bucket_module, "PART_BYTES", part)
        checksum = Checksum(len(content))
        for piece in pieces:
            checksum.update(piece)
    parts = [md5(content[at : at + part]).digest() for at in range(0, len(content), part)]  # noqa: S324 - S3's
    joined = f"{md5(b''.join(parts)).hexdigest()}-{len(parts)}"  # noqa: S324
    assert checksum.hexdigest() == (md5(content).hexdigest() if len(content) <= part else joined)  # noqa: S324


@pytest.mark.parametrize("size", [0, 1, PART_BYTES, PART_BYTES * MOST_PARTS, PART_BYTES * MOST_PARTS + 1, 5 << 40])
def test_there_are_never_too_many_parts(size: int) -> None:
    assert part_bytes(size) >= PART_BYTES
    assert -(-size // part_bytes(size)) <= MOST_PARTS


def test_a_large_file_goes_in_parts_and_is_not_read_back(bucket, server: Server, source: Path) -> None:
    server.log.clear()
    bucket.target.copy("papers.bib", source, told_of(source.read_bytes()))
    methods = [method for method, _ in server.log]
    assert (methods[0], sorted(methods[1:-1]), methods[-1]) == ("POST", ["PUT"] * 3, "POST")
    assert bucket.look() == {"papers.bib": source.read_bytes()}
    [(path, stored)] = bucket.target.files("").items()
    server.log.clear()
    assert bucket.target.holds(path, stored, source, told_of(source.read_bytes()))
    assert server.log == []


@pytest.mark.slow
def test_parts_of_a_file_that_turns_out_wrong_do_not_stay(bucket, server: Server, source: Path) -> None:
    wrong = ReleasedFile("papers.bib", FileRole.DATA, source.stat().st_size, "0" * 64, "x")
    with pytest.raises(ReleaseError, match="large is not what the manifest says"):
        bucket.target.copy("papers.bib", source, wrong)
    assert bucket.look() == {}
    assert [method for method, path in server.writes if "uploadId" in path][-1] == "DELETE"


def test_a_store_without_checksums_is_read_back(bucket, server: Server, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(bucket_module, "_bare", lambda _: "0x8DD")
    source, content = tmp_path / "papers.bib", b"@misc{gulls}"
    source.write_bytes(content)
    bucket.target.copy("papers.bib", source, told_of(content))
    assert server.log[-1][0] == "GET"
    assert bucket.target.holds("papers.bib", Stored(len(content), "0x8DD"), source, told_of(content))
    monkeypatch.setattr(BucketTarget, "sha256", lambda *_: "0" * 64)
    with pytest.raises(ReleaseError, match=r"papers\.bib is not what was sent; publish again"):
        bucket.target.copy("papers.bib", source, told_of(content))


def test_media_types_go_along_and_pointers_are_not_cached(bucket, tmp_path: Path) -> None:
    add_release(tmp_path / "home", V1)
    deliver(tmp_path / "home", bucket.target, Layout.HUGGINGFACE, Wish())
    store = remote.client(bucket.target.root)
    told = {
        path: dict(obstore.get(store, f"year/{path}").attributes)
        for path in ("README.md", "data/versions.json", f"data/{V1}/papers.parquet", f"data/{V1}/README.md")
    }
    assert told == {
        "README.md": {"Content-Type": "text/markdown", "Cache-Control": "no-cache"},
        "data/versions.json": {"Content-Type": "application/json", "Cache-Control": "no-cache"},
        f"data/{V1}/papers.parquet": {"Content-Type": "application/vnd.apache.parquet"},
        f"data/{V1}/README.md": {"Content-Type": "text/markdown"},
    }


def test_a_mark_of_a_folder_is_no_file(bucket, server: Server, tmp_path: Path) -> None:
    for version in (V1, V2):
        add_release(tmp_path / "home", version)
    deliver(tmp_path / "home", bucket.target, Layout.ARCHIVE, Wish(every=True))
    name = bucket.target.root.removeprefix("s3://")
    server.request("PUT", f"/{name}/year/{V1}/", b"")
    assert len(bucket.target.files(V1)) == len(files_of(V1)) + 1
    deliver(tmp_path / "home", bucket.target, Layout.ARCHIVE, Wish(keep=1))
    assert [path for path in bucket.look() if path.startswith(V1)] == [f"{V1}/"]


def test_a_store_without_conditions_replaces_the_pointer_anyway(bucket, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("AWS_CONDITIONAL_PUT", "disabled")
    remote.client.cache_clear()
    add_release(tmp_path / "home", V1)
    deliver(tmp_path / "home", bucket.target, Layout.ARCHIVE, Wish())
    add_release(tmp_path / "home", V2)
    deliver(tmp_path / "home", bucket.target, Layout.ARCHIVE, Wish())
    assert check_whole(bucket.look()).items == (V1, V2)


def test_a_pointer_that_is_too_large_is_none(bucket, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(bucket_module, "LARGEST_DOCUMENT", 10)
    bucket.put("versions.json", bytes(11))
    add_release(tmp_path / "home", V1)
    with pytest.raises(ReleaseError, match=r"versions\.json has more than 10 bytes"):
        deliver(tmp_path / "home", bucket.target, Layout.ARCHIVE, Wish())


def test_a_bucket_that_is_not_there(server: Server, tmp_path: Path) -> None:
    add_release(tmp_path / "home", V1)
    with pytest.raises(ReleaseError, match=r"s3://nowhere/x.*: there is no such bucket$"):
        deliver(tmp_path / "home", open_target("s3://nowhere/x", tmp_path), Layout.ARCHIVE, Wish())
    with pytest.raises(ReleaseError, match=r"s3://nowhere/x: there is no such bucket$"):
        BucketTarget("s3://nowhere/x").replace("a", b"", "text/plain")
    assert server.writes[1:] == []


@pytest.mark.parametrize("prefix", ["", "/", "a b", "%20#?*", "üñ😀", "~", "a;b&c=d+e", "-rf"])
def test_strange_prefixes_are_names(server: Server, tmp_path: Path, prefix: str) -> None:
    bucket = f"names-{sha256(prefix.encode()).hexdigest()[:10]}"
    server.request("PUT", f"/{bucket}", b"")
    add_release(tmp_path / "home", V1, {"papers.bib": b"x"})
    target = open_target(f"s3://{bucket}/{prefix}", tmp_path / "home")
    deliver(tmp_path / "home", target, Layout.ARCHIVE, Wish())
    below = f"{prefix.strip('/')}/".lstrip("/")
    assert set(server.objects(bucket)) == {below + path for path in ("versions.json", f"{V1}/papers.bib")} | {
        f"{below}{V1}/manifest.json"
    }
    assert not deliver(tmp_path / "home", target, Layout.ARCHIVE, Wish()).is_new
