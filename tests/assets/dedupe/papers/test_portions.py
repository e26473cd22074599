"""Papers are made portion by portion, and are what making all at once gives."""

from pathlib import Path

import polars as pl
import pytest

from assets.dedupe.papers.portions import portions
from tests.assets.dedupe.members import members
from tests.frames import clean

PAPERS = [f"p{number:016x}" for number in range(4)]
ALONE = "p" + "f" * 16
ROWS = [
    {"id": str(number), "paper": PAPERS[number % 5 % 4], "title": f"Title {number % 3}", "year": 2000 + number % 2}
    for number in range(12)
] + [{"id": "alone", "paper": ALONE}]


Listed = tuple[pl.LazyFrame, pl.LazyFrame, pl.DataFrame]


@pytest.fixture
def listed(tmp_path: Path) -> Listed:
    path, raw = tmp_path / "clean_listings.parquet", tmp_path / "listings.parquet"
    cleaned = clean(*({name: value for name, value in row.items() if name != "paper"} for row in ROWS))
    cleaned.write_parquet(path)
    cleaned.select("listing_id", title_raw="title", abstract_raw="abstract").write_parquet(raw)
    return pl.scan_parquet(path), pl.scan_parquet(raw), members(*ROWS, texts=False)


@pytest.mark.parametrize("size", [1, 2, 4, 5])
def test_portions_hold_whole_papers(listed: Listed, tmp_path: Path, size: int) -> None:
    (whole,) = portions(*listed, tmp_path / "whole")
    parts = list(portions(*listed, tmp_path / "parts", size=size))
    assert len(parts) > 1
    assert pl.concat([one.papers for one in parts]).equals(whole.papers)
    assert pl.concat([one.values for one in parts]).equals(whole.values)
    assert pl.concat([one.relations for one in parts]).sort("listing_id").equals(whole.relations)
    assert whole.papers["paper_id"].to_list() == [*PAPERS, ALONE]
    assert whole.papers["conflict_count"].to_list() == [2, 2, 2, 2, 0]
    assert set(whole.values["paper_id"]) == set(PAPERS)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["clean_listings.parquet", "listings.parquet"], "nothing is left behind"


def test_no_listings(listed: Listed, tmp_path: Path) -> None:
    clean_listings, raw, placed = listed
    assert list(portions(clean_listings, raw, placed.clear(), tmp_path / "none")) == []
