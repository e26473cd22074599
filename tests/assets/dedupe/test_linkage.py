"""Linkage: the whole way from a few records to groups."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.linkage import NO_JUDGEMENTS, Linkage, compare_records, link, plausible
from schemas.matches import BlockingKeys, ClusterCuts, MatchPairs
from schemas.render import polars_schema
from tests.assets.dedupe.references import ROWS, Row, records

GULLS: Row = {
    "title": "Adaptive Mapping of Northern Gulls under Heavy Rain",
    "authors": ["Ada Anker", "Bo Brandt", "Carla Castell"],
    "venue": "Journal of Harbour Engineering",
    "year": 2015,
    "volume": "12",
    "pages": "101-110",
}
CITED: Row = {
    **GULLS,
    "title": "Adaptive mapping of northern gulls under heavy rain.",
    "authors": ["Anker A", "Brandt B", "Castell C"],
    "venue": "J Harb Eng",
    "pages": "101-10",
}
BELLS: Row = {"title": "Ringing Bells of Two Harbours", "authors": ["Noé Nagy"], "year": 2011}


def judged(*rows: tuple[str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=NO_JUDGEMENTS.schema, orient="row")


def groups(linked: Linkage) -> str:
    """The groups, each as the letters of its records."""
    found = linked.groups.group_by("cluster").agg(pl.col("listing_id").sort().str.join("")).sort("cluster")
    return " ".join(found["listing_id"])


@pytest.mark.parametrize(
    ("rows", "verdicts", "expected"),
    [
        pytest.param([], [], "", id="no records"),
        pytest.param([GULLS], [], "a", id="one record"),
        pytest.param([{}, {}, {}], [], "a b c", id="records that state nothing"),
        pytest.param([GULLS, CITED, BELLS], [], "ab c", id="a work cited in two ways"),
        pytest.param([GULLS, BELLS], [("a", "b", "same")], "ab", id="judged the same"),
        pytest.param([GULLS, CITED], [("a", "b", "different")], "a b", id="judged different"),
        pytest.param([GULLS, CITED, BELLS], [("b", "c", "same")], "abc", id="judged the same as one of two"),
        pytest.param([GULLS], [("a", "elsewhere", "same")], "a", id="judged with a record that is not there"),
    ],
)
def test_groups(rows: list[Row], verdicts: list[tuple[str, str, str]], expected: str) -> None:
    linked = link(records(rows), judged(*verdicts))
    assert groups(linked) == expected
    assert linked.compared.pairs.schema == polars_schema(MatchPairs)
    assert linked.compared.blocking.schema == polars_schema(BlockingKeys)
    assert linked.cuts.schema == polars_schema(ClusterCuts)


@pytest.mark.parametrize(
    ("one_to_one", "expected"),
    [pytest.param(False, "abc d", id="any number"), pytest.param(True, "ac b d", id="one to one")],
)
def test_databases_without_duplicates(one_to_one: bool, expected: str) -> None:
    """The second record of a source is left to itself, and the better partner is chosen."""
    rows = [
        {**GULLS, "source": "library"},
        {**GULLS, "source": "library", "year": 2016, "pages": "102-111"},
        {**CITED, "source": "index"},
        {**BELLS, "source": "index"},
    ]
    assert groups(link(records(rows), one_to_one=one_to_one)) == expected


def test_unclear_evidence_counts_between_databases_without_duplicates() -> None:
    short: Row = {"title": "Counting Gulls", "year": 2015}
    rows = records([{**short, "source": "library"}, {**short, "source": "index"}])
    assert groups(link(rows)) == "a b"
    assert groups(link(rows, one_to_one=True)) == "ab"
    pairs = link(rows, one_to_one=True).compared.pairs
    assert pairs["decision"].to_list() == ["unsure"]  # what is published is what was decided
    assert plausible(pairs)["decision"].to_list() == ["match"]


def test_a_judged_pair_is_compared_and_told() -> None:
    compared = compare_records(records([GULLS, BELLS]), judged(("a", "b", "different")))
    assert compared.pairs.select("reason", "score").rows() == [("judged_different", 0.0)]
    assert compared.pairs["blocked_by"].to_list() == [["judgement"]]


@given(rows=st.lists(ROWS, max_size=6), data=st.data())
@settings(max_examples=5, deadline=None)
def test_every_record_is_in_one_group_whatever_the_order(rows: list[Row], data: st.DataObject) -> None:
    made = records(rows)
    linked = link(made)
    assert linked.groups["listing_id"].to_list() == sorted(made["listing_id"])
    assert (linked.groups["cluster"] <= linked.groups["listing_id"]).all()
    again = link(made[data.draw(st.permutations(range(len(rows))))] if rows else made)
    assert again.groups.equals(linked.groups)
    assert again.compared.pairs.equals(linked.compared.pairs)
