"""Members of ZIP and tar archives, and what is wrong with them."""

import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from assets.parse import archives
from assets.parse.archives import is_tar, is_zip, tar_entries, zip_entries
from assets.parse.entries import Entry, displayed
from schemas.vocabulary import DumpReason
from tests.assets.parse.test_containers import contents, refusals, tarred, zipped

FILES = {"a.txt": b"first", "deep/er/b.txt": b"second" * 1000, "empty": b""}
MOST = 1000


def entries(content: bytes) -> list[Entry]:
    return list((zip_entries if is_zip(content) else tar_entries)(content, MOST))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2], ids=["0", "8", "12"])
def test_zip_comes_back(method: int) -> None:
    assert contents(zipped(FILES, method)) == FILES


@pytest.mark.parametrize(
    "kind", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT], ids=["ustar", "gnu", "pax"]
)
@pytest.mark.parametrize("name", ["a.txt", "x" * 90 + "/" + "y" * 90, "ü" * 40], ids=["short", "long", "not ASCII"])
def test_tar_comes_back(name: str, kind: int) -> None:
    files = FILES | {name: b"x" * 700}
    assert is_tar(tarred(files, kind))
    assert contents(tarred(files, kind)) == files


def test_names_of_any_length_in_gnu_and_pax() -> None:
    name = "/".join(["folder"] * 60)
    for kind in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        assert contents(tarred({name: b"text", "b": b"text"}, kind)) == {name: b"text", "b": b"text"}


def test_tar_from_before_there_was_a_mark() -> None:
    content = bytearray(tarred({"old.txt": b"text"}, tarfile.USTAR_FORMAT))
    content[257:265] = bytes(8)
    content[148:156] = b" " * 8
    content[148:156] = b"%06o\0 " % sum(content[:512])
    assert is_tar(bytes(content))
    assert contents(bytes(content)) == {"old.txt": b"text"}


def test_folders_and_hidden_files_are_left_out() -> None:
    hidden = {".hidden": b"x", "a/.git/b": b"x", "__MACOSX/a": b"x", "a/._b": b"x"}
    for pack in (zipped, tarred):
        assert contents(pack({**hidden, "./a/b..c": b"x"})) == {"a/b..c": b"x"}
    folder = tarfile.TarInfo("folder")
    folder.type = tarfile.DIRTYPE
    assert entries(folder.tobuf() + bytes(1024)) == []
    assert contents(zipped({"folder/": b"", "a": b"x"})) == {"a": b"x"}


UNSAFE = ["/etc/passwd", "../../x", "a/../../b", "C:/x", "c:x", "..\\..\\x", "\\x", "\\\\host\\x", "../.ssh/keys"]


@pytest.mark.parametrize("name", UNSAFE)
def test_paths_that_lead_out(name: str) -> None:
    for pack in (zipped, tarred):
        content = pack({name: b"x", "good": b"x"})
        assert set(refusals(content).values()) == {DumpReason.UNSAFE_MEMBER}
        assert contents(content) == {"good": b"x"}


def test_a_nul_in_a_path() -> None:
    content = zipped({"a.txtX.exe": b"x"}).replace(b"a.txtX.exe", b"a.txt\0.exe")
    assert refusals(content) == {"a.txt\ufffd.exe": DumpReason.UNSAFE_MEMBER}


def test_backslashes_within_the_archive_are_separators() -> None:
    assert contents(zipped({"a\\b.txt": b"x"})) == {"a/b.txt": b"x"}


@pytest.mark.parametrize(
    "kind", [b"1", b"2", b"3", b"4", b"6", b"S", b"Q"], ids=["hard", "soft", "char", "block", "fifo", "sparse", "odd"]
)
def test_what_is_no_ordinary_file_in_tar(kind: bytes) -> None:
    link = tarfile.TarInfo("link")
    link.type, link.linkname = kind, "/etc/passwd"
    content = link.tobuf() + tarred({"good": b"x"})
    assert refusals(content) == {"link": DumpReason.UNSAFE_MEMBER}
    assert contents(content) == {"good": b"x"}


def test_sparse_files_of_pax_are_not_read() -> None:
    info = tarfile.TarInfo("a")
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.realsize": "99999999999999"}
    assert refusals(info.tobuf(tarfile.PAX_FORMAT) + bytes(1024)) == {"a": DumpReason.UNSAFE_MEMBER}


def test_links_in_zip() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refusals(target.getvalue()) == {"link": DumpReason.UNSAFE_MEMBER}


def with_field(content: bytes, offset: int, value: int) -> bytes:
    """A ZIP archive with a two-byte field of the first entry of its list changed."""
    at = content.index(b"PK\x01\x02") + offset
    return content[:at] + struct.pack("<H", value) + content[at + 2 :]


@pytest.mark.parametrize("flags", [1, 0x41, 0x2001])
def test_encrypted(flags: int) -> None:
    content = with_field(zipped({"a": b"x", "b": b"x"}), 8, flags)
    assert refusals(content) == {"a": DumpReason.ENCRYPTED_ARCHIVE}
    assert contents(content) == {"b": b"x"}


@pytest.mark.parametrize(("method", "reason"), [(99, DumpReason.ENCRYPTED_ARCHIVE), (9, DumpReason.BINARY_FILE)])
def test_methods_that_are_not_read(method: int, reason: DumpReason) -> None:
    assert refusals(with_field(zipped({"a": b"x"}), 10, method)) == {"a": reason}


def test_a_member_that_fails_its_checksum_leaves_the_others() -> None:
    content = zipped({"a": b"first", "b": b"second", "c": b"third"}, zipfile.ZIP_STORED).replace(b"second", b"sEcond")
    assert refusals(content) == {"b": DumpReason.DAMAGED_ARCHIVE}
    assert contents(content) == {"a": b"first", "c": b"third"}


def test_a_member_that_is_longer_than_stated() -> None:
    packed = zlib.compress(b"text" * 1000, wbits=-15)
    content = zipped({"a": b"text" * 1000})
    assert packed in content
    at = content.index(b"PK\x01\x02") + 24
    assert refusals(content[:at] + struct.pack("<I", 10) + content[at + 4 :]) == {"a": DumpReason.DAMAGED_ARCHIVE}


@pytest.mark.parametrize("cut", [1, 22, 60, 5000], ids=["end", "end record", "list", "member"])
def test_a_truncated_zip_is_refused(cut: int) -> None:
    assert refusals(zipped({"a": bytes(range(256)) * 40, "b": b"x"}, zipfile.ZIP_STORED)[:-cut]) == {
        "": DumpReason.DAMAGED_ARCHIVE
    }


def test_members_that_share_bytes_are_a_bomb() -> None:
    content = zipped({"a": b"x" * 100, "b": b"x" * 100})
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    quoted = content[: second + 42] + content[first + 42 : first + 46] + content[second + 46 :]
    assert refusals(quoted) == {"": DumpReason.DAMAGED_ARCHIVE}


def test_a_list_of_members_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LISTED_BYTES", 1)
    monkeypatch.setattr(archives, "ZIP_TAIL_BYTES", 50)
    many = zipped({f"{number:0100}": b"" for number in range(30)})
    (only,) = entries(many)
    assert only.refusal is not None
    assert only.refusal.reason is DumpReason.TOO_LARGE


@pytest.mark.parametrize(
    "name", ["[Content_Types].xml", "META-INF/manifest.xml", "META-INF/container.xml", "META-INF/MANIFEST.MF"]
)
def test_zips_that_are_something_else(name: str) -> None:
    assert refusals(zipped({"a": b"x", name: b"x"})) == {"": DumpReason.BINARY_FILE}


@pytest.mark.parametrize("cut", [425, 512, 700, 1024, 1100], ids=str)
def test_a_truncated_tar_keeps_what_is_whole(cut: int) -> None:
    whole = tarred({"a": b"first", "b": b"x" * 600}, tarfile.USTAR_FORMAT)[: 512 * 5]  # without its end mark
    content = whole[: len(whole) - cut]
    found = refusals(content)
    assert found[""] is DumpReason.DAMAGED_ARCHIVE
    assert found.get("b", DumpReason.DAMAGED_ARCHIVE) is DumpReason.DAMAGED_ARCHIVE
    assert contents(content) == {"a": b"first"}


def test_a_damaged_header_ends_a_tar() -> None:
    content = bytearray(tarred({"a": b"first", "b": b"second", "c": b"third"}, tarfile.USTAR_FORMAT))
    content[1024 + 3] ^= 1
    assert contents(bytes(content)) == {"a": b"first"}
    assert refusals(bytes(content)) == {"": DumpReason.DAMAGED_ARCHIVE}


def test_more_after_the_end_of_a_tar_is_told() -> None:
    content = tarred({"a": b"x"}) + tarred({"b": b"x"})
    assert contents(content) == {"a": b"x"}
    assert refusals(content) == {"": DumpReason.DAMAGED_ARCHIVE}


def header(kind: bytes, size: int, name: str = "a") -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, size
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    "content",
    [
        header(b"0", -1024) + bytes(4096),
        header(b"x", -512) + bytes(4096),
        header(b"L", 2 << 20) + bytes(4 << 20),
        header(b"x", 600) + b"9" * 600 + bytes(2048),
        header(b"x", 20) + b"10 path=ab\n" + b"-3 path=ab\n" + bytes(2048),
        header(b"x", 12) + b"9999 path=a\n" + bytes(2048),
        header(b"x", 7) + b"5 path=" + bytes(2048),
        header(b"0", 10**17) + bytes(2048),
    ],
    ids=[
        "negative",
        "negative extension",
        "large extension",
        "digits",
        "negative line",
        "long line",
        "cut line",
        "petabytes",
    ],
)
def test_hostile_headers(content: bytes) -> None:
    assert refusals(content)[""] is DumpReason.DAMAGED_ARCHIVE


def test_many_extensions_in_a_row() -> None:
    content = (
        (header(b"L", 5) + b"later".ljust(512, b"\0")) * 5000 + header(b"0", 1) + b"x".ljust(512, b"\0") + bytes(1024)
    )
    assert contents(content) == {"later": b"x"}


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("./a//b", "a//b"),
        ("a\x1b[31m\n", "a\ufffd[31m\ufffd"),
        ("gpj.\u202etxt", "gpj.\ufffdtxt"),
        ("\udce9t\udce9", "\ufffdt\ufffd"),
        ("x" * 1001, "x" * 999 + "…"),
    ],
    ids=["dot", "escape", "direction", "not UTF-8", "long"],
)
def test_paths_for_display(path: str, shown: str) -> None:
    assert displayed(path) == shown


def test_nothing_is_written_under_the_path_of_a_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    contents(zipped(dict.fromkeys(UNSAFE, b"x") | FILES))
    assert list(tmp_path.iterdir()) == []
