"""The page on formats: in step with the readers, and true."""

from pathlib import Path

import polars as pl
import pytest

from assets.parse.detect import READERS
from assets.parse.document import formats_page
from assets.parse.intake import listings_of
from assets.parse.reader import NO_HINTS, Reader
from schemas.formats import Format
from schemas.listings import Listings
from schemas.render import polars_schema
from tests.faults.fuzz_readers import fixture

PAGE = Path(__file__).resolve().parents[3] / "docs" / "formats.md"
IMPLIED = {"published_raw", "published_precision", "arxiv_version"}
"""What comes with a date and with an identifier."""
IN_SOME = {
    Format.DAILY_PAPERS_JSON: {"page_date_raw"},
    Format.OAI_ARXIV: {"updated_on"},
    Format.OAI_DC: {"pmid", "updated_on"},
    Format.ACL_ANTHOLOGY: {"volume", "issue", "type_raw", "updated_on"},
    Format.BIBTEX: {"pmid", "openreview_id", "dblp_key", "acl_id"},
    Format.RIS: {"pmid"},
    Format.WEB_OF_SCIENCE: {"pmid"},
}
"""What only some dumps of a format state; the tests of the format have them."""
TABLES = {Format.DELIMITED_TABLE, Format.PARQUET_TABLE, Format.JSON_RECORDS}
"""Formats whose columns are those that a dump happens to have."""
PLACE = {"listing_id", "dump_id", "page", "position", "locator", "byte_start", "byte_end", "source_fields", "defect"}


def test_page_is_in_step() -> None:
    assert PAGE.read_text(encoding="utf-8") == formats_page(), "python -m assets.parse.document > docs/formats.md"


def test_every_format_has_one_reader() -> None:
    assert {reader.format for reader in READERS} == set(Format) - {Format.UNKNOWN}
    assert len({reader.format for reader in READERS}) == len(READERS)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.format))
def test_a_reader_says_what_it_is(reader: Reader) -> None:
    assert reader.detection.endswith(".")
    assert reader.detection[0].isupper() or reader.detection[0] == "`"
    assert reader.definition
    assert set(reader.delivers) <= set(polars_schema(Listings)) - PLACE


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.format))
def test_a_dump_fills_what_the_page_promises_and_nothing_else(reader: Reader) -> None:
    rows = listings_of(pl.concat(reader.read(fixture(reader, 12), NO_HINTS)), "0" * 64)
    lists = [name for name, dtype in rows.schema.items() if isinstance(dtype, pl.List)]
    is_filled = rows.select(pl.col(lists).list.len().max() > 0, pl.exclude(lists).is_not_null().any())
    filled = {name for name in rows.columns if is_filled[name][0]} - PLACE - IMPLIED
    assert filled <= set(reader.delivers)
    if reader.format not in TABLES:
        assert set(reader.delivers) - filled - IMPLIED == IN_SOME.get(reader.format, set())


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.format))
def test_a_record_is_found_again_by_its_place(reader: Reader) -> None:
    rows = listings_of(pl.concat(reader.read(fixture(reader), NO_HINTS)), "0" * 64)
    assert rows["locator"].n_unique() == rows.height
    if reader.locates_rows:
        assert rows["locator"].to_list() == [f"row {row}" for row in range(rows.height)]
        return
    assert rows["byte_start"].is_sorted()
    assert (rows["byte_end"] > rows["byte_start"]).all()
    assert (rows["byte_start"].shift(-1) >= rows["byte_end"]).all(), "records do not overlap"
