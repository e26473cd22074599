"""Judgements as groups: transitive, and with their contradictions settled and told."""

from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.groups.rulings import rule
from schemas.matches import ClusterCuts
from tests.assets.dedupe.graphs import IDS, LETTERS, judged


def at(frame: pl.DataFrame, *hours: int) -> pl.DataFrame:
    return frame.with_columns(judged_at=pl.Series([datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in hours]))


def together(rulings: object) -> set[str]:
    grouped = rulings.together.group_by("group").agg(pl.col("listing_id").sort())
    return {"".join(LETTERS[member] for member in members) for members in grouped["listing_id"]}


def test_same_is_transitive_and_different_holds_for_the_group() -> None:
    rulings = rule(judged("ab bc", "cd"))
    assert together(rulings) == {"abc", "d"}
    assert rulings.apart.select("group_a", "group_b").rows() == [(IDS["a"], IDS["d"])]
    assert rulings.cuts.is_empty()


@pytest.mark.parametrize(
    ("told", "expected", "set_aside"),
    [
        pytest.param(judged("ab bc", "ac"), {"ab", "c"}, "bc", id="different comes before same where no time is known"),
        pytest.param(at(judged("ab bc", "ac"), 1, 2, 3), {"a", "bc"}, "ab", id="the latest first: different"),
        pytest.param(at(judged("ab bc", "ac"), 3, 2, 1), {"abc"}, None, id="the latest first: same"),
        pytest.param(at(judged("ab bc", "ac"), 2, 2, 2), {"ab", "c"}, "bc", id="at one time, different comes first"),
        pytest.param(judged("ab", "ab"), {"a", "b"}, "ab", id="the same two"),
    ],
)
def test_contradictions(told: pl.DataFrame, expected: set[str], set_aside: str | None) -> None:
    rulings = rule(told)
    assert together(rulings) == expected
    ClusterCuts.validate(rulings.cuts, lazy=True)
    (row,) = rulings.cuts.iter_rows()
    assert LETTERS[row[0]] + LETTERS[row[1]] in ("ac", "ab")
    if set_aside:
        assert f"that {IDS[set_aside[0]]} and {IDS[set_aside[1]]} are the same was set aside" in row[3]


def test_a_contradiction_leaves_other_judgements_alone() -> None:
    assert together(rule(judged("ab bc xy", "ac yz"))) == {"ab", "c", "xy", "z"}


def test_judgements_on_one_listing_and_none_at_all() -> None:
    for told in (judged("aa"), judged()):
        rulings = rule(told)
        assert rulings.together.is_empty()
        assert rulings.apart.is_empty()
        assert rulings.cuts.is_empty()


PAIRS = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from(["same", "same", "different"]),
    max_size=12,
)


@settings(max_examples=60)
@given(PAIRS, st.integers(0, 2**32 - 1))
def test_every_judgement_is_followed_or_told(verdicts: dict[tuple[str, str], str], seed: int) -> None:
    rows = [(IDS[a], IDS[b], verdict) for (a, b), verdict in verdicts.items()]
    told = pl.DataFrame(rows, schema=judged().schema, orient="row")
    rulings = rule(told)
    group = dict(rulings.together.iter_rows())
    contradictory = bool(rulings.cuts.height)
    for a, b, verdict in rows:
        holds = (group[a] == group[b]) == (verdict == "same")
        assert holds or (contradictory and verdict == "same")
    shuffled = rule(told.sample(fraction=1, shuffle=True, seed=seed))
    assert shuffled.together.equals(rulings.together)
    assert shuffled.apart.equals(rulings.apart)
    assert shuffled.cuts.equals(rulings.cuts)
