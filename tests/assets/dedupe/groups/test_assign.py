"""One to one between databases without duplicates, and at most one record a source among more of them."""

from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.groups import matching
from assets.dedupe.groups.cluster import cluster
from assets.dedupe.groups.matching import heaviest
from tests.assets.dedupe.graphs import cuts, groups, judged, pairs, records


def sources(**letters: str) -> dict[str, dict[str, str]]:
    return {"source": {letter: source for source, listed in letters.items() for letter in listed}}


def linked(names: str, matches: str, same: str = "", *, databases: dict[str, str], **scores: float) -> object:
    rows = records(names, **sources(**databases))
    return cluster(rows, pairs(matches, **scores), judged(same), one_to_one=True)


@pytest.mark.parametrize(
    ("matches", "scores", "expected", "cut"),
    [
        pytest.param("ax by", {}, "ax by c z", "", id="nobody competes"),
        pytest.param("ax bx", {"ax": 0.8, "bx": 0.9}, "a bx c y z", "ax", id="the better of two"),
        pytest.param("ab ax", {}, "ax b c y z", "ab", id="never two of one database"),
        pytest.param(
            "ax ay bx", {"ax": 0.9, "ay": 0.88, "bx": 0.88}, "ay bx c z", "ax", id="all together, not the best first"
        ),
        pytest.param("ax ay bx", {"ax": 0.999}, "ax b c y z", "ay bx", id="unless the best outweighs the others"),
        pytest.param("ax ay az bx by bz cx cy cz", {"az": 0.99, "bx": 0.99, "cy": 0.99}, "az bx cy", None, id="block"),
    ],
)
def test_two_databases(matches: str, scores: dict[str, float], expected: str, cut: str | None) -> None:
    usual = dict.fromkeys(matches.split(), 0.9) | scores
    found = linked("abcxyz", matches, databases={"one": "abc", "two": "xyz"}, **usual)
    assert groups(found) == expected
    if cut is not None:
        assert cuts(found) == {(pair, "same_source") for pair in cut.split()}


@pytest.mark.parametrize(
    ("matches", "expected", "cut"),
    [
        pytest.param("ax bx", "a b c x y z", "ax", id="two for one"),
        pytest.param("ax ay bx by", "a b c x y z", "ax by", id="twins on both sides"),
        pytest.param("ax ay bx by cz", "a b cz x y", "ax by", id="and another pair that nobody contests"),
    ],
)
def test_a_tie_is_no_evidence(matches: str, expected: str, cut: str) -> None:
    found = linked("abcxyz", matches, databases={"one": "abc", "two": "xyz"}, **dict.fromkeys(matches.split(), 0.9))
    assert groups(found) == expected
    assert {(pair, "ambiguous") for pair in cut.split()} <= cuts(found)


@pytest.mark.parametrize(
    ("matches", "expected"),
    [
        pytest.param("am mx ax", "amx b", id="one of each"),
        pytest.param("am bm mx", "amx b", id="two compete for the middle"),
        pytest.param("am mx bx", "amx b", id="a chain through three databases back to the first"),
    ],
)
def test_three_databases(matches: str, expected: str) -> None:
    rows = records("abmx", **sources(one="ab", two="m", three="x"))
    found = cluster(rows, pairs(matches, am=0.99, mx=0.98), judged(), one_to_one=True)
    assert groups(found) == expected
    assert {reason for _, reason in cuts(found)} <= {"same_source"}


def test_a_judgement_joins_two_records_of_one_database() -> None:
    found = linked("abx", "ax bx", "ab", databases={"one": "ab", "two": "x"})
    assert groups(found) == "abx"


def test_a_record_whose_database_is_not_told_competes_with_nobody() -> None:
    rows = records("abx").with_columns(source=pl.lit(None, dtype=pl.String))
    assert groups(cluster(rows, pairs("ax bx"), judged(), one_to_one=True)) == "abx"


EDGES = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 20), min_size=1, max_size=10)


def best_total(edges: dict[tuple[int, int], int]) -> int:
    """The greatest weight of any choice of edges without a shared end, by trying all."""
    return max(
        sum(edges[edge] for edge in chosen)
        for size in range(6)
        for chosen in combinations(edges, size)
        if len({left for left, _ in chosen}) == len({right for _, right in chosen}) == size
    )


def arrays(edges: dict[tuple[int, int], int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    left, right = np.array(sorted(edges)).T
    return left, right, np.array([edges[edge] for edge in sorted(edges)])


@settings(max_examples=60)
@given(EDGES)
def test_the_choice_is_the_heaviest(edges: dict[tuple[int, int], int]) -> None:
    left, right, weight = arrays(edges)
    chosen = heaviest(left, right, weight)
    assert len(set(left[chosen])) == len(set(right[chosen])) == chosen.size
    assert weight[chosen].sum() == best_total(edges)


@settings(max_examples=60)
@given(EDGES)
def test_exchanges_are_one_to_one_and_no_worse_than_the_best_first(edges: dict[tuple[int, int], int]) -> None:
    left, right, weight = arrays(edges)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "EXACT_NODES", 0)
        chosen = heaviest(left, right, weight)
    assert len(set(left[chosen])) == len(set(right[chosen])) == chosen.size
    assert best_total(edges) / 2 <= weight[chosen].sum() <= best_total(edges)


def test_an_exchange_finds_the_second_partner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "EXACT_NODES", 0)
    left, right, weight = arrays({(0, 0): 10, (0, 1): 8, (1, 0): 8})
    assert heaviest(left, right, weight).tolist() == [1, 2]


def test_a_large_block_is_assigned_in_bounded_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "EXCHANGE_STEPS", 1_000)
    left, right = np.divmod(np.arange(200 * 300), 300)
    chosen = heaviest(left, right, 1 + (left * 7 + right * 13) % 100)
    assert len(set(left[chosen])) == len(set(right[chosen])) == chosen.size == 200
