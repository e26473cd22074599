"""Compressed files."""

import gzip
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse.reader import RefusalError
from assets.parse.unpack import CHUNK, LIMITS, Limits, compression_of, unpack, zstd
from schemas.vocabulary import Compression, DumpReason

NOISE = random.Random(3).randbytes(40_000)  # noqa: S311 - bytes that do not shrink, not a secret
PACKERS = {Compression.GZIP: gzip.compress, Compression.ZSTD: zstd.compress}
EACH = pytest.mark.parametrize("compression", list(PACKERS), ids=str)


def unpacked(packed: bytes, compression: Compression, limits: Limits = LIMITS) -> bytes:
    target = io.BytesIO()
    unpack(io.BytesIO(packed), target, compression, len(packed), limits)
    return target.getvalue()


def refusal_of(packed: bytes, compression: Compression, limits: Limits = LIMITS) -> DumpReason:
    with pytest.raises(RefusalError) as refusal:
        unpacked(packed, compression, limits)
    assert refusal.value.detail.endswith(".")
    return refusal.value.reason


@EACH
@pytest.mark.parametrize(
    "content", [b"", b"text", NOISE, b"many " * CHUNK], ids=["empty", "short", "noise", "several chunks"]
)
def test_content_comes_back(content: bytes, compression: Compression) -> None:
    packed = PACKERS[compression](content)
    assert compression_of(packed) is compression
    assert unpacked(packed, compression) == content


@EACH
def test_several_members(compression: Compression) -> None:
    pack = PACKERS[compression]
    assert unpacked(pack(b"one ") + pack(b"") + pack(b"two"), compression) == b"one two"


def test_padding_after_gzip() -> None:
    assert unpacked(gzip.compress(b"text") + bytes(5000), Compression.GZIP) == b"text"


def test_skippable_frame_before_zstd() -> None:
    packed = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd" + zstd.compress(b"text")
    assert compression_of(packed) is Compression.ZSTD
    assert unpacked(packed, Compression.ZSTD) == b"text"


@EACH
@pytest.mark.parametrize("cut", [1, 8, 20_000], ids=["last byte", "checksum", "half"])
def test_truncated(cut: int, compression: Compression) -> None:
    packed = PACKERS[compression](NOISE)
    assert refusal_of(packed[:-cut], compression) is DumpReason.DAMAGED_ARCHIVE


def test_wrong_checksum() -> None:
    packed = bytearray(gzip.compress(NOISE))
    packed[-6] ^= 1
    assert refusal_of(bytes(packed), Compression.GZIP) is DumpReason.DAMAGED_ARCHIVE
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
    assert len(unpacked(bomb, compression)) == 20_000_000


@EACH
def test_content_limit(compression: Compression) -> None:
    packed = PACKERS[compression](NOISE)
    assert refusal_of(packed, compression, Limits(content_bytes=len(NOISE) - 1)) is DumpReason.TOO_LARGE
    assert unpacked(packed, compression, Limits(content_bytes=len(NOISE))) == NOISE


@pytest.mark.parametrize("beginning", [b"", b"\x1f", b"new\n", b"PK\x03\x04"])
def test_not_packed(beginning: bytes) -> None:
    assert compression_of(beginning) is Compression.NONE


@EACH
@given(noise=st.binary(max_size=200), kept=st.integers(0, 60))
def test_damage_is_always_told(noise: bytes, kept: int, compression: Compression) -> None:
    packed = PACKERS[compression](b"some text that is packed")[:kept] + noise
    try:
        unpacked(packed, compression)
    except RefusalError as refusal:
        assert refusal.reason is DumpReason.DAMAGED_ARCHIVE  # noqa: PT017 - damage may go unseen, but only so
