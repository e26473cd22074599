import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.topics import neighbors as module
from assets.enrich.topics.neighbors import NEAREST, SCALE, neighbors
from schemas.render import polars_schema
from schemas.topics import Neighbors
from tests.assets.enrich.topics.themes import points


def found(vectors: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([polars_schema(Neighbors).to_frame(), *neighbors(vectors)])


def plainly(vectors: pl.DataFrame) -> list[tuple[str, int, str, float]]:
    """The same by sorting everything."""
    ids, matrix = vectors["paper_id"].to_list(), vectors["vector"].to_numpy()
    rows = []
    for row, one in enumerate(ids):
        cosines = np.rint(matrix @ matrix[row] * SCALE).astype(int)
        order = sorted((-int(cosines[other]), name) for other, name in enumerate(ids) if other != row)
        kept = [(-negative, name) for negative, name in order[:NEAREST] if negative < 0]
        rows += [(one, rank, name, min(value, SCALE) / SCALE) for rank, (value, name) in enumerate(kept, start=1)]
    return rows


@given(count=st.sampled_from([0, 1, 2, 11, 40, 75]), seed=st.integers(0, 99), levels=st.sampled_from([2, 5, 1000]))
@settings(max_examples=25)
def test_as_when_everything_is_sorted(count, seed, levels) -> None:
    # few levels: many ties
    angles = np.random.default_rng(seed).integers(-levels, levels + 1, count) * np.pi / levels
    # in 64ths, whose products are exact: near a half, another order of the same sum would round the other way
    vectors = points((np.trunc(64 * np.stack([np.cos(angles), np.sin(angles)], axis=1)) / 64).tolist())
    assert found(vectors).rows() == plainly(vectors)


def test_blocks_change_nothing(monkeypatch) -> None:
    drawn = np.random.default_rng(1).standard_normal((200, 8))
    vectors = points((drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).tolist())
    whole = found(vectors)
    monkeypatch.setattr(module, "BLOCK_ITEMS", 1)
    monkeypatch.setattr(module, "PIECE", 37)
    assert found(vectors).equals(whole)
    assert found(vectors.sample(fraction=1, shuffle=True, seed=3)).equals(whole)


def test_nobody_is_a_neighbor_of_himself_and_opposites_are_none() -> None:
    rows = found(points([[1, 0], [0.8, 0.6], [-1, 0]])).rows()
    assert [row[:3] for row in rows] == [
        ("p0000000000000000", 1, "p0000000000000001"),
        ("p0000000000000001", 1, "p0000000000000000"),
    ]


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_for_neighbors(count) -> None:
    assert found(points([[1.0]] * count)).is_empty()


def test_equal_ones_go_by_id() -> None:
    rows = found(points([[1.0]] * (NEAREST + 3)))
    first = rows.filter(pl.col("paper_id") == "p0000000000000005")
    expected = [f"p{number:016x}" for number in range(NEAREST + 1) if number != 5]
    assert first["neighbor_id"].to_list() == expected
    assert Neighbors.validate(rows.select(polars_schema(Neighbors).names())).height == rows.height
