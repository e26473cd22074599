"""The tables among the real packs: every record is there, and parsers of others agree."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from assets.parse.formats.delimited_table import READER
from assets.parse.reader import NO_HINTS, Head, RefusalError
from assets.parse.statements import read_statements

pytestmark = pytest.mark.real

COUNTS = {
    "asysd-exports/tests/testthat/zotero_export.csv": 1233,
    "asysd-exports/tests/testthat/labelled_test_set.csv": 1845,
    "api-fixtures/dblp_xml/dblp_parsed_final.csv": 131,
    "ris-endnote/asreview/tests/demo_data/duplicate_records.csv": 14,
    "ris-endnote/asreview/tests/demo_data/embase.csv": 6,
    "ris-endnote/asreview/tests/demo_data/embase_newpage.csv": 6,
    "ris-endnote/asreview/tests/demo_data/generic.csv": 2,
    "ris-endnote/asreview/tests/demo_data/generic_bad_record_id.csv": 6,
    "ris-endnote/asreview/tests/demo_data/generic_column_names_with_spaces.csv": 2,
    "ris-endnote/asreview/tests/demo_data/generic_labels.csv": 6,
    "ris-endnote/asreview/tests/demo_data/generic_labels_no_abs.csv": 6,
    "ris-endnote/asreview/tests/demo_data/generic_labels_no_title.csv": 6,
    "ris-endnote/asreview/tests/demo_data/generic_partial_labels.csv": 6,
    "ris-endnote/asreview/tests/demo_data/generic_semicolon.csv": 2,
    "ris-endnote/asreview/tests/demo_data/generic_tab.csv": 2,
    "ris-endnote/asreview/tests/demo_data/missing_values.csv": 4,
    "ris-endnote/asreview/tests/demo_data/record_id.csv": 10,
}
"""Records of each table, as `csv.DictReader` counts them."""
NAMES = {
    "title_raw": ("title", "Title"),
    "abstract_raw": ("abstract", "Abstract", "Abstract Note"),
    "authors_raw": ("author", "Author", "authors", "Author Names", "first_authors"),
}
BROKEN_ENCODING = {"labelled_test_set.csv": 504}
"""Records that are not UTF-8: the file was written in Windows-1252."""


def content(packs: Callable[[str], Path], path: str) -> bytes:
    pack, _, rest = path.partition("/")
    return (packs(pack) / rest).read_bytes()


def read(data: bytes) -> pl.DataFrame:
    assert READER.recognises(Head(data[: 256 << 10], is_whole=len(data) <= 256 << 10))
    return pl.concat(READER.read(data, NO_HINTS))


@pytest.mark.parametrize("path", COUNTS, ids=[Path(path).stem for path in COUNTS])
def test_every_record_is_read_as_a_parser_of_csv_reads_it(path: str, packs: Callable[[str], Path]) -> None:
    data = content(packs, path)
    frame = read(data)
    assert frame.height == COUNTS[path]
    broken = BROKEN_ENCODING.get(Path(path).name, 0)
    assert dict(frame["defect"].drop_nulls().value_counts().iter_rows()) == (
        {"invalid_encoding": broken} if broken else {}
    )
    text = io.StringIO(data.decode(encoding="utf-8-sig", errors="replace"), newline="")
    delimiter = max(",;\t", key=text.getvalue().partition("\n")[0].count)
    rows = [
        {str(name).strip(): value for name, value in row.items()} for row in csv.DictReader(text, delimiter=delimiter)
    ]
    for column, names in NAMES.items():
        told = [next((row[name] for name in names if name in row), None) for row in rows]
        assert frame[column].to_list() == [None if value in ("", "NA") else value for value in told]


def test_lists_of_pairs_are_no_tables_of_papers(packs: Callable[[str], Path]) -> None:
    files = sorted(packs("dedupe-benchmarks").rglob("*.csv"))
    assert len(files) == 12
    for file in files:
        data = file.read_bytes()
        assert not READER.recognises(Head(data[: 256 << 10], is_whole=False))
        with pytest.raises(RefusalError):
            list(READER.read(data, NO_HINTS))


def test_identifiers_names_and_dates_of_the_library(packs: Callable[[str], Path]) -> None:
    listings = read_statements(read(content(packs, "asysd-exports/tests/testthat/zotero_export.csv")))
    assert listings["invalid_ids"].list.len().sum() == 0
    assert listings["doi"].count() == 1064
    assert listings["pmid"].count() == 1233
    assert (listings["authors"].list.len() > 0).sum() == 1226
    assert Counter(listings["published_precision"]) == {"month": 829, "day": 293, "year": 111}
    assert not listings["source_fields"].str.contains("@[a-z]+[.]").any()


def test_identifiers_of_the_labelled_library(packs: Callable[[str], Path]) -> None:
    listings = read_statements(read(content(packs, "asysd-exports/tests/testthat/labelled_test_set.csv")))
    assert listings["doi"].count() == 1350
    assert listings["invalid_ids"].list.len().sum() == 3
    assert listings["published_on"].count() == 1845


def test_keys_of_dblp_become_identifiers(packs: Callable[[str], Path]) -> None:
    listings = read_statements(read(content(packs, "api-fixtures/dblp_xml/dblp_parsed_final.csv")))
    assert listings["dblp_key"].count() == 131
    assert listings["doi"].count() == 131
    assert not listings["authors"].list.join(" ").str.contains("[0-9]").any()
