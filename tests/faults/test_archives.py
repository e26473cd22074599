"""Archives that somebody made to do harm: they end in reasons, within bounded time and memory."""

import bz2
import io
import lzma
import random
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assets.parse.containers import open_container
from assets.parse.unpack import LIMITS, Limits
from schemas.vocabulary import DumpReason
from tests.assets.parse.test_containers import tarred, zipped

MEGABYTE = 1 << 20
MOST_MEMORY = 180 * MEGABYTE
"""Content in memory may have 64 MB, and is there twice for a moment."""

Outcome = Counter[DumpReason | None]


def outcome(content: bytes, scratch: Path, limits: Limits = LIMITS) -> Outcome:
    """How often each reason occurs; members are looked at one by one and dropped."""
    tracemalloc.start()
    members = open_container(content, scratch, limits)
    assert members is not None
    found = Counter(member.refusal.reason if member.refusal else None for member in members)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MOST_MEMORY
    assert not scratch.exists() or not list(scratch.iterdir())
    return found


def zip_bomb(method: int, megabytes: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive, archive.open("bomb", "w") as member:
        for _ in range(megabytes):
            member.write(bytes(MEGABYTE))
    return target.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2], ids=["deflate", "bzip2"])
def test_one_large_member(method: int, tmp_path: Path) -> None:
    assert outcome(zip_bomb(method, 100), tmp_path / "scratch") == {DumpReason.TOO_LARGE: 1}


def test_a_member_that_unpacks_far_beyond_what_the_list_says(tmp_path: Path) -> None:
    packed = bz2.compress(bytes(100 * MEGABYTE))
    content = bytearray(zipped({"a": packed}, zipfile.ZIP_STORED))
    for at, size_at in ((content.index(b"PK\x03\x04") + 8, 22), (content.index(b"PK\x01\x02") + 10, 24)):
        struct.pack_into("<H", content, at, 12)
        struct.pack_into("<I", content, at - (8 if size_at == 22 else 10) + size_at, 5)
    assert outcome(bytes(content), tmp_path / "scratch") == {DumpReason.TOO_LARGE: 1}


def test_layers_of_archives(tmp_path: Path) -> None:
    layer = zipped({"0": bytes(4 * MEGABYTE)})
    for _ in range(4):
        layer = zipped({f"{number}.zip": layer for number in range(8)})
    assert outcome(layer, tmp_path / "scratch") == {DumpReason.BINARY_FILE: 64}


def test_packed_layers_count_together(tmp_path: Path) -> None:
    packed = lzma.compress(bytes(3 * MEGABYTE))
    content = zipped({f"{number}.xz": packed for number in range(40)})
    limits = Limits(always_bytes=20 * MEGABYTE)
    found = outcome(content, tmp_path / "scratch", limits)
    assert found == {None: 6, DumpReason.TOO_LARGE: 34}


def test_overlapping_members(tmp_path: Path) -> None:
    """One kernel of packed bytes, listed a thousand times under other names."""
    packed = zlib.compress(bytes(MEGABYTE), wbits=-15)
    told = (zlib.crc32(bytes(MEGABYTE)), len(packed), MEGABYTE)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, *told, 1, 0) + b"a" + packed
    listed = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *told, 4, 0, 0, 0, 0, 0, 0)
        + f"{number:04}".encode()
        for number in range(1000)
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1000, 1000, len(listed), len(local), 0)
    assert outcome(local + listed + end, tmp_path / "scratch") == {DumpReason.DAMAGED_ARCHIVE: 1}


def empty_members(count: int) -> Iterator[bytes]:
    for number in range(count):
        yield tarfile.TarInfo(str(number)).tobuf(tarfile.USTAR_FORMAT)
    yield bytes(1024)


def test_more_members_than_any_archive_has(tmp_path: Path) -> None:
    found = outcome(b"".join(empty_members(5000)), tmp_path / "scratch", Limits(archive_members=4000))
    assert found == {None: 4000, DumpReason.TOO_LARGE: 1}


def test_a_list_that_says_that_it_is_the_whole_archive(tmp_path: Path) -> None:
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, *[0] * 14)
    listed = entry * 700_000
    content = b"PK\x03\x04" + listed + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(listed), 4, 0)
    assert outcome(content, tmp_path / "scratch") == {DumpReason.TOO_LARGE: 1}


def test_paths_of_a_megabyte(tmp_path: Path) -> None:
    content = tarred({f"{number}{'x' * 900_000}": b"x" for number in range(20)}, tarfile.GNU_FORMAT)
    members = list(open_container(content, tmp_path) or ())
    assert len(members) == 20
    assert max(len(member.path) for member in members) == 1000


PACKS: dict[str, Callable[[], bytes]] = {
    "zip": lambda: zipped({"a.txt": b"first " * 50, "b/c.txt": b"second", "d.zip": zipped({"e": b"inner"})}),
    "stored": lambda: zipped({"a.txt": b"first " * 50, "b/c.txt": b"second"}, zipfile.ZIP_STORED),
    "pax": lambda: tarred({"a.txt": b"first " * 50, "ü" * 60: b"second", "d.zip": zipped({"e": b"inner"})}),
    "gnu": lambda: tarred({"a.txt": b"first " * 50, "x" * 120: b"second"}, tarfile.GNU_FORMAT),
}


@pytest.mark.parametrize("name", PACKS)
def test_mutations_end_in_members(name: str, tmp_path: Path) -> None:
    whole, chance = PACKS[name](), random.Random(name)
    for _ in range(400):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 8))):
            at = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[at] = chance.randrange(256)
                case 1:
                    content[at : at + chance.randrange(1, 9)] = b"\xff" * chance.randrange(9)
                case 2:
                    del content[at : at + chance.randrange(1, 600)]
                case _:
                    content[at:at] = content[chance.randrange(len(content)) :][:600]
            content = content or bytearray(b"x")
        members = open_container(bytes(content), tmp_path / "scratch", Limits(always_bytes=MEGABYTE))
        assert members is None or list(members)
