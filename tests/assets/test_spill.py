"""Tables too large for memory: written in batches, checked on the way, never left half."""

from pathlib import Path

import polars as pl
import pytest

from assets.spill import SpillError, SpillWriter, batches
from schemas.enrichment import Links
from tests.frames import table


def rows(*numbers: int) -> pl.DataFrame:
    return table(
        "links",
        [
            {
                "paper_id": f"p{number:016x}",
                "url": "https://example.org",
                "url_raw": "example.org",
                "host": "example.org",
                "kind": "code",
                "status": "stated",
                "span_start": number,
                "span_end": number + 11,
            }
            for number in numbers
        ],
    )


def test_batches_come_back_in_order(tmp_path: Path):
    with SpillWriter(tmp_path / "new" / "links.parquet", Links) as writer:
        writer.write(rows(1, 2, 3))
        writer.write(rows())
        writer.write(rows(4))
    spill = writer.done()
    assert (spill.rows, spill.faults) == (4, ())
    assert spill.scan().collect().equals(rows(1, 2, 3, 4))
    assert [one.height for one in batches(spill.scan(), 3)] == [3, 1]


def test_an_empty_table_has_its_columns(tmp_path: Path):
    with SpillWriter(tmp_path / "links.parquet", Links) as writer:
        pass
    assert writer.done().scan().collect().equals(rows())
    assert [one.height for one in batches(writer.done().scan())] == [0]


def test_what_breaks_the_model_is_told(tmp_path: Path):
    with SpillWriter(tmp_path / "links.parquet", Links) as writer:
        writer.write(rows(1).with_columns(kind=pl.lit("nonsense")))
    (fault,) = writer.done().faults
    assert "kind" in fault
    assert "nonsense" in fault


def test_an_item_from_outside_its_vocabulary_is_told(tmp_path: Path):
    with SpillWriter(tmp_path / "links.parquet", Links) as writer:
        writer.write(rows(1).with_columns(flags=pl.lit(["nonsense"], dtype=pl.List(pl.String))))
    assert writer.done().faults == ("flags: 'nonsense' is no LinkFlag",)


def test_columns_may_come_in_any_order(tmp_path: Path):
    with SpillWriter(tmp_path / "links.parquet", Links) as writer:
        writer.write(rows(1).select(reversed(rows(1).columns)))
    assert writer.done().scan().collect().equals(rows(1))


def test_a_full_disk_is_no_fault_of_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pyarrow.parquet.ParquetWriter.write_table", full)
    writer = SpillWriter(tmp_path / "links.parquet", Links)
    with pytest.raises(SpillError, match="No space left on device"), writer:
        writer.write(rows(1))
    assert not list(tmp_path.iterdir())


def test_an_error_leaves_no_file(tmp_path: Path):
    writer = SpillWriter(tmp_path / "links.parquet", Links)
    with pytest.raises(pl.exceptions.ColumnNotFoundError), writer:
        writer.write(rows(1).drop("kind"))
    assert not list(tmp_path.iterdir())
