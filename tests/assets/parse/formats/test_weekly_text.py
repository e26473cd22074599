"""Weekly text: blocks, what they state, and what is wrong with some of them."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse import texts
from assets.parse.formats import weekly_text_blocks
from assets.parse.formats.weekly_text import READER
from assets.parse.reader import STATEMENT_SCHEMA, Head, RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse import readings
from tests.papers import papers
from tests.writers import weekly_text as writer

read = partial(readings.read, READER)


LINK = "https://arxiv.org/pdf/2001.00001"


def block(title: str = "Gulls Again", link: str = LINK, summary: str = "They fly.") -> str:
    return f"Title: {title}\nPDF: {link}\nSummary: {summary}\n---\n"


def stated(content: str) -> list[tuple[Any, ...]]:
    return read(content.encode()).select("title_raw", "arxiv_raw", "abstract_raw", "defect").rows()


def test_round_trip() -> None:
    given_papers = list(papers(200))
    frame = read(writer.write(given_papers))
    assert frame.schema == STATEMENT_SCHEMA
    told = writer.expected(given_papers)
    assert frame.select(told[0].keys()).to_dicts() == told
    assert frame["defect"].null_count() == 200
    assert frame["source_fields"].unique().to_list() == ["{}"]


def test_spans_hold_the_records() -> None:
    content = writer.write(papers(3))
    spans = read(content).select("byte_start", "byte_end").rows()
    assert [content[start:end] for start, end in spans] == [part.strip() for part in content.split(b"---\n")[:-1]]


@pytest.mark.parametrize("batch", [1, 300, 5000])
@pytest.mark.parametrize("window", [16, 1024])
def test_batches_give_the_same(batch: int, window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    content = writer.write(papers(12)) + b"lost\nPDF: x\nSummary: y\n--- \n\n---\n" + writer.write(papers(2))
    whole = read(content)
    monkeypatch.setattr(weekly_text_blocks, "BATCH_BYTES", batch)
    monkeypatch.setattr(weekly_text_blocks, "WINDOW", window)
    assert read(content).equals(whole)


def test_endless_block_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weekly_text_blocks, "WINDOW", 64)
    monkeypatch.setattr(weekly_text_blocks, "MOST_MARKS", 10)
    content = (block() + "Title: Terns\nSummary:\n" + "PDF: x\nSummary: y\n" * 20 + "---\n" + block()).encode()
    frame = read(content)
    assert frame["title_raw"].to_list()[-1] == "Gulls Again"
    assert (
        "".join(content[s:e].decode() for s, e in frame.select("byte_start", "byte_end").rows()).count("PDF: x") == 20
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(
            "Title: Gulls\n  and\n\tTerns\nPDF: http://arxiv.org/abs/hep-th/9901001v2\nSummary: Both.\n---\n",
            [("Gulls\n  and\n\tTerns", "http://arxiv.org/abs/hep-th/9901001v2", "Both.", None)],
            id="title over three lines",
        ),
        pytest.param(
            block(summary="One.\n\nTwo:\nTitle: a word\nand PDF: another").replace("\n", "\r\n"),
            [("Gulls Again", LINK, "One.\r\n\r\nTwo:\r\nTitle: a word\r\nand PDF: another", None)],
            id="labels in a summary, CR LF",
        ),
        pytest.param(
            block(summary="Above.\n---\nBelow.") + block("Terns"),
            [("Gulls Again", LINK, "Above.\n---\nBelow.", None), ("Terns", LINK, "They fly.", None)],
            id="dashes in a summary",
        ),
        pytest.param(
            block().replace("---\n", "") + block("Terns"),
            [("Gulls Again", LINK, "They fly.", None), ("Terns", LINK, "They fly.", None)],
            id="dashes missing between two",
        ),
        pytest.param(
            block(link="https://example.org/gulls.pdf"), [("Gulls Again", None, "They fly.", None)], id="not at arXiv"
        ),
        pytest.param(
            "Title: Gulls\nSummary: No link.\n---\n" + block(),
            [("Gulls", None, "No link.", None), ("Gulls Again", LINK, "They fly.", None)],
            id="no link",
        ),
        pytest.param(
            block() + block().removeprefix("Title: ") + block(),
            [
                ("Gulls Again", LINK, "They fly.", None),
                (None, LINK, "They fly.", RejectReason.MALFORMED_RECORD),
                ("Gulls Again", LINK, "They fly.", None),
            ],
            id="label of the title lost",
        ),
        pytest.param(
            block().replace("Summary: ", "") + block(),
            [
                ("Gulls Again", f"{LINK}\nThey fly.", None, RejectReason.MALFORMED_RECORD),
                ("Gulls Again", LINK, "They fly.", None),
            ],
            id="label of the summary lost",
        ),
        pytest.param(
            block().replace("PDF: ", ""),
            [(f"Gulls Again\n{LINK}", None, "They fly.", RejectReason.MALFORMED_RECORD)],
            id="label of the link lost",
        ),
        pytest.param(
            block().replace("Summary", "PDF: http://b.example/2\nSummary"),
            [("Gulls Again", LINK, "They fly.", RejectReason.DUPLICATE_KEYS)],
            id="two links",
        ),
        pytest.param(
            block() + "Title: Terns\nPDF: " + LINK + "\nSummary: They fl",
            [
                ("Gulls Again", LINK, "They fly.", None),
                ("Terns", LINK, "They fl", RejectReason.TRUNCATED_RECORD),
            ],
            id="ends in a summary",
        ),
        pytest.param(
            block() + "Title: Terns\nPDF: https://arx",
            [("Gulls Again", LINK, "They fly.", None), ("Terns", None, None, RejectReason.TRUNCATED_RECORD)],
            id="ends in a link",
        ),
        pytest.param(
            (block() + block("Terns")).removesuffix("---\n"),
            [("Gulls Again", LINK, "They fly.", None), ("Terns", LINK, "They fly.", None)],
            id="only the last dashes missing",
        ),
        pytest.param(block(summary=""), [("Gulls Again", LINK, None, None)], id="empty summary"),
        pytest.param("\ufeff\n" + block(), [("Gulls Again", LINK, "They fly.", None)], id="byte-order mark"),
    ],
)
def test_blocks(content: str, told: list[tuple[Any, ...]]) -> None:
    assert stated(content) == told


def test_other_links_are_kept() -> None:
    assert read(block(link="https://example.org/a").encode())["urls"].to_list() == [["https://example.org/a"]]


def test_bytes_that_are_no_text() -> None:
    content = (block() + block("Terns")).encode().replace(b"Terns", b"T\xffrns")
    assert read(content).select("title_raw", "defect").rows() == [
        ("Gulls Again", None),
        ("T\ufffdrns", RejectReason.INVALID_ENCODING),
    ]


def test_giant_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "LARGEST_TEXT", 1000)
    monkeypatch.setattr(texts, "KEPT_BYTES", 100)
    frame = read((block() + block(summary="word " * 400) + block()).encode())
    assert frame["defect"].to_list() == [None, RejectReason.RECORD_TOO_LARGE, None]
    assert len(frame["abstract_raw"][1]) == 100


@pytest.mark.parametrize(
    ("content", "is_it"),
    [
        (block(), True),
        (block().replace("\n", "\r\n"), True),
        ("Title: Gulls\nSummary: No link.\n---\n" + block(), True),
        ("Title: Gulls\nPDF: x\n", False),
        ("Title: Gulls\n\nPDF: x\n\nSummary: y\n", False),
        ("TITLE: Gulls\nPDF: x\nSummary: y\n", False),
        ("A letter.\n" + block(), False),
        ("", False),
    ],
)
def test_recognises(content: str, is_it: bool) -> None:
    assert READER.recognises(Head(content.encode(), is_whole=True)) is is_it


def test_nothing_to_read() -> None:
    with pytest.raises(RefusalError) as refused:
        read(b"No labels here.\n---\n")
    assert refused.value.reason is DumpReason.NO_RECORDS


@given(st.text(alphabet="TPS:-\r\n \t\x00aé", max_size=80), st.integers(0, 2))
def test_any_text_reads(noise: str, where: int) -> None:
    parts = [block(), block("Terns")]
    parts.insert(where, noise)
    content = "".join(parts).encode()
    frame = read(content)
    assert frame["byte_start"].is_sorted()
    assert (frame["byte_end"] <= len(content)).all()
    assert (frame["byte_start"][1:] >= frame["byte_end"][:-1]).all()
    assert len(frame) >= 1
