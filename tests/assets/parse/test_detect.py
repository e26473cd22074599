"""What a dump is, by its content."""

import json
import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse.detect import READERS, choose_reader
from assets.parse.formats import delimited_table, page_text
from assets.parse.reader import HEAD_BYTES, Head, Reader, RefusalError
from schemas.vocabulary import DumpReason
from tests.assets.parse.pages import BOX, HEADER, SUBSCRIBE, body, papers, text
from tests.faults.fuzz_readers import fixture

PAPERS = papers(8)
PAGE = text(HEADER, body(PAPERS))
NOISE = random.Random(5).randbytes(3000)
PROSE = "The ferry left late. Nobody on the quay seemed to mind, since the fog had not lifted yet.\n\n" * 30
HANDBOOK = "\n\n".join(
    f"{head}\n\n{head} is done once a year. {PROSE[:400]}" for head in ("Oiling", "Tarring", "Rigging")
)
CSV = "title,abstract\n" + "".join(f'"{title}","{abstract}"\n' for title, abstract in PAPERS)
LABELLED = "\n\n".join(f"Title: {title}\n\nSummary: {abstract}" for title, abstract in PAPERS)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PAGE, id="page"),
        pytest.param(b"\xef\xbb\xbf" + PAGE, id="byte-order mark of UTF-8"),
        pytest.param(b"\n" * 400_000 + PAGE, id="after many blank lines"),
        pytest.param(PAGE.replace(b"\n", b"\r\n"), id="CR LF"),
        pytest.param(PAGE.replace(b" is hard", b"\0\0 is hard"), id="a few NUL"),
        pytest.param(PAGE + bytes(300_000), id="a tail of NUL"),
        pytest.param(PAGE.replace(b"hard", b"\xfchard"), id="some bytes that are not UTF-8"),
        pytest.param(text(BOX, SUBSCRIBE, body(PAPERS[:1])), id="two header lines"),
        pytest.param(text("Mar 14", body(PAPERS[:3])), id="a date and three records"),
        pytest.param(text(body(PAPERS[:3])), id="three records without a header"),
        pytest.param(text(HEADER), id="header only"),
        pytest.param(text(HEADER, "A", "b"), id="header and something"),
    ],
)
def test_page_text(content: bytes) -> None:
    assert choose_reader(content) is page_text.READER


def test_a_table_of_titles_and_abstracts() -> None:
    assert choose_reader(CSV.encode()) is delimited_table.READER


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", DumpReason.EMPTY_FILE, id="empty"),
        pytest.param(b" \r\n\t\n", DumpReason.EMPTY_FILE, id="blank"),
        pytest.param(b"\xef\xbb\xbf", DumpReason.EMPTY_FILE, id="byte-order mark only"),
        pytest.param(bytes(5000), DumpReason.EMPTY_FILE, id="NUL only"),
        pytest.param(b"{}\n", DumpReason.NO_RECORDS, id="empty object"),
        pytest.param(b" []", DumpReason.NO_RECORDS, id="empty array"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + PAGE, DumpReason.BINARY_FILE, id="picture"),
        pytest.param(b"%PDF-1.7\n" + PAGE, DumpReason.BINARY_FILE, id="PDF"),
        pytest.param(b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + PAGE, DumpReason.BINARY_FILE, id="tar"),
        pytest.param(NOISE, DumpReason.BINARY_FILE, id="noise"),
        pytest.param(struct.pack("<500d", *range(500)), DumpReason.BINARY_FILE, id="numbers"),
        pytest.param(PAGE.decode().encode("utf-16"), DumpReason.UNSUPPORTED_ENCODING, id="UTF-16"),
        pytest.param(b"\xfe\xff" + PAGE.decode().encode("utf-16-be"), DumpReason.UNSUPPORTED_ENCODING, id="UTF-16 BE"),
        pytest.param(PAGE.decode().encode("utf-16-le"), DumpReason.UNSUPPORTED_ENCODING, id="UTF-16 without mark"),
        pytest.param(PAGE.decode().encode("utf-16-be"), DumpReason.UNSUPPORTED_ENCODING, id="UTF-16 BE without mark"),
        pytest.param(PAGE.decode().encode("utf-32"), DumpReason.UNSUPPORTED_ENCODING, id="UTF-32"),
        pytest.param("Погода на озере ".encode("koi8-r") * 50, DumpReason.UNSUPPORTED_ENCODING, id="KOI8-R"),
        pytest.param(json.dumps(PAPERS, indent=1).encode(), DumpReason.UNKNOWN_FORMAT, id="JSON"),
        pytest.param(json.dumps({"header": PAGE.decode()}).encode(), DumpReason.UNKNOWN_FORMAT, id="page within JSON"),
        pytest.param(b"<feed>" + PAGE.replace(b"\n\n", b"</p><p>"), DumpReason.UNKNOWN_FORMAT, id="XML"),
        pytest.param(PROSE.encode(), DumpReason.UNKNOWN_FORMAT, id="prose"),
        pytest.param(HANDBOOK.encode(), DumpReason.UNKNOWN_FORMAT, id="headings and paragraphs"),
        pytest.param(text(*(f"# {title}" for title, _ in PAPERS)), DumpReason.UNKNOWN_FORMAT, id="titles only"),
        pytest.param(text(body(PAPERS[:2])), DumpReason.UNKNOWN_FORMAT, id="two records without a header"),
        pytest.param(text(body(PAPERS)[1:]), DumpReason.UNKNOWN_FORMAT, id="shifted without a header"),
        pytest.param(SUBSCRIBE.encode(), DumpReason.UNKNOWN_FORMAT, id="a line that is on many pages"),
        pytest.param(b"x" * 300_000, DumpReason.UNKNOWN_FORMAT, id="one line"),
    ],
)
def test_refused(content: bytes, reason: DumpReason) -> None:
    with pytest.raises(RefusalError) as refusal:
        choose_reader(content)
    assert refusal.value.reason is reason
    assert refusal.value.detail.endswith(".")
    assert refusal.value.detail.isascii()


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes(content: bytes) -> None:
    try:
        assert choose_reader(content) in READERS
    except RefusalError as refusal:
        assert refusal.detail  # noqa: PT017 - either outcome is right, any other is not


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.format))
def test_every_format_is_told_from_all_others(reader: Reader) -> None:
    head = Head(fixture(reader)[:HEAD_BYTES], is_whole=True)
    assert [str(other.format) for other in READERS if other.recognises(head)] == [str(reader.format)]
