"""Quality on the real dumps: ordinary abstracts are no outliers, and broken ones among them are."""

from pathlib import Path

import polars as pl
import pytest

from schemas.enrich_vocabulary import QualityOutlier
from tests.assets.enrich.quality.profiles import papers, profile
from tests.bench.links_report import cleaned, read_papers

pytestmark = pytest.mark.real


def test_broken_abstracts_are_told_from_real_ones(shared: Path) -> None:
    real = [
        (title, text, "en")
        for _, title, text in cleaned(read_papers(shared / "dumps")).select("paper_id", "title", "abstract").rows()
    ]
    (title, text, _), others = real[0], " ".join(text for _, text, _ in real[10:14])
    broken = [(title, f"{text} {text}", "en"), (title, others, "en"), (title, text.encode().hex(), None)]
    _, found, _ = profile(papers([*real, *broken]))
    told = (
        found.group_by("paper_id")
        .agg("outlier")
        .with_columns(number=pl.col("paper_id").str.slice(1).str.to_integer(base=16))
    )
    outliers = dict(told.select("number", "outlier").iter_rows())
    assert len([number for number in outliers if number < len(real)]) <= len(real) // 200
    doubled, merged, coded = (set(outliers[len(real) + number]) for number in range(3))
    assert QualityOutlier.REPETITIVE in doubled
    assert QualityOutlier.TOO_LONG in merged
    assert {QualityOutlier.MANY_DIGITS, QualityOutlier.LONG_WORDS, QualityOutlier.ODD_SPELLING} <= coded
