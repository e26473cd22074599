"""Real XML of arXiv in all its shapes: exact counts, and every field beside what others parsed."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.parse.formats import arxiv_atom, arxiv_rss, arxiv_yearly_xml, oai_pmh
from assets.parse.reader import NO_HINTS, Head, Reader, RefusalError
from assets.parse.statements import read_statements
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

pytestmark = pytest.mark.real
Packs = Callable[[str], Path]

HEAD_BYTES = 256 << 10
READERS = (arxiv_atom.READER, arxiv_rss.READER, arxiv_yearly_xml.READER, *oai_pmh.READERS)


def chosen(content: bytes) -> Reader:
    head = Head(content.lstrip()[:HEAD_BYTES], is_whole=len(content) <= HEAD_BYTES)
    (reader,) = (reader for reader in READERS if reader.recognises(head))
    return reader


def read(content: bytes) -> pl.DataFrame:
    frame = pl.concat(chosen(content).read(content, NO_HINTS))
    for start, end in frame.select("byte_start", "byte_end").rows():
        assert re.fullmatch(rb"(?s)<(record|entry|item)\b.*</\1>", content[start:end])
    return frame


def outcome(content: bytes) -> object:
    """Records by defect, or why there are none."""
    try:
        return Counter(read(content)["defect"].to_list())
    except RefusalError as refusal:
        return refusal.reason


def squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


def test_every_record_of_every_year(packs: Packs) -> None:
    counts = []
    for path in sorted((packs("arxiv-oai-xml") / "data").glob("*.xml")):
        content = path.read_bytes()
        frame = read(content)
        assert frame.height == content.count(b"<record>")
        assert frame["defect"].null_count() == frame.height
        stated = frame.select("source_key", "title_raw", "abstract_raw", "published_raw", "arxiv_raw")
        assert not any(stated.null_count().row(0))
        assert (frame["source_fields"] == "{}").all()
        counts.append(frame.height)
    assert (len(counts), sum(counts)) == (19, 38_858)


def test_the_years_in_their_final_form(packs: Packs) -> None:
    content = (packs("arxiv-oai-xml") / "data" / "arXiv-meta-2005.xml").read_bytes()
    listings = read_statements(read(content))
    assert listings["arxiv_id"].null_count() == 0
    assert listings["invalid_ids"].list.len().sum() == 0
    assert listings["published_on"].dt.year().unique().to_list() == [2005]


def test_every_entry_of_the_api(packs: Packs) -> None:
    counts: Counter[str] = Counter()
    for path in sorted((packs("arxiv-formats") / "atom_api").rglob("*.json")):
        body = json.loads(path.read_text())["body"].encode()
        counts["entries"] += body.count(b"<entry>")
        try:
            frame = read(body)
        except RefusalError as refusal:
            counts[refusal.reason] += 1
            continue
        assert frame["defect"].null_count() == frame.height
        listings = read_statements(frame)
        for name in ("title_raw", "abstract_raw", "arxiv_id", "arxiv_version", "published_on", "updated_on"):
            assert listings[name].null_count() == 0, name
        assert listings["authors"].list.len().min() >= 1
        counts["listings"] += frame.height
    assert counts == {"entries": 222, "listings": 221, DumpReason.ERROR_ANSWER: 1, DumpReason.NO_RECORDS: 2}


def test_the_daily_feed(packs: Packs) -> None:
    (path,) = (packs("arxiv-formats") / "rss").rglob("*.xml")
    frame = read(path.read_bytes())
    assert chosen(path.read_bytes()).format == Format.ARXIV_RSS
    assert frame.height == 7
    assert frame["arxiv_raw"].str.contains(r"^arXiv:\d{4}\.\d{5}v\d$").all()
    assert not frame["abstract_raw"].str.contains("Announce Type").any()
    assert frame["authors"].list.len().min() >= 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GetRecord", {None: 1}),
        ("GetRecord_utf8test", {None: 1}),
        ("ListRecords", {None: 1, RejectReason.DELETED_RECORD: 1}),
        ("ListRecords2", {None: 1, RejectReason.DELETED_RECORD: 1}),
        ("ListRecords3", {None: 1, RejectReason.DELETED_RECORD: 1}),
        ("ListRecords4", {None: 1, RejectReason.DELETED_RECORD: 1}),
        ("Identify", DumpReason.NO_RECORDS),
        ("ListIdentifiers", DumpReason.NO_RECORDS),
        ("ListIdentifiers2", DumpReason.NO_RECORDS),
        ("ListMetadataFormats", DumpReason.NO_RECORDS),
        ("ListSets", DumpReason.NO_RECORDS),
        ("badArgument", DumpReason.ERROR_ANSWER),
        ("badResumptionToken", DumpReason.ERROR_ANSWER),
        ("cannotDisseminateFormat", DumpReason.ERROR_ANSWER),
        ("idDoesNotExist", DumpReason.ERROR_ANSWER),
        ("noRecordsMatch", DumpReason.ERROR_ANSWER),
        ("noSetHierarchy", DumpReason.ERROR_ANSWER),
        ("undefinedError", DumpReason.ERROR_ANSWER),
    ],
)
def test_answers_of_a_repository(packs: Packs, name: str, expected: object) -> None:
    (path,) = (packs("arxiv-formats") / "oai_dc_sickle").rglob(f"{name}.xml")
    assert chosen(path.read_bytes()).format == Format.OAI_DC
    assert outcome(path.read_bytes()) == expected


def test_every_record_of_arxivs_format(packs: Packs) -> None:
    folder = packs("arxiv-formats") / "oai_hepcrawl"
    contents = [path.read_bytes() for path in sorted(folder.rglob("*.xml"))]
    frames = [read(content) for content in contents if chosen(content).format == Format.OAI_ARXIV]
    assert sum(frame.height for frame in frames) == sum(content.count(b"<arXiv") for content in contents) == 30
    listings = read_statements(pl.concat(frames))
    assert listings["defect"].null_count() == 30
    for name in ("title_raw", "abstract_raw", "arxiv_id", "published_on"):
        assert listings[name].null_count() == 0, name
    (other,) = (content for content in contents if chosen(content).format == Format.OAI_DC)
    assert read(other)["title_raw"].to_list() == ["Heavy Flavour Physics Review"]


def test_what_hepcrawl_parsed(packs: Packs) -> None:
    folder = packs("arxiv-formats") / "oai_hepcrawl"
    content = next(folder.rglob("sample_arxiv_record10.xml")).read_bytes()
    (row,) = read(content).to_dicts()
    (parsed,) = json.loads(next(folder.rglob("sample_arxiv_record10_parsed.json")).read_text())[0]["results_data"]
    fields = json.loads(row["source_fields"])
    assert row["arxiv_raw"] == parsed["arxiv_eprints"][0]["value"]
    assert row["categories"] == parsed["arxiv_eprints"][0]["categories"]
    assert row["title_raw"] == parsed["titles"][0]["title"]
    assert squeezed(row["abstract_raw"]) == parsed["abstracts"][0]["value"]
    assert row["authors_raw"] == "; ".join(author["full_name"] for author in parsed["authors"])
    assert row["published_raw"] == parsed["preprint_date"]
    assert fields["license"] == parsed["license"][0]["url"]
    assert squeezed(fields["comments"]) == squeezed(parsed["public_notes"][0]["value"])


def _expected_of_hepcrawl(folder: Path) -> dict[str, dict[str, Any]]:
    parsed = []
    for name in ("arxiv_expected.json", "arxiv_expected_single.json"):
        parsed += json.loads(next(folder.rglob(name)).read_text())
    return {record["arxiv_eprints"][0]["value"]: record for record in parsed}


def _first(parsed: dict[str, Any], name: str, part: str) -> str | None:
    return parsed[name][0][part] if name in parsed else None


def test_what_hepcrawl_expects_of_whole_answers(packs: Packs) -> None:
    """All is equal but for what hepcrawl changes: the order of most lists, and the stops of initials."""
    folder = packs("arxiv-formats") / "oai_hepcrawl"
    expected = _expected_of_hepcrawl(folder)
    frame = pl.concat([read(path.read_bytes()) for path in sorted((folder / "tests/functional").rglob("arxiv-*.xml"))])
    for row in frame.to_dicts():
        parsed, fields = expected.pop(row["arxiv_raw"]), json.loads(row["source_fields"])
        assert squeezed(row["title_raw"]) == parsed["titles"][0]["title"]
        assert squeezed(row["abstract_raw"]) == parsed["abstracts"][0]["value"]
        assert sorted(row["categories"]) == sorted(parsed["arxiv_eprints"][0]["categories"])
        assert row["published_raw"] == parsed["preprint_date"]
        names = [re.sub("[ .]", "", name) for name in row["authors_raw"].split("; ")]
        assert sorted(names) == sorted(re.sub("[ .]", "", author["full_name"]) for author in parsed["authors"])
        assert fields["license"] == parsed["license"][0]["url"]
        assert row["doi_raw"] == _first(parsed, "dois", "value")
        assert row["venue"] == _first(parsed, "publication_info", "pubinfo_freetext")
        assert squeezed(fields.get("comments")) == squeezed(_first(parsed, "public_notes", "value"))
    assert not expected


def test_what_ads_parsed(packs: Packs) -> None:
    """All that ADS has is stated, in its order; ADS puts the reference to a journal among the identifiers."""
    folder = packs("arxiv-formats") / "adsabs_oai/tests/stubdata"
    compared = 0
    for path in sorted((folder / "output").glob("*.json")):
        (row,) = read((folder / "input" / f"{path.stem}.xml").read_bytes()).to_dicts()
        parsed = json.loads(path.read_text())
        fields = json.loads(row["source_fields"])
        assert squeezed(row["title_raw"]) == parsed["title"]["textEnglish"]
        assert squeezed(row["abstract_raw"]) == squeezed(parsed["abstract"]["textEnglish"])
        assert row["authors"] == [squeezed(author["name"]["pubraw"]) for author in parsed["authors"]]
        assert row["categories"] == [keyword["keyString"] for keyword in parsed["keywords"]]
        assert row["published_raw"] == parsed["pubDate"]["electrDate"]
        identifiers = [row["source_key"], row["arxiv_raw"], row["doi_raw"], fields.get("identifier")]
        stated = sorted(value["Identifier"] for value in parsed["publisherIDs"])
        assert sorted(filter(None, identifiers)) == stated
        comments = [squeezed(comment["commentText"]) for comment in parsed.get("comments", [])]
        assert ([squeezed(fields["description"])] if "description" in fields else []) == comments
        compared += 1
    assert compared == 4


@pytest.mark.parametrize("name", ["input/arxiv_multi_20230125.xml", "output/arxiv_multi_20230125_header.txt"])
def test_records_with_and_without_their_envelope_state_the_same(packs: Packs, name: str) -> None:
    folder = packs("arxiv-formats") / "adsabs_oai/tests/stubdata"
    bare = read((folder / "output/arxiv_multi_20230125_noheader.txt").read_bytes())
    whole = read((folder / name).read_bytes())
    assert whole.height == 3
    assert whole.drop("byte_start", "byte_end").equals(bare.drop("byte_start", "byte_end"))
