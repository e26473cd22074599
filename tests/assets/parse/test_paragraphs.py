"""Where paragraphs begin and end."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse import paragraphs
from assets.parse.paragraphs import find_paragraphs, first_visible
from assets.parse.reader import RefusalError
from schemas.vocabulary import DumpReason

MOSTLY_BREAKS = st.lists(
    st.sampled_from([b"\n", b"\r\n", b"\r", b" ", b"\t", b"\0", b"a", b"bc", b"\xc2\xa0", b"\xe2", b"\xff"]),
    max_size=60,
).map(b"".join)


def found(content: bytes) -> list[bytes]:
    spans = find_paragraphs(content)
    return [content[start:end] for start, end in zip(spans.starts, spans.ends, strict=True)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", [], id="nothing"),
        pytest.param(b" \n\t\r\n\0", [], id="blanks only"),
        pytest.param(b"a\n\nb", [b"a", b"b"], id="blank line"),
        pytest.param(b"a\nb", [b"a\nb"], id="one line break keeps a paragraph together"),
        pytest.param(b"a\n\n\n\nb\n", [b"a", b"b"], id="several blank lines"),
        pytest.param(b"a\n \t\nb", [b"a", b"b"], id="blank line of spaces and tabs"),
        pytest.param("a\n\u00a0\nb\n\u3000\u200b\nc".encode(), [b"a", b"b", b"c"], id="blank line of unicode spaces"),
        pytest.param(b"a\n\0\0\nb", [b"a", b"b"], id="blank line of NUL"),
        pytest.param(b"a\r\nb\r\n\r\nc\r\n", [b"a\r\nb", b"c"], id="CR LF"),
        pytest.param(b"a\rb\r\rc", [b"a\rb", b"c"], id="CR alone"),
        pytest.param(b"a\n\rb", [b"a", b"b"], id="LF and a CR alone"),
        pytest.param(b"\xef\xbb\xbfa\n\n\xef\xbb\xbf b", [b"a", b"b"], id="byte-order marks"),
        pytest.param(b"  a  \t\n\n\tb\r\n", [b"a", b"b"], id="blanks around are left out"),
        pytest.param(b"a\0b\n\nc", [b"a\0b", b"c"], id="NUL inside stays"),
        pytest.param(b"a" + b" " * 9000 + b"\n\nb", [b"a", b"b"], id="long trail of spaces"),
        pytest.param(
            "\u00fcber\n\n\u201cquoted\u201d".encode(), ["über".encode(), "“quoted”".encode()], id="not ASCII"
        ),
        pytest.param(b"\xe2\n\n\xc2", [b"\xe2", b"\xc2"], id="first byte of a space that never comes"),
    ],
)
def test_paragraphs(content: bytes, expected: list[bytes]) -> None:
    assert found(content) == expected


@given(MOSTLY_BREAKS, st.integers(3, 12))
def test_windows_change_nothing(content: bytes, window: int) -> None:
    whole = found(content)
    before = paragraphs.WINDOW
    paragraphs.WINDOW = window
    try:
        assert found(content) == whole
    finally:
        paragraphs.WINDOW = before


@given(MOSTLY_BREAKS)
def test_every_visible_byte_is_in_one_paragraph(content: bytes) -> None:
    spans = find_paragraphs(content)
    assert (spans.lengths > 0).all()
    assert (spans.starts[1:] > spans.ends[:-1]).all()
    is_outside = np.ones(len(content), dtype=bool)
    for start, end in zip(spans.starts, spans.ends, strict=True):
        is_outside[start:end] = False
    outside = bytes(np.frombuffer(content, dtype=np.uint8)[is_outside])
    assert not re.search(rb"[a-z\xff]", outside)


@given(st.lists(st.text("ab \u00e9.,", min_size=1).map(str.strip).filter(bool), max_size=8))
def test_paragraphs_survive_any_blank_line(texts: list[str]) -> None:
    for blank in ("\n\n", "\n \n", "\r\n\r\n", "\n\u00a0\n", "\r\r", "\n\n\n"):
        assert found(blank.join(texts).encode()) == [text.encode() for text in texts]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", 0, id="nothing"),
        pytest.param(b" \n\n", 3, id="blanks only"),
        pytest.param(b"\xef\xbb\xbf\n x", 5, id="after a byte-order mark"),
        pytest.param(b"x", 0, id="at once"),
    ],
)
def test_first_visible(content: bytes, expected: int) -> None:
    assert first_visible(content) == expected


def test_too_many_paragraphs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paragraphs, "MOST_PARAGRAPHS", 3)
    assert len(find_paragraphs(b"a\n\nb\n\nc")) == 3
    with pytest.raises(RefusalError) as refusal:
        find_paragraphs(b"a\n\nb\n\nc\n\nd")
    assert refusal.value.reason is DumpReason.TOO_LARGE
