"""Containers within containers, packed members, and limits that hold for all of them together."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from assets.parse.containers import Member, open_container
from assets.parse.unpack import LIMITS, Limits, zstd
from schemas.vocabulary import Compression, DumpReason


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def tarred(files: Mapping[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=kind) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return target.getvalue()


def opened(content: bytes, limits: Limits = LIMITS) -> list[Member]:
    members = open_container(content, Path("never-needed"), limits)
    assert members is not None
    return list(members)


def contents(content: bytes) -> dict[str, bytes]:
    return {member.path: member.content[:] for member in opened(content) if member.refusal is None}


def refusals(content: bytes, limits: Limits = LIMITS) -> dict[str, DumpReason]:
    return {member.path: member.refusal.reason for member in opened(content, limits) if member.refusal is not None}


EACH = pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"text",
        b'{"url": "x"}',
        bytes(600),
        b"interactions: none\n",
        b"x" * 257 + b"USTAR",
        gzip.compress(b"", mtime=0),
    ],
)
def test_a_dump_is_no_container(content: bytes) -> None:
    assert open_container(content, Path("never-needed")) is None


@EACH
def test_members_may_be_packed(pack) -> None:
    packers = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstd.compress, "txt": bytes}
    content = pack({f"a/x.{ending}": packer(b"text " * 100) for ending, packer in packers.items()})
    assert contents(content) == {f"a/x.{ending}": b"text " * 100 for ending in packers}
    assert [member.compression for member in opened(content)] == [
        *list(Compression)[1:2],
        "bzip2",
        "xz",
        "zstd",
        "none",
    ]


@EACH
def test_archives_within_an_archive_are_opened_and_no_deeper(pack) -> None:
    inner = zipped({"c.txt": b"inner"})
    middle = tarred({"b.zip": inner, "b.txt": b"middle"})
    content = pack({"m.tar.gz": gzip.compress(middle), "a.zip": inner, "a.txt": b"outer"})
    assert contents(content) == {"a.txt": b"outer", "a.zip!/c.txt": b"inner", "m.tar.gz!/b.txt": b"middle"}
    assert refusals(content) == {"m.tar.gz!/b.zip": DumpReason.BINARY_FILE}


def test_recordings_within_archives_are_opened() -> None:
    tape = b"interactions:\n- request: {}\n  response:\n    body: {string: text}\n"
    content = zipped({"tapes.tar": tarred({"a.yaml": tape}), "b.yaml": tape})
    assert contents(content) == {"tapes.tar!/a.yaml!/1": b"text", "b.yaml!/1": b"text"}


@EACH
def test_a_damaged_archive_in_an_archive_leaves_the_others(pack) -> None:
    content = pack({"a.zip": zipped({"b.txt": b"text"})[:-4], "c.txt": b"text"})
    assert contents(content) == {"c.txt": b"text"}
    assert refusals(content) == {"a.zip": DumpReason.DAMAGED_ARCHIVE}


@EACH
@pytest.mark.parametrize("files", [{}, {".hidden": b"x", "__MACOSX/._a": b"x"}], ids=["nothing", "hidden files"])
def test_an_archive_without_files(files, pack) -> None:
    if pack is tarred and not files:
        assert open_container(tarred({}), Path("never-needed")) is None  # is nothing but NULs
        return
    assert refusals(pack(files)) == {"": DumpReason.NO_RECORDS}


@EACH
def test_members_of_one_name_are_all_read(pack) -> None:
    target = io.BytesIO()
    if pack is zipped:
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("a", b"1")
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr("a", b"2")
    else:
        with tarfile.open(fileobj=target, mode="w") as archive:
            for content in (b"1", b"2"):
                info = tarfile.TarInfo("a")
                info.size = 1
                archive.addfile(info, io.BytesIO(content))
    assert [(member.path, member.content) for member in opened(target.getvalue())] == [("a", b"1"), ("a", b"2")]


@EACH
def test_too_many_members(pack) -> None:
    content = pack({f"{number}": b"x" for number in range(5)})
    assert list(refusals(content, Limits(archive_members=5)).values()) == []
    assert list(refusals(content, Limits(archive_members=4)).values()) == [DumpReason.TOO_LARGE]


def test_too_many_members_in_several_archives() -> None:
    inner = tarred({"a": b"x", "b": b"x", "c": b"x"})
    content = tarred({"1.tar": inner, "2.tar": inner})
    assert refusals(content, Limits(archive_members=6)) == {"2.tar": DumpReason.TOO_LARGE}


def test_the_content_of_all_members_together_is_limited() -> None:
    content = zipped({f"{number}": bytes(100_000) for number in range(5)})
    limits = Limits(always_bytes=250_000, ratio=1)
    assert refusals(content, limits) == dict.fromkeys("234", DumpReason.TOO_LARGE)


def test_one_member_that_is_too_large_leaves_the_others() -> None:
    content = zipped({"small": b"text", "bomb": bytes(10_000_000), "other": b"text"})
    assert refusals(content, Limits(always_bytes=1_000_000, ratio=100)) == {"bomb": DumpReason.TOO_LARGE}


def test_what_could_not_be_had_is_told_apart_by_what_the_archive_says_of_it() -> None:
    limits = Limits(always_bytes=1000, ratio=1)
    members = opened(zipped({"a": bytes(5000), "b": bytes(6000)}), limits)
    assert len({member.content for member in members}) == 2


def test_large_members_are_kept_on_the_disk_without_a_name(tmp_path: Path) -> None:
    size = 65 << 20
    members = list(open_container(zipped({"a": bytes(size)}, zipfile.ZIP_STORED), tmp_path / "scratch") or ())
    assert [len(member.content) for member in members] == [size]
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize(
    ("charset", "stored", "read"),
    [
        ("ISO-8859-1", b"na\xefve", "naïve".encode()),
        ("windows-1252", b"\x93so\x94", "“so”".encode()),
        ("iso-8859-1", "naïve".encode(), "naïve".encode()),
        ("utf-7", b"a\xff", b"a\xff"),
        ("zip", b"a\xff", b"a\xff"),
        (
            "ISO-8859-1",
            b"<?xml version='1.0' encoding='ISO-8859-1'?>\xef",
            b"<?xml version='1.0' encoding='ISO-8859-1'?>\xef",
        ),
    ],
    ids=[
        "latin",
        "windows",
        "states latin and is UTF-8",
        "unsafe encoding",
        "no encoding of texts",
        "XML tells itself",
    ],
)
def test_the_encoding_that_an_answer_states(charset: str, stored: bytes, read: bytes) -> None:
    import base64  # noqa: PLC0415

    tape = f"""interactions:
- request: {{}}
  response:
    headers: {{Content-Type: ["text/plain; charset={charset}"]}}
    body: {{base64_string: "{base64.b64encode(gzip.compress(stored)).decode()}"}}
"""
    assert contents(tape.encode()) == {"1": read}
