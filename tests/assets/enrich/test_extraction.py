"""What is found piece by piece is what is found at once, in the order of the papers, and a wrong span is counted."""

from pathlib import Path

import polars as pl
import pytest

from assets.enrich import extraction
from assets.enrich.extraction import each, extract, span_faults
from assets.enrich.links.extract import links
from schemas.enrichment import Links
from tests.assets.enrich.abstracts import papers

TEXTS = [f"Code: https://github.com/anker/gulls-{number}." if number % 3 else None for number in range(40)]


@pytest.mark.parametrize("size", [1, 7, 40])
def test_pieces_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    table = papers(*TEXTS).sort("paper_id")
    table.write_parquet(tmp_path / "papers.parquet")
    monkeypatch.setattr(extraction, "PIECE", size)
    found = extract(
        pl.scan_parquet(tmp_path / "papers.parquet"), links, Links, tmp_path / "links.parquet", surface="url_raw"
    )
    assert found.faults == 0
    assert found.rows.scan().collect().equals(links(table))


def test_an_error_in_a_piece_is_told() -> None:
    def broken(piece: pl.DataFrame) -> pl.DataFrame:
        return piece.select("absent")

    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        list(each(iter([papers("a"), papers("b")]), broken))


def test_a_span_that_holds_something_else_is_a_fault() -> None:
    table = papers("See https://example.org/a now.")
    found = links(table)
    assert span_faults(found, table, "url_raw") == 0
    assert span_faults(found.with_columns(pl.col("span_start") + 1), table, "url_raw") == 1
    assert span_faults(found.with_columns(paper_id=pl.lit("p" + "f" * 16)), table, "url_raw") == 1
