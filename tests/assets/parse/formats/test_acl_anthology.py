import re
from functools import partial

import pytest

from assets.parse.formats.acl_anthology import LARGEST_VOLUME, READER
from assets.parse.formats.acl_anthology_text import anthology_id
from assets.parse.reader import STATEMENT_SCHEMA, RefusalError
from schemas.vocabulary import DumpReason, RejectReason
from tests.assets.parse import readings
from tests.papers import papers
from tests.writers import acl_anthology, dblp_xml, endnote_xml

read = partial(readings.read, READER)
only = partial(readings.read_one, READER)
is_recognised = partial(readings.is_recognised, READER)


META = "<meta><booktitle>Harbour Days</booktitle><month>July</month><year>2019</year></meta>"


def collection(inside: str, *, name: str = "2019.harbour", volume: str = "1", meta: str = META) -> bytes:
    """A collection of one volume."""
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<collection id=\"{name}\">"
        f'<volume id="{volume}" type="proceedings">{meta}{inside}</volume></collection>'
    ).encode()


def paper(inside: str = "", *, number: int = 1, title: str = "Gulls") -> str:
    return f'<paper id="{number}"><title>{title}</title>{inside}<bibkey>key-{number}</bibkey></paper>'


def test_what_is_written_is_read() -> None:
    written = list(papers(120))
    content = acl_anthology.write(written)
    expected = acl_anthology.expected(written)
    frame = read(content)
    assert frame.schema == STATEMENT_SCHEMA
    assert frame.select(expected[0].keys()).to_dicts() == expected
    for row in frame.iter_rows(named=True):
        fragment = content[row["byte_start"] : row["byte_end"]].decode()
        assert re.fullmatch(r"<paper id=.*</paper>", fragment, re.DOTALL)
        assert f"<bibkey>{row['source_key']}</bibkey>" in fragment


def test_a_paper_carries_what_its_volume_says() -> None:
    meta = (
        "<meta><booktitle>The <fixed-case>Q</fixed-case>uay</booktitle>"
        "<editor id='berta-quay'><first>Berta</first><last>Quay</last></editor>"
        "<publisher>Harbour Press</publisher><month>May 2 - May 7</month><year>2019</year>"
        "<venue>a</venue><venue>b</venue>"
        "<journal-volume>7</journal-volume><journal-issue>2</journal-issue></meta>"
        "<frontmatter><url>2019.harbour-1.0</url><bibkey>front</bibkey></frontmatter>"
    )
    row = only(collection(paper(), meta=meta))
    assert (row["venue"], row["volume"], row["issue"]) == ("The Quay", "7", "2")
    assert row["published_raw"] == "May 2019"
    assert row["source_fields"]["volume"] == {
        "@id": "1",
        "@type": "proceedings",
        "booktitle": "The <fixed-case>Q</fixed-case>uay",
        "editor": {"@id": "berta-quay", "first": "Berta", "last": "Quay"},
        "publisher": "Harbour Press",
        "month": "May 2 - May 7",
        "year": "2019",
        "venue": ["a", "b"],
        "journal-volume": "7",
        "journal-issue": "2",
        "frontmatter": {"url": "2019.harbour-1.0", "bibkey": "front"},
    }


def test_a_volume_says_nothing_of_the_next_one() -> None:
    content = collection(paper() + '</volume><volume id="2">' + paper(number=2))
    assert read(content)["venue"].to_list() == ["Harbour Days", None]
    assert read(content)["acl_raw"].to_list() == ["2019.harbour-1.1", "2019.harbour-2.2"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<fixed-case>G</fixed-case>ulls", "Gulls"),
        ("<fixed-case>G<i>u</i></fixed-case>ll<b>s</b>", "Gulls"),
        ("At <tex-math>\\mathcal{O}(n^2)</tex-math> cost", "At $\\mathcal{O}(n^2)$ cost"),
        ("See <url>https://harbour.example/a_b</url>.", "See https://harbour.example/a_b."),
        ("<span class='smallcaps'>Gull</span>s &amp; &lt;tides&gt;", "Gulls & <tides>"),
        ("<![CDATA[a < b]]>", "a < b"),
        ("Ropes<!-- or <title>knots</title> -->", "Ropes"),
        ("  Kettles \n", "Kettles"),
    ],
)
def test_markup_becomes_text_and_stays_beside_it(markup: str, text: str) -> None:
    row = only(collection(paper(f"<abstract>{markup}</abstract>", title=markup)))
    assert row["title_raw"] == row["abstract_raw"] == text
    assert ("title" in row["source_fields"]) == ("</" in markup and "<!" not in markup)
    if "title" in row["source_fields"]:
        assert row["source_fields"]["title"] == row["source_fields"]["abstract"] == markup.replace("'", '"')


@pytest.mark.parametrize(
    ("place", "identifier"),
    [
        (("2020.acl", "main", "1"), "2020.acl-main.1"),
        (("2022.quay", "1", "0"), "2022.quay-1.0"),
        (("P19", "1", "1"), "P19-1001"),
        (("P19", "3", "21"), "P19-3021"),
        (("W04", "1", "2"), "W04-0102"),
        (("W19", "66", "11"), "W19-6611"),
        (("C69", "1", "1"), "C69-0101"),
        (("C04", "1", "1"), "C04-1001"),
        (("D19", "1", "12"), "D19-1012"),
        (("D19", "55", "12"), "D19-5512"),
        (("D18", "5", "12"), "D18-5012"),
        (("P19", "main", "1"), None),
        (("P19", "1", "1000"), None),
        (("2020.acl", "main", "one"), None),
        (("2020.acl", "", "1"), None),
        (("", "1", "1"), None),
        (("P\uff11\uff19", "1", "1"), None),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else str(value),
)
def test_identifiers_follow_the_rules_of_the_anthology(place: tuple[str, str, str], identifier: str | None) -> None:
    assert anthology_id(*place) == identifier


@pytest.mark.parametrize(
    ("url", "acl", "urls", "doi", "kept"),
    [
        ("<url hash='0a'>2019.harbour-1.1</url>", "2019.harbour-1.1", [], None, None),
        ("<url>2019.harbour-one.1</url>", "2019.harbour-1.1", [], None, "2019.harbour-one.1"),
        ("<url>https://quay.example/1.pdf</url>", "2019.harbour-1.1", ["https://quay.example/1.pdf"], None, None),
        (
            "<url>https://doi.org/10.5555/x</url>",
            "2019.harbour-1.1",
            ["https://doi.org/10.5555/x"],
            "https://doi.org/10.5555/x",
            None,
        ),
        (
            "<url>https://doi.org/10.5555/x</url><doi>10.5555/y</doi>",
            "2019.harbour-1.1",
            ["https://doi.org/10.5555/x"],
            "10.5555/y",
            None,
        ),
        (
            "<doi>https://hdl.example/1</doi>",
            "2019.harbour-1.1",
            ["https://hdl.example/1"],
            "https://hdl.example/1",
            None,
        ),
        ("", "2019.harbour-1.1", [], None, None),
    ],
)
def test_an_address_is_an_identifier_or_a_link(
    url: str, acl: str, urls: list[str], doi: str | None, kept: str | None
) -> None:
    row = only(collection(paper(url)))
    assert (row["acl_raw"], row["urls"], row["doi_raw"]) == (acl, urls, doi)
    assert row["source_fields"].get("url") == kept


def test_people_keep_what_is_said_of_them_but_accounts() -> None:
    people = (
        "<author id='li-quay'><first>Li</first><last>Quay</last><affiliation>Harbour School</affiliation>"
        "<orcid>0000-0001</orcid><google-scholar>liquay</google-scholar>"
        "<variant script='hani'><first>立</first><last>奎</last></variant></author>"
        "<author><first/><last>Plato</last></author><author><last>Box, Jr.</last><first>Ann</first></author>"
        "<editor><first>Ed</first><last>It</last></editor>"
    )
    row = only(collection(paper(people)))
    assert row["authors"] == ["Quay, Li", "Plato", "Box, Jr., Ann"]
    assert row["authors_raw"] == "Quay, Li; Plato; Box, Jr., Ann"
    assert row["source_fields"]["author"][0] == {
        "@id": "li-quay",
        "first": "Li",
        "last": "Quay",
        "affiliation": "Harbour School",
        "orcid": "0000-0001",
        "variant": {"@script": "hani", "first": "立", "last": "奎"},
    }
    assert row["source_fields"]["editor"] == {"first": "Ed", "last": "It"}
    assert "liquay" not in str(row)


def test_plain_names_are_not_repeated() -> None:
    assert (
        "author" not in only(collection(paper("<author><first>Li</first><last>Quay</last></author>")))["source_fields"]
    )


def test_everything_else_is_kept() -> None:
    rest = (
        "<pages>1-11</pages><issue>3</issue><journal>Annals of Weather</journal><language>fra</language><abstract/>"
        "<revision id='1' href='r1' hash='a1'/>"
        "<revision id='2' href='r2' hash='a2' date='2020-05-06'>Typo fixed.</revision>"
        "<erratum id='1' hash='b1' date='2021-01-01'>2019.harbour-1.1e1</erratum>"
        "<retracted date='2022-02-02'>Wrong.</retracted><award>Best Rope</award><award>Best Knot</award>"
        "<attachment type='poster' hash='c1'>2019.harbour-1.1.Poster.pdf</attachment>"
        "<video href='https://video.example/1'/><video href='2019.harbour-1.1.mp4'/>"
        "<pwccode url='https://code.example/1' additional='true'>quay/ropes</pwccode>"
        "<pwcdataset url='https://data.example/1'>Ropes</pwcdataset>"
    )
    row = only(collection(paper(rest).replace("<paper ", "<paper type='backmatter' ingest-date='2019-08-01' ")))
    assert (row["venue"], row["issue"], row["pages"], row["type_raw"]) == (
        "Annals of Weather",
        "3",
        "1-11",
        "backmatter",
    )
    assert row["abstract_raw"] is None
    assert row["updated_raw"] == "2020-05-06"
    assert row["urls"] == ["https://video.example/1", "https://code.example/1"]
    del row["source_fields"]["volume"]
    assert row["source_fields"] == {
        "@ingest-date": "2019-08-01",
        "booktitle": "Harbour Days",
        "language": "fra",
        "revision": [
            {"@id": "1", "@href": "r1", "@hash": "a1"},
            {"@id": "2", "@href": "r2", "@hash": "a2", "@date": "2020-05-06", "#text": "Typo fixed."},
        ],
        "erratum": {"@id": "1", "@hash": "b1", "@date": "2021-01-01", "#text": "2019.harbour-1.1e1"},
        "retracted": {"@date": "2022-02-02", "#text": "Wrong."},
        "award": ["Best Rope", "Best Knot"],
        "attachment": {"@type": "poster", "@hash": "c1", "#text": "2019.harbour-1.1.Poster.pdf"},
        "video": [{"@href": "https://video.example/1"}, {"@href": "2019.harbour-1.1.mp4"}],
        "pwccode": {"@url": "https://code.example/1", "@additional": "true", "#text": "quay/ropes"},
        "pwcdataset": {"@url": "https://data.example/1", "#text": "Ropes"},
    }


@pytest.mark.parametrize(
    ("broken", "defect"),
    [
        ("<paper id='2'><title>A & B</title></paper>", RejectReason.MALFORMED_RECORD),
        ("<paper id='2'><title>A</abstract></paper>", RejectReason.MALFORMED_RECORD),
        ("<paper id='2'><title>&bomb;</title></paper>", RejectReason.MALFORMED_RECORD),
        ("<paper id='2'><title>A</title>", RejectReason.MALFORMED_RECORD),
        ("<title>A</title></paper>", RejectReason.MALFORMED_RECORD),
        ("<paper id='2'><title>A</title><title>B</title></paper>", RejectReason.DUPLICATE_KEYS),
        ("<paper id='2'>" + "<i>" * 5000 + "</i>" * 5000 + "</paper>", RejectReason.MALFORMED_RECORD),
        ("<paper id='2'><title>\x00</title></paper>", RejectReason.MALFORMED_RECORD),
    ],
    ids=["ampersand", "tags", "entity", "no end", "no start", "two titles", "depth", "control"],
)
def test_a_broken_paper_takes_no_other_with_it(broken: str, defect: RejectReason) -> None:
    frame = read(collection(paper() + broken + paper(number=3)))
    assert frame["defect"].to_list() == [None, defect, None]
    assert frame["source_key"].to_list()[::2] == ["key-1", "key-3"]
    assert frame["position"].to_list() == [1, 2, 3]


def test_bytes_that_are_no_text_are_told() -> None:
    content = collection(paper() + paper(number=2, title="G?lls")).replace(b"G?lls", b"G\xfclls")
    assert read(content)["defect"].to_list() == [None, RejectReason.INVALID_ENCODING]
    assert read(content)["title_raw"].to_list() == ["Gulls", "G�lls"]


def test_a_dump_that_ends_early_loses_one_paper() -> None:
    content = collection(paper() + paper(number=2))
    frame = read(content[: content.rindex(b"<bibkey>")])
    assert frame["defect"].to_list() == [None, RejectReason.TRUNCATED_RECORD]


def test_a_collection_without_papers_has_no_records() -> None:
    content = b"<collection id='2019.harbour'><event id='harbour-2019'><colocated/></event></collection>"
    assert is_recognised(content)
    with pytest.raises(RefusalError) as refusal:
        read(content)
    assert refusal.value.reason is DumpReason.NO_RECORDS


def test_a_hostile_description_is_not_repeated_with_every_paper() -> None:
    meta = f"<meta><booktitle>{'quay ' * LARGEST_VOLUME}</booktitle><year>2019</year></meta>"
    frame = read(collection("".join(paper(number=number) for number in range(50)), meta=meta))
    assert len(frame) == 50
    assert frame["venue"].null_count() == 49
    assert frame["source_fields"].str.len_bytes().sum() < 10 * LARGEST_VOLUME


@pytest.mark.parametrize(
    "content",
    [
        b"<collection id='a'></collection>",
        b"<collection><volume id='1'/></collection>",
        b"<collection id='a'><book id='1'/></collection>",
        b"<collection id='a'><volume/></collection>",
        b"<paper id='1'><title>A</title></paper>",
        b"\x00\xff<collection id=",
        b"",
        dblp_xml.write(papers(3)),
        endnote_xml.write(papers(3)),
    ],
)
def test_other_dumps_are_not_recognised(content: bytes) -> None:
    assert not is_recognised(content)


def test_its_own_dumps_are_recognised() -> None:
    assert is_recognised(acl_anthology.write(papers(3)))
    assert is_recognised(b"<collection id='P19'><volume id='1'><meta>")
