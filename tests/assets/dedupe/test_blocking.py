"""Blocking: every pair worth comparing once, and never more than the caps allow."""

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.blocking import NEIGHBOURS, Candidates, candidate_pairs, report
from assets.dedupe.forms import forms
from assets.dedupe.keys import blocking_keys
from assets.dedupe.linkage import compare_records
from schemas.match_vocabulary import BlockingKind
from schemas.matches import BlockingKeys
from tests.assets.dedupe.references import ROWS, Row, records

NOBODY = pl.DataFrame(schema={"listing_a": pl.String, "listing_b": pl.String, "verdict": pl.String})
CAP = 6


def blocked(rows: list[Row], *judged: tuple[str, str], cap: int = CAP) -> Candidates:
    pairs = pl.DataFrame(judged, schema=NOBODY.schema.names()[:2], orient="row") if judged else None
    return candidate_pairs(forms(records(rows)), pairs, cap=cap)


def pairs_of(candidates: Candidates) -> list[tuple[str, str]]:
    return candidates.pairs.select("listing_a", "listing_b").rows()


def titled(count: int, **fields: object) -> list[Row]:
    return [{"title": "Introduction", **fields} for _ in range(count)]


@pytest.mark.parametrize(
    ("size", "count"),
    [
        pytest.param(0, 0, id="nobody"),
        pytest.param(1, 0, id="one"),
        pytest.param(2, 1, id="two"),
        pytest.param(CAP, CAP * (CAP - 1) // 2, id="as many as the cap: all with all"),
        pytest.param(CAP + 1, 6 + 5 + 4 + 3 + 2, id="one more: with neighbours"),
        pytest.param(100, sum(100 - step for step in range(1, NEIGHBOURS + 1)), id="many"),
    ],
)
def test_pairs_of_one_block(size: int, count: int) -> None:
    found = blocked(titled(size))
    assert found.pairs.height == count
    assert (found.blocks.filter(kind="title")["capped_count"].sum() > 0) is (size > CAP)


def test_neighbours_are_those_that_are_most_alike() -> None:
    rows = [{"title": "Introduction", "authors": [f"Name{n % 10} Family{n % 10}"]} for n in range(20)]
    found = set(pairs_of(blocked(rows)))
    ids = records(rows)["listing_id"].to_list()
    assert {(ids[n], ids[n + 10]) for n in range(10)} <= found


@pytest.mark.parametrize("cap", [pytest.param(CAP, id="large blocks"), pytest.param(80, id="small blocks")])
@given(rows=st.lists(ROWS, max_size=9), data=st.data())
@settings(max_examples=8, deadline=None)
def test_every_pair_once_in_order_whatever_the_order_of_records(cap: int, rows: list[Row], data: st.DataObject) -> None:
    made = forms(records(rows))
    found = candidate_pairs(made, cap=cap)
    pairs = pairs_of(found)
    assert all(one < other for one, other in pairs)
    assert pairs == sorted(set(pairs))
    assert found.pairs["blocked_by"].list.eval(pl.element().n_unique() == pl.len()).list.all().all()
    assert found.pairs["blocked_by"].list.sort().equals(found.pairs["blocked_by"])
    shuffled = candidate_pairs(made[data.draw(st.permutations(range(len(rows))))] if rows else made, cap=cap)
    assert shuffled.pairs.equals(found.pairs)
    assert shuffled.blocks.sort("kind").equals(found.blocks.sort("kind"))


@given(rows=st.lists(ROWS, max_size=7))
@settings(max_examples=8, deadline=None)
def test_pairs_are_those_that_share_a_key(rows: list[Row]) -> None:
    made = forms(records(rows))
    keys = blocking_keys(made)
    held = {
        one: set(map(tuple, keys.filter(listing_id=one).select("kind", "key").rows())) for one in made["listing_id"]
    }
    shared = {
        (one, other): sorted({kind for kind, _ in held[one] & held[other]}) for one, other in combinations(held, 2)
    }
    found = {(one, other): kinds for one, other, kinds in candidate_pairs(made, cap=80).pairs.rows()}
    assert found == {pair: kinds for pair, kinds in shared.items() if kinds}


def test_judged_pairs_are_compared_whatever_their_keys() -> None:
    found = blocked([{"title": "Counting Gulls"}, {"title": "Ringing Bells"}, {"title": "Counting Gulls"}],
                    ("b", "a"), ("a", "c"), ("a", "c"), ("a", "elsewhere"), ("b", "b"))  # fmt: skip
    assert found.pairs.filter(listing_a="a", listing_b="b")["blocked_by"].to_list() == [["judgement"]]
    assert "judgement" in found.pairs.filter(listing_a="a", listing_b="c")["blocked_by"].item()
    assert pairs_of(found) == [("a", "b"), ("a", "c")]


def test_a_key_that_one_record_has_twice_is_no_block() -> None:
    found = blocked([{"title": "Abc", "authors": ["A. Anker"], "year": 2015}])
    assert found.pairs.is_empty()
    assert found.blocks.filter(pl.col("block_count") > 0).is_empty()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no records"),
        pytest.param([{}, {}, {}], id="records that state nothing"),
        pytest.param([{"title": "Counting Gulls"}, {"title": "Ringing Bells"}], id="nothing in common"),
        pytest.param(titled(7), id="one block"),
        pytest.param([{"title": f"Counting Gulls {n // 2}", "doi": f"10.5555/{n // 3}"} for n in range(12)], id="many"),
    ],
)
def test_the_report_adds_up(rows: list[Row]) -> None:
    compared = compare_records(records(rows), NOBODY)
    told, pairs = BlockingKeys.validate(compared.blocking, lazy=True), compared.pairs
    assert told["kind"].to_list() == sorted(told["kind"])
    assert told["pair_count"].sum() == pairs["blocked_by"].list.len().sum()
    assert told["only_count"].sum() == pairs.filter(pl.col("blocked_by").list.len() == 1).height
    for row in told.rows(named=True):
        brought = pairs.filter(pl.col("blocked_by").list.contains(row["kind"]))
        alone = brought.filter(pl.col("blocked_by").list.len() == 1)
        assert (row["pair_count"], row["only_count"]) == (brought.height, alone.height)
        matches = [part.filter(decision="match").height for part in (brought, alone)]
        assert [row["match_count"], row["only_match_count"]] == matches


def test_the_report_names_judgements() -> None:
    judged = pl.DataFrame([("a", "b", "same")], schema=NOBODY.schema, orient="row")
    told = compare_records(records([{"title": "Counting Gulls"}, {"title": "Ringing Bells"}]), judged).blocking
    assert told.filter(kind=BlockingKind.JUDGEMENT).select("pair_count", "match_count").rows() == [(1, 1)]


def test_report_of_pairs_that_were_decided_otherwise() -> None:
    candidates = blocked(titled(3))
    pairs = candidates.pairs.with_columns(decision=pl.lit("no_match"))
    assert report(candidates, pairs).filter(kind="title").select("pair_count", "match_count").rows() == [(3, 0)]
