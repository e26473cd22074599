"""Bytes become strings."""

import mmap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse import texts
from assets.parse.paragraphs import find_paragraphs
from assets.parse.texts import Texts, decode_spans, ends_inside_character


def decode(content: bytes | mmap.mmap) -> Texts:
    return decode_spans(content, find_paragraphs(content))


def test_invalid_text_is_told_from_valid_text() -> None:
    decoded = decode(b"fine\n\nbad \xff end\n\n\xc3\xbcber")
    assert decoded.values.to_list() == ["fine", "bad \ufffd end", "über"]
    assert decoded.is_invalid.tolist() == [False, True, False]
    assert not decoded.is_cut.any()


def test_replacement_character_of_the_source_is_valid() -> None:
    decoded = decode("a \ufffd b\n\n".encode() + b"\xfe")
    assert decoded.is_invalid.tolist() == [False, True]


def test_nothing() -> None:
    assert decode(b"").values.to_list() == []


@given(st.binary(max_size=80))
def test_each_text_is_its_bytes(content: bytes) -> None:
    spans = find_paragraphs(content)
    decoded = decode_spans(content, spans)
    raw = [content[start:end] for start, end in zip(spans.starts, spans.ends, strict=True)]
    assert decoded.values.to_list() == [one.decode(errors="replace") for one in raw]


@pytest.mark.parametrize("mapped", [False, True], ids=["in memory", "mapped"])
def test_large_paragraph_is_cut_at_a_character(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, mapped: bool
) -> None:
    monkeypatch.setattr(texts, "LARGEST_TEXT", 20)
    monkeypatch.setattr(texts, "KEPT_BYTES", 6)
    path = tmp_path / "dump"
    path.write_bytes(b"one\n\n" + "aaa€€€€€€€€\n\ntwo\n\n€€€€€€€€€€€\n\nthree".encode())
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if mapped else file.read()
    decoded = decode(content)
    assert decoded.values.to_list() == ["one", "aaa€", "two", "€€", "three"]
    assert decoded.is_cut.tolist() == [False, True, False, True, False]
    assert not decoded.is_invalid.any()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("€".encode()[:-1], True, id="two bytes of three"),
        pytest.param("a€".encode(), False, id="complete"),
        pytest.param(b"\xff", False, id="never valid"),
        pytest.param(b"\xff" + "€".encode()[:-1], False, id="broken before its end too"),
    ],
)
def test_ends_inside_character(data: bytes, *, expected: bool) -> None:
    assert ends_inside_character(data) is expected
