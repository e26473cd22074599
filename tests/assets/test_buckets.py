"""Rows come together by their bucket, whatever the order in which they lie on the disk."""

from pathlib import Path

import polars as pl
import pytest

from assets import spill
from assets.buckets import in_buckets

ROWS = pl.DataFrame(
    {"listing_id": [f"{number:02}" for number in range(20)], "names": [["a"] * (n % 3) for n in range(20)]}
)


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pl.LazyFrame:
    """A table of several batches."""
    ROWS.write_parquet(tmp_path / "rows.parquet")
    monkeypatch.setattr("assets.buckets.batches", lambda rows: spill.batches(rows, 6))
    return pl.scan_parquet(tmp_path / "rows.parquet")


def test_rows_of_a_bucket_come_together(rows: pl.LazyFrame, tmp_path: Path) -> None:
    numbers = ROWS.select("listing_id", bucket=pl.row_index() % 3).filter(pl.col("listing_id") != "04")
    found = list(in_buckets(rows, numbers.reverse(), tmp_path / "buckets"))
    assert [one.number for one in found] == [0, 1, 2]
    expected = [ROWS.join(numbers.filter(pl.col("bucket") == one), on="listing_id", how="semi") for one in range(3)]
    assert all(one.rows.equals(other) for one, other in zip(found, expected, strict=True))
    assert not (tmp_path / "buckets").exists()


def test_what_a_crash_left_is_in_nobodys_way(rows: pl.LazyFrame, tmp_path: Path) -> None:
    (tmp_path / "buckets").mkdir()
    (tmp_path / "buckets" / "0").write_bytes(b"half a bucket")
    numbers = ROWS.select("listing_id", bucket=pl.lit(1))
    (found,) = in_buckets(rows, numbers, tmp_path / "buckets")
    assert found.rows.equals(ROWS)


def test_files_are_gone_when_nobody_reads_on(rows: pl.LazyFrame, tmp_path: Path) -> None:
    reading = in_buckets(rows, ROWS.select("listing_id", bucket=pl.row_index() % 3), tmp_path / "buckets")
    next(reading)
    reading.close()
    assert not (tmp_path / "buckets").exists()


def test_no_rows(rows: pl.LazyFrame, tmp_path: Path) -> None:
    numbers = ROWS.select("listing_id", bucket=pl.lit(1)).clear()
    assert list(in_buckets(rows, numbers, tmp_path / "buckets")) == []
