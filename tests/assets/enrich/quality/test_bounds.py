"""What is usual, and that few papers, or many broken ones, do not move the bounds by chance."""

import random

import polars as pl
import pytest

from assets.enrich.quality.bounds import LEAST_PAPERS, bounds, languages
from assets.enrich.quality.scales import SCALES, Spread
from schemas.enrich_vocabulary import QualityMeasure, QualityOutlier
from schemas.quality import Quality
from schemas.render import polars_schema
from tests.assets.enrich.quality.profiles import ordinary, papers, profile


def words(counts: list[int], language: str = "en") -> pl.LazyFrame:
    schema = polars_schema(Quality)
    rows = pl.DataFrame({"abstract_words": counts, "compared_with": language})
    return rows.select(
        pl.col(name) if name in rows.columns else pl.lit(None, schema[name]).alias(name) for name in schema
    ).lazy()


def of_words(*parts: pl.LazyFrame) -> dict[str, dict[str, float]]:
    found = bounds(pl.concat(parts)).filter(pl.col("measure") == QualityMeasure.ABSTRACT_WORDS)
    return {row["language"]: row for row in found.to_dicts()}


def usual(count: int, seed: int = 1) -> list[int]:
    chance = random.Random(seed)
    return [round(chance.lognormvariate(5.2, 0.25)) for _ in range(count)]


def test_usual_values_and_bounds() -> None:
    row = of_words(words(usual(2000)))["en"]
    assert row["paper_count"] == 2000
    assert (
        0 < row["lower_bound"] < row["low_value"] < row["median_value"] < row["high_value"] < row["upper_bound"] < 700
    )


def test_a_quarter_of_broken_papers_moves_bounds_little() -> None:
    sound, broken = usual(300), [3] * 40 + [9000] * 40
    before, after = (of_words(words(counts))["en"] for counts in (sound, sound + broken))
    assert after["upper_bound"] < 2 * before["upper_bound"] < 9000
    assert after["lower_bound"] > before["lower_bound"] / 3 > 3


@pytest.mark.parametrize(
    ("count", "has_bounds"),
    [pytest.param(LEAST_PAPERS - 1, False, id="too few"), pytest.param(LEAST_PAPERS, True, id="enough")],
)
def test_few_papers_have_no_bounds(count: int, has_bounds: bool) -> None:
    assert (of_words(words(usual(count)))["en"]["upper_bound"] is not None) == has_bounds


def test_few_papers_have_wide_bounds() -> None:
    few, many = (of_words(words(usual(count)))["en"] for count in (25, 5000))
    assert few["upper_bound"] > 1.3 * many["upper_bound"]


def test_equal_papers_have_room() -> None:
    row = of_words(words([150] * 100))["en"]
    assert row["lower_bound"] < 40
    assert row["upper_bound"] > 350


def test_languages_are_compared_apart() -> None:
    rows = of_words(words(usual(100)), words([20] * 50, "zh"))
    assert rows["zh"]["median_value"] == 20
    assert rows["zh"]["upper_bound"] < rows["en"]["upper_bound"] / 2


def test_no_bound_is_above_every_share() -> None:
    quality, *_, limits = profile(papers([ordinary(number) for number in range(30)]))
    shares = limits.filter(pl.col("measure").str.ends_with("_share")).drop_nulls("upper_bound")
    assert quality.height == 30
    assert shares["upper_bound"].max() < 1


def test_order_does_not_matter() -> None:
    counts = usual(500)
    shuffled = random.Random(3).sample(counts, len(counts))
    assert bounds(words(counts)).equals(bounds(words(shuffled)))


def test_nothing_is_usual_of_nothing() -> None:
    assert bounds(words([])).is_empty()


def test_languages_with_papers_enough() -> None:
    told = ["en"] * 30 + ["fr"] * LEAST_PAPERS + ["de"] * (LEAST_PAPERS - 1) + ["aa"] * LEAST_PAPERS + [None] * 50
    assert languages(pl.LazyFrame({"language": told})).to_list() == ["en", "aa", "fr"]


@pytest.mark.parametrize("spread", Spread, ids=lambda spread: spread.value)
def test_scales_lead_there_and_back(spread: Spread) -> None:
    values = pl.DataFrame({"value": [0.01, 0.5, 1.0, 250.0]})
    back = values.select(spread.plain(spread.scaled(pl.col("value"))))
    assert back["value"].to_list() == pytest.approx(values["value"].to_list())


def test_every_measure_and_every_outlier_is_used_once() -> None:
    ends = [end.outlier for scale in SCALES for end in (scale.low, scale.high) if end]
    assert sorted([*ends, QualityOutlier.OTHER_LANGUAGE]) == sorted(QualityOutlier)
    assert sorted([*(scale.measure for scale in SCALES), QualityMeasure.LANGUAGE]) == sorted(QualityMeasure)
    columns = polars_schema(Quality)
    assert all(scale.measure in columns and columns.keys() >= dict(scale.asks).keys() for scale in SCALES)
