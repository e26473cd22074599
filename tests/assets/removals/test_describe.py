"""Descriptions: the ids of a removed paper are out of every register while it is gone, and back when it is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from assets.dedupe.papers.identity import Known, resolve
from assets.dedupe.papers.identity_keys import identity_keys
from assets.removals.describe import remember
from assets.removals.lines import Removal
from tests.frames import clean, listing_id
from tests.removals import ABSTRACT, TITLE, removal

TODAY = date(2025, 3, 1)
PAPERS = {
    "a": {"title": TITLE, "abstract": ABSTRACT, "arxiv_id": "2403.00001"},
    "b": {"title": "On Other Things Entirely"},
}


def published(*names: str, known: Known | None = None) -> tuple[Known, dict[str, str]]:
    """What is remembered after a run over some listings, each a paper, and their ids."""
    rows = clean(*({"id": name, **PAPERS.get(name, {"title": f"Number {name} of its Kind"})} for name in names))
    clusters = rows.select("listing_id", cluster="listing_id")
    keys = identity_keys(rows)
    who = resolve(clusters, keys, known or Known.nothing(), TODAY)
    listed = who.paper_ids.select("paper_id", listing_id="cluster")
    named = {listing_id(name): name for name in names}
    ids = {named[cluster]: paper for cluster, paper in who.paper_ids.iter_rows()}
    return Known(who.keys, who.aliases, who.splits, listed), ids


def keys_of(*names: str) -> pl.DataFrame:
    return identity_keys(clean(*({"id": name, **PAPERS[name]} for name in names)))


def taken_down(known: Known, paper_id: str) -> Removal:
    row = {"id": "a", "title_raw": TITLE, "abstract_raw": ABSTRACT, "arxiv_id": "2403.00001"}
    return removal(row, known=known, paper_id=paper_id)


@pytest.fixture
def first() -> tuple[Known, dict[str, str]]:
    """Two papers, of which the first has an alias and was split from a third."""
    known, ids = published("a", "b")
    old, third = "p" + "1" * 16, "p" + "3" * 16
    aliases = pl.DataFrame([(old, ids["a"], TODAY)], schema=known.aliases.schema, orient="row")
    split = pl.DataFrame(
        [{"from_paper_id": third, "paper_id": ids["a"], "since": TODAY, "listing_count": 1}], schema=known.splits.schema
    )
    return replace(known, aliases=aliases, splits=split), ids


def test_while_it_is_gone_nothing_names_it_and_nobody_gets_its_ids(first: tuple[Known, dict[str, str]]) -> None:
    known, ids = first
    gone = taken_down(known, ids["a"])
    left = remember(known, keys_of("b"), [gone])
    assert not {ids["a"], "p" + "1" * 16} & {*left.keys["paper_id"], *left.aliases["old_paper_id"]}
    assert left.aliases.is_empty()
    assert left.splits.is_empty()
    assert left.listings["paper_id"].to_list() == [ids["b"]]
    assert left.reserved == gone.ids == {ids["a"], "p" + "1" * 16}
    again, now = published("a", "b", known=left)
    assert now["b"] == ids["b"]
    assert now["a"] not in gone.ids, "its key would mint its id again"
    assert not gone.ids & {*again.keys["paper_id"]}


def test_taken_back_it_has_its_id_its_aliases_and_splits_again(first: tuple[Known, dict[str, str]]) -> None:
    known, ids = first
    gone = taken_down(known, ids["a"])
    between, _ = published("b", known=remember(known, keys_of("b"), [gone]))
    back = replace(gone, undone_at=datetime(2025, 3, 2, tzinfo=UTC))
    restored = remember(between, keys_of("a", "b"), [back])
    after, now = published("a", "b", known=restored)
    assert now == ids
    assert after.aliases.rows() == known.aliases.rows()
    assert after.splits.rows() == known.splits.rows()
    assert remember(after, keys_of("a", "b"), [back]).keys.equals(after.keys), "once it is back, nothing is put back"


def test_taken_back_it_is_known_by_its_keys_in_another_dump(first: tuple[Known, dict[str, str]]) -> None:
    known, ids = first
    back = replace(taken_down(known, ids["a"]), undone_at=datetime(2025, 3, 2, tzinfo=UTC))
    between, _ = published("b", known=remember(known, keys_of("b"), [replace(back, undone_at=None)]))
    rows = clean({"id": "elsewhere", **PAPERS["a"]})
    restored = remember(between, identity_keys(rows), [back])
    who = resolve(rows.select("listing_id", cluster="listing_id"), identity_keys(rows), restored, TODAY)
    assert who.paper_ids["paper_id"].to_list() == [ids["a"]]


def test_without_removals_nothing_changes(first: tuple[Known, dict[str, str]]) -> None:
    assert remember(first[0], keys_of("a"), []) is first[0]
