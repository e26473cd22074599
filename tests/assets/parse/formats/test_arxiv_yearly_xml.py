import pytest

from assets.parse.formats.arxiv_yearly_xml import READER
from assets.parse.reader import RefusalError
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse.formats.arxiv_reading import check_damage, check_round_trip, only, read, recognised
from tests.writers import arxiv_yearly_xml

RECORD = (
    "<record><header><identifier>oai:arXiv.org:math/0001001</identifier></header>"
    "<metadata>{}<description>Many gulls.</description><date>2000-01-01</date></metadata></record>"
)


def test_what_is_written_is_read() -> None:
    check_round_trip(READER, arxiv_yearly_xml, b"<record>", b"</record>")


def test_a_damaged_record_takes_none_with_it() -> None:
    check_damage(READER, arxiv_yearly_xml, b"</record>")


@pytest.mark.parametrize("envelope", ["<ListRecords>{}</ListRecords>", "<?xml version='1.0'?>\n{}\n"])
def test_records_with_and_without_their_list(envelope: str) -> None:
    content = envelope.format(RECORD.format("<title>Gulls</title><note>x</note>")).encode()
    assert recognised(content) == [Format.ARXIV_YEARLY_XML]
    assert only(READER, content) == {
        "source_key": "oai:arXiv.org:math/0001001",
        "arxiv_raw": "oai:arXiv.org:math/0001001",
        "title_raw": "Gulls",
        "abstract_raw": "Many gulls.",
        "published_raw": "2000-01-01",
        "source_fields": {"note": "x"},
    }


def test_two_titles_are_a_defect() -> None:
    row = only(READER, RECORD.format("<title>Gulls</title><title>Terns</title>").encode())
    assert (row["title_raw"], row["defect"]) == ("Gulls", RejectReason.DUPLICATE_KEYS)


def test_a_year_without_papers() -> None:
    with pytest.raises(RefusalError) as caught:
        read(READER, b"<ListRecords></ListRecords>")
    assert caught.value.reason == DumpReason.NO_RECORDS


@pytest.mark.parametrize(
    "content",
    [
        b"<ListRecords/>",
        b"<records><record><metadata><title>x</title></metadata></record></records>",
        b'<record xmlns="urn:x"><metadata><title>x</title></metadata></record>',
        b"<record><title>x</title></record>",
    ],
)
def test_other_xml_is_not_recognised(content: bytes) -> None:
    assert recognised(content) == []
