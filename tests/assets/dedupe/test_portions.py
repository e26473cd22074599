"""Papers are made portion by portion, and are what making all at once gives."""

from pathlib import Path

import polars as pl
import pytest

from assets.dedupe import golden, portions
from tests.assets.dedupe.members import members
from tests.frames import clean

PAPERS = [f"p{number:016x}" for number in range(4)]
ROWS = [
    {"id": str(number), "paper": PAPERS[number % 5 % 4], "title": f"Title {number % 3}", "year": 2000 + number % 2}
    for number in range(12)
] + [{"id": "alone", "paper": "p" + "f" * 16}]


@pytest.fixture
def listed(tmp_path: Path) -> tuple[pl.LazyFrame, pl.DataFrame]:
    path = tmp_path / "clean_listings.parquet"
    clean(*({name: value for name, value in row.items() if name != "paper"} for row in ROWS)).write_parquet(path)
    return pl.scan_parquet(path), members(*ROWS, texts=False)


@pytest.mark.parametrize("size", [1, 2, 4, 5, 100])
def test_portions_hold_whole_papers(listed: tuple[pl.LazyFrame, pl.DataFrame], size: int) -> None:
    whole = next(portions.papers_of_several(*listed))
    parts = list(portions.papers_of_several(*listed, size=size))
    assert pl.concat([one.papers for one in parts]).equals(whole.papers)
    assert pl.concat([one.values for one in parts]).equals(whole.values)
    assert pl.concat([one.relations for one in parts]).sort("listing_id").equals(whole.relations)
    assert whole.papers["paper_id"].to_list() == PAPERS
    assert whole.papers["conflict_count"].min() > 0


def test_a_listing_that_is_alone(listed: tuple[pl.LazyFrame, pl.DataFrame]) -> None:
    found = pl.concat(portions.papers_of_one(*listed))
    assert found["paper_id"].to_list() == ["p" + "f" * 16]


def test_no_listings(listed: tuple[pl.LazyFrame, pl.DataFrame]) -> None:
    clean_listings, placed = listed
    assert list(portions.papers_of_several(clean_listings, placed.clear())) == []
    assert pl.concat(portions.papers_of_one(clean_listings, placed.clear())).equals(
        golden.papers_of_one(members({"id": "a"}).clear())
    )
