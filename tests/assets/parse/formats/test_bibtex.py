import json
from typing import Any

import polars as pl
import pytest

from assets.parse.formats import bibtex as module
from assets.parse.formats.bibtex import READER
from assets.parse.reader import NO_HINTS, STATEMENT_SCHEMA, Head
from schemas.vocabulary import RejectReason
from tests.papers import papers
from tests.writers import acl_anthology, bibtex, ris

GOOD = "@article{good, title = {Good}, year = 2001}\n"


def read(content: str | bytes) -> pl.DataFrame:
    return pl.concat(READER.read(content.encode() if isinstance(content, str) else content, NO_HINTS))


def only(content: str) -> dict[str, Any]:
    (row,) = read(content).to_dicts()
    return row | {"source_fields": json.loads(row["source_fields"])}


def is_recognised(content: str | bytes) -> bool:
    data = content.encode() if isinstance(content, str) else content
    return READER.recognises(Head(data, is_whole=True))


def test_what_is_written_is_read() -> None:
    written = list(papers(150))
    content, expected = bibtex.write(written), bibtex.expected(written)
    frame = read(content)
    assert frame.schema == STATEMENT_SCHEMA
    assert frame.select(expected[0].keys()).to_dicts() == expected
    for row, paper in zip(frame.to_dicts(), written, strict=True):
        entry = content[row["byte_start"] : row["byte_end"]].decode()
        assert entry.startswith(f"@Article{{harbour{paper.number},")
        assert entry.endswith("Sons},\n}")
        rest = json.loads(row["source_fields"])
        assert rest["publisher"] == r"{Harbour Press} \& Sons"
        assert rest["pages"] == paper.pages.replace("-", "--")


def test_small_windows_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bibtex.write(papers(60)) + b"@book{open, title = {x}\n" + GOOD.encode()
    whole = read(content)
    monkeypatch.setattr(module, "WINDOW_BYTES", 3_000)
    monkeypatch.setattr(module, "MOST_ENTRIES", 2)
    assert read(content).equals(whole)


@pytest.mark.parametrize(
    ("content", "recognised"),
    [
        (GOOD, True),
        ("% Encoding: UTF-8\n\n" + GOOD, True),
        ("@string{a = {b}}\r" + GOOD.replace("\n", "\r"), True),
        ("@comment{x}\n@InProceedings(key, title = {x})", True),
        ("@article{a,\n title = {It goes on" + " and on" * 100, True),
        ("@media (min-width: 1px) { a { color: red } }", False),
        ("Some prose. " * 30 + "\n" + GOOD, False),
        ("{" + '"@article": 1}', False),
        ("@article{key}", False),
        ("@article{key,\n}", True),
        ("@article{\n author = {Lee}, title = {x}}", True),
        ('@Table(name = "gulls")', False),
        ("% " + "a long remark " * 30 + "\n% and another\n" + GOOD, True),
        ("", False),
        ("@" * 1000, False),
    ],
)
def test_detection(content: str, recognised: bool) -> None:
    assert is_recognised(content) is recognised


def test_other_formats_are_not_recognised() -> None:
    written = list(papers(20))
    assert is_recognised(bibtex.write(written))
    assert not is_recognised(ris.write(written))
    assert not is_recognised(acl_anthology.write(written))


def test_values_are_numbers_texts_macros_and_sums_of_them() -> None:
    row = only(
        '@STRING{qs = "Quay" # " Studies"}\n@string(press = {Harbour {Press}})\n'
        '@article{k, title = "A {"}quoted{"} word", journal = QS # ", Part~" # 2, publisher = press, year = 1999,'
        " month = 10 # nov, note = undefined}"
    )
    assert row["title_raw"] == 'A "quoted" word'
    assert row["venue"] == "Quay Studies, Part 2"
    assert row["published_raw"] == "1999-11-10"
    fields = {"publisher": "Harbour {Press}", "note": "undefined", "title": 'A {"}quoted{"} word'}
    assert {name: row["source_fields"][name] for name in fields} == fields


def test_a_macro_holds_from_its_definition_on_and_before_it_if_it_is_the_first() -> None:
    entries = "".join(
        f"{text}\n@book{{k{n}, title = t}}\n" for n, text in enumerate(["", "@string{t={One}}", "@string{t={Two}}"])
    )
    assert read(entries)["title_raw"].to_list() == ["One", "One", "Two"]


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year = 2020", "2020"),
        ("year = 2020, month = may", "2020-05"),
        ("year = {2020}, month = {September}", "2020-09"),
        ("year = 2020, month = {5}, day = 7", "2020-05-07"),
        ('year = 2020, month = jul # "~4"', "2020-07-04"),
        ('year = 2020, month = "7--9~" # aug', "2020-08"),
        ("year = 2020, month = {Spring}", "2020"),
        ("year = 2020, month = {13}", "2020"),
        ("year = {in press}, month = may", "in press"),
        ("date = {2020-05-17}, year = 2020", "2020-05-17"),
        ("date = {2020-05/2020-06}", "2020-05/2020-06"),
    ],
)
def test_dates(fields: str, published: str) -> None:
    assert only(f"@article{{k, title = {{x}}, {fields}}}")["published_raw"] == published


def test_what_a_date_does_not_tell_stays() -> None:
    assert only("@article{k, year = 2020, month = {Spring}}")["source_fields"] == {"month": "Spring"}
    assert only("@article{k, year = 2020, month = {May}}")["source_fields"] == {}
    assert only("@article{k, year = {in press}}")["source_fields"] == {"year": "in press"}
    assert only("@article{k, date = {2020-05/2020-06}}")["source_fields"] == {"date": "2020-05/2020-06"}


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ("eprint = {2005.01234}, archiveprefix = {arXiv}", "arxiv_raw", "2005.01234"),
        ("eprint = {hep-th/9901001}, eprinttype = {arxiv}", "arxiv_raw", "hep-th/9901001"),
        ("eprint = {arXiv:2005.01234v2}", "arxiv_raw", "arXiv:2005.01234v2"),
        ("eprint = {1234}, eprinttype = {hdl}", "arxiv_raw", None),
        ("eprint = {12345678}, eprinttype = {pubmed}", "pmid_raw", "12345678"),
        ("journal = {arXiv preprint arXiv:2005.01234}", "arxiv_raw", "2005.01234"),
        ("journal = {CoRR}, volume = {abs/2005.01234}", "arxiv_raw", "2005.01234"),
        ("url = {http://arxiv.org/abs/2005.01234}", "arxiv_raw", "2005.01234"),
        ("pmid = 12345678", "pmid_raw", "12345678"),
        ("url = {https://aclanthology.org/P19-1001/}", "acl_raw", "https://aclanthology.org/P19-1001/"),
        (
            "url = {https://openreview.net/forum?id=AbCdEf12_3}",
            "openreview_raw",
            "https://openreview.net/forum?id=AbCdEf12_3",
        ),
        (r"doi = {10.1000/a\_b}", "doi_raw", "10.1000/a_b"),
        (r"howpublished = {\url{https://quay.example/x}}", "urls", ["https://quay.example/x"]),
        ("url = {https://quay.example/~ann/a_b}", "urls", ["https://quay.example/~ann/a_b"]),
        ("keywords = {gulls, 46,XX males, tides}", "categories", ["gulls", "46,XX males", "tides"]),
        ("keywords = {gulls;tides, high}", "categories", ["gulls", "tides, high"]),
        ("keywords = {gulls,tides}", "categories", ["gulls", "tides"]),
        ("journaltitle = {Quay}", "venue", "Quay"),
        ("number = 4, issue = {Spring}", "issue", "4"),
    ],
)
def test_fields(fields: str, column: str, value: object) -> None:
    assert only(f"@misc{{k, title = {{x}}, {fields}}}")[column] == value


def test_a_dblp_key_is_an_identifier() -> None:
    assert only("@article{DBLP:journals/q/Lee20, title = {x}}")["dblp_raw"] == "DBLP:journals/q/Lee20"


def test_everything_else_stays_verbatim_and_what_is_personal_goes() -> None:
    row = only(
        r"""@Book{k, Title = {{On} Gulls}, Editor = {Kim, Bo}, ISSN = {1}, note = {a}, note = {b}, owner = {ann},
        email = {ann@quay.example}, comment-ann = {mine}, __markedentry = {[ann:6]}, timestamp = {2020-01-01},
        file = {:/home/ann/gulls.pdf:PDF}, pdf = {gulls.pdf}}"""
    )
    assert row["title_raw"] == "On Gulls"
    assert row["source_fields"] == {
        "title": "{On} Gulls",
        "editor": "Kim, Bo",
        "issn": "1",
        "note": ["a", "b"],
        "timestamp": "2020-01-01",
        "pdf": "gulls.pdf",
    }


def test_an_entry_takes_over_from_the_volume_it_appears_in_but_no_identifier() -> None:
    rows = read(
        "@inproceedings{a, title = {A}, crossref = {v}, pages = {1--2}}\n"
        "@inproceedings{b, title = {B}, crossref = {v}, year = 1999, booktitle = {Own}}\n"
        "@inproceedings{c, title = {C}, crossref = {nowhere}}\n"
        "@softwareversion{d, crossref = {s}, version = {2}}\n"
        "@proceedings{v, title = {Days of Quays}, year = 2003, volume = 7, doi = {10.1000/v}, url = {https://v.example}}\n"
        "@software{s, title = {Gull Finder}, author = {Lee, Ann}}\n"
    ).to_dicts()
    assert [(row["venue"], row["published_raw"], row["volume"]) for row in rows[:3]] == [
        ("Days of Quays", "2003", "7"),
        ("Own", "1999", "7"),
        (None, None, None),
    ]
    assert (rows[0]["doi_raw"], rows[0]["urls"]) == (None, [])
    assert (rows[3]["title_raw"], rows[3]["authors"]) == ("Gull Finder", ["Lee, Ann"])
    assert json.loads(rows[0]["source_fields"])["crossref"] == "v"


def test_shared_fields_are_those_of_the_entry_and_their_holder_is_no_work() -> None:
    rows = read("@xdata{x, publisher = {Press}, date = {2004}}\n@book{k, title = {K}, xdata = {x, y}}\n").to_dicts()
    assert rows[0]["defect"] == RejectReason.NOT_A_WORK
    assert rows[1]["published_raw"] == "2004"
    assert json.loads(rows[1]["source_fields"]) == {"xdata": "x, y", "publisher": "Press"}


def test_references_in_a_circle_end() -> None:
    rows = read("@book{a, crossref = {b}, xdata = {a}}\n@book{b, crossref = {a}, xdata = {b}}\n")
    assert rows["defect"].to_list() == [None, None]
