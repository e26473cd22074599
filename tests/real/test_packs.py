"""All real folders in one survey: every record of every file is a listing, and the counts are those that are known."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from assets.parse.folder import find_files
from assets.parse.survey import Survey, survey

pytestmark = [pytest.mark.real, pytest.mark.slow]

RECORDS = {
    ("acl-anthology-xml", "acl_anthology"): 97_494,
    ("arxiv-daily-tables", "paper_tables"): 149_204,
    ("arxiv-harvest-jsonl", "arxiv_harvest"): 43_165,
    ("arxiv-oai-xml", "arxiv_yearly_xml"): 38_858,
    ("hf-daily-json", "daily_papers_json"): 5_841 + 300,  # 300 more in the files that hold Python's notation
    ("hf-weekly-text", "weekly_text"): 5_774,
    ("venue-json", "venue_json"): 59_700,
    ("dedupe-benchmarks", "json_records"): 20_842,
    ("arxiv-formats", "arxiv_snapshot"): 200,
    ("arxiv-formats", "arxiv_atom"): 221,  # and an error answer
    ("api-fixtures", "dblp_xml"): 131,
}
"""Pack and format -> records, those of a file that occurs twice counted twice."""
PACKS = sorted({pack for pack, _ in RECORDS} | {"asysd-exports", "bibtex-fixtures", "ris-endnote"})


@pytest.fixture(scope="module")
def found(packs: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Survey:
    folder = tmp_path_factory.mktemp("survey")
    top = {packs(name).parent for name in PACKS}
    return survey(find_files(top), folder / "cache", folder / "scratch")


def test_counts_are_those_that_are_known(found: Survey) -> None:
    places = found.dumps.with_columns(place=pl.concat_list(pl.concat_list("uri"), "also_at")).explode("place")
    counted = places.group_by(pl.col("place").str.extract("^([^/]+)/").alias("pack"), "format").agg(
        pl.col("listing_count").sum()
    )
    told = {(pack, name): count for pack, name, count in counted.iter_rows()}
    assert {key: told.get(key) for key in RECORDS} == RECORDS


def test_every_record_is_a_listing_and_every_other_file_has_a_reason(found: Survey) -> None:
    rows = pl.scan_parquet(list(found.paths), glob=False)
    listed = rows.group_by("dump_id").agg(pl.len().cast(pl.Int64)).collect()
    beside = found.dumps.join(listed, on="dump_id", how="left")
    assert (beside["listing_count"] == beside["len"].fill_null(0)).all()
    assert (found.dumps["listing_count"] > 0).eq(found.dumps["reason"].is_null()).all()


def test_no_personal_data_is_carried(found: Survey) -> None:
    rows = pl.scan_parquet(list(found.paths), glob=False)
    told = pl.concat_str("source_fields", pl.col("authors_raw").fill_null(""))
    for pattern in (r"[a-z0-9._-]+@[a-z0-9-]+\.[a-z]{2,}", r'"avatarUrl"', r'"submitter"', r'"submittedBy"'):
        assert rows.filter(told.str.contains(pattern)).select(pl.len()).collect().item() == 0, pattern
