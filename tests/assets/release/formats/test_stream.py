"""Stream: bytes that follow from the text alone, readable by the programs that everybody has."""

import gzip
import zlib
from itertools import pairwise

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.parse.unpack import zstd
from assets.release.formats import stream
from assets.release.formats.stream import TextFile, batches

TEXT = b"".join(b"line %d of a text that repeats itself\r\n" % number for number in range(3_000))
pytestmark = pytest.mark.usefixtures("small_blocks")
READERS = {"a.txt": bytes, "a.gz": gzip.decompress, "a.zst": zstd.decompress}


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(stream, "BLOCK", 1 << 12)
    monkeypatch.setattr(stream, "ROUND", 3)


def written(path, pieces) -> bytes:
    with TextFile(path) as file:
        for piece in pieces:
            file.write(piece)
    return path.read_bytes()


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 3 * 4096, 3 * 4096 + 1, 60_000, len(TEXT)])
def test_it_is_read_back(tmp_path, name, size) -> None:
    assert READERS[name](written(tmp_path / name, [TEXT[:size]])) == TEXT[:size]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, len(TEXT)), max_size=8).map(sorted))
@pytest.mark.parametrize("name", ["a.gz", "a.zst"])
def test_where_the_pieces_end_changes_nothing(tmp_path, name, cuts) -> None:
    ends = [0, *cuts, len(TEXT)]
    pieces = [TEXT[start:end] for start, end in pairwise(ends)]
    assert written(tmp_path / name, pieces) == written(tmp_path / name, [TEXT])


@pytest.mark.parametrize("name", ["a.gz", "a.zst"])
def test_the_number_of_threads_changes_nothing(tmp_path, monkeypatch, name) -> None:
    found = set()
    for threads in (1, 2, 5):
        monkeypatch.setattr(stream, "THREADS", threads)
        found.add(written(tmp_path / name, [TEXT]))
    assert len(found) == 1


def test_gzip_is_one_member_without_time_or_name(tmp_path) -> None:
    content = written(tmp_path / "a.gz", [TEXT])
    assert content[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    reading = zlib.decompressobj(wbits=31)
    assert reading.decompress(content) == TEXT
    assert reading.eof
    assert not reading.unused_data


def test_zstandard_has_a_checksum(tmp_path) -> None:
    content = bytearray(written(tmp_path / "a.zst", [TEXT]))
    content[-1] ^= 1
    with pytest.raises(zstd.ZstdError, match="checksum"):
        zstd.decompress(content)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
def test_lines_are_taken_as_they_lie_in_memory(tmp_path, kind) -> None:
    lines = pa.array(["aus\n", "", "ä\n", "last\n"], kind)
    with TextFile(tmp_path / "a.txt") as file:
        file.add(lines[1:3])
        file.add(lines[4:])
        file.add(lines[:0])
        file.add(pa.array(["", ""], kind))
        file.add(lines)
    assert (tmp_path / "a.txt").read_bytes() == "ä\naus\nä\nlast\n".encode()
    assert file.rows == 8


@pytest.mark.parametrize("name", READERS)
def test_an_error_is_not_hidden_by_what_is_left_to_write(tmp_path, name) -> None:
    def pieces():
        yield b"text"
        raise KeyError

    with pytest.raises(KeyError):
        written(tmp_path / "folder" / name, pieces())
    assert (tmp_path / "folder" / name).read_bytes() == b""


@pytest.mark.parametrize("threads", [1, 2])
def test_batches_are_in_the_order_of_the_query(monkeypatch, threads) -> None:
    monkeypatch.setattr(stream, "BATCH_ROWS", 1_000)
    with duckdb.connect(config={"threads": threads}) as connection:
        connection.execute("CREATE TABLE t AS SELECT i, printf('%d', i) AS line FROM range(100_000) r(i)")
        found = [value for batch in batches(connection, "SELECT line FROM t") for value in batch["line"].to_pylist()]
    assert found == [str(number) for number in range(100_000)]
