"""References are compared where they lead to a listing of a feed, and nowhere else."""

import polars as pl
import pytest

from assets.dedupe.linkage import NO_JUDGEMENTS
from assets.dedupe.reach import compare_reached

PAIR = ("listing_a", "listing_b")


def pairs(text: str) -> pl.DataFrame:
    """`ab bc` -> two pairs."""
    return pl.DataFrame([tuple(pair) for pair in text.split()], schema=dict.fromkeys(PAIR, pl.String), orient="row")


def feeds(names: str) -> pl.DataFrame:
    return pl.DataFrame({"listing_id": list(names)}, schema={"listing_id": pl.String})


def compared(candidates: str, of_feeds: str, matching: str, judged: pl.DataFrame = NO_JUDGEMENTS) -> str:
    """The pairs that were compared, in the same writing."""
    seen: list[tuple[str, ...]] = []

    def compare(some: pl.DataFrame) -> pl.DataFrame:
        seen.extend(some.select(PAIR).iter_rows())
        is_match = pl.concat_str(PAIR).is_in(matching.split())
        return some.select(*PAIR, decision=pl.when(is_match).then(pl.lit("match")).otherwise(pl.lit("no_match")))

    found = compare_reached(pairs(candidates), feeds(of_feeds), judged, compare)
    assert len(seen) == len(set(seen)), "no pair is compared twice"
    assert found.select(PAIR).rows() == sorted(seen)
    return " ".join("".join(pair) for pair in found.select(PAIR).iter_rows())


@pytest.mark.parametrize(
    ("candidates", "of_feeds", "matching", "expected"),
    [
        pytest.param("ab bc cd", "abcd", "ab", "ab bc cd", id="feeds alone: every pair"),
        pytest.param("ax xy yz", "a", "", "ax", id="no match leads nowhere"),
        pytest.param("ax xy yz", "a", "ax", "ax xy", id="a match leads on"),
        pytest.param("ax xy yz", "a", "ax xy yz", "ax xy yz", id="as far as matches go"),
        pytest.param("ax ay xy", "a", "ax ay", "ax ay xy", id="two references of one paper are compared"),
        pytest.param("ax yz", "a", "ax yz", "ax", id="references that no feed lists are not"),
        pytest.param("xy", "a", "xy", "", id="nothing reached"),
        pytest.param("", "a", "", "", id="nothing to compare"),
        pytest.param("ax", "", "ax", "", id="no feeds"),
    ],
)
def test_reach(candidates: str, of_feeds: str, matching: str, expected: str) -> None:
    assert compared(candidates, of_feeds, matching) == expected


def test_a_judgement_leads_on_as_a_match_does() -> None:
    same = pairs("ax").with_columns(verdict=pl.lit("same"))
    assert compared("ax xy", "a", "", same) == "ax xy"
    different = pairs("ax").with_columns(verdict=pl.lit("different"))
    assert compared("ax xy", "a", "", different) == "ax"
