"""Page text: records, their places, and what is wrong with them."""

from dataclasses import dataclass
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse import texts
from assets.parse.formats import page_header
from assets.parse.formats.page_text import READER, recognises
from assets.parse.paragraphs import find_paragraphs
from assets.parse.reader import NO_HINTS, STATEMENT_SCHEMA, Head
from schemas.vocabulary import RejectReason
from tests.assets.parse.pages import BADGE, HEADER, SUBSCRIBE, Record, body, papers, text

PAPERS = papers(8)


@dataclass(frozen=True)
class Extract:
    records: pl.DataFrame

    @property
    def page_count(self) -> int:
        return self.records["page"].max() or 0

    @property
    def page_date_raw(self) -> str | None:
        return next(iter(self.records["page_date_raw"].drop_nulls()), None)


def extract_of(content: bytes) -> Extract:
    return Extract(pl.concat(READER.read(content, NO_HINTS)))


def rows(content: bytes) -> list[dict[str, Any]]:
    return extract_of(content).records.to_dicts()


def defects(content: bytes) -> list[str | None]:
    return extract_of(content).records["defect"].to_list()


def test_sound_page() -> None:
    extract = extract_of(text(HEADER, body(PAPERS)))
    assert extract.records.schema == STATEMENT_SCHEMA
    assert (extract.page_count, extract.page_date_raw) == (1, "Mar 14")
    assert extract.records.select("title_raw", "abstract_raw").rows() == PAPERS
    assert extract.records["position"].to_list() == list(range(1, 9))
    assert extract.records["page_date_raw"].unique().to_list() == ["Mar 14"]
    assert extract.records["source_fields"].unique().to_list() == ["{}"]
    assert extract.records["defect"].null_count() == 8


def test_pages_count_and_rank_by_themselves() -> None:
    extract = extract_of(text(HEADER, body(PAPERS[:2]), HEADER[:4], "March 15, 2024", body(PAPERS[2:5])))
    assert extract.page_count == 2
    assert extract.page_date_raw == "Mar 14"
    assert extract.records.select("page", "position", "page_date_raw").rows() == [
        (1, 1, "Mar 14"),
        (1, 2, "Mar 14"),
        (2, 1, "March 15, 2024"),
        (2, 2, "March 15, 2024"),
        (2, 3, "March 15, 2024"),
    ]


@pytest.mark.parametrize("missing", range(5))
def test_any_header_line_may_be_missing(missing: int) -> None:
    header = [line for place, line in enumerate(HEADER) if place != missing]
    extract = extract_of(text(header, body(PAPERS)))
    assert extract.records.select("title_raw", "abstract_raw").rows() == PAPERS
    assert extract.page_date_raw == (None if missing == 4 else "Mar 14")


@pytest.mark.parametrize("at", range(17))
@pytest.mark.parametrize("line", HEADER)
def test_stray_header_lines_cost_no_record(line: str, at: int) -> None:
    paragraphs = body(PAPERS)
    paragraphs.insert(at, line)
    extract = extract_of(text(HEADER, paragraphs))
    assert extract.records.select("title_raw", "abstract_raw").rows() == PAPERS
    assert extract.page_count == 1


def test_wrapped_paragraphs_stay_as_they_are() -> None:
    content = text(HEADER, "A title\nin two lines", PAPERS[0][1].replace(" ", "\n"), body(PAPERS[1:3]))
    first = rows(content)[0]
    assert first["title_raw"] == "A title\nin two lines"
    assert first["abstract_raw"] == PAPERS[0][1].replace(" ", "\n")


def test_paragraph_without_a_partner() -> None:
    last = rows(text(HEADER, body(PAPERS), "A Title Without Its Abstract"))[-1]
    assert last["defect"] == RejectReason.UNPAIRED_PARAGRAPH
    assert (last["title_raw"], last["abstract_raw"], last["position"]) == ("A Title Without Its Abstract", None, 9)


def test_paragraph_within_a_header_ranks_after_the_records() -> None:
    extract = extract_of(text(HEADER[:3], "Trending Papers", HEADER[3:], body(PAPERS[:2])))
    assert extract.page_count == 1
    assert extract.records.select("position", "defect").rows() == [(3, "unpaired_paragraph"), (1, None), (2, None)]


def test_shift_ends_with_its_page() -> None:
    damaged = body(PAPERS)
    del damaged[4]
    content = text(HEADER, damaged, HEADER[:4], "Mar 15", body(PAPERS))
    assert defects(content) == [None] * 2 + ["shifted_pairs"] * 5 + ["unpaired_paragraph"] + [None] * 8


def test_unknown_header_line_shifts_the_whole_page() -> None:
    content = text(HEADER, "Sort by votes", body(PAPERS))
    assert defects(content) == ["shifted_pairs"] * 8 + ["unpaired_paragraph"]


@pytest.mark.parametrize(
    ("ending", "defect"),
    [
        pytest.param("It holds.", None, id="stop"),
        pytest.param("Does it hold?", None, id="question"),
        pytest.param('It "holds."', None, id="quote after the stop"),
        pytest.param("It holds (mostly.)", None, id="bracket after the stop"),
        pytest.param("It holds for $n^2.$", None, id="formula"),
        pytest.param("成り立つ。", None, id="ideographic stop"),
        pytest.param("Code: https://harbour.example/otters", None, id="link"),
        pytest.param("Code: {https://harbour.example/otters}", None, id="link in braces"),
        pytest.param("Code at harbour.example/otters-2", None, id="link without scheme"),
        pytest.param("Code at otters.github.io", None, id="host"),
        pytest.param("It holds for most", "truncated_record", id="word"),
        pytest.param("It holds for mo", "truncated_record", id="half a word"),
        pytest.param("It holds, and,", "truncated_record", id="comma"),
        pytest.param("There are others, e.g.", "truncated_record", id="abbreviation"),
        pytest.param("It holds (for most", "truncated_record", id="open bracket"),
    ],
)
@pytest.mark.parametrize("tail", ["", "\n", " \r\n\0"], ids=["bare", "line feed", "blanks"])
def test_end_of_the_dump(ending: str, defect: str | None, tail: str) -> None:
    content = text(HEADER, body(PAPERS[:2]), PAPERS[2][0], f"{PAPERS[2][1]} {ending}") + tail.encode()
    assert defects(content) == [None, None, defect]


def test_only_the_end_of_the_dump_truncates() -> None:
    odd = (PAPERS[2][0], PAPERS[2][1] + " It holds for most")
    assert defects(text(HEADER, body([odd, PAPERS[3]]))) == [None, None]
    assert defects(text(HEADER, body([PAPERS[3], odd]), SUBSCRIBE)) == [None, None]


def test_dump_that_ends_within_a_character() -> None:
    content = text(HEADER, body(PAPERS[:1]), PAPERS[1][0], PAPERS[1][1] + " Preis: 5 €")[:-1]
    last = rows(content)[-1]
    assert last["defect"] == RejectReason.TRUNCATED_RECORD
    assert last["abstract_raw"].endswith("5 \ufffd")


@pytest.mark.parametrize("where", [0, 1], ids=["title", "abstract"])
def test_invalid_bytes_cost_one_record(where: int) -> None:
    paragraphs = [paragraph.encode() for paragraph in body(PAPERS[:3])]
    paragraphs[2 + where] = paragraphs[2 + where].replace(b" ", b" \xff\xfe ", 1)
    content = b"\n\n".join([text(HEADER), *paragraphs])
    assert defects(content) == [None, "invalid_encoding", None]
    second = rows(content)[1]
    assert "\ufffd" in second[("title_raw", "abstract_raw")[where]]
    assert content[second["byte_start"] : second["byte_end"]] == b"\n\n".join(paragraphs[2:4])


def test_large_record_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "LARGEST_TEXT", 5000)
    monkeypatch.setattr(texts, "KEPT_BYTES", 1000)
    large = PAPERS[1][1] * 40
    content = text(HEADER, body([PAPERS[0], (PAPERS[1][0], large), PAPERS[2]]))
    first, second, third = rows(content)
    assert (first["defect"], second["defect"], third["defect"]) == (None, "record_too_large", None)
    assert second["abstract_raw"] == large[:1000]
    assert content[: second["byte_end"]].endswith(large.encode())
    assert (third["title_raw"], third["abstract_raw"]) == PAPERS[2]


@pytest.mark.parametrize("content", [b"", b" \n", text(HEADER), text(BADGE)], ids=["empty", "blank", "header", "badge"])
def test_no_records(content: bytes) -> None:
    extract = extract_of(content)
    assert extract.records.height == 0
    assert extract.records.schema == STATEMENT_SCHEMA


def reproduces(content: bytes, extract: Extract) -> None:
    """Every place gives back the raw text, and every paragraph that is no header line is in exactly one record."""
    seen = []
    for row in extract.records.iter_rows(named=True):
        place = content[row["byte_start"] : row["byte_end"]]
        last = row["title_raw"] if row["abstract_raw"] is None else row["abstract_raw"]
        if "\ufffd" not in row["title_raw"] + last:
            assert place.startswith(row["title_raw"].encode())
            assert place.endswith(last.encode())
        seen += [row["title_raw"]] + [row["abstract_raw"]] * (row["abstract_raw"] is not None)
    spans = find_paragraphs(content)
    decoded = texts.decode_spans(content, spans)
    headers = {
        place
        for block in page_header.find_blocks(decoded.values, spans.lengths)
        for place in range(block.start, block.stop)
    }
    assert seen == [one for place, one in enumerate(decoded.values) if place not in headers]
    keys = extract.records.select("page", "position")
    assert keys.height == keys.unique().height
    assert extract.records["byte_start"].is_sorted()
    assert (extract.records["page"] <= extract.page_count).all()


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    reproduces(content, extract_of(content))
    recognises(Head(content, is_whole=True))


PIECES = st.sampled_from([*HEADER, "March 15", "Upvote", "New", *body(PAPERS), "€ 5", "x" * 300]).map(str.encode)
BLANKS = st.sampled_from([b"\n\n", b"\r\n\r\n", b"\n \t\n", b"\n\n\n", b"\r\r", b"\n", b"\n\xef\xbb\xbf\n"])
DAMAGE = st.sampled_from([b"", b"", b"\xff", b"\0", b" ", b"\xe2\x82"])


@given(st.lists(st.tuples(PIECES, DAMAGE, BLANKS), max_size=30))
def test_any_page(parts: list[tuple[bytes, bytes, bytes]]) -> None:
    content = b"".join(piece + damage + blank for piece, damage, blank in parts)
    extract = extract_of(content)
    reproduces(content, extract)
    assert extract.records.equals(extract_of(content).records)


@st.composite
def dumps(draw: st.DrawFn) -> tuple[bytes, list[list[Record]]]:
    """Pages with some of their header lines, and the records on them."""
    pages = draw(
        st.lists(st.integers(1, 12).flatmap(lambda n: st.integers(0, 99).map(lambda s: papers(n, s))), max_size=4)
    )
    kept = [draw(st.permutations(range(5)))[: draw(st.integers(0, 3))] for _ in pages]
    headers = [[line for place, line in enumerate(HEADER) if place not in dropped] for dropped in kept]
    return text(*(part for header, page in zip(headers, pages, strict=True) for part in (header, body(page)))), pages


@given(dumps())
def test_sound_pages_are_read_in_full(dump: tuple[bytes, list[list[Record]]]) -> None:
    content, pages = dump
    records = extract_of(content).records
    assert records.select("page", "position", "title_raw", "abstract_raw", "defect").rows() == [
        (number, rank, title, abstract, None)
        for number, page in enumerate(pages, start=1)
        for rank, (title, abstract) in enumerate(page, start=1)
    ]


def test_order_of_defects() -> None:
    paragraphs = [paragraph.encode() for paragraph in body(PAPERS)][1:]
    paragraphs[3] += b" \xff"
    content = b"\n\n".join([text(HEADER), *paragraphs])
    assert set(defects(content)) == {"shifted_pairs", "unpaired_paragraph"}


def test_headerless_page_needs_words_in_common() -> None:
    titles, abstracts = zip(*papers(6), strict=True)
    assert recognises(Head(text(body(zip(titles, abstracts, strict=True))), is_whole=True))
    strangers = [f"{sentence} " * 12 for sentence in ("Rain fell.", "It was late.", "Bread rose.")]
    assert not recognises(Head(text(body(zip(titles, strangers, strict=False))), is_whole=True))


def test_reader_version_is_told() -> None:
    assert READER.label == "page_text 2"
    assert isinstance(extract_of(b"").records, pl.DataFrame)
