"""Connected components against the plainest way to find them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.dedupe.groups.graph import components, smallest


def plain(count: int, edges: list[tuple[int, int]]) -> list[int]:
    labels = list(range(count))
    for _ in range(count):
        for one, other in edges:
            labels[one] = labels[other] = min(labels[one], labels[other])
    return labels


def nodes(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.tuples(*[st.integers(0, n - 1)] * 2)))))
def test_components_are_named_by_their_smallest_node(graph: tuple[int, list[tuple[int, int]]]) -> None:
    count, edges = graph
    ends = nodes([a for a, _ in edges]), nodes([b for _, b in edges])
    assert components(*ends, count).tolist() == plain(count, edges)


COUNT = 100_000


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(np.arange(COUNT - 1), np.arange(1, COUNT), id="chain"),
        pytest.param(np.arange(1, COUNT), np.arange(COUNT - 1), id="chain the other way"),
        pytest.param(np.zeros(COUNT - 1, dtype=np.int64), np.arange(1, COUNT), id="star round the first"),
        pytest.param(np.full(COUNT - 1, COUNT - 1), np.arange(COUNT - 1), id="star round the last"),
        pytest.param(np.arange(1, COUNT), (np.arange(1, COUNT) - 1) // 2, id="tree"),
    ],
)
@pytest.mark.parametrize("shuffled", [False, True], ids=["numbered along", "numbered at random"])
def test_components_of_large_graphs(left: np.ndarray, right: np.ndarray, *, shuffled: bool) -> None:
    names = np.random.default_rng(0).permutation(COUNT) if shuffled else np.arange(COUNT)
    assert not components(names[left], names[right], COUNT).any()


def test_groups_are_renamed_by_their_smallest_member() -> None:
    assert smallest(nodes([3, 3, 0, 1, 3])).tolist() == [0, 0, 2, 3, 0]
    assert smallest(nodes([])).tolist() == []
