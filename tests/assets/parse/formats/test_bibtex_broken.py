from itertools import pairwise

import polars as pl
import pytest

from assets.parse.formats import bibtex as module
from assets.parse.formats.bibtex import READER
from assets.parse.reader import NO_HINTS, RefusalError
from schemas.vocabulary import DumpReason, RejectReason

GOOD = "@article{good, title = {Good}, year = 2001}\n"


def read(content: str | bytes) -> pl.DataFrame:
    return pl.concat(READER.read(content.encode() if isinstance(content, str) else content, NO_HINTS))


@pytest.mark.parametrize(
    ("broken", "defect"),
    [
        ("@article{b, title = {never closed, year = 2000\n", RejectReason.MALFORMED_RECORD),
        ("@article{b, title = {A} {B}, year = 2000}\n", RejectReason.MALFORMED_RECORD),
        ("@article{b, title = , year = 2000}\n", RejectReason.MALFORMED_RECORD),
        ("@article{b, = {x}}\n", RejectReason.MALFORMED_RECORD),
        ("@article{b, title = {A}, title = {B}}\n", RejectReason.DUPLICATE_KEYS),
        ("@article{b, title = {A}, Title = {A\n}}\n", None),
        ("@article{b, note = {A}, note = {B}}\n", None),
        ("@article{b, title = {A} year = 2000}\n", None),
        ("@article{title = {A}, year = 2000}\n", None),
        ("@article{b, title = {A},, year = 2000,}\n", None),
        ("@article{b, title = {A}, file = {C:\\dir\\}}\n", None),
        ("@article{b, title = {A \\} B}, year = 2000}\n", None),
        ("@article{b, title = {A \\{ B}, year = 2000}\n", None),
        ("@article{b, title = {A\\\\}, year = 2000}\n", None),
        ('@article{b, title = "A {b "c, d" e} f", year = 2000}\n', None),
        ("@article{b, title = {A}, note = {write to\n ann @ home {x}}}\n", None),
        ("@article(b, title = {A :)}, note = {(})\n", None),
        ("@article{b}\n", None),
        ("@article{}\n", None),
        ("@article{b, title = {\x00\u202e}}\n", None),
        ("@article{b, title = {" + "x" * 1_200_000 + "}}\n", RejectReason.RECORD_TOO_LARGE),
        (
            "@book{b, title = " + "#".join("a" * 200) + "}\n@string{a = {" + "x" * 9_000 + "}}",
            RejectReason.MALFORMED_RECORD,
        ),
    ],
)  # fmt: skip
def test_a_broken_entry_takes_none_with_it(broken: str, defect: RejectReason | None) -> None:
    rows = read(GOOD + broken + GOOD).to_dicts()
    assert [row["defect"] for row in rows] == [None, defect, None]
    assert [rows[0]["title_raw"], rows[2]["title_raw"]] == ["Good", "Good"]
    assert rows[1]["type_raw"] in {"article", "book"}


def test_bytes_that_are_not_utf8_are_told() -> None:
    rows = read(GOOD.encode() + b"@article{b, title = {M\xfcller}}\n" + GOOD.encode())
    assert rows["defect"].to_list() == [None, RejectReason.INVALID_ENCODING, None]


def test_the_last_entry_may_be_cut_off() -> None:
    assert read(GOOD + "@article{b, title = {cut o")["defect"].to_list() == [None, RejectReason.TRUNCATED_RECORD]


def test_an_entry_that_is_larger_than_any_window_is_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WINDOW_BYTES", 100_000)
    content = GOOD + "@article{b, title = {" + "x " * 200_000 + "}}\n" + GOOD
    rows = read(content)
    assert rows["defect"].to_list() == [None, RejectReason.RECORD_TOO_LARGE, None]
    assert rows["source_key"].to_list() == ["good", "b", "good"]


def test_entries_on_one_line_and_remarks_between_them() -> None:
    content = "@book{a, title={A}} @book{b, title={B}}, see ann@quay {x} and @nothing @book{c, title={C}} @ {d}"
    assert read(content)["source_key"].to_list() == ["a", "b", "c"]


def test_a_commented_entry_on_its_own_line_is_an_entry_as_in_bibtex() -> None:
    assert read("@comment{\n@book{a, title={A}}\n}\n@comment{@book{b, title={B}}}\n" + GOOD)[
        "source_key"
    ].to_list() == ["a", "good"]


def test_without_entries_a_dump_is_refused() -> None:
    with pytest.raises(RefusalError) as refusal:
        read("@string{a = {b}}\n@comment{x}")
    assert refusal.value.reason is DumpReason.NO_RECORDS


@pytest.mark.parametrize(
    "hostile",
    [
        "@a{" * 20_000,
        "\n@a{" * 5_000,
        "@" * 200_000,
        "@a" * 100_000,
        "{" * 300_000,
        "}" * 300_000,
        "@article{b, title = {" + "\\{" * 150_000,
        "@article{b, title = " + "{\\}#" * 100_000 + "{x}}",
        "@article{b, " + "x={\\}," * 60_000 + "}",
        "@article{b, author = {" + " and" * 100_000 + "}}",
        "@article{b, title = {" + "\n@ " * 100_000 + "}}",
        "@string{a={x}}" + "".join(f"@string{{a{'a' * n}=a{'a' * (n - 1)}#a{'a' * (n - 1)}}}" for n in range(1, 60)),
    ],
    ids=["nested", "unclosed", "ats", "words", "open", "close", "escaped", "sums", "fields", "names", "lines", "bomb"],
)
def test_hostile_texts_neither_crash_nor_hang(hostile: str) -> None:
    rows = read(GOOD + hostile + "\n" + GOOD).to_dicts()
    assert rows[0]["title_raw"] == rows[-1]["title_raw"] == "Good"
    assert all(before["byte_end"] <= after["byte_start"] for before, after in pairwise(rows))
