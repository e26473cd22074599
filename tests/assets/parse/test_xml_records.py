from threading import current_thread
from threading import enumerate as enumerate_threads
from typing import Any

import polars as pl
import pytest

from assets.parse import xml_records
from assets.parse.reader import STATEMENT_SCHEMA, RefusalError
from assets.parse.xml_fields import Element, fields_of, text_of
from assets.parse.xml_records import LARGEST_RECORD, PARSED_TOGETHER, Dialect, Fragments, read_elements
from assets.parse.xml_scan import Piece, Shape
from schemas.vocabulary import DumpReason, RejectReason

DIALECT = Dialect(Shape(frozenset({"r"}), context=frozenset({"meta"}), tags=frozenset({"volume"})))
MALFORMED, INVALID = RejectReason.MALFORMED_RECORD, RejectReason.INVALID_ENCODING


def state(element: Element) -> dict[str, Any]:
    return {"title_raw": text_of(element), "source_fields": fields_of(element)}


def read(content: bytes, dialect: Dialect = DIALECT) -> pl.DataFrame:
    return pl.concat(read_elements(content, dialect, state))


def stated(content: bytes, dialect: Dialect = DIALECT) -> list[tuple[str | None, str | None]]:
    return read(content, dialect).select("title_raw", "defect").rows()


@pytest.mark.parametrize(
    ("bad", "title", "defect"),
    [
        (b"<r>b<q></r>", None, MALFORMED),
        (b"<r>&lol;</r>", None, MALFORMED),
        (b"<r>a & b</r>", None, MALFORMED),
        (b"<r a=1>b</r>", None, MALFORMED),
        (b"<r a='1' a='2'>b</r>", None, MALFORMED),
        (b"<r>\x00</r>", None, MALFORMED),
        (b"<r>&#0;</r>", None, MALFORMED),
        (b"<r>&#xd800;</r>", None, MALFORMED),
        (b"<x:r>b</x:r>", None, MALFORMED),
        (b"<r></w><w></r>", None, MALFORMED),
        (b"<r>" + b"<q>" * 5000 + b"</q>" * 5000 + b"</r>", None, MALFORMED),
        (b"<r>b\xff\xfec</r>", "b\ufffd\ufffdc", INVALID),
        (b"<r>b\xff<q></r>", None, INVALID),
        (b"<r>" + b"b" * LARGEST_RECORD + b"</r>", None, RejectReason.RECORD_TOO_LARGE),
        (b"<r>b", None, MALFORMED),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_damaged_record_takes_none_with_it(bad: bytes, title: str | None, defect: str) -> None:
    assert stated(b"<l><r>a</r>" + bad + b"<r>c</r></l>") == [("a", None), (title, defect), ("c", None)]


def test_places_and_defaults() -> None:
    content = b"<l>\n <r>a</r>\n <r><q x='1'>b</q></r></l>"
    frame = read(content)
    assert frame.schema == STATEMENT_SCHEMA
    assert frame["position"].to_list() == [1, 2]
    assert [content[start:end] for start, end in frame.select("byte_start", "byte_end").rows()] == [
        b"<r>a</r>",
        b"<r><q x='1'>b</q></r>",
    ]
    assert frame["source_fields"].to_list() == ["{}", '{"q": {"@x": "1", "#text": "b"}}']
    assert frame["authors"].to_list() == [[], []]


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        ("<?xml version='1.0' encoding='ISO-8859-1'?><l><r>é</r><r>ø</r></l>".encode("latin-1"), ["é", "ø"]),
        ("<?xml version='1.0' encoding='windows-1252'?><l><r>“é”</r></l>".encode("cp1252"), ["“é”"]),
        ("<?xml version='1.0' encoding='US-ASCII'?><l><r>é</r></l>".encode(), ["é"]),
        ("<?xml version='1.0' encoding='UTF-16'?><l><r>é</r></l>".encode(), ["é"]),
        ("\ufeff<l><r>é</r></l>".encode(), ["é"]),
    ],
    ids=["latin-1", "cp1252", "ascii", "utf-16 in name only", "byte-order mark"],
)
def test_encodings(content: bytes, titles: list[str]) -> None:
    assert stated(content) == [(title, None) for title in titles]


def test_bytes_that_an_encoding_does_not_have() -> None:
    content = "<?xml version='1.0' encoding='windows-1252'?><l><r>é</r><r>é".encode("cp1252") + b"\x81</r></l>"
    assert stated(content) == [("é", None), ("é\ufffd", INVALID)]


def test_an_encoding_that_is_not_read() -> None:
    with pytest.raises(RefusalError) as caught:
        read(b"<?xml version='1.0' encoding='EBCDIC'?><l><r>a</r></l>")
    assert caught.value.reason == DumpReason.UNSUPPORTED_ENCODING


@pytest.mark.parametrize(
    "content",
    [
        b"<l xmlns:n='urn:n'><m><n:r><n:q>a</n:q></n:r></m></l>",
        b"<l><m xmlns:n='urn:a&amp;b'><n:r><n:q>a</n:q></n:r></m></l>",
    ],
    ids=["root", "between"],
)
def test_namespaces_are_those_round_the_first_record(content: bytes) -> None:
    assert stated(content) == [("a", None)]


def test_namespaces_that_xml_does_not_allow_harm_nobody() -> None:
    content = b"<l xmlns:n='urn:&lol;' xmlns:xml='urn:x' xmlns:m='urn:m'><r><m:q>a</m:q></r><r><n:q>b</n:q></r></l>"
    assert stated(content) == [("a", None), (None, MALFORMED)]


def test_records_without_their_envelope_have_the_usual_namespaces() -> None:
    content = b"<r><dc:q>a</dc:q></r>"
    assert stated(content) == [(None, MALFORMED)]
    assert stated(content, Dialect(DIALECT.shape, namespaces={b"dc": b"urn:dc"})) == [("a", None)]


def test_no_entity_is_ever_expanded() -> None:
    bomb = b"".join(b'<!ENTITY e%d "%s">' % (n + 1, b"&e%d;" % n * 10) for n in range(20))
    declared = (
        b'<!DOCTYPE l [<!ENTITY e0 "lol">'
        + bomb
        + b'<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY % p SYSTEM "http://x.example/">%p;]>'
    )
    content = declared + b"<l><r>&e20;</r><r>&x;</r><r>&amp;&lt;&#233;&#xe9;</r></l>"
    assert stated(content) == [(None, MALFORMED), (None, MALFORMED), ("&<éé", None)]


def test_known_entities_stand_for_characters() -> None:
    dialect = Dialect(DIALECT.shape, entities={b"eacute": b"&#233;"})
    content = b"<l><r>&eacute;&amp;<![CDATA[&eacute;]]></r><r a='&eacute;'/><r>&lol;</r><r>&eacute</r></l>"
    assert stated(content, dialect) == [("é&&eacute;", None), ("", None), (None, MALFORMED), (None, MALFORMED)]


def test_the_names_of_one_dump_are_no_burden_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[str] = []
    single = Fragments._single

    def watched(self: Fragments, piece: Piece) -> Any:
        threads.append(current_thread().name)
        return single(self, piece)

    monkeypatch.setattr(Fragments, "_single", watched)
    assert stated(b"<l><r><q></r><r>a</r></l>") == [(None, MALFORMED), ("a", None)]
    assert len(threads) == 2
    assert current_thread().name not in threads
    assert not {thread.name for thread in enumerate_threads()} & set(threads)


def test_comments_and_instructions_are_no_text() -> None:
    assert stated(b"<l><r>a<!-- b --><?c d?>e<![CDATA[<f>]]></r></l>") == [("ae<f>", None)]


def test_context_is_noted_between_the_records() -> None:
    noted: list[str] = []

    def note(element: Element) -> None:
        noted.append(f"{element.tag}{element.get('id', '')}{element.text or ''}")

    def follow(_: Element) -> dict[str, Any]:
        return {"venue": " ".join(noted)}

    content = b"<c><volume id='1'><meta>x</meta><r/></volume><volume id='2'><meta><q></meta><r/><r/></volume></c>"
    (frame,) = read_elements(content, DIALECT, follow, note)
    assert frame["venue"].to_list() == ["volume1 metax", "volume1 metax volume2", "volume1 metax volume2"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<l><q/></l>", DumpReason.NO_RECORDS),
        (b"<l><meta/></l>", DumpReason.NO_RECORDS),
        (b"text", DumpReason.MALFORMED_SYNTAX),
        (b"", DumpReason.MALFORMED_SYNTAX),
    ],
)
def test_dumps_without_records_are_refused(content: bytes, reason: DumpReason) -> None:
    with pytest.raises(RefusalError) as caught:
        read(content)
    assert caught.value.reason == reason


def test_many_groups_are_one_dump() -> None:
    rows = [b"<r>%d%s</r>" % (number, b" " * 600) for number in range(2 * PARSED_TOGETHER // 600 + 5)]
    rows[7], rows[-3] = b"<r><q></r>", b"<r>\xff</r>"
    titles = [title and title.strip() for title, _ in stated(b"<l>" + b"\n".join(rows) + b"</l>")]
    expected: list[str | None] = [str(number) for number in range(len(rows))]
    expected[7], expected[-3] = None, "\ufffd"
    assert titles == expected


def test_ranks_go_on_in_the_next_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.parse.xml_scan.BATCH_RECORDS", 2)
    frames = list(xml_records.read_elements(b"<l>" + b"<r/>" * 5 + b"</l>", DIALECT, state))
    assert [frame["position"].to_list() for frame in frames] == [[1, 2], [3, 4], [5]]
