"""From a file to its row of dumps and its listings."""

import gzip
import hashlib
import mmap
import os
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.parse import read, texts, unpack
from assets.parse.cache import Cache
from assets.parse.folder import RawFile, find_files
from assets.parse.formats import page_text
from assets.parse.intake import Intake
from assets.parse.read import content_ids, dump_content
from assets.parse.reader import RefusalError
from assets.parse.survey import survey
from assets.parse.unpack import Limits, zstd
from schemas.dumps import Dumps
from schemas.listings import Listings
from schemas.render import polars_schema
from schemas.vocabulary import DumpReason
from tests.assets.parse.pages import HEADER, body, papers, text

PAPERS = papers(5)
PAGE = text(HEADER, body(PAPERS))


@dataclass(frozen=True)
class Parsed:
    dump: pl.DataFrame
    listings: pl.DataFrame


def parse(path: Path, **options: Any) -> Parsed:
    """Reads a file anew; what comes out satisfies the tables' contracts and balances, and scratch is left empty."""
    scratch = path.parent / ".scratch" / "deep"
    files = find_files([path]) if path.is_file() else [RawFile(os.fsencode(path.name).decode(errors="replace"), path)]
    with tempfile.TemporaryDirectory() as cache:
        found = survey(files, Path(cache), scratch, **options)
        listings = pl.concat([polars_schema(Listings).to_frame(), *found.listings()])
    Dumps.validate(found.dumps)
    Listings.validate(listings)
    dump = found.dumps.row(0, named=True)
    assert dump["listing_count"] == listings.height
    assert (dump["status"] == "rejected") == (dump["reason"] is not None) == (dump["detail"] is not None)
    assert not scratch.exists() or not list(scratch.iterdir())
    return Parsed(found.dumps, listings)


def row(parsed: Parsed) -> dict[str, Any]:
    return parsed.dump.row(0, named=True)


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    os.utime(path, (1_700_000_000.9, 1_700_000_000.9))
    return path


def test_plain_dump(tmp_path: Path) -> None:
    parsed = parse(write(tmp_path / "page.txt", PAGE))
    digest = hashlib.sha256(PAGE).hexdigest()
    assert row(parsed) == {
        "dump_id": digest,
        "uri": "page.txt",
        "also_at": [],
        "format": "page_text",
        "compression": "none",
        "role": "feed",
        "size_bytes": len(PAGE),
        "captured_at": datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC),
        "captured_from": "mtime",
        "page_date_raw": "Mar 14",
        "page_count": 1,
        "listing_count": 5,
        "status": "read",
        "reason": None,
        "detail": None,
        "reader_version": f"{page_text.READER.label}.{read.READING_VERSION}",
    }
    first = parsed.listings.row(0, named=True)
    place = f"{digest}:{first['byte_start']}-{first['byte_end']}"
    assert first["listing_id"] == hashlib.blake2b(place.encode(), digest_size=16).hexdigest()
    assert first["dump_id"] == digest


@pytest.mark.parametrize(
    ("pack", "compression"),
    [(bytes, "none"), (gzip.compress, "gzip"), (zstd.compress, "zstd")],
    ids=["plain", "gzip", "zstd"],
)
@pytest.mark.parametrize("held", [0, 1 << 20], ids=["mapped", "in memory"])
def test_packing_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Any, compression: str, held: int
) -> None:
    monkeypatch.setattr(read, "HELD_BYTES", held)
    monkeypatch.setattr(unpack, "HELD_BYTES", held)
    plain = parse(write(tmp_path / "plain.txt", PAGE))
    packed = parse(write(tmp_path / "a-name-that-says-nothing.jpg", pack(PAGE)))
    assert packed.listings.equals(plain.listings)
    assert row(packed)["compression"] == compression
    assert row(packed)["dump_id"] == row(plain)["dump_id"]
    assert row(packed)["size_bytes"] == len(PAGE)


def test_listings_outlive_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "HELD_BYTES", 0)
    path = write(tmp_path / "page.txt", PAGE)
    parsed = parse(path)
    path.write_bytes(b"")
    assert parsed.listings["title_raw"].to_list() == [title for title, _ in PAPERS]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "empty_file", id="empty"),
        pytest.param(b"\n \n", "empty_file", id="blank"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "binary_file", id="picture"),
        pytest.param("new".encode("utf-16"), "unsupported_encoding", id="UTF-16"),
        pytest.param(b'{"papers": []}', "unknown_format", id="JSON"),
        pytest.param(text(HEADER), "no_records", id="header only"),
        pytest.param(gzip.compress(PAGE)[:-20], "damaged_archive", id="truncated gzip"),
        pytest.param(zstd.compress(PAGE)[:-20], "damaged_archive", id="truncated zstd"),
        pytest.param(gzip.compress(b""), "empty_file", id="gzip of nothing"),
        pytest.param(gzip.compress(gzip.compress(PAGE)), "binary_file", id="gzip of gzip"),
        pytest.param(b"7z\xbc\xaf\x27\x1c" + b"x" * 100, "binary_file", id="7-Zip"),
    ],
)
def test_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    dump = row(parse(write(tmp_path / "dump", content)))
    assert (dump["status"], dump["reason"]) == ("rejected", reason)
    if reason == "damaged_archive":
        assert dump["dump_id"] == hashlib.sha256(content).hexdigest()
        assert dump["size_bytes"] == len(content)


@pytest.mark.parametrize(
    "content", [PAGE, b"", gzip.compress(PAGE), gzip.compress(PAGE)[:-20]], ids=["page", "empty", "gzip", "cut"]
)
def test_the_identifier_is_known_without_reading(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path / "dump", content)
    (file,) = find_files([path])
    known = content_ids(file, Cache(tmp_path / "cache", ""), tmp_path / "scratch")
    assert known == {"": row(parse(path))["dump_id"]}


def test_limits(tmp_path: Path) -> None:
    for name, content in (("plain", PAGE), ("packed", gzip.compress(PAGE))):
        path = write(tmp_path / name, content)
        assert row(parse(path, limits=Limits(content_bytes=len(PAGE))))["status"] == "read"
        dump = row(parse(path, limits=Limits(content_bytes=len(PAGE) - 1)))
        assert (dump["reason"], dump["dump_id"]) == ("too_large", hashlib.sha256(content).hexdigest())


def test_vanished_file(tmp_path: Path) -> None:
    one, other = row(parse(tmp_path / "gone.txt")), row(parse(tmp_path / "also-gone.txt"))
    assert one["reason"] == other["reason"] == "unreadable"
    assert one["dump_id"] != other["dump_id"]
    assert (one["captured_at"], one["size_bytes"]) == (None, 0)
    assert "No such file" in one["detail"]


def test_forbidden_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "2024-05-03.txt", PAGE)
    opened = Path.open

    def refuse(self: Path, *arguments: Any, **options: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    dump = row(parse(path))
    assert (dump["reason"], dump["detail"]) == ("unreadable", "The file cannot be read: Permission denied.")
    assert dump["captured_at"] == datetime(2024, 5, 3, tzinfo=UTC)


def test_things_that_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name in ("pipe", "loop", "."):
        assert row(parse(tmp_path / name))["reason"] == "unreadable"


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(read, "hold", full)
    dump = row(parse(write(tmp_path / "dump", gzip.compress(PAGE))))
    assert (dump["reason"], dump["size_bytes"]) == ("unreadable", 0)
    assert "No space left" in dump["detail"]


def test_name_that_is_not_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/page-\xff.txt"))
    try:
        write(path, PAGE)
    except OSError:
        pytest.skip("this file system takes no such names")
    assert row(parse(path))["uri"] == "page-\ufffd.txt"


@pytest.mark.parametrize("held", [0, 1 << 20], ids=["mapped", "in memory"])
def test_one_endless_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    monkeypatch.setattr(read, "HELD_BYTES", held)
    monkeypatch.setattr(unpack, "HELD_BYTES", held)
    monkeypatch.setattr(texts, "LARGEST_TEXT", 10_000)
    monkeypatch.setattr(texts, "KEPT_BYTES", 100)
    content = text(HEADER, body(PAPERS[:1]), PAPERS[1][0], "word " * 1_000_000, body(PAPERS[2:]))
    parsed = parse(write(tmp_path / "dump", content))
    assert parsed.listings["defect"].to_list() == [None, "record_too_large", None, None, None]
    assert parsed.listings["abstract_raw"][1] == ("word " * 20)
    assert parsed.listings.estimated_size() < 100_000


@pytest.mark.slow
def test_endless_line_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "dump"
    with path.open("wb") as file:
        file.write(text(HEADER, body(PAPERS[:1]), PAPERS[1][0]) + b"\n\n")
        for _ in range(300):
            file.write(b"x" * (1 << 20))
        file.write(b"\n\n" + text(body(PAPERS[2:])))
    peak = Path("/proc/self/status")
    if not peak.exists():
        pytest.skip("no /proc: the memory of the process cannot be measured")

    def resident() -> int:
        return next(int(line.split()[1]) for line in peak.read_text().splitlines() if line.startswith("VmRSS"))

    before = resident()
    parsed = parse(path)
    assert parsed.listings["defect"].to_list() == [None, "record_too_large", None, None, None]
    assert resident() - before < 100_000  # kB: a third of the file


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), packer=st.sampled_from([bytes, gzip.compress, zstd.compress]))
def test_any_bytes(tmp_path: Path, content: bytes, packer: Any) -> None:
    parse(write(tmp_path / "dump", packer(content)))


def test_mapped_content_is_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "HELD_BYTES", 0)
    made: list[mmap.mmap] = []

    class Recorded(mmap.mmap):
        def __new__(cls, *arguments: Any, **options: Any) -> Self:
            mapped = super().__new__(cls, *arguments, **options)
            made.append(mapped)
            return mapped

    monkeypatch.setattr(read.mmap, "mmap", Recorded)
    parsed = parse(write(tmp_path / "dump", PAGE))
    made[0].close()  # raises BufferError if a listing still looks at it
    assert parsed.listings["abstract_raw"].to_list() == [abstract for _, abstract in PAPERS]


@pytest.mark.real
def test_real_dumps(shared: Path, tmp_path: Path) -> None:
    counts = []
    for path in sorted((shared / "dumps").glob("*.txt")):
        parsed = parse(write(tmp_path / path.name, path.read_bytes()))
        content = path.read_bytes()
        for listing in parsed.listings.iter_rows(named=True):
            place = content[listing["byte_start"] : listing["byte_end"]]
            assert place.startswith(listing["title_raw"].encode())
            assert place.endswith(listing["abstract_raw"].encode())
            assert len(place) == len(listing["title_raw"] + listing["abstract_raw"]) + 2
        assert parsed.listings["defect"].null_count() == parsed.listings.height
        counts.append(parsed.listings.height)
    assert counts == [83, 129, 69, 93, 87]


def test_the_content_of_a_dump_is_found_again(tmp_path: Path) -> None:
    (file,) = find_files([write(tmp_path / "dump", gzip.compress(PAGE))])
    assert dump_content(file, hashlib.sha256(PAGE).hexdigest(), tmp_path) == PAGE
    assert dump_content(file, hashlib.sha256(b"other").hexdigest(), tmp_path) is None


def test_a_reader_that_fails_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = find_files([write(tmp_path / "dump", PAGE)])
    intake = Intake(Cache(tmp_path / "cache", ""))

    def fails(*_: Any) -> Any:
        yield next(page_text.read(PAGE))
        raise RefusalError(DumpReason.MALFORMED_SYNTAX, "It goes on as something else.")

    monkeypatch.setattr(read, "choose_reader", lambda *_: replace(page_text.READER, read=fails))
    (part,) = read.read_file(file, intake, tmp_path)
    intake.flush()
    facts = intake.cache.facts[part.key]
    assert (facts.reason, facts.listing_count) == ("malformed_syntax", 0)
    assert not list((tmp_path / "cache").rglob("*.parquet"))
