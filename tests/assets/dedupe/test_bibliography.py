import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import polars as pl
import pytest

from assets.dedupe.bibliography import Bibliography, BibliographyError, read_bibliography, together
from assets.dedupe.records import RECORD_SCHEMA
from assets.parse.reader import RefusalError
from schemas.vocabulary import DumpReason
from tests.papers import papers
from tests.writers import json_records
from tests.writers.bibliographies import BIBLIOGRAPHIES

PAPERS = [replace(one, version=1) for one in papers(12)]


def _csv(table: pl.DataFrame) -> bytes:
    return table.write_csv().encode()


def _json_lines(table: pl.DataFrame) -> bytes:
    return table.write_ndjson().encode()


def _parquet(table: pl.DataFrame) -> bytes:
    stream = BytesIO()
    table.write_parquet(stream, row_group_size=10)
    return stream.getvalue()


def lines(*records: dict[str, Any]) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def read(*records: dict[str, Any], **options: Any) -> Bibliography:
    """Reads JSON lines; a second line makes them such, where one is given."""
    filler = {"record_id": "zz", "title": "Ledgers of the Ferry", "authors": "Bo Ek"}
    return read_bibliography(lines(*records, filler), "file", **options)


def first(**fields: Any) -> dict[str, Any]:
    """The record that is made of an object."""
    whole = {"record_id": "a", "title": "Bells at Low Tide", "authors": "Ann Lee", **fields}
    return read(whole).records.row(0, named=True)


@pytest.mark.parametrize("write", BIBLIOGRAPHIES.values(), ids=BIBLIOGRAPHIES.keys())
def test_every_format_gives_the_same_records(write: Callable[..., bytes]) -> None:
    found = read_bibliography(write(PAPERS), "file")
    records = found.records
    assert records.schema == RECORD_SCHEMA
    assert found.defects.height == 0
    assert records["title"].to_list() == [one.title for one in PAPERS]
    assert records["abstract"].to_list() == [one.abstract for one in PAPERS]
    assert records["year"].to_list() == [one.published.year for one in PAPERS]
    assert records["venue"].to_list() == [one.venue for one in PAPERS]
    assert records["volume"].to_list() == [one.volume for one in PAPERS]
    assert records["issue"].to_list() == [one.issue for one in PAPERS]
    assert [pages.replace("--", "-").split("-")[0] for pages in records["pages"]] == [
        one.pages.split("-")[0] for one in PAPERS
    ]
    assert records["authors"].list.len().to_list() == [len(one.authors) for one in PAPERS]
    assert records["listing_id"].n_unique() == len(PAPERS)
    assert records["doi"].to_list() == [one.doi for one in PAPERS]


@pytest.mark.parametrize("name", ["csv", "parquet", "json lines"])
def test_record_id_comes_before_other_keys(name: str) -> None:
    columns = {"key": ["k1", "k2"], "id": ["x", "y"], "record_id": ["r1", "r2"], "title": ["A Kettle", "A Sail"]}
    table = pl.DataFrame({**columns, "doi": ["10.5555/a", "10.5555/b"]})
    content = {"csv": _csv, "parquet": _parquet, "json lines": _json_lines}[name](table)
    assert read_bibliography(content, "file").records["listing_id"].to_list() == ["r1", "r2"]


@pytest.mark.parametrize(
    "odd", ["=1+1", "a,b", 'a"b', "a\nb", "0012", " a ", "NA", "é", "@x", "-", "'; DROP TABLE x --", "\u202ea", "1e5"]
)
def test_record_ids_are_as_they_were(odd: str) -> None:
    assert first(record_id=odd)["listing_id"] == odd


def test_numbers_are_ids() -> None:
    assert first(record_id=12345678901234567890)["listing_id"] == "12345678901234567890"


def test_records_without_an_id_are_named_by_their_place() -> None:
    found = read({"title": "A", "authors": "Ann Lee"}, {"record_id": "  ", "title": "B", "authors": "Bo Ek"})
    assert found.records["listing_id"].to_list() == ["file:1", "file:2", "zz"]
    assert found.unnamed_count == 2
    assert read({"record_id": "a", "title": "A"}, numbered=True).records["listing_id"].to_list() == ["file:1", "file:2"]


def test_places_run_on_from_batch_to_batch() -> None:
    table = pl.DataFrame({"title": [f"Kettle {number}" for number in range(1, 36)]})
    found = read_bibliography(_parquet(table), "f")
    assert found.records.select(pl.format("{} {}", "listing_id", "title")).to_series().to_list() == [
        f"f:{number} Kettle {number}" for number in range(1, 36)
    ]


def test_a_format_of_its_own_does_not_hide_the_id() -> None:
    items = [{**json_records.csl(one), "record_id": f"mine {one.number}"} for one in PAPERS]
    records = read_bibliography(json.dumps(items).encode(), "file").records
    assert records["listing_id"].to_list() == [f"mine {one.number}" for one in PAPERS]


@pytest.mark.parametrize(
    ("stated", "year"),
    [
        pytest.param("1995,", 1995, id="comma"),
        pytest.param("1993.", 1993, id="stop"),
        pytest.param("2002.0", 2002, id="a float"),
        pytest.param(2002, 2002, id="a number"),
        pytest.param("(1999)", 1999, id="brackets"),
        pytest.param("c2004, reprinted 2010", 2004, id="the first of two"),
        pytest.param("2019-05-03", 2019, id="a day"),
        pytest.param("in press", None, id="none"),
        pytest.param("12345", None, id="five digits"),
        pytest.param("0000", None, id="no year of a paper"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="null"),
    ],
)
def test_years(stated: Any, year: int | None) -> None:
    assert first(year=stated)["year"] == year


@pytest.mark.parametrize(
    ("stated", "doi"),
    [
        pytest.param("https://doi.org/10.5555/HARBOUR.1", "10.5555/harbour.1", id="resolver and case"),
        pytest.param("doi: 10.5555/harbour.1.", "10.5555/harbour.1", id="prefix and stop"),
        pytest.param("see publisher", None, id="none"),
    ],
)
def test_dois(stated: str, doi: str | None) -> None:
    assert first(doi=stated)["doi"] == doi


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        pytest.param("Ek, B A and Wade, S S", ["B A Ek", "S S Wade"], id="family names first"),
        pytest.param("Ann Lee, Bo Anker", ["Ann Lee", "Bo Anker"], id="commas"),
        pytest.param("Anker K.Ek R. A.", ["Anker K.", "Ek R. A."], id="run together"),
        pytest.param("a. lee, n. vik-ek, and r. e. ek,", ["a. lee", "n. vik-ek", "r. e. ek"], id="a comma at the end"),
        pytest.param(["Ann Lee", "Bo Anker"], ["Ann Lee", "Bo Anker"], id="a list"),
        pytest.param([{"given": "Ann", "family": "Lee"}], ["Ann Lee"], id="parts of names"),
        pytest.param("The Harbour Group", ["The Harbour Group"], id="a body"),
        pytest.param("", [], id="empty"),
        pytest.param(None, [], id="null"),
    ],
)  # fmt: skip
def test_authors(stated: Any, names: list[str]) -> None:
    record = {"record_id": "a", "title": "Bells at Low Tide", "authors": stated, "doi": "10.5555/x"}
    assert read_bibliography(lines(record, record), "f").records["authors"][0].to_list() == names


def test_search_forms() -> None:
    found = first(title="Naïve Bells: At Low Tide.", abstract="The Sea, again")
    assert (found["title_search"], found["abstract_search"]) == ("naive bells at low tide", "the sea again")
    assert first(title="", abstract=" ")["title_search"] is None


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        pytest.param({"source": "Quay"}, "Quay", id="source"),
        pytest.param({"Database": "Quay"}, "Quay", id="database"),
        pytest.param({"source": {"name": "Quay"}}, "file", id="no text"),
        pytest.param({"source": ""}, "file", id="empty"),
        pytest.param({}, "file", id="the file stands for it"),
    ],
)
def test_sources(fields: dict[str, Any], source: str) -> None:
    assert first(**fields)["source"] == source


def test_a_record_with_a_defect_stands_alone() -> None:
    content = lines({"record_id": "a", "title": "A Kettle", "doi": "10.5555/x"}) * 2
    content += b'{"record_id": "b", "title": "A Kettle", "title": "A Sail"}\n{"record_id": "c", "title": \n'
    found = read_bibliography(content + lines({"record_id": "d", "title": "A Sail", "doi": ""}), "f")
    assert found.defects.rows() == [("b", "duplicate_keys"), ("f:4", "malformed_record")]
    assert found.records["listing_id"].to_list() == ["a", "a", "b", "f:4", "d"]
    empty = found.records[2:4].drop("listing_id", "source")
    assert empty.drop("authors").null_count().row(0) == (2,) * (len(RECORD_SCHEMA) - 3)
    assert empty["authors"].to_list() == [[], []]


def test_a_record_in_another_encoding_is_compared() -> None:
    content = 'record_id,title,doi\na,"Bells à la carte",\nb,Sails,\n'.encode("latin-1")
    found = read_bibliography(content, "f")
    assert found.defects.rows() == [("a", "invalid_encoding")]
    assert found.records["title"].to_list() == ["Bells \ufffd la carte", "Sails"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"record_id,title\n1,A Kettle\n2,A Sail\n", id="csv"),
        pytest.param(b'{"record_id":"1","title":"A Kettle"}\n{"record_id":"2","title":"A Sail"}\n', id="json lines"),
        pytest.param(b'[{"record_id":"1","title":"A Kettle"},{"record_id":"2","title":"A Sail"}]', id="json array"),
        pytest.param(b'{"record_id":"1","title":"A Kettle"}\n{"record_id":"2","title":null}\n', id="a null"),
    ],
)  # fmt: skip
def test_titles_are_enough(content: bytes) -> None:
    assert read_bibliography(content, "f").records["listing_id"].to_list() == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", DumpReason.EMPTY_FILE, id="empty"),
        pytest.param(b" \n", DumpReason.EMPTY_FILE, id="blank"),
        pytest.param(b"Dear reader,\nno record here.\n", DumpReason.UNKNOWN_FORMAT, id="a letter"),
        pytest.param(b'{"a": 1}\n{"b": 2}\n', DumpReason.UNKNOWN_FORMAT, id="other JSON"),
        pytest.param(b"[]", DumpReason.NO_RECORDS, id="an empty array"),
        pytest.param(b"record_id,title,doi\n", DumpReason.NO_RECORDS, id="a header alone"),
        pytest.param(b"\x89PNG\r\n\x1a\n", DumpReason.BINARY_FILE, id="a picture"),
        pytest.param("title,doi\nA,b\n".encode("utf-16"), DumpReason.UNSUPPORTED_ENCODING, id="UTF-16"),
    ],
)
def test_what_is_no_bibliography(content: bytes, reason: DumpReason) -> None:
    with pytest.raises(RefusalError) as refused:
        read_bibliography(content, "f")
    assert refused.value.reason is reason


def test_records_of_several_files_are_sorted() -> None:
    one, other = (
        read({"record_id": "b", "title": "B"}),
        read_bibliography(lines({"record_id": "a", "title": "A"}) * 1, "g"),
    )
    assert together([one, other])["listing_id"].to_list() == ["a", "b", "zz"]
    assert together([other, one]).equals(together([one, other]))


def test_an_id_that_stands_twice_is_told() -> None:
    one, other = read({"record_id": "a", "title": "A"}), read_bibliography(lines({"record_id": "a", "title": "B"}), "g")
    with pytest.raises(
        BibliographyError, match=r"the record_id 'a' stands twice, in file \(record 1\) and g \(record 1\); .*--number"
    ):
        together([one, other])
    with pytest.raises(BibliographyError, match="and 1 others too"):
        together([one, read({"record_id": "a", "title": "A"})])
