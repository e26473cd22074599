import json
import re
from functools import partial
from typing import Any

import pytest

from assets.parse.formats.endnote_xml import READER
from assets.parse.reader import STATEMENT_SCHEMA, RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse import readings
from tests.papers import papers
from tests.writers import acl_anthology, dblp_xml, endnote_xml

read = partial(readings.read, READER)
is_recognised = partial(readings.is_recognised, READER)


def library(records: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" ?><xml><records>{records}</records></xml>'.encode()


def record(inside: str = "", *, title: str = "Gulls", number: int = 1) -> str:
    return (
        f"<record><rec-number>{number}</rec-number><ref-type name='Book'>6</ref-type>"
        f"<titles><title>{title}</title></titles>{inside}</record>"
    )


def styled(text: str, face: str = "normal") -> str:
    return f'<style face="{face}" font="default" size="100%">{text}</style>'


def only(inside: str, *, title: str = "Gulls") -> dict[str, Any]:
    (row,) = read(library(record(inside, title=title))).to_dicts()
    return row | {"source_fields": json.loads(row["source_fields"])}


def test_what_is_written_is_read() -> None:
    written = list(papers(120))
    content = endnote_xml.write(written)
    expected = endnote_xml.expected(written)
    frame = read(content)
    assert frame.schema == STATEMENT_SCHEMA
    assert frame.select(expected[0].keys()).to_dicts() == expected
    for row in frame.iter_rows(named=True):
        fragment = content[row["byte_start"] : row["byte_end"]].decode()
        assert re.fullmatch(r"<record>.*</record>", fragment)
        assert f"<rec-number>{row['source_key']}</rec-number>" in fragment


@pytest.mark.parametrize(
    ("title", "text", "is_kept"),
    [
        ("Gulls &amp; tides", "Gulls & tides", False),
        (styled("Gulls"), "Gulls", False),
        (f"\n    {styled('Gulls')}\n  ", "Gulls", False),
        (styled("On ") + styled("Larus", "italic") + styled(" and ropes"), "On Larus and ropes", True),
        (f"\n  {styled('CO')}\n  {styled('2', 'subscript')}\n", "CO2", True),
        (f"{styled('a')} loose {styled('b')}", "a loose b", False),
    ],
)
def test_runs_of_style_are_joined(title: str, text: str, *, is_kept: bool) -> None:
    row = only("", title=title)
    assert row["title_raw"] == text
    assert row["source_fields"].get("title") == (title if is_kept else None)


def test_dates_are_joined_and_kept() -> None:
    dates = "<dates><year>2019</year><pub-dates><date>Mar 3</date></pub-dates></dates>"
    row = only(dates)
    assert row["published_raw"] == "3 March 2019"
    assert row["source_fields"]["dates"] == {"year": "2019", "pub-dates": {"date": "Mar 3"}}
    assert "dates" not in only("<dates><year>2019</year></dates>")["source_fields"]


@pytest.mark.parametrize(
    ("number", "database", "is_pmid"),
    [
        ("35319117", "", True),
        ("35319117", "<remote-database-provider>NLM</remote-database-provider>", True),
        ("35319117", "<remote-database-name>Ovid MEDLINE(R)</remote-database-name>", True),
        ("35319117", "<remote-database-name>Embase</remote-database-name>", False),
        ("35319117", "<remote-database-provider>EBSCO</remote-database-provider>", False),
        ("2019123456", "", False),
        ("WOS:000200148800007", "", False),
        ("CN-01234567", "", False),
    ],
)
def test_an_accession_number_is_pubmeds_unless_another_database_is_named(
    number: str, database: str, *, is_pmid: bool
) -> None:
    row = only(f"<accession-num>{number}</accession-num>{database}")
    assert row["pmid_raw"] == (number if is_pmid else None)
    assert row["source_fields"].get("accession-num") == (None if is_pmid else number)


@pytest.mark.parametrize(
    ("text", "doi", "is_kept"),
    [
        ("10.5555/a", "10.5555/a", False),
        ("doi:10.5555/a", "doi:10.5555/a", False),
        ("https://doi.org/10.5555/a", "https://doi.org/10.5555/a", False),
        ("10.5555/a&#xD;10.5555/b", "10.5555/a", True),
        ("S0140-6736(19)1", None, True),
        ("", None, False),
    ],
)
def test_the_number_of_the_electronic_resource_may_be_a_doi(text: str, doi: str | None, *, is_kept: bool) -> None:
    row = only(f"<electronic-resource-num>{text}</electronic-resource-num>")
    assert row["doi_raw"] == doi
    assert ("electronic-resource-num" in row["source_fields"]) == is_kept


def test_nothing_tells_whose_library_it_was() -> None:
    inside = (
        "<database name='q.enl' path='/Users/wquay/q.enl'>q.enl</database>"
        "<urls><pdf-urls><url>file://localhost/Users/wquay/a.pdf</url><url>C:\\Users\\wquay\\b.pdf</url>"
        "<url>internal-pdf://0123/c.pdf</url></pdf-urls><related-urls><url>https://a.example</url>"
        "<url>&lt;Go to ISI&gt;://0001</url></related-urls><web-urls/></urls><custom1>/home/wquay/d.pdf</custom1>"
    )
    row = only(inside)
    assert "wquay" not in json.dumps(row)
    assert row["urls"] == ["https://a.example"]
    assert row["source_fields"] == {
        "ref-type": "6",
        "database": {"@name": "q.enl", "#text": "q.enl"},
        "pdf-urls": "internal-pdf://0123/c.pdf",
        "related-urls": "<Go to ISI>://0001",
    }


def test_everything_else_is_kept() -> None:
    inside = (
        "<contributors><authors><author>Quay, Li</author><author/><author role='a'>Box, Ann</author></authors>"
        "<secondary-authors><author>It, Ed</author></secondary-authors></contributors>"
        "<periodical><full-title>Annals of Weather</full-title><abbr-1>Ann Weath</abbr-1></periodical>"
        "<volume>7</volume><number>2</number><issue>3</issue><pages>1-2</pages>"
        f"<keywords><keyword>{styled('ropes')}</keyword><keyword/><keyword>a; b</keyword></keywords>"
        f"<isbn>1&#xD;2</isbn><language>{styled('eng')}</language><custom2>PMC1</custom2><notes/><label>B4</label>"
    )
    row = only(inside)
    assert row["authors"] == ["Quay, Li", "Box, Ann"]
    assert row["authors_raw"] == "Quay, Li; Box, Ann"
    assert (row["venue"], row["volume"], row["issue"], row["pages"]) == ("Annals of Weather", "7", "2", "1-2")
    assert row["categories"] == ["ropes", "a; b"]
    assert row["source_fields"] == {
        "ref-type": "6",
        "contributors": [
            {"authors": {"author": ["Quay, Li", {"@role": "a", "#text": "Box, Ann"}]}},
            {"secondary-authors": {"author": "It, Ed"}},
        ],
        "periodical": {"abbr-1": "Ann Weath"},
        "issue": "3",
        "isbn": "1\r2",
        "language": "eng",
        "custom2": "PMC1",
        "label": "B4",
    }


@pytest.mark.parametrize(
    ("titles", "venue", "periodical"),
    [
        ("<secondary-title>Quay</secondary-title>", "Quay", None),
        ("", "Annals", None),
        ("<secondary-title>Annals</secondary-title>", "Annals", None),
        ("<secondary-title>Quay</secondary-title><periodical/>", "Quay", None),
    ],
)
def test_the_venue_is_the_secondary_title_or_the_periodical(titles: str, venue: str, periodical: str | None) -> None:
    inside = "" if venue == "Quay" else "<periodical><full-title>Annals</full-title></periodical>"
    content = library(record(inside).replace("</titles>", f"{titles}</titles>"))
    row = read(content).to_dicts()[0]
    assert (row["venue"], json.loads(row["source_fields"]).get("periodical")) == (venue, periodical)


@pytest.mark.parametrize(
    ("broken", "defect"),
    [
        (record(title="A & B", number=2), RejectReason.MALFORMED_RECORD),
        (record("<titles><title>B</title></titles>", number=2), RejectReason.DUPLICATE_KEYS),
        ("<record><rec-number>2</rec-number>", RejectReason.MALFORMED_RECORD),
        ("<record>" + "<titles>" * 5000 + "</record>", RejectReason.MALFORMED_RECORD),
        ("<record/>", None),
    ],
    ids=["ampersand", "two titles", "no end", "depth", "empty"],
)
def test_a_broken_record_takes_no_other_with_it(broken: str, defect: RejectReason | None) -> None:
    frame = read(library(record() + broken + record(number=3)))
    assert frame["defect"].to_list() == [None, defect, None]
    assert frame["source_key"].to_list()[::2] == ["1", "3"]


def test_a_dump_that_ends_early_loses_one_record() -> None:
    content = library(record() + record(number=2))
    frame = read(content[: content.rindex(b"</title>")])
    assert frame["defect"].to_list() == [None, RejectReason.TRUNCATED_RECORD]


def test_an_empty_library_is_refused() -> None:
    content = library("")
    assert is_recognised(content)
    with pytest.raises(RefusalError) as refusal:
        read(content)
    assert refusal.value.reason is DumpReason.NO_RECORDS


@pytest.mark.parametrize(
    "content",
    [
        b"<xml><record><titles/></record></xml>",
        b"<xml><records><record><title>A</title></record></records></xml>",
        b"<records><record><titles/></record></records>",
        b"<xml><records><row/></records></xml>",
        b"<xml/>",
        b"",
        acl_anthology.write(papers(3)),
        dblp_xml.write(papers(3)),
    ],
)
def test_other_dumps_are_not_recognised(content: bytes) -> None:
    assert not is_recognised(content)


def test_its_own_dumps_are_recognised() -> None:
    assert is_recognised(endnote_xml.write(papers(3)))
