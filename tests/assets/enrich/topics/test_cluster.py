import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from assets.enrich.topics.cluster import PARTS, assign, cluster, stability


def bundles(sizes: list[int], noise: float = 0.1, seed: int = 0) -> np.ndarray:
    """Unit vectors in bundles round the axes."""
    drawn = np.random.default_rng(seed)
    rows = np.concatenate(
        [np.eye(16)[number] + noise * drawn.standard_normal((size, 16)) for number, size in enumerate(sizes)]
    )
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def parts(count: int) -> np.ndarray:
    return np.arange(count) % PARTS


def test_bundles_are_found_and_found_again() -> None:
    rows = bundles([30, 20, 25])
    clustering = cluster(rows, 3)
    assert sorted(np.bincount(clustering.member).tolist()) == [20, 25, 30]
    assert clustering.tightness > 0.9
    assert stability(rows, clustering, parts(75)).tolist() == [1, 1, 1]


def test_one_bundle_cut_in_two_is_not_stable() -> None:
    rows = bundles([60], noise=0.3)
    assert stability(rows, cluster(rows, 4), parts(60)).mean() < 0.75


def test_too_small_a_cluster_is_given_up() -> None:
    rows = bundles([30, 30, 2])
    assert len(cluster(rows, 3).centres) == 3
    kept = cluster(rows, 3, fewest=3)
    assert len(kept.centres) == 2
    assert np.bincount(kept.member).min() >= 30


@pytest.mark.parametrize(("points", "count"), [(1, 1), (1, 5), (3, 5), (4, 1)])
def test_more_centres_than_points_and_fewer(points, count) -> None:
    clustering = cluster(bundles([points]), count)
    assert len(clustering.member) == points
    assert 1 <= len(clustering.centres) <= min(count, points)


def test_equal_points_are_one_cluster_after_small_ones_are_given_up() -> None:
    rows = np.repeat(bundles([1]), 12, axis=0)
    clustering = cluster(rows, 4, fewest=3)
    assert len(clustering.centres) == 1


def test_margin_is_the_lead_over_the_next_centre() -> None:
    rows = np.array([[1, 0], [0.6, 0.8]], np.float32)
    member, similarity, margin = assign(rows, np.eye(2, dtype=np.float32))
    assert member.tolist() == [0, 1]
    assert similarity.tolist() == pytest.approx([1, 0.8])
    assert margin.tolist() == pytest.approx([1, 0.2])


def test_threads_change_nothing() -> None:
    rows = bundles([50, 70, 90, 40], noise=0.4)
    found = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            clustering = cluster(rows, 6)
            found.append((clustering.centres.tobytes(), stability(rows, clustering, parts(250)).tobytes()))
    assert found[0] == found[1]


@given(st.integers(1, 40), st.integers(1, 8), st.integers(0, 50))
@settings(max_examples=25)
def test_every_point_is_with_its_nearest_centre(count, clusters, seed) -> None:
    rows = bundles([count], noise=1.0, seed=seed)
    clustering = cluster(rows, clusters, fewest=2)
    assert np.array_equal(clustering.member, assign(rows, clustering.centres)[0])
    steady = stability(rows, clustering, parts(count))
    assert ((steady >= 0) & (steady <= 1)).all()
