import numpy as np
import polars as pl
import pytest

from assets.enrich.topics import pools as module
from assets.enrich.topics.neighbors import neighbors
from assets.enrich.topics.pools import pools
from schemas.topics import DIMENSIONS


def clouds(count: int, centres: int = 12) -> np.ndarray:
    """Unit vectors in clouds."""
    drawn = np.random.default_rng(0)
    rows = np.repeat(drawn.standard_normal((centres, DIMENSIONS)), count // centres, axis=0)
    rows = drawn.permutation(rows + 0.8 * drawn.standard_normal(rows.shape))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def small(monkeypatch):
    """Sizes that make a small corpus a large one."""
    for name, value in {"WHOLE_UP_TO": 100, "POOL": 250, "CELL": 50, "LEARNED_FROM": 300, "BATCH": 128}.items():
        monkeypatch.setattr(module, name, value)


@pytest.mark.parametrize("count", [0, 1, 50])
def test_a_small_corpus_is_one_pool(count) -> None:
    (pool,) = pools(clouds(count, centres=max(count, 1)))
    assert pool.members.tolist() == pool.asked.tolist() == list(range(count))


@pytest.mark.usefixtures("small")
def test_everybody_is_asked_once_among_enough_others() -> None:
    points = clouds(600)
    found = list(pools(points))
    asked = np.concatenate([pool.members[pool.asked] for pool in found])
    assert sorted(asked.tolist()) == list(range(600))
    for pool in found:
        assert 250 <= len(pool.members) < 600
        assert (np.diff(pool.members) > 0).all()


@pytest.mark.usefixtures("small")
def test_a_large_corpus_has_nearly_the_same_neighbors(monkeypatch) -> None:
    vectors = pl.DataFrame(
        {"paper_id": [f"p{number:016x}" for number in range(600)], "vector": clouds(600)},
        schema={"paper_id": pl.String, "vector": pl.Array(pl.Float32, DIMENSIONS)},
    )
    pooled = pl.concat(neighbors(vectors))
    assert pl.concat(neighbors(vectors.sample(fraction=1, shuffle=True, seed=1))).equals(pooled)
    monkeypatch.setattr(module, "WHOLE_UP_TO", 10_000)
    whole = pl.concat(neighbors(vectors))
    both = pooled.join(whole, on=["paper_id", "neighbor_id"], how="semi")
    assert both.height >= 0.95 * whole.height
    assert not pooled.filter(pl.col("paper_id") == pl.col("neighbor_id")).height
