from types import ModuleType

import pytest

from assets.parse.formats.oai_pmh import OAI_ARXIV, OAI_ARXIV_RAW, OAI_DC, READERS
from assets.parse.reader import Reader, RefusalError
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse.formats.arxiv_reading import check_damage, check_round_trip, only, read, recognised, rows
from tests.writers import oai_arxiv, oai_arxiv_raw, oai_dc

ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<responseDate>2020-01-01T00:00:00Z</responseDate>
<request verb="ListRecords" metadataPrefix="{prefix}">http://quay.example/oai</request>{inside}
</OAI-PMH>"""
HEADER = "<header><identifier>oai:quay.example:1</identifier><datestamp>2020-01-01</datestamp></header>"
DELETED = HEADER.replace("<header>", '<header status="deleted">')
ARXIV = '<arXiv xmlns="http://arxiv.org/OAI/arXiv/">{}</arXiv>'
RAW = '<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">{}</arXivRaw>'
DC = '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">{}</oai_dc:dc>'
MARC = (
    '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>x</leader><controlfield tag="001">1</controlfield></record>'
)

WRITERS = [(OAI_ARXIV, oai_arxiv), (OAI_ARXIV_RAW, oai_arxiv_raw), (OAI_DC, oai_dc)]
of_each_format = pytest.mark.parametrize(("reader", "writer"), WRITERS, ids=[reader.format for reader, _ in WRITERS])


def answer(inside: str, prefix: str = "oai_dc") -> bytes:
    return ENVELOPE.format(inside=inside, prefix=prefix).encode()


def record(metadata: str = "", header: str = HEADER) -> str:
    return f"<record>{header}<metadata>{metadata}</metadata></record>"


def listed(*records: str, prefix: str = "oai_dc") -> bytes:
    return answer(f"<ListRecords>{''.join(records)}</ListRecords>", prefix)


@of_each_format
def test_what_is_written_is_read(reader: Reader, writer: ModuleType) -> None:
    check_round_trip(reader, writer, b"<record>", b"</record>")


@of_each_format
def test_a_damaged_record_takes_none_with_it(reader: Reader, writer: ModuleType) -> None:
    check_damage(reader, writer, b"</record>")


def test_a_record_in_arxivs_format() -> None:
    content = listed(
        record(
            ARXIV.format(
                "<id>2001.00001</id><created>2020-01-01</created><updated>2020-02-01</updated><authors>"
                "<author><keyname>Lee</keyname><forenames>Ann\n  B.</forenames><suffix>Jr.</suffix>"
                "<affiliation>Tides</affiliation><affiliation>Bells</affiliation></author>"
                "<author><keyname>Quay Collaboration</keyname></author></authors><title>Gulls\n  here</title>"
                "<categories>cs.CL  math.CO</categories><comments>3 pages</comments><proxy>quay</proxy>"
                "<report-no>Q-1</report-no><msc-class>68T50</msc-class><journal-ref>Quay 3 (2020) 1</journal-ref>"
                "<doi>10.5555/a 10.5555/b, doi:10.5555/c</doi><license>urn:x</license><abstract>  Many.\n</abstract>"
            )
        ),
        prefix="arXiv",
    )
    assert recognised(content) == [Format.OAI_ARXIV]
    assert only(OAI_ARXIV, content) == {
        "source_key": "oai:quay.example:1",
        "arxiv_raw": "2001.00001",
        "title_raw": "Gulls\n  here",
        "abstract_raw": "  Many.\n",
        "authors": ["Ann B. Lee Jr.", "Quay Collaboration"],
        "authors_raw": "Lee Jr., Ann B.; Quay Collaboration",
        "published_raw": "2020-01-01",
        "updated_raw": "2020-02-01",
        "categories": ["cs.CL", "math.CO"],
        "venue": "Quay 3 (2020) 1",
        "doi_raw": "10.5555/a",
        "source_fields": {
            "datestamp": "2020-01-01",
            "comments": "3 pages",
            "proxy": "quay",
            "report-no": "Q-1",
            "msc-class": "68T50",
            "license": "urn:x",
            "doi": ["10.5555/b", "doi:10.5555/c"],
            "authors": [
                {"keyname": "Lee", "forenames": "Ann\n  B.", "suffix": "Jr.", "affiliation": ["Tides", "Bells"]},
                {"keyname": "Quay Collaboration"},
            ],
        },
    }


def test_an_author_with_two_family_names_keeps_both() -> None:
    author = "<author><keyname>Lee</keyname><keyname>Ek</keyname><forenames>Ann</forenames></author>"
    row = only(OAI_ARXIV, listed(record(ARXIV.format(f"<authors>{author}</authors>"))))
    assert row["authors"] == ["Ann Lee"]
    assert row["source_fields"]["authors"] == [{"keyname": ["Lee", "Ek"], "forenames": "Ann"}]


def test_a_record_with_versions() -> None:
    versions = "".join(
        f"<version version='v{number}'><date>Wed, {number} Jan 2020 00:00:00 GMT</date><size>1kb</size></version>"
        for number in (1, 2, 3)
    )
    content = listed(
        record(
            RAW.format(
                f"<id>2001.00001</id><submitter>Carla Castell</submitter>{versions}<title>Gulls</title>"
                "<authors>Ann Lee (1), Bo Ek, Jr. (1 and 2) and C. Ro ((1) Tides, Bergen (2) Bells)</authors>"
            )
        ),
        prefix="arXivRaw",
    )
    assert recognised(content) == [Format.OAI_ARXIV_RAW]
    row = only(OAI_ARXIV_RAW, content)
    assert row["authors"] == ["Ann Lee", "Bo Ek Jr.", "C. Ro"]
    assert row["authors_raw"] == "Ann Lee (1), Bo Ek, Jr. (1 and 2) and C. Ro ((1) Tides, Bergen (2) Bells)"
    assert row["arxiv_raw"] == "2001.00001v3"
    assert row["published_raw"] == "Wed, 1 Jan 2020 00:00:00 GMT"
    assert row["updated_raw"] == "Wed, 3 Jan 2020 00:00:00 GMT"
    assert row["source_fields"]["version"][1] == {
        "@version": "v2",
        "date": "Wed, 2 Jan 2020 00:00:00 GMT",
        "size": "1kb",
    }
    assert "Castell" not in str(row)


@pytest.mark.parametrize(
    ("versions", "stated"),
    [
        ("<version/>", {}),
        ("<version version='v1'><date/></version>", {"arxiv_raw": "2001.00001v1"}),
        ("<version><date>a</date><date>b</date></version>", {}),
        ("<version><date>a</date></version>", {"published_raw": "a"}),
        ("<version/><version version='v2'><date>b</date></version>", {"arxiv_raw": "2001.00001v2", "updated_raw": "b"}),
    ],
)
def test_versions_that_say_less(versions: str, stated: dict[str, str]) -> None:
    row = only(OAI_ARXIV_RAW, listed(record(RAW.format(f"<id>2001.00001</id>{versions}"))))
    del row["source_key"], row["source_fields"]
    assert row == {"arxiv_raw": "2001.00001"} | stated


def test_a_record_in_dublin_core() -> None:
    content = listed(
        record(
            DC.format(
                "<dc:title xml:lang='en'>Gulls</dc:title><dc:title>Måker</dc:title>"
                "<dc:creator>Lee, Ann</dc:creator><dc:creator> </dc:creator><dc:creator id='7'>Ek, Bo</dc:creator>"
                "<dc:subject>Birds</dc:subject><dc:subject xml:lang='no'>Fugler</dc:subject>"
                "<dc:description>Comment: 3 pages</dc:description><dc:description>Many.</dc:description>"
                "<dc:description>Mange.</dc:description><dc:contributor>Ro, C.</dc:contributor>"
                "<dc:date>2021-05-01T10:00:00Z</dc:date><dc:date>2020</dc:date><dc:date>2020-12-24</dc:date>"
                "<dc:type>article</dc:type><dc:type>text</dc:type><dc:identifier>https://quay.example/7</dc:identifier>"
                "<dc:identifier>https://doi.org/10.5555/a</dc:identifier><dc:identifier>doi:10.5555/b</dc:identifier>"
                "<dc:identifier>ARXIV: 2001.00001</dc:identifier><dc:identifier>pmid:77</dc:identifier>"
                "<dc:identifier>Quay 3 (2020) 1</dc:identifier><dc:rights/><dc:language>en</dc:language>"
            )
        )
    )
    assert recognised(content) == [Format.OAI_DC]
    assert only(OAI_DC, content) == {
        "source_key": "oai:quay.example:1",
        "arxiv_raw": "ARXIV: 2001.00001",
        "doi_raw": "https://doi.org/10.5555/a",
        "pmid_raw": "pmid:77",
        "title_raw": "Gulls",
        "abstract_raw": "Many.",
        "authors": ["Lee, Ann", "Ek, Bo"],
        "authors_raw": "Lee, Ann; Ek, Bo",
        "published_raw": "2020",
        "updated_raw": "2021-05-01T10:00:00Z",
        "categories": ["Birds", "Fugler"],
        "type_raw": "article",
        "urls": ["https://quay.example/7", "https://doi.org/10.5555/a"],
        "source_fields": {
            "datestamp": "2020-01-01",
            "title": [{"@xml:lang": "en"}, "Måker"],
            "creator": {"@id": "7"},
            "subject": {"@xml:lang": "no"},
            "description": ["Comment: 3 pages", "Mange."],
            "contributor": "Ro, C.",
            "type": "text",
            "identifier": ["doi:10.5555/b", "Quay 3 (2020) 1"],
            "language": "en",
            "date": ["2021-05-01T10:00:00Z", "2020", "2020-12-24"],
        },
    }


def test_the_key_of_arxiv_is_its_identifier() -> None:
    header = HEADER.replace("oai:quay.example:1", "oai:arXiv.org:math/0001001")
    assert only(OAI_DC, listed(record(DC.format("<dc:title>x</dc:title>"), header)))["arxiv_raw"] == header[20:46]


def test_formats_with_the_names_of_dublin_core_are_read_like_it() -> None:
    metadata = (
        "<q:dc xmlns:q='urn:q'><q:title>On <q:i>Larus</q:i></q:title><q:creator><q:name>Ann Lee</q:name>"
        "<q:affiliation>Tides</q:affiliation></q:creator><q:pages>3</q:pages></q:dc>"
    )
    content = listed(record(metadata), prefix="quay_dc")
    assert recognised(content) == [Format.OAI_DC]
    row = only(OAI_DC, content)
    assert (row["title_raw"], row["authors"]) == ("On Larus", ["Ann Lee"])
    assert row["source_fields"]["creator"] == {"name": "Ann Lee", "affiliation": "Tides"}
    assert row["source_fields"]["title"].startswith("On <q:i")
    assert row["source_fields"]["pages"] == "3"


def test_deleted_records_are_rejects_with_their_key() -> None:
    content = listed(f"<record>{DELETED}</record>", record(DC.format("<dc:title>x</dc:title>")))
    assert [(row["source_key"], row.get("defect")) for row in rows(OAI_DC, content)] == [
        ("oai:quay.example:1", RejectReason.DELETED_RECORD),
        ("oai:quay.example:1", None),
    ]


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [("arXiv", Format.OAI_ARXIV), ("arXivRaw", Format.OAI_ARXIV_RAW), ("oai_dc", Format.OAI_DC), ("x", Format.OAI_DC)],
)
def test_deleted_records_alone_are_of_the_format_that_was_asked_for(prefix: str, expected: Format) -> None:
    content = listed(f"<record>{DELETED}</record>", prefix=prefix)
    assert recognised(content) == [expected]
    (reader,) = (reader for reader in READERS if reader.format == expected)
    assert only(reader, content)["defect"] == RejectReason.DELETED_RECORD


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (answer('<error code="badArgument"/>'), DumpReason.ERROR_ANSWER, "badArgument"),
        (answer("<error>x</error>"), DumpReason.ERROR_ANSWER, "without a code"),
        (answer(f"<ListIdentifiers>{HEADER}</ListIdentifiers>"), DumpReason.NO_RECORDS, "ListIdentifiers"),
        (answer("<Identify><repositoryName>Quay</repositoryName></Identify>"), DumpReason.NO_RECORDS, "Identify"),
        (answer("<ListSets><set/></ListSets>"), DumpReason.NO_RECORDS, "ListSets"),
        (listed(), DumpReason.NO_RECORDS, "OAI-PMH"),
        (listed(record(MARC)), DumpReason.UNKNOWN_FORMAT, "'record'"),
    ],
)
def test_answers_that_hold_no_record_are_refused(content: bytes, reason: DumpReason, detail: str) -> None:
    assert recognised(content) == [Format.OAI_DC]
    with pytest.raises(RefusalError, match=detail) as caught:
        read(OAI_DC, content)
    assert caught.value.reason == reason


def test_an_error_among_answers_costs_no_record() -> None:
    content = answer('<error code="x"/>') + listed(record(DC.format("<dc:title>x</dc:title>")))
    assert only(OAI_DC, content)["title_raw"] == "x"


def test_records_within_records_are_part_of_them() -> None:
    content = listed(
        record(DC.format("<dc:title>x</dc:title>")), record(MARC), record(DC.format("<dc:title>y</dc:title>"))
    )
    found = read(OAI_DC, content)
    assert found["title_raw"].to_list() == ["x", None, "y"]
    assert found["defect"].to_list() == [None, None, None]


@pytest.mark.parametrize("separator", ["", "\n", "\n<?xml version='1.0'?>\n", "<!-- next -->"])
def test_answers_and_records_may_follow_each_other(separator: str) -> None:
    piece = record(DC.format("<dc:title>x</dc:title>"))
    for pieces in ([piece] * 3, [listed(piece).decode().partition("?>")[2]] * 3):
        content = separator.join(pieces).encode()
        assert recognised(content) == [Format.OAI_DC]
        assert [row["title_raw"] for row in rows(OAI_DC, content)] == ["x"] * 3


def test_the_format_is_told_though_the_first_record_is_damaged() -> None:
    whole = record(ARXIV.format("<title>x</title>"))
    for damaged in (
        "<record><header/></record>",
        whole.replace("<arXiv ", "<arxv "),
        whole.replace("<metadata>", "<metdata>"),
    ):
        content = listed(damaged, whole, prefix="arXiv")
        assert recognised(content) == [Format.OAI_ARXIV]
        assert rows(OAI_ARXIV, content)[-1]["title_raw"] == "x"


@pytest.mark.parametrize(
    "content",
    [
        b"<OAI/>",
        b"<record><leader>x</leader></record>",
        b"<xml><records><record><database>x</database></record></records></xml>",
        record(MARC).encode(),
        b"<ListRecords><record><header/></record></ListRecords>",
        b"",
    ],
)
def test_other_xml_is_not_recognised(content: bytes) -> None:
    assert recognised(content) == []
