import mmap
import re
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse import xml_scan
from assets.parse.reader import Content
from assets.parse.xml_head import xml_head
from assets.parse.xml_scan import Piece, Shape, batches
from schemas.vocabulary import RejectReason

MALFORMED, TRUNCATED = RejectReason.MALFORMED_RECORD, RejectReason.TRUNCATED_RECORD
RECORDS = Shape(frozenset({"r", "s.t"}))
NESTED = Shape(frozenset({"r"}), opening=re.compile(rb"\s*<head[\s/>]"))
AROUND = Shape(frozenset({"r"}), context=frozenset({"meta"}), tags=frozenset({"volume"}))


def pieces(content: Content, shape: Shape = RECORDS) -> list[Piece]:
    head = xml_head(content[:10_000])
    assert head is not None
    return [piece for batch in batches(content, shape, head.root) for piece in batch]


def texts(content: bytes, shape: Shape = RECORDS) -> list[tuple[str, RejectReason | None]]:
    return [(content[piece.start : piece.end].decode(), piece.defect) for piece in pieces(content, shape)]


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<r>a</r> <r>b</r>", ["<r>a</r>", "<r>b</r>"]),
        ("<r/><r />", ["<r/>", "<r />"]),
        ("<r a='x>y' b=\"/r>/>\">q</r\n>", ["<r a='x>y' b=\"/r>/>\">q</r\n>"]),
        ("<n:r>a</n:r>", ["<n:r>a</n:r>"]),
        ("<s.t>a</s.t><sxt>b</sxt>", ["<s.t>a</s.t>"]),
        ("<rr>a</rr><r-a/><ra/>", []),
        ("<!-- <r>no</r> --><r>a</r>", ["<r>a</r>"]),
        ("<r><!-- </r> --></r>", ["<r><!-- </r> --></r>"]),
        ("<r><![CDATA[</r><r>]]></r>", ["<r><![CDATA[</r><r>]]></r>"]),
        ("<r><?x </r>?></r>", ["<r><?x </r>?></r>"]),
        ("<r>\n\t</r>\n\n", ["<r>\n\t</r>"]),
    ],
)
def test_records_are_found_whole(inside: str, found: list[str]) -> None:
    assert texts(f"<list>{inside}</list>".encode()) == [(text, None) for text in found]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<l><r>a <r>b</r></l>", [("<r>a", MALFORMED), ("<r>b</r>", None)]),
        ("<l><r>a</r>b</r><r>c</r></l>", [("<r>a</r>", None), ("b</r>", MALFORMED), ("<r>c</r>", None)]),
        ("<l><r>a</r><x>b</x></r><r>c</r></l>", [("<r>a</r>", None), ("<x>b</x></r>", MALFORMED), ("<r>c</r>", None)]),
        ("<l><r>a</r><r>b</q></l>\n", [("<r>a</r>", None), ("<r>b</q>", MALFORMED)]),
        ("<l><r>a</r><r>b<q>c</q> ", [("<r>a</r>", None), ("<r>b<q>c</q>", TRUNCATED)]),
        ("<r>a</r><r>b<q>c</q>", [("<r>a</r>", None), ("<r>b<q>c</q>", TRUNCATED)]),
        ("<l><r>a</r>\n<r", [("<r>a</r>", None), ("<r", TRUNCATED)]),
        ("<l><r>a</r></l", [("<r>a</r>", None), ("</l", TRUNCATED)]),
        ("<l><r a='<r>b</r></l>", [("<r a='", MALFORMED), ("<r>b</r>", None)]),
        ("<l><r><!-- <r>b<!-- c --></r></l>", [("<r><!--", MALFORMED), ("<r>b<!-- c --></r>", None)]),
        ("<l><r><![CDATA[</r><r>b</r></l>", [("<r><![CDATA[</r>", None), ("<r>b</r>", None)]),
        ("<l><r>a</s.t><r>b</r></l>", [("<r>a</s.t>", MALFORMED), ("<r>b</r>", None)]),
    ],
)
def test_a_damaged_record_takes_none_with_it(content: str, found: list[tuple[str, RejectReason | None]]) -> None:
    assert texts(content.encode()) == found


def test_records_in_a_doctype_are_none() -> None:
    assert texts(b'<!DOCTYPE l [<!ENTITY e "<r>no</r>">]><l><r>&e;</r></l>') == [("<r>&e;</r>", None)]
    joined = b'<l><r>a</r></l><!DOCTYPE l [<!-- ]> <r> --><!ENTITY e "<r>]></r>">]><l><r>b</r></l>'
    assert texts(joined) == [("<r>a</r>", None), ("<r>b</r>", None)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<l><r><head/><r>x</r></r></l>", [("<r><head/><r>x</r></r>", None)]),
        ("<l><r><head/><r/><r>x</r></r></l>", [("<r><head/><r/><r>x</r></r>", None)]),
        ("<l><r><head/><r>x</r><r><head/></r></l>", [("<r><head/><r>x</r>", MALFORMED), ("<r><head/></r>", None)]),
        ("<l><r>x</r><r><head/></r></l>", [("<r>x</r>", None), ("<r><head/></r>", None)]),
    ],
)
def test_elements_within_a_record_may_have_its_name(content: str, found: list[tuple[str, RejectReason | None]]) -> None:
    assert texts(content.encode(), NESTED) == found


def test_context_comes_in_order_with_the_records() -> None:
    content = b"<c><volume id='1>'><meta>a</meta><r>b</r></volume><volume><meta/><r>c</r><volume/></c>"
    found = [(content[p.start : p.end].decode(), p.is_record, p.is_tag) for p in pieces(content, AROUND)]
    assert found == [
        ("<volume id='1>'>", False, True),
        ("<meta>a</meta>", False, False),
        ("<r>b</r>", True, False),
        ("<volume>", False, True),
        ("<meta/>", False, False),
        ("<r>c</r>", True, False),
        ("<volume/>", False, True),
    ]


def test_a_dump_that_ends_in_context_lost_a_record() -> None:
    content = b"<c><r>a</r><meta>b"
    assert [(piece.is_record, piece.defect) for piece in pieces(content, AROUND)] == [(True, None), (True, TRUNCATED)]


def test_batches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_scan, "BATCH_RECORDS", 3)
    content = b"<l>" + b"<r/>" * 7 + b"</l>"
    head = xml_head(content)
    assert head is not None
    assert [len(batch) for batch in batches(content, RECORDS, head.root)] == [3, 3, 1]
    monkeypatch.setattr(xml_scan, "BATCH_BYTES", 8)
    assert [len(batch) for batch in batches(content, RECORDS, head.root)] == [2, 2, 2, 1]


def test_a_mapped_dump_is_split_the_same() -> None:
    content = b"<l>" + b"<r>a<!-- x --></r>" * 100 + b"<r>"
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            assert pieces(mapped) == pieces(content)


@pytest.mark.parametrize(
    "unit",
    [
        b"<r><!--",
        b"<r><![CDATA[",
        b"<r><?",
        b'<r a="',
        b"<r a='",
        b"</r",
        b"</r>",
        b"<r",
        b"<r>",
        b"<r/>",
        b"<",
        b"<!DOCTYPE [",
        b"a:",
    ],
    ids=repr,
)
def test_hostile_dumps_are_split_in_linear_time(unit: bytes) -> None:
    """Each of these would take hours if anything were looked for again and again."""
    for tail in (b"", b"]]>-->?>'\""):
        found = pieces(b"<l>" + unit * 10_000 + tail)
        assert all(piece.start < piece.end for piece in found)


PARTS = [
    "<r>",
    "</r>",
    "<r/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    '"',
    "'",
    "<",
    ">",
    " ",
    "a",
    "<s.t a='",
    "</l>",
    "\n",
]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_pieces_never_overlap_and_never_hold_blanks_alone(inside: str) -> None:
    content = f"<l>{inside}".encode()
    end = 0
    for piece in pieces(content):
        assert end <= piece.start < piece.end <= len(content)
        assert content[piece.start : piece.end].strip()
        end = piece.end
