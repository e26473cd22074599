"""Real XML of the ACL Anthology, DBLP and EndNote: exact counts, and every field beside what others parsed."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import bibtexparser
import polars as pl
import pytest
from lxml import etree

from assets.parse.formats import acl_anthology, dblp_xml, endnote_xml
from assets.parse.reader import NO_HINTS, Head, Reader, RefusalError
from assets.parse.statements import read_statements

pytestmark = pytest.mark.real
Packs = Callable[[str], Path]

HEAD_BYTES = 256 << 10
READERS = (acl_anthology.READER, dblp_xml.READER, endnote_xml.READER)
JABREF = "jablib/src/test/resources/org/jabref/logic/importer/fileformat"


def recognised(content: bytes) -> list[Reader]:
    head = Head(content[:HEAD_BYTES], is_whole=len(content) <= HEAD_BYTES)
    return [reader for reader in READERS if reader.recognises(head)]


def read(path: Path) -> pl.DataFrame:
    content = path.read_bytes()
    (reader,) = recognised(content)
    return pl.concat(reader.read(content, NO_HINTS))


def squeezed(value: object) -> str:
    """The letters and digits of a value."""
    return re.sub(r"\W+", "", str(value)).lower()


def folded(text: str | None) -> str:
    """A text without differences of layout."""
    return " ".join((text or "").split())


@pytest.mark.slow
def test_every_paper_of_the_anthology_is_read(packs: Packs) -> None:
    frames, refused = [], Counter[str]()
    paths = sorted(packs("acl-anthology-xml").rglob("*.xml"))
    for path in paths:
        content = path.read_bytes()
        assert recognised(content) == [acl_anthology.READER]
        try:
            frames += acl_anthology.READER.read(content, NO_HINTS)
        except RefusalError as refusal:
            refused[refusal.reason] += 1
            assert b"<paper" not in content
    papers = pl.concat(frames)
    assert (len(paths), refused) == (1322, {"no_records": 135})
    assert len(papers) == 97_494
    assert papers["abstract_raw"].count() == 54_169
    assert papers["defect"].count() == 0
    assert papers["acl_raw"].n_unique() == 97_494
    listed = read_statements(papers)
    assert listed["acl_id"].count() == listed["published_on"].count() == listed["venue"].count() == 97_494
    assert (papers["doi_raw"].count(), listed["doi"].count()) == (41_533, 41_002)
    invalid = listed["invalid_ids"].explode(empty_as_null=False)
    assert (len(invalid), invalid.str.contains("^doi: http://hdl.handle.net/").sum()) == (531, 524)
    assert listed["urls"].explode(empty_as_null=False).str.starts_with("http://hdl.handle.net/").sum() == 524


@pytest.mark.parametrize("name", ["P19", "W04", "2020.lrec", "2023.ccl", "J89"])
def test_the_fields_of_the_anthology_are_those_of_its_elements(packs: Packs, name: str) -> None:
    path = packs("acl-anthology-xml") / "xml" / f"{name}.xml"
    papers = read(path).to_dicts()
    elements = list(etree.parse(path).getroot().iter("paper"))
    assert len(papers) == len(elements)
    for paper, element in zip(papers, elements, strict=True):
        for column in ("title", "abstract"):
            stated = element.find(column)
            plain = "" if stated is None else "".join(stated.itertext()).strip()
            assert (paper[f"{column}_raw"] or "").replace("$", "") == plain.replace("$", "")
        people = [
            ", ".join(filter(None, (author.findtext("last"), author.findtext("first"))))
            for author in element.iter("author")
        ]
        assert paper["authors"] == people
        url = element.findtext("url") or ""
        assert url in {"", paper["acl_raw"]} or url in paper["urls"]
        assert (paper["doi_raw"], paper["pages"]) == (element.findtext("doi"), element.findtext("pages"))
        assert path.read_bytes()[paper["byte_start"] : paper["byte_end"]].startswith(b"<paper id=")


def test_dblp_agrees_with_what_others_parsed(packs: Packs) -> None:
    folder = packs("api-fixtures") / "dblp_xml"
    records = read(folder / "dblp.xml").to_dicts()
    with (folder / "dblp_parsed_final.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert len(records) == len(expected) == 131
    for record, row in zip(records, expected, strict=True):
        fields = json.loads(record["source_fields"])
        shown: dict[str, Any] = {
            "type": record["type_raw"],
            "key": record["dblp_raw"],
            "mdate": fields.pop("@mdate"),
            "publtype": fields.pop("@publtype", ""),
            "author": record["authors_raw"] or "",
            "title": record["title_raw"],
            "booktitle": record["venue"],
            "pages": record["pages"],
            "year": record["published_raw"],
            "url": fields.pop("url"),
            "ee": "; ".join(record["urls"]),
            "orcid": "",
        }
        stated = {name: value.replace(" | ", "; ").replace("|", "; ") for name, value in row.items() if value}
        assert stated.items() >= {name: value for name, value in shown.items() if value}.items()
        assert record["doi_raw"].removeprefix("https://doi.org/").startswith("10.")


@pytest.mark.parametrize(
    ("pack", "path", "counts"),
    [
        ("ris-endnote", "dedupe-sweep/test/data/copper.xml", (505, 498, 379, 174)),
        ("ris-endnote", "dedupe-sweep/test/data/tafenoquine.xml", (179, 170, 156, 73)),
        ("ris-endnote", "dedupe-sweep/test/data/old/respiratory.xml", (1988, 0, 0, 0)),
        ("asysd-exports", "tests/testthat/zotero_export.xml", (1233, 1128, 1064, 0)),
        ("asysd-exports", "tests/testthat/mendeley_export.xml", (1233, 1128, 1064, 1233)),
    ],
)
def test_every_record_of_a_library_is_read(
    packs: Packs, pack: str, path: str, counts: tuple[int, int, int, int]
) -> None:
    records = read(packs(pack) / path)
    listed = read_statements(records)
    assert (len(records), records["abstract_raw"].count(), listed["doi"].count(), listed["pmid"].count()) == counts
    assert records["defect"].count() == 0
    assert listed["published_on"].count() == len(records)
    assert listed["invalid_ids"].explode(empty_as_null=False).len() == 0
    assert not listed["source_fields"].str.contains(r"Users|[\w.]@[\w.]").any()


def test_two_exports_of_one_library_tell_the_same(packs: Packs) -> None:
    """The order differs, and Mendeley rewrote pages; the abstracts of three papers were cut differently."""
    folder = packs("asysd-exports") / "tests" / "testthat"
    zotero, mendeley = (
        {
            (squeezed(row["title_raw"]), row["doi"]): row
            for row in read_statements(read(folder / f"{name}_export.xml")).to_dicts()
        }
        for name in ("zotero", "mendeley")
    )
    assert zotero.keys() == mendeley.keys()
    differences = Counter(
        column
        for key, one in zotero.items()
        for column in ("venue", "volume", "issue", "pages", "abstract_raw", "authors")
        if squeezed(one[column]) != squeezed(mendeley[key][column])
    )
    assert differences == {"pages": 12, "abstract_raw": 3}
    assert all(one["published_on"].year == mendeley[key]["published_on"].year for key, one in zotero.items())


@pytest.mark.parametrize(
    "name",
    [
        "EndnoteXmlImporterTestArticle",
        "EndnoteXmlImporterTestArticle2",
        "EndnoteXmlImporterTestLabelAndMultiTitle",
        "EndnoteXmlImporterTestReport",
        "EndnoteXmlImporterTest_EmptyKeywordStyle",
        "EndnoteXmlImporterTest_WithoutUrlStyle",
        "EndnoteXmlImporterTest_WithoutUrlStyle2",
    ],
)
def test_endnote_agrees_with_what_others_parsed(packs: Packs, name: str) -> None:
    """All but `file`: the place of a file on somebody's computer names an account."""
    folder = packs("bibtex-fixtures") / JABREF
    records = read(folder / f"{name}.xml").to_dicts()
    numbers = count()  # the entries have no keys, which the parser takes for equal ones
    bibtex = re.sub(
        r"(@\w+\{),", lambda match: f"{match[1]}{next(numbers)},", (folder / f"{name}.bib").read_text("utf-8")
    )
    expected = bibtexparser.parse_string(bibtex).entries
    assert len(records) == len(expected)
    for record, entry in zip(records, expected, strict=True):
        fields = json.loads(record["source_fields"])
        shown = {
            "abstract": record["abstract_raw"],
            "address": fields.get("auth-address"),
            "author": " and ".join(record["authors"]),
            "date": fields.get("dates", {}).get("pub-dates", {}).get("date"),
            "doi": record["doi_raw"],
            "isbn": fields.get("isbn"),
            "journal": record["venue"] if entry.entry_type.lower() == "article" else None,
            "booktitle": record["venue"] if entry.entry_type.lower() == "book" else None,
            "keywords": "; ".join(record["categories"]),
            "language": fields.get("language"),
            "note": fields.get("notes"),
            "number": record["issue"],
            "pages": record["pages"],
            "publisher": fields.get("publisher"),
            "title": record["title_raw"],
            "url": next(iter(record["urls"]), fields.get("related-urls")),
            "volume": record["volume"],
            "year": re.search(r"[0-9]{4}", record["published_raw"])[0],
        }
        stated = {field.key: folded(field.value) for field in entry.fields if field.key != "file"}
        assert {key: folded(value) for key, value in shown.items() if value} == stated
