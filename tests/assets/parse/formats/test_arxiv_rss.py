import pytest

from assets.parse.formats.arxiv_rss import READER
from assets.parse.reader import RefusalError
from schemas.formats import Format
from schemas.vocabulary import DumpReason
from tests.assets.parse.formats.arxiv_reading import check_damage, check_round_trip, only, read, recognised
from tests.writers import arxiv_rss

RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://export.arxiv.org/rss/cs"><title>cs updates on arXiv.org</title>
<items><rdf:Seq><rdf:li rdf:resource="http://arxiv.org/abs/2001.00001"/></rdf:Seq></items></channel>
<item rdf:about="http://arxiv.org/abs/2001.00001">
<title>Gulls (and Terns) near Harbours. (arXiv:2001.00001v2 [cs.CL] UPDATED)</title>
<link>http://arxiv.org/abs/2001.00001</link>
<description rdf:parseType="Literal">&lt;p&gt;Many gulls &amp;amp; terns.&lt;/p&gt;
</description>
<dc:creator> &lt;a href="http://arxiv.org/find/cs/1/au:+Lee_A/0/1/0/all/0/1"&gt;Ann Lee&lt;/a&gt;, \
&lt;a href="http://arxiv.org/find/cs/1/au:+Ek_B/0/1/0/all/0/1"&gt;Bo &amp;#xd8;k&lt;/a&gt; (Tides)</dc:creator>
</item>
</rdf:RDF>"""
ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns="http://www.w3.org/2005/Atom">
  <id>http://rss.arxiv.org/atom/cs.CL</id>
  <entry>
    <id>oai:arXiv.org:2001.00001v1</id>
    <title>Gulls</title>
    <updated>2020-01-02T04:00:19+00:00</updated>
    <link href="https://arxiv.org/abs/2001.00001" rel="alternate" type="text/html"/>
    <summary>arXiv:2001.00001v1 Announce Type: {kind}\x20
Abstract: Many gulls.</summary>
    <category term="cs.CL"/>
    <published>2020-01-02T00:00:00-04:00</published>
    <arxiv:announce_type>{kind}</arxiv:announce_type>
    <dc:creator>Ann Lee, Bo Ek</dc:creator>
  </entry>
</feed>"""
RSS = """<rss version="2.0"><channel><title>q-bio updates on arXiv.org</title><link>http://arxiv.org/</link>
<description>q-bio updates</description><lastBuildDate>Thu, 02 Jan 2020 00:00:00 -0400</lastBuildDate>
{}</channel></rss>"""


def test_what_is_written_is_read() -> None:
    check_round_trip(READER, arxiv_rss, b"<item>", b"</item>")


def test_a_damaged_item_takes_none_with_it() -> None:
    check_damage(READER, arxiv_rss, b"</item>")


def test_the_older_feed_in_rdf() -> None:
    content = RDF.encode()
    assert recognised(content) == [Format.ARXIV_RSS]
    assert only(READER, content) == {
        "source_key": "http://arxiv.org/abs/2001.00001",
        "arxiv_raw": "arXiv:2001.00001v2",
        "title_raw": "Gulls (and Terns) near Harbours.",
        "abstract_raw": "Many gulls & terns.",
        "authors": ["Ann Lee", "Bo Øk"],
        "authors_raw": (
            ' <a href="http://arxiv.org/find/cs/1/au:+Lee_A/0/1/0/all/0/1">Ann Lee</a>, '
            '<a href="http://arxiv.org/find/cs/1/au:+Ek_B/0/1/0/all/0/1">Bo &#xd8;k</a> (Tides)'
        ),
        "categories": ["cs.CL"],
        "urls": ["http://arxiv.org/abs/2001.00001"],
        "source_fields": {"description": {"@parseType": "Literal"}, "announce_type": "UPDATED"},
    }


@pytest.mark.parametrize(
    ("kind", "dates"),
    [
        ("new", {"published_raw": "2020-01-02T00:00:00-04:00"}),
        ("replace", {"updated_raw": "2020-01-02T00:00:00-04:00"}),
        ("replace-cross", {"updated_raw": "2020-01-02T00:00:00-04:00"}),
        ("cross", {}),
    ],
)
def test_the_feed_in_atom(kind: str, dates: dict[str, str]) -> None:
    content = ATOM.format(kind=kind).encode()
    assert recognised(content) == [Format.ARXIV_RSS]
    kept = {} if dates else {"published": "2020-01-02T00:00:00-04:00"}
    assert only(READER, content) == {
        "source_key": "oai:arXiv.org:2001.00001v1",
        "arxiv_raw": "arXiv:2001.00001v1",
        "title_raw": "Gulls",
        "abstract_raw": "Many gulls.",
        "authors": ["Ann Lee", "Bo Ek"],
        "authors_raw": "Ann Lee, Bo Ek",
        "categories": ["cs.CL"],
        "urls": ["https://arxiv.org/abs/2001.00001"],
        **dates,
        "source_fields": {
            "updated": "2020-01-02T04:00:19+00:00",
            "link": {"@href": "https://arxiv.org/abs/2001.00001", "@rel": "alternate", "@type": "text/html"},
            "announce_type": kind,
            **kept,
        },
    }


@pytest.mark.parametrize(
    ("item", "stated"),
    [
        ("<title>Gulls (arXiv)</title>", {"title_raw": "Gulls (arXiv)"}),
        ("<title>Gulls [cs.CL]</title>", {"title_raw": "Gulls [cs.CL]"}),
        (
            "<title>Gulls (arXiv:q-bio/0001001v1 [q-bio.PE])</title>",
            {"title_raw": "Gulls", "arxiv_raw": "arXiv:q-bio/0001001v1", "categories": ["q-bio.PE"]},
        ),
        ("<description>The arXiv:2001.00001 gulls.</description>", {"abstract_raw": "The arXiv:2001.00001 gulls."}),
        ("<description>&lt;b&gt; a &lt; b</description>", {"abstract_raw": "<b> a < b"}),
        ("<category/><link/><guid> </guid>", {}),
    ],
)
def test_items_of_other_makes(item: str, stated: dict[str, object]) -> None:
    content = RSS.format(f"<item>{item}</item>").encode()
    assert recognised(content) == [Format.ARXIV_RSS]
    assert only(READER, content) == stated | {"source_fields": {}}


def test_a_day_without_announcements() -> None:
    content = RSS.format("").encode()
    assert recognised(content) == [Format.ARXIV_RSS]
    with pytest.raises(RefusalError) as caught:
        read(READER, content)
    assert caught.value.reason == DumpReason.NO_RECORDS


@pytest.mark.parametrize(
    "content",
    [
        b"<rss><channel><link>https://quay.example/</link><item><link>https://arxiv.org/abs/2001.00001</link></item></channel></rss>",
        b"<channel><link>http://arxiv.org/</link></channel>",
        b"<rss",
    ],
)
def test_feeds_of_others_that_link_to_arxiv_are_not_its_own(content: bytes) -> None:
    assert recognised(content) == []
