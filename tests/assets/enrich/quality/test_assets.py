"""The step that measures quality: batch by batch, and as if at once."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import polars as pl
import pytest

from assets.enrich.quality import assets
from assets.spill import Spill, batches
from tests.assets.enrich.quality.profiles import ordinary, papers, profile

ROWS = [*(ordinary(number) for number in range(40)), ("X", "Withdrawn.", "en"), ("No Abstract at All", None, None)]


def test_batches_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "batches", partial(batches, size=9))
    table = papers(ROWS)
    table.write_parquet(tmp_path / "papers.parquet")
    step = assets.quality.op.compute_fn.decorated_fn
    told = list(step(SimpleNamespace(scratch=tmp_path / "scratch"), pl.scan_parquet(tmp_path / "papers.parquet")))
    assert all(one.passed for one in told if isinstance(one, dg.AssetCheckResult))
    made = {one.output_name: one.value for one in told if isinstance(one, dg.Output)}
    found = [one.scan().collect() if isinstance(one, Spill) else one for one in map(made.get, assets.TABLES)]
    for rows, expected in zip(found, profile(table), strict=True):
        assert rows.equals(expected)
    assert {path.name for path in (tmp_path / "scratch").iterdir()} == {"quality.parquet", "outliers.parquet"}
