import json
import random
import re
from functools import partial

import pytest

from assets.parse.formats import dblp_xml as dblp_xml_reader
from assets.parse.formats.dblp_xml import READER
from assets.parse.formats.dblp_xml_columns import plain_frame
from assets.parse.formats.dblp_xml_scan import scan_records
from assets.parse.reader import NO_HINTS, STATEMENT_SCHEMA, RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse import readings
from tests.papers import papers
from tests.writers import acl_anthology, dblp_xml, endnote_xml

read = partial(readings.read, READER)
only = partial(readings.read_one, READER)
is_recognised = partial(readings.is_recognised, READER)


HEAD = '<?xml version="1.0" encoding="{}"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n'


def dblp(records: str, *, encoding: str = "ISO-8859-1") -> bytes:
    return f"{HEAD.format(encoding)}{records}</dblp>".encode(encoding)


def article(inside: str = "", *, key: str = "journals/quay/1", title: str = "Gulls.", kind: str = "article") -> str:
    return f'<{kind} mdate="2024-05-06" key="{key}"><title>{title}</title>{inside}</{kind}>\n'


def test_what_is_written_is_read() -> None:
    written = list(papers(120))
    content = dblp_xml.write(written)
    expected = dblp_xml.expected(written)
    frame = read(content)
    assert frame.schema == STATEMENT_SCHEMA
    assert frame.select(expected[0].keys()).to_dicts() == expected
    for row in frame.iter_rows(named=True):
        fragment = content[row["byte_start"] : row["byte_end"]].decode()
        assert re.fullmatch(rf'<(\w+) mdate=.* key="{row["source_key"]}">.*</\1>', fragment, re.DOTALL)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("J&uuml;rgen &Oslash;re", "Jürgen Øre"),
        ("Ren&#233; &#x141;ęcki", "René Łęcki"),
        ("R&amp;D &lt;x&gt; &quot;y&quot;", 'R&D <x> "y"'),
        ("<![CDATA[a &uuml; b]]>", "a &uuml; b"),
    ],
)
def test_entities_of_the_dtd_are_known_without_it(written: str, read_as: str) -> None:
    assert only(dblp(article(title=written), encoding="UTF-8"))["title_raw"] == read_as


def test_a_single_byte_encoding_is_read() -> None:
    content = dblp(article(title="Größe der Möwen."))
    assert b"Gr\xf6\xdfe" in content
    row = only(content)
    assert row["title_raw"] == "Größe der Möwen."
    assert content[row["byte_start"] : row["byte_end"]].decode("latin-1").startswith("<article")


def test_markup_of_a_title_stays_beside_its_text() -> None:
    row = only(dblp(article(title="O(<i>n</i><sup>2</sup>) <sub>low</sub>.")))
    assert row["title_raw"] == "O(n2) low."
    assert row["source_fields"]["title"] == "O(<i>n</i><sup>2</sup>) <sub>low</sub>."


def test_numbers_of_namesakes_are_no_part_of_a_name() -> None:
    people = '<author orcid="0000-0001">Wei Quay 0001</author><author>Bo 4711</author><author>Ann Box</author>'
    row = only(dblp(article(people)))
    assert row["authors"] == ["Wei Quay", "Bo", "Ann Box"]
    assert row["authors_raw"] == "Wei Quay 0001; Bo 4711; Ann Box"
    assert row["source_fields"]["author"] == [{"@orcid": "0000-0001", "#text": "Wei Quay 0001"}, "Bo 4711", "Ann Box"]


@pytest.mark.parametrize(
    ("inside", "doi", "arxiv"),
    [
        ("<ee>https://doi.org/10.5555/a</ee>", "https://doi.org/10.5555/a", None),
        ("<ee>https://quay.example/a</ee><ee>http://dx.doi.org/10.5555/a</ee>", "http://dx.doi.org/10.5555/a", None),
        ("<ee>http://doi.acm.org/10.5555/a.b</ee>", "10.5555/a.b", None),
        ("<ee>http://arxiv.org/abs/2001.00001</ee>", None, "http://arxiv.org/abs/2001.00001"),
        (
            "<ee>https://doi.org/10.48550/arXiv.2001.00001</ee>",
            "https://doi.org/10.48550/arXiv.2001.00001",
            "https://doi.org/10.48550/arXiv.2001.00001",
        ),
        ("<journal>CoRR</journal><volume>abs/2001.00001</volume>", None, "2001.00001"),
        ("<journal>Quay</journal><volume>abs/2001.00001</volume>", None, None),
        ("<ee>https://quay.example/10.5555/a</ee>", None, None),
    ],
)
def test_links_tell_identifiers(inside: str, doi: str | None, arxiv: str | None) -> None:
    row = only(dblp(article(inside)))
    assert (row["doi_raw"], row["arxiv_raw"]) == (doi, arxiv)


def test_everything_else_is_kept() -> None:
    rest = (
        "<editor>Ed It</editor><pages>1-2</pages><year>2019</year><month>July</month><volume>7</volume>"
        "<number>2</number>"
        "<journal>Quay Letters</journal><booktitle>QL</booktitle><url>db/q.html#1</url><ee type='oa'>https://a.example</ee>"
        "<ee>https://b.example</ee><crossref>conf/q/2019</crossref><isbn>1</isbn><isbn>2</isbn><note type='x'>n</note>"
        "<year>2020</year>"
    )
    row = only(dblp(article(rest).replace("key=", 'publtype="informal" key=')))
    assert (row["venue"], row["volume"], row["issue"], row["pages"]) == ("Quay Letters", "7", "2", "1-2")
    assert (row["published_raw"], row["type_raw"], row["dblp_raw"]) == ("July 2019", "article", "journals/quay/1")
    assert row["urls"] == ["https://a.example", "https://b.example"]
    assert row["source_fields"] == {
        "editor": "Ed It",
        "booktitle": "QL",
        "url": "db/q.html#1",
        "ee": [{"@type": "oa", "#text": "https://a.example"}, "https://b.example"],
        "crossref": "conf/q/2019",
        "isbn": ["1", "2"],
        "note": {"@type": "x", "#text": "n"},
        "year": ["2019", "2020"],
        "@mdate": "2024-05-06",
        "@publtype": "informal",
    }


@pytest.mark.parametrize(
    "person",
    [
        (
            "<www key='homepages/q/1'><author>Wei Quay</author><author>W. Quay</author><title>Home Page</title>"
            "<url>https://quay.example/~wei</url><note type='affiliation'>Harbour School</note></www>"
        ),
        "<person key='homepages/q/1'><author>Wei Quay</author><author>W. Quay</author></person>",
    ],
)
def test_a_person_is_no_work_and_its_home_page_is_not_carried(person: str) -> None:
    row = only(dblp(person))
    assert row["defect"] == RejectReason.NOT_A_WORK
    assert (row["source_key"], row["authors"]) == ("homepages/q/1", ["Wei Quay", "W. Quay"])
    assert (row["urls"], row["source_fields"], row["dblp_raw"]) == ([], {}, None)


def test_a_web_page_that_is_no_home_page_is_a_work() -> None:
    row = only(dblp(article("<url>https://quay.example/spec</url>", key="www/org/quay/spec", kind="www")))
    assert (row["defect"], row["type_raw"], row["urls"]) == (None, "www", ["https://quay.example/spec"])


@pytest.mark.parametrize(
    ("broken", "defect"),
    [
        ("<article key='b'><title>A &bomb; B</title></article>", RejectReason.MALFORMED_RECORD),
        ("<article key='b'><title>A</article>", RejectReason.MALFORMED_RECORD),
        ("<article key='b'><title>A</title>", RejectReason.MALFORMED_RECORD),
        ("<article key='b'><title>A</title><title>B</title></article>", RejectReason.DUPLICATE_KEYS),
        ("<article key='b' key='c'><title>A</title></article>", RejectReason.MALFORMED_RECORD),
        ("<article key='b'>" + "<i>" * 5000 + "</article>", RejectReason.MALFORMED_RECORD),
    ],
    ids=["entity", "tags", "no end", "two titles", "two keys", "depth"],
)
def test_a_broken_record_takes_no_other_with_it(broken: str, defect: RejectReason) -> None:
    frame = read(dblp(article() + broken + article(key="journals/quay/3")))
    assert frame["defect"].to_list() == [None, defect, None]
    assert frame["source_key"].to_list()[::2] == ["journals/quay/1", "journals/quay/3"]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE dblp [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY bomb "&b;&b;&b;">]>',
        '<!DOCTYPE dblp [<!ENTITY bomb SYSTEM "file:///etc/hostname">]>',
    ],
    ids=["bomb", "file"],
)
def test_entities_of_the_dump_are_never_expanded(doctype: str) -> None:
    content = f"{doctype}<dblp>{article(title='A &bomb;')}{article()}</dblp>".encode()
    assert is_recognised(content)
    frame = read(content)
    assert frame["defect"].to_list() == [RejectReason.MALFORMED_RECORD, None]
    assert frame["title_raw"].to_list() == [None, "Gulls."]


def test_a_dump_that_ends_early_loses_one_record() -> None:
    content = dblp(article() + article(key="b"))
    frame = read(content[: content.rindex(b"</title>")])
    assert frame["defect"].to_list() == [None, RejectReason.TRUNCATED_RECORD]


def test_a_dump_without_records_is_refused() -> None:
    with pytest.raises(RefusalError) as refusal:
        read(dblp(""))
    assert refusal.value.reason is DumpReason.NO_RECORDS


@pytest.mark.parametrize(
    "content",
    [
        b"<dblp><paper key='a'/></dblp>",
        b"<dblp><article/></dblp>",
        b"<dblp><item><article key='a'/></item></dblp>",
        b"<dblpperson name='a'><r><article key='b'/></r></dblpperson>",
        b"<result><hits/></result>",
        b"dblp",
        b"",
        acl_anthology.write(papers(3)),
        endnote_xml.write(papers(3)),
    ],
)
def test_other_dumps_are_not_recognised(content: bytes) -> None:
    assert not is_recognised(content)


def test_its_own_dumps_are_recognised() -> None:
    assert is_recognised(dblp_xml.write(papers(3)))


ODDITIES = (
    *(
        b"<",
        b">",
        b"&",
        b'"',
        b"\\",
        b"\n",
        b"\t",
        b"\r",
        b" ",
        b"\x00",
        b"\xff",
        b"\xc3\xa9",
        b"\xef\xbf\xbe",
        b"]]>",
        b"/>",
    ),
    *(
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"<?x?>",
        b"&uuml;",
        b"&amp;",
        b"&apos;",
        b"&#233;",
        b"&#x141;",
        b"&#321;",
        b"&#10;",
    ),
    *(
        b"</title>",
        b"<title>",
        b"</article>",
        b'<article key="x">',
        b"<i>",
        b"</i>",
        b"<pages/>",
        b"</dblp>",
        b"<x>y</x>",
    ),
    *(
        b' orcid="0"',
        b" key='y'",
        b'<note type="a">n\\</note>',
        b"<ee type='b'>c</ee>",
        b"<month>May</month>",
        b"<year>1</year>",
    ),
    *(b'<www key="homepages/1">', b"</www>", b"<url>http://x</url>", b"<ee>http://doi.acm.org/10.5555/x</ee>"),
)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A dump with up to four damages."""
    data = bytearray(content)
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(data))
        at = max(data.find(b"<", at), 0) if chance.random() < 0.3 else at
        data[at : at + chance.choice((0, 0, 1, 30, 200))] = chance.choice((*ODDITIES, b""))
    return bytes(data)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-8"])
def test_what_is_read_at_once_is_what_is_read_one_by_one(
    seed: int, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    whole = dblp_xml.write(papers(12, first=seed)).replace(b"ISO-8859-1", encoding.encode())
    for _ in range(6):
        content = mutated(whole, chance)
        frames = []
        for scan, least in (
            (dblp_xml_reader.scan_records, 256 << 10),
            (dblp_xml_reader.scan_records, 700),
            (nothing, 1),
        ):
            with monkeypatch.context() as patch:
                patch.setattr(dblp_xml_reader, "scan_records", scan)
                patch.setattr(dblp_xml_reader, "STRETCH_BYTES", (least, 2 * least))
                frames.append(_stated(content))
        assert frames[0] == frames[1] == frames[2]


def nothing(data: bytes, *, has_high_bytes: bool) -> None:
    """No record is plain."""


def _stated(content: bytes) -> object:
    """All rows, without where the first begins: what is left of a start tag may be taken for more or less."""
    try:
        frame = read(content)
    except RefusalError as refusal:
        return refusal.reason
    rows = frame.drop("byte_start").to_dicts()
    return [row | {"source_fields": json.loads(row["source_fields"])} for row in rows]


def test_most_records_are_read_at_once() -> None:
    content = dblp_xml.write(papers(200))
    begin = content.index(b"<dblp>") + len(b"<dblp>")
    records = scan_records(content[begin:], has_high_bytes=False)
    assert records is not None
    assert len(records.spans) == 200
    assert plain_frame(content[begin:], records)[1].sum() == 190


@pytest.mark.parametrize(
    "content", [b"<" * 100_000, b"<a" * 50_000, b"<www/>" * 20_000, b"<article>" * 10_000, b"<" * 50 + b">" * 50]
)
def test_hostile_bytes_are_read_in_bounded_time(content: bytes) -> None:
    dump = b"<dblp>" + content
    frames = list(READER.read(dump, NO_HINTS)) if b"article" in content or b"www" in content else []
    for frame in frames:
        assert (frame["byte_end"] <= len(dump)).all()
