import json
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from assets.parse.formats import tagged_lines
from assets.parse.formats.ris import GRAMMAR, READER, _state
from assets.parse.reader import NO_HINTS, STATEMENT_SCHEMA, Head, RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.papers import papers
from tests.writers import bibtex, medline, refer, ris, web_of_science

GOOD = "TY  - JOUR\nTI  - Good\nER  - \n\n"


def read(content: str | bytes) -> pl.DataFrame:
    return pl.concat(READER.read(content.encode() if isinstance(content, str) else content, NO_HINTS))


def only(*lines: str) -> dict[str, Any]:
    (row,) = read("\n".join(["TY  - JOUR", *lines, "ER  - "])).to_dicts()
    return row | {"source_fields": json.loads(row["source_fields"])}


def is_recognised(content: str | bytes) -> bool:
    data = content.encode() if isinstance(content, str) else content
    return READER.recognises(Head(data.removeprefix(b"\xef\xbb\xbf"), is_whole=True))


def test_what_is_written_is_read() -> None:
    written = list(papers(200))
    content, expected = ris.write(written), ris.expected(written)
    frame = read(content)
    assert frame.schema == STATEMENT_SCHEMA
    assert frame.select(expected[0].keys()).to_dicts() == expected
    for row in frame.to_dicts():
        record = content[row["byte_start"] : row["byte_end"]].decode()
        assert record.startswith(f"TY  - JOUR\r\nID  - {row['source_key']}\r\n")
        assert record.endswith("ER  -")


def test_small_windows_change_nothing() -> None:
    content = ris.write(papers(60)) + (GOOD + "TY  - JOUR\nAU  - Lee").encode()
    small = pl.concat(tagged_lines.read_tagged(content, GRAMMAR, _state, window=3_000))
    assert small.equals(read(content))


@pytest.mark.parametrize(
    ("content", "recognised"),
    [
        (GOOD, True),
        ("\n" + GOOD, True),
        ("1.\n" + GOOD, True),
        ("Record #1 of 2\nProvider: Quay\n" + GOOD, True),
        (GOOD.replace("\n", "\r\n"), True),
        (GOOD.replace("\n", "\r"), True),
        (GOOD.replace("  - ", " - "), True),
        ("JF  - Quay\nTI  - Gulls\nAU  - Lee\nPY  - 2000\nER  - \n", True),
        ("TY  - JOUR", False),
        ("A line\n" * 30 + GOOD, False),
        ("TI  - Gulls\nAB  - Not RIS\n", False),
        ("TYPE - JOUR\nTITLE - x\n", False),
        ("", False),
    ],
)
def test_detection(content: str, recognised: bool) -> None:
    assert is_recognised(content) is recognised


@pytest.mark.parametrize("other", [bibtex, medline, refer, web_of_science], ids=lambda writer: writer.__name__)
def test_other_formats_are_not_recognised(other: Any) -> None:
    assert not is_recognised(other.write(papers(20)))


@pytest.mark.parametrize(
    ("lines", "column", "value"),
    [
        (["T1  - Gulls"], "title_raw", "Gulls"),
        (["T1  - Other", "TI  - Gulls"], "title_raw", "Gulls"),
        (["TI  - Gulls", "      at sea"], "title_raw", "Gulls at sea"),
        (["TI  - Gulls", "at sea"], "title_raw", "Gulls at sea"),
        (["BT  - A Whole Book"], "title_raw", "A Whole Book"),
        (["TI  - Chapter", "BT  - A Whole Book"], "venue", "A Whole Book"),
        (["JA  - Q. S.", "T2  - Quay Studies"], "venue", "Quay Studies"),
        (["T2  -", "JO  - Quay Studies"], "venue", "Quay Studies"),
        (["N2  - First.", "Second."], "abstract_raw", "First.\nSecond."),
        (["AB  - One.", "AB  - Two."], "abstract_raw", "One.\nTwo."),
        (["AB  - One.", "N2  - Two."], "abstract_raw", "One."),
        (["AU  - Lee, Ann", "A1  - Kim,Bo"], "authors", ["Lee, Ann", "Kim,Bo"]),
        (["AU  - Lee, Ann; Kim, Bo"], "authors", ["Lee, Ann", "Kim, Bo"]),
        (["KW  - gulls", "tides", "KW  - a; b"], "categories", ["gulls", "tides", "a", "b"]),
        (["SP  - 12", "EP  - 34"], "pages", "12-34"),
        (["SP  - 12-34", "EP  - 34"], "pages", "12-34"),
        (["SP  - 12-34"], "pages", "12-34"),
        (["SP  - e081"], "pages", "e081"),
        (["EP  - 12"], "pages", None),
        (["UR  - https://a.example; https://b.example"], "urls", ["https://a.example", "https://b.example"]),
        (["UR  - https://a.example/x;y", "L2  - https://a.example/x;y"], "urls", ["https://a.example/x;y"]),
        (["UR  - see the shelf"], "urls", []),
        (["UR  - https://arxiv.org/abs/2005.01234v2"], "arxiv_raw", "2005.01234v2"),
        (["AN  - arXiv:hep-th/9901001"], "arxiv_raw", "hep-th/9901001"),
        (["JO  - CoRR", "VL  - abs/2005.01234"], "arxiv_raw", "2005.01234"),
        (["DO  - 10.48550/arXiv.2005.01234"], "arxiv_raw", "2005.01234"),
        (["DB  - PubMed", "AN  - 12345678"], "pmid_raw", "12345678"),
        (["DB  - Quay", "AN  - 12345678"], "pmid_raw", None),
        (["U1  - 12345678[pmid]"], "pmid_raw", "12345678"),
        (["AN  - Q:1"], "source_key", "Q:1"),
        (["ID  - 7", "AN  - Q:1"], "source_key", "7"),
        (["A1\t- Lee, Ann", "VL \t- 3"], "volume", "3"),
    ],
)
def test_fields_in_many_dialects(lines: list[str], column: str, value: object) -> None:
    assert only(*lines)[column] == value


def test_a_conference_paper_appears_in_its_proceedings() -> None:
    (row,) = read("TY  - CPAPER\nTI  - x\nC3  - Days of Quays\nT2  - Meeting\nER  - ").to_dicts()
    assert row["venue"] == "Days of Quays"
    assert only("TI  - x", "C3  - Quay University", "T2  - Meeting")["venue"] == "Meeting"


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["PY  - 2005"], "2005"),
        (["PY  - 2005///"], "2005"),
        (["PY  - 2005", "Y1  - 2005/07/15"], "2005-07-15"),
        (["PY  - 2005", "DA  - 2005/7//Summer"], "2005-07"),
        (["PY  - 1999", "DA  - AUG"], "1999-08"),
        (["PY  - 1999", "DA  - AUG 12"], "1999-08-12"),
        (["DA  - August 1999"], "1999-08"),
        (["DA  - 2004-March-02"], "2004-03-02"),
        (["PY  - 1999", "DA  - 2001/01/01"], "1999"),
        (["PY  - 2001/13/40"], "2001"),
        (["PY  - 2013/04/18", "PY  - 2013/02/15/received"], "2013-04-18"),
        (["PY  - in press"], "in press"),
        (["TI  - x"], None),
    ],
)
def test_dates(lines: list[str], published: str | None) -> None:
    assert only(*lines)["published_raw"] == published


def test_everything_else_stays_and_paths_of_a_machine_go() -> None:
    row = only(
        *("PY  - 2005", "DA  - 2005/7//Summer", "ED  - Kim, Bo", "N1  - a", "N1  - b", "JF  - Quay", "JA  - Q."),
        *("L1  - file:///C:/Users/ann/x.pdf", "L4  - internal-pdf://x.pdf", "XX  - ", 'CY  - "Ber\tgen"', "EP  - 9"),
    )
    assert row["source_fields"] == {
        "DA": "2005/7//Summer",
        "ED": "Kim, Bo",
        "N1": ["a", "b"],
        "JA": "Q.",
        "L4": "internal-pdf://x.pdf",
        "CY": '"Ber\tgen"',
        "EP": "9",
    }


def test_a_date_that_says_more_than_a_day_stays() -> None:
    assert only("PY  - in press")["source_fields"] == {"PY": "in press"}
    assert only("PY  - 2005///Spring")["source_fields"] == {"PY": "2005///Spring"}


@pytest.mark.parametrize(
    ("between", "defects"),
    [
        ("1.\n\n", []),
        ("TY  - BOOK\nTI  - No end\n", [None]),
        ("TI  - No beginning\nER  - \n", [RejectReason.MALFORMED_RECORD]),
        ("NL  - A remark on the record before\n\nLink: x\n\n2.\n", []),
        ("ER  - \n", []),
        ("TY  - BOOK\nTY  - JOUR\nTI  - x\nER  -\n", [RejectReason.DUPLICATE_KEYS]),
        ("TY  - BOOK\nTI  - x\nTI  - y\nER  -\n", [RejectReason.DUPLICATE_KEYS]),
        ("TY  - BOOK\nTI  - x\nTI  - x\nT1  - y\nER  -\n", [None]),
        ("TY  - BOOK\nDO  - 10.1/a\nDO  - 10.1/b\nER  -\n", [RejectReason.DUPLICATE_KEYS]),
        ("TY  - BOOK\nER  -\n", [None]),
        ("TY  -\nER  -\n", [None]),
        ("TY  - BOOK\nAB  - " + "x" * 1_100_000 + "\nER  - \n", [RejectReason.RECORD_TOO_LARGE]),
        ("TY  - BOOK\nTI  - \x00\u202e\x07\nER  - \n", [None]),
    ],
)
def test_a_broken_record_takes_none_with_it(between: str, defects: list[RejectReason | None]) -> None:
    rows = read(GOOD + between + GOOD).to_dicts()
    assert [row["defect"] for row in rows] == [None, *defects, None]
    assert [rows[0]["title_raw"], rows[-1]["title_raw"]] == ["Good", "Good"]


def test_bytes_that_are_not_utf8_are_told() -> None:
    rows = read(GOOD.encode() + b"TY  - BOOK\nTI  - M\xfcller\nER  - \n" + GOOD.encode())
    assert rows["defect"].to_list() == [None, RejectReason.INVALID_ENCODING, None]


def test_a_remark_after_the_end_belongs_to_the_record() -> None:
    content = GOOD.strip() + "\nNL  - Quay\n\nLink: x\n\n2.\n" + GOOD
    rows = read(content).to_dicts()
    assert json.loads(rows[0]["source_fields"]) == {"NL": "Quay"}
    assert content[: rows[0]["byte_end"]].endswith("NL  - Quay")


@pytest.mark.parametrize(
    ("content", "last"),
    [
        (GOOD + "TY  - JOUR\nTI  - cut o", RejectReason.TRUNCATED_RECORD),
        ("TY  - JOUR\nTI  - cut o", RejectReason.TRUNCATED_RECORD),
        ("TY  - JOUR\nTI  - a dialect\n\nTY  - JOUR\nTI  - without ends", None),
    ],
)
def test_the_last_record_may_be_cut_off(content: str, last: RejectReason | None) -> None:
    assert read(content)["defect"].to_list()[-1] == last


def test_a_record_larger_than_any_window_is_one_record() -> None:
    content = (GOOD + "TY  - JOUR\nTI  - Big\nAB  - " + "x " * 200_000 + "\nER  - \n" + GOOD).encode()
    rows = pl.concat(tagged_lines.read_tagged(content, GRAMMAR, _state, window=50_000))
    assert rows["defect"].to_list() == [None, RejectReason.RECORD_TOO_LARGE, None]
    assert rows["title_raw"].to_list() == ["Good", "Big", "Good"]


def test_without_tags_a_dump_is_refused() -> None:
    with pytest.raises(RefusalError) as refusal:
        read("Nothing here.\n")
    assert refusal.value.reason is DumpReason.NO_RECORDS


@pytest.mark.parametrize(
    "hostile",
    [
        "TY  - JOUR\n" * 100_000,
        "ER  - \n" * 100_000,
        "TY  - JOUR\nAU  - " + ";" * 500_000 + "\nER  - \n",
        "TY  - JOUR\nUR  - " + "http://a " * 50_000 + "\nER  - \n",
        "TY  - JOUR\nTI  - x" + " \n" * 500_000 + "y\nER  - \n",
        "TY  - JOUR\n" + "TYP\n" * 300_000 + "ER  - \n",
        "TY  - JOUR\nDA  - 1999/" + "0" * 300_000 + "\nPY  - " + "/" * 300_000 + "\nER  - \n",
        "TY  - JOUR\n" + "".join(f"A{n % 10}  - x\n" for n in range(100_000)) + "ER  - \n",
        "\r" * 500_000,
    ],
    ids=["types", "ends", "names", "links", "blanks", "almost", "dates", "tags", "returns"],
)
def test_hostile_texts_neither_crash_nor_hang(hostile: str) -> None:
    rows = read(GOOD + hostile + GOOD).to_dicts()
    assert rows[0]["title_raw"] == rows[-1]["title_raw"] == "Good"
    assert all(before["byte_end"] <= after["byte_start"] for before, after in pairwise(rows))
