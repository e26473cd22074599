import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from assets.enrich.topics import space
from assets.enrich.topics.space import fit, project
from schemas.topics import DIMENSIONS
from tests.assets.enrich.topics.themes import papers, titled


def placed(rows: pl.DataFrame) -> np.ndarray:
    known, points = project(rows, fit(rows))
    assert known.all()
    return points


@pytest.fixture(params=["exact", "randomised"])
def method(request, monkeypatch):
    """Both ways to find the directions."""
    if request.param == "randomised":
        pytest.importorskip("sklearn")
        monkeypatch.setattr(space, "EXACT_UP_TO", 0)
        monkeypatch.setattr(space, "DIMENSIONS", 20)
    return request.param


@pytest.mark.usefixtures("method")
def test_papers_of_a_theme_are_near() -> None:
    rows = papers(60)
    known, points = project(rows, fit(rows))
    assert known.all()
    assert np.allclose(np.linalg.norm(points, axis=1), 1, atol=1e-5)
    similar = points @ points.T
    same = (rows["theme"].to_numpy()[:, None] == rows["theme"].to_numpy()) & ~np.eye(60, dtype=bool)
    assert similar[same].min() > similar[~same & ~np.eye(60, dtype=bool)].max()


@pytest.mark.parametrize("count", [0, 1, 2, 20])
def test_any_number_of_papers(count) -> None:
    rows = papers(count)
    known, points = project(rows, fit(rows))
    assert len(known) == count
    assert points.shape == (known.sum(), DIMENSIONS)
    assert known.sum() == (20 if count == 20 else 0)  # the first two have no word in common


def test_dimensions_beyond_the_rank_are_zero() -> None:
    points = placed(papers(6))
    assert not points[:, 6:].any()


def test_a_text_without_a_known_word_has_no_vector() -> None:
    rows = titled(("Tea kettle", "boiling tea"), ("Kettle of tea", "boiling"), ("$$", None), ("Zebra", "giraffe"))
    known, points = project(rows, fit(rows))
    assert known.tolist() == [True, True, False, False]
    assert len(points) == 2


def test_a_title_is_enough() -> None:
    rows = titled(("Tea kettle", "boiling tea"), ("Kettle of tea", None))
    assert project(rows, fit(rows))[0].all()


def test_twice_the_same_text_is_the_same_point() -> None:
    points = placed(pl.concat([papers(12), papers(12)]))
    assert (points[:12] == points[12:]).all()


@pytest.mark.usefixtures("method")
def test_threads_change_nothing() -> None:
    rows = papers(90)
    found = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            found.append(project(rows, fit(rows))[1].tobytes())
    assert found[0] == found[1]


def test_directions_have_one_sign() -> None:
    directions = fit(papers(30)).directions
    used = directions[:, directions.any(axis=0)]
    assert (used[np.abs(used).argmax(axis=0), np.arange(used.shape[1])] > 0).all()


def test_words_of_everybody_tell_nothing() -> None:
    rows = papers(space.COMMON_FROM).with_columns(pl.col("abstract") + " Lamplight.")
    assert "lamplight" not in fit(rows).terms.to_list()
    assert "lamplight" in fit(rows.head(space.COMMON_FROM - 1)).terms.to_list()


@given(st.lists(st.tuples(st.text(max_size=30), st.none() | st.text(max_size=60)), max_size=8))
@settings(max_examples=20)
def test_any_texts_have_places(texts) -> None:
    rows = titled(*texts)
    known, points = project(rows, fit(rows))
    assert points.shape == (known.sum(), DIMENSIONS)
    assert np.isfinite(points).all()
