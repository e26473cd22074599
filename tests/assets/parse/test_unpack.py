"""Compressed files."""

import bz2
import gzip
import io
import lzma
import random
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse import unpack as module
from assets.parse.reader import RefusalError
from assets.parse.unpack import CHUNK, LIMITS, Limits, bounded, compression_of, hold, unpacked, zstd
from schemas.vocabulary import Compression, DumpReason

NOISE = random.Random(3).randbytes(40_000)
PACKERS = {
    Compression.GZIP: gzip.compress,
    Compression.BZIP2: bz2.compress,
    Compression.XZ: lzma.compress,
    Compression.ZSTD: zstd.compress,
}
EACH = pytest.mark.parametrize("compression", list(PACKERS), ids=str)


def content_of(packed: bytes, compression: Compression, limits: Limits = LIMITS) -> bytes:
    return b"".join(bounded(unpacked(io.BytesIO(packed), compression), len(packed), limits))


def refusal_of(packed: bytes, compression: Compression, limits: Limits = LIMITS) -> DumpReason:
    with pytest.raises(RefusalError) as refusal:
        content_of(packed, compression, limits)
    assert refusal.value.detail.endswith(".")
    return refusal.value.reason


@EACH
@pytest.mark.parametrize(
    "content", [b"", b"text", NOISE, b"many " * CHUNK], ids=["empty", "short", "noise", "several chunks"]
)
def test_content_comes_back(content: bytes, compression: Compression) -> None:
    packed = PACKERS[compression](content)
    assert compression_of(packed) is compression
    assert content_of(packed, compression) == content


@EACH
def test_several_members(compression: Compression) -> None:
    pack = PACKERS[compression]
    assert content_of(pack(b"one ") + pack(b"") + pack(b"two"), compression) == b"one two"


@EACH
def test_padding_after_the_end(compression: Compression) -> None:
    pack = PACKERS[compression]
    assert content_of(pack(b"text") + bytes(5000), compression) == b"text"
    assert content_of(pack(b"text") + bytes(8) + pack(b" and more"), compression) == b"text and more"


def test_skippable_frame_before_zstd() -> None:
    packed = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd" + zstd.compress(b"text")
    assert compression_of(packed) is Compression.ZSTD
    assert content_of(packed, Compression.ZSTD) == b"text"


@EACH
@pytest.mark.parametrize("cut", [1, 8, 20_000], ids=["last byte", "checksum", "half"])
def test_truncated(cut: int, compression: Compression) -> None:
    packed = PACKERS[compression](NOISE)
    assert refusal_of(packed[:-cut], compression) is DumpReason.DAMAGED_ARCHIVE


def test_wrong_checksum() -> None:
    packed = bytearray(gzip.compress(NOISE))
    packed[-6] ^= 1
    assert refusal_of(bytes(packed), Compression.GZIP) is DumpReason.DAMAGED_ARCHIVE
    for compression in (Compression.BZIP2, Compression.XZ):
        packed = bytearray(PACKERS[compression](NOISE))
        packed[len(packed) // 2] ^= 1
        assert refusal_of(bytes(packed), compression) is DumpReason.DAMAGED_ARCHIVE
    options = {zstd.CompressionParameter.checksum_flag: 1}
    packed = bytearray(zstd.compress(NOISE, options=options))
    packed[-2] ^= 1
    assert refusal_of(bytes(packed), Compression.ZSTD) is DumpReason.DAMAGED_ARCHIVE


@EACH
def test_something_else_after_the_end(compression: Compression) -> None:
    packed = PACKERS[compression](b"text") + b"and more"
    assert refusal_of(packed, compression) is DumpReason.DAMAGED_ARCHIVE


@EACH
def test_bomb(compression: Compression) -> None:
    bomb = PACKERS[compression](bytes(20_000_000))
    assert refusal_of(bomb, compression, Limits(always_bytes=1000)) is DumpReason.TOO_LARGE
    assert len(content_of(bomb, compression)) == 20_000_000


@EACH
def test_content_limit(compression: Compression) -> None:
    packed = PACKERS[compression](NOISE)
    assert refusal_of(packed, compression, Limits(content_bytes=len(NOISE) - 1)) is DumpReason.TOO_LARGE
    assert content_of(packed, compression, Limits(content_bytes=len(NOISE))) == NOISE


@pytest.mark.parametrize("beginning", [b"", b"\x1f", b"new\n", b"PK\x03\x04", b"BZh9 is a word", b"BZh", b"\xfd7zX"])
def test_not_packed(beginning: bytes) -> None:
    assert compression_of(beginning) is Compression.NONE


@EACH
@given(noise=st.binary(max_size=200), kept=st.integers(0, 60))
def test_damage_is_always_told(noise: bytes, kept: int, compression: Compression) -> None:
    packed = PACKERS[compression](b"some text that is packed")[:kept] + noise
    try:
        content_of(packed, compression)
    except RefusalError as refusal:
        assert refusal.reason is DumpReason.DAMAGED_ARCHIVE  # noqa: PT017 - damage may go unseen, but only so


@EACH
def test_a_bomb_is_unpacked_a_chunk_at_a_time(compression: Compression) -> None:
    bomb = io.BytesIO(PACKERS[compression](bytes(40_000_000)))
    tracemalloc.start()
    size = sum(len(chunk) for chunk in unpacked(bomb, compression) if len(chunk) <= CHUNK)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == 40_000_000
    assert peak < 20_000_000


@EACH
def test_many_empty_streams_are_not_copied_again_and_again(compression: Compression) -> None:
    pack = PACKERS[compression]
    assert content_of(pack(b"") * 20_000 + pack(b"text"), compression) == b"text"


def test_memory_that_a_stream_may_ask_for() -> None:
    header = lzma.compress(b"x", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}])
    at = header.index(b"\x21\x01") + 2  # the dictionary size in the header of the first block
    greedy = bytearray(header)
    greedy[at] = 40  # 4 GB
    block_end = 12 + (greedy[12] + 1) * 4
    greedy[block_end - 4 : block_end] = module.zlib.crc32(greedy[12 : block_end - 4]).to_bytes(4, "little")
    assert refusal_of(bytes(greedy), Compression.XZ) is DumpReason.DAMAGED_ARCHIVE


@pytest.mark.parametrize("size", [0, 10, 5_000], ids=["nothing", "held", "mapped"])
def test_content_is_held_or_mapped(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD_BYTES", 1000)
    content = hold((b"x" * min(300, size) for _ in range(-(-size // 300))), tmp_path / "scratch")
    assert content[:] == b"x" * len(content)
    assert isinstance(content, bytes) == (size <= 1000)
    assert not list(tmp_path.glob("scratch/*"))
