"""The matcher on works that never were: each as several sources would state it, beside works that only look alike."""

import random
from dataclasses import replace
from itertools import product

import polars as pl
import pytest

from assets.dedupe import linkage
from schemas.match_vocabulary import Decision
from tests.bench.labelled import MADE_UP, TEXTS, made_up, ordered, pairs_of, records_of, score
from tests.bench.linkage_report import decided
from tests.damage import DISTINCTIVE, SIBLINGS, VARIANTS, labelled
from tests.works import Record, work

COUNT = 40
"""Works that each way of stating them is tried on."""
HIDDEN = ("", "doi", "doi abstract")
"""Fields that the second record does not state, beside those that a way takes from it."""
FIELDS = [name for name in TEXTS if name not in ("record_id", "source", "authors")]


def without(one: Record, hidden: str) -> Record:
    """A record without the fields that are named."""
    return replace(one, doi="" if "doi" in hidden else one.doi, abstract="" if "abstract" in hidden else one.abstract)


@pytest.fixture(scope="module")
def told() -> pl.DataFrame:
    """Each work beside what every way makes of it: columns way, hidden and decision, and the titles."""
    rows, pairs = [], []
    for way, hidden in product((*VARIANTS, *SIBLINGS), HIDDEN):
        for number in range(COUNT):
            name = f"{way.__name__} {hidden} {number}"
            pairs.append({"a": f"{name} a", "b": f"{name} b", "way": way.__name__, "hidden": hidden})
            sides = {"a": work(number), "b": without(way(work(number), random.Random(number)), hidden)}
            for side, one in sides.items():
                stated = {field: getattr(one, field) for field in FIELDS}
                rows.append(
                    {"record_id": f"{name} {side}", "source": side, "authors": "; ".join(one.authors), **stated}
                )
    table = pl.DataFrame(pairs)
    found = decided(ordered(table.select("a", "b")), records_of(pl.DataFrame(rows).select(TEXTS)))
    return table.join(found, left_on=["a", "b"], right_on=["listing_a", "listing_b"], how="left", validate="1:1")


@pytest.mark.parametrize("way", [pytest.param(way.__name__, id=way.__name__) for way in VARIANTS])
def test_one_work_stated_in_another_way_is_the_same(told: pl.DataFrame, way: str) -> None:
    of_way = told.filter(way=way)
    missed = of_way.filter(pl.col("decision") != Decision.MATCH)
    assert missed.filter(hidden="").is_empty(), missed
    assert missed.height <= 0.03 * of_way.height, missed
    assert Decision.NO_MATCH not in missed["decision"]


@pytest.mark.parametrize("way", [pytest.param(way.__name__, id=way.__name__) for way in SIBLINGS])
def test_a_work_that_looks_alike_is_another(told: pl.DataFrame, way: str) -> None:
    joined = told.filter(way=way).filter(pl.col("decision") == Decision.MATCH)
    assert joined.is_empty(), joined


def test_a_whole_set() -> None:
    made = made_up(200)
    linked = linkage.link(made.records)
    reached = score(pairs_of(linked.groups), made.truth)
    assert reached.precision == 1, reached
    assert reached.recall >= 0.99, reached


def test_any_order_of_the_records_gives_the_same() -> None:
    made = made_up(100)
    whole = linkage.link(made.records)
    shuffled = linkage.link(made.records.sample(fraction=1, shuffle=True, seed=3))
    assert whole.groups.equals(shuffled.groups)
    assert whole.compared.pairs.equals(shuffled.compared.pairs)
    assert whole.cuts.equals(shuffled.cuts)


def test_what_is_decided_on_a_pair_depends_on_the_pair_alone() -> None:
    made = made_up(100)
    everything = linkage.compare_records(made.records).pairs
    half = made.records.filter(pl.col("listing_id").str.slice(-1).is_in(list("02468")))
    alone = linkage.compare_records(half).pairs.drop("blocked_by")
    again = alone.join(everything.drop("blocked_by"), on=alone.columns, how="semi", nulls_equal=True)
    compared_in_both = alone.join(everything, on=["listing_a", "listing_b"], how="semi")
    assert compared_in_both.height > 0
    assert again.height == compared_in_both.height


def test_the_set_is_always_the_same_and_another_seed_gives_another() -> None:
    assert made_up(30).name == MADE_UP
    assert labelled(30).equals(labelled(30))
    assert not labelled(30).equals(labelled(30, seed=1))
    assert set(DISTINCTIVE) < set(VARIANTS)
