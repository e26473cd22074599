import pytest

from assets.parse.formats.arxiv_atom import READER
from assets.parse.reader import RefusalError
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse.formats.arxiv_reading import check_damage, check_round_trip, only, read, recognised, rows
from tests.writers import arxiv_atom

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?id_list=2001.00001" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: id_list=2001.00001</title>
  <id>http://arxiv.org/api/quay</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  {}
</feed>"""
ENTRY = """<entry>
    <id>http://arxiv.org/abs/2001.00001v2</id>
    <updated>2020-02-01T00:00:00Z</updated>
    <published>2020-01-01T00:00:00Z</published>
    <title>Gulls
  near Harbours</title>
    <summary>  Many gulls.
</summary>
    <author>
      <name>Ann  Lee</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Institute of Tides</arxiv:affiliation>
      <email>ann@quay.example</email>
    </author>
    <author><name>Bo Ek</name></author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">3 pages</arxiv:comment>
    <link href="http://arxiv.org/abs/2001.00001v2" rel="alternate" type="text/html"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="68T50" scheme="urn:msc" label="Gulls"/>
    <category term="cs.CV"/>
  </entry>"""
ERROR = """<entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_gull</id>
    <title>Error</title>
    <summary>incorrect id format
 for gull</summary>
    <updated>2020-02-01T00:00:00Z</updated>
    <author><name>arXiv api core</name></author>
  </entry>"""


def feed(*entries: str) -> bytes:
    return FEED.format("\n".join(entries)).encode()


def test_what_is_written_is_read() -> None:
    check_round_trip(READER, arxiv_atom, b"<entry>", b"</entry>")


def test_a_damaged_entry_takes_none_with_it() -> None:
    check_damage(READER, arxiv_atom, b"</entry>")


def test_an_entry_states_all_that_it_holds() -> None:
    content = feed(ENTRY)
    assert recognised(content) == [Format.ARXIV_ATOM]
    assert only(READER, content) == {
        "source_key": "http://arxiv.org/abs/2001.00001v2",
        "arxiv_raw": "http://arxiv.org/abs/2001.00001v2",
        "title_raw": "Gulls\n  near Harbours",
        "abstract_raw": "  Many gulls.\n",
        "authors": ["Ann Lee", "Bo Ek"],
        "authors_raw": "Ann Lee; Bo Ek",
        "published_raw": "2020-01-01T00:00:00Z",
        "updated_raw": "2020-02-01T00:00:00Z",
        "categories": ["cs.CL", "68T50", "cs.CV"],
        "urls": ["http://arxiv.org/abs/2001.00001v2"],
        "source_fields": {
            "comment": "3 pages",
            "link": {"@href": "http://arxiv.org/abs/2001.00001v2", "@rel": "alternate", "@type": "text/html"},
            "primary_category": "cs.CL",
            "category": {"@term": "68T50", "@scheme": "urn:msc", "@label": "Gulls"},
            "author": [{"name": "Ann  Lee", "affiliation": "Institute of Tides"}, {"name": "Bo Ek"}],
        },
    }


def test_an_error_is_no_listing() -> None:
    assert recognised(feed(ERROR)) == [Format.ARXIV_ATOM]
    with pytest.raises(RefusalError, match="incorrect id format for gull") as caught:
        read(READER, feed(ERROR))
    assert caught.value.reason == DumpReason.ERROR_ANSWER


def test_an_error_among_papers_is_one_reject() -> None:
    found = rows(READER, feed(ENTRY, ERROR, ENTRY))
    assert [row.get("defect") for row in found] == [None, RejectReason.NOT_A_WORK, None]
    assert "arxiv_raw" not in found[1]


def test_an_answer_without_entries() -> None:
    assert recognised(feed()) == [Format.ARXIV_ATOM]
    with pytest.raises(RefusalError) as caught:
        read(READER, feed())
    assert caught.value.reason == DumpReason.NO_RECORDS


@pytest.mark.parametrize(
    "entry",
    ["<entry/>", "<entry><id/><author/><category/><link/></entry>", "<entry><author><name> </name></author></entry>"],
)
def test_an_entry_that_says_nothing_is_a_row(entry: str) -> None:
    assert only(READER, feed(entry)) == {"source_fields": {}}


def test_entries_without_a_feed() -> None:
    entry = ENTRY.replace("<entry>", '<entry xmlns="http://www.w3.org/2005/Atom">')
    content = f"{entry}\n{entry}".encode()
    assert recognised(content) == [Format.ARXIV_ATOM]
    assert len(rows(READER, content)) == 2


@pytest.mark.parametrize(
    "content",
    [
        b'<feed xmlns="http://www.w3.org/2005/Atom"><id>https://quay.example/</id><entry><title>x</title></entry></feed>',
        b'<feed xmlns="urn:other"><id>http://arxiv.org/api/x</id></feed>',
        b"<id>http://arxiv.org/api/x</id>",
        b'{"feed": "http://arxiv.org/schemas/atom"}',
        b"\xff\x00<feed",
    ],
)
def test_other_feeds_are_not_arxiv(content: bytes) -> None:
    assert recognised(content) == []
