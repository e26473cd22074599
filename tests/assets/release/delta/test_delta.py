"""Deltas: what changed is told, and base and delta give the next release."""

import json
from datetime import UTC, datetime

import duckdb
import polars as pl
import pytest

from assets.release.build import release
from assets.release.delta.patch import patch
from assets.release.delta.plan import Way
from assets.release.delta.write import write_deltas
from assets.release.manifest import ReleaseError, SelectionError
from assets.release.snapshot import Selection
from assets.release.store import sha256_of
from schemas.release_vocabulary import TableChange
from tests import deltas
from tests.deltas import aliases, owners, pair, plan
from tests.releases import paper_id

COUNT = 60
ALL = {number: {} for number in range(1, COUNT + 1)}
LISTINGS = {f"l{number}": number for number in ALL}


def base() -> dict[str, pl.DataFrame]:
    return {"papers": deltas.papers(ALL), "paper_listings": owners(LISTINGS), "paper_aliases": aliases({70: 1})}


def following() -> dict[str, pl.DataFrame]:
    """Paper 1 has another title and no abstract; 2 is merged into 3, 4 is split into 5 and 6, 7 is gone, 99 is new."""
    rows = {number: dict(row) for number, row in ALL.items() if number not in {2, 4, 7}} | {99: {}}
    rows[1] = {"title": "Paper I", "abstract": None}
    rows[3] = {"listing_count": 2}
    listings = {f"l{number}": number for number in (*ALL, 99) if number != 7}
    listings |= {"l2": 3, "l4": 5, "l4b": 6}
    return {
        "papers": deltas.papers(rows),
        "paper_listings": owners(listings),
        "paper_aliases": aliases({70: 1, 2: 3}),
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    first = base()
    first["paper_listings"] = owners({**LISTINGS, "l4b": 4})
    return pair(tmp_path_factory.mktemp("home"), first, following())


def rows(path) -> list[dict[str, object]]:
    return pl.read_parquet(path).to_dicts()


def test_rows_are_told_apart(made) -> None:
    _, _, delta = made
    told = plan(delta).tables["papers"]
    assert (told.change, told.way, told.added, told.changed, told.removed) == ("changed", "rows", 1, 2, 3)
    assert told.fields == {"abstract": 1, "listing_count": 1, "title": 1}
    assert rows(delta / "papers.removed.parquet") == [{"paper_id": paper_id(number)} for number in (2, 4, 7)]
    assert pl.read_parquet(delta / "papers.added.parquet").equals(deltas.papers({99: {}}))
    changed = pl.read_parquet(delta / "papers.changed.parquet")
    assert changed.columns == ["paper_id", "changed_fields", "title", "abstract", "listing_count"]
    assert changed.rows() == [
        (paper_id(1), ["title", "abstract"], "Paper I", None, None),
        (paper_id(3), ["listing_count"], None, None, 2),
    ]


def test_what_became_of_papers_can_be_read(made) -> None:
    _, _, delta = made
    told = [tuple(row.values()) for row in rows(delta / "changes.parquet")]
    assert told == [
        (paper_id(1), "changed", "abstract", json.dumps(deltas.text(1)), "null"),
        (paper_id(1), "changed", "title", '"Paper 1"', '"Paper I"'),
        *((paper_id(number), "removed", None, None, None) for number in (2,)),
        (paper_id(3), "changed", "listing_count", "1", "2"),
        *((paper_id(number), "removed", None, None, None) for number in (4, 7)),
        (paper_id(99), "added", None, None, None),
    ]


def test_what_became_of_identifiers_can_be_read(made) -> None:
    _, _, delta = made
    assert [tuple(row.values()) for row in rows(delta / "aliases.parquet")] == [
        (paper_id(2), "merged", paper_id(3)),
        (paper_id(4), "split", paper_id(5)),
        (paper_id(4), "split", paper_id(6)),
        (paper_id(7), "gone", None),
    ]


def test_an_alias_follows_its_paper(tmp_path) -> None:
    before = base()
    before["paper_aliases"] = aliases({70: 1, 71: 2, 72: 3})
    after = base()
    after["paper_aliases"] = aliases({70: 2, 71: 2})
    _, _, delta = pair(tmp_path, before, after)
    told = [tuple(row.values()) for row in rows(delta / "aliases.parquet")]
    assert told == [(paper_id(70), "merged", paper_id(2)), (paper_id(72), "gone", None)]


def test_base_and_delta_give_the_next_release(made, tmp_path) -> None:
    first, second, delta = made
    patch(first, delta, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        path.name for path in second.glob("*.parquet")
    )
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_a_text_that_is_gone_is_not_in_the_delta(tmp_path) -> None:
    """Not of a removed paper, and not as the old value of one that goes on without the listing that is gone."""
    gone_text = "A name that must go"
    before = base()
    before["papers"] = deltas.papers({**ALL, 7: {"title": gone_text}, 8: {"title": gone_text, "authors": [gone_text]}})
    before["paper_listings"] = owners({**LISTINGS, "l8b": 8})
    after = base()
    after["papers"] = deltas.papers({number: {} for number in ALL if number != 7} | {9: {"title": "Other"}})
    after["paper_listings"] = owners({name: number for name, number in LISTINGS.items() if name != "l7"})
    _, second, delta = pair(tmp_path, before, after)
    changes = {(row["paper_id"], row["field"]): row["old_value"] for row in rows(delta / "changes.parquet")}
    assert changes[paper_id(8), "title"] is None
    assert changes[paper_id(9), "title"] == '"Paper 9"'
    for path in [*delta.iterdir(), second / "manifest.json"]:
        found = path.read_text() if path.suffix == ".json" else str(rows(path))
        assert gone_text not in found, path.name
        assert gone_text.encode() not in path.read_bytes()


def test_old_values_are_not_told_where_nothing_says_what_is_gone(tmp_path) -> None:
    after = {"papers": deltas.papers({**ALL, 1: {"title": "Other"}})}
    _, _, delta = pair(tmp_path, {"papers": deltas.papers(ALL)}, after)
    assert rows(delta / "changes.parquet")[0]["old_value"] is None
    assert "paper_listings" in plan(delta).notes[0]


def test_equal_releases_have_an_empty_delta(tmp_path) -> None:
    first, second, delta = pair(tmp_path, base(), base())
    assert [path.name for path in delta.iterdir()] == ["delta.json"]
    assert {table.way for table in plan(delta).tables.values()} == {Way.COPY}
    patch(first, delta, tmp_path / "out")
    assert sha256_of(tmp_path / "out" / "papers.parquet") == sha256_of(second / "papers.parquet")


def test_a_table_of_one_release_only_is_told(tmp_path) -> None:
    before, after = base(), base()
    del before["paper_aliases"], after["paper_listings"]
    first, second, delta = pair(tmp_path, before, after)
    told = {name: (table.change, table.way) for name, table in plan(delta).tables.items()}
    assert told["paper_aliases"] == (TableChange.ADDED, Way.WHOLE)
    assert told["paper_listings"] == (TableChange.REMOVED, Way.NONE)
    patch(first, delta, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["paper_aliases.parquet", "papers.parquet"]
    assert (tmp_path / "out" / "paper_aliases.parquet").read_bytes() == (second / "paper_aliases.parquet").read_bytes()


def test_a_table_that_changed_all_over_is_there_whole(tmp_path) -> None:
    after = base()
    after["papers"] = deltas.papers({number + 100: {} for number in ALL})
    first, second, delta = pair(tmp_path, base(), after)
    told = plan(delta).tables["papers"]
    assert (told.way, told.why) == (Way.WHOLE, "more of its values are new or changed than not")
    assert (told.added, told.removed) == (COUNT, COUNT)
    assert (delta / "papers.parquet").read_bytes() == (second / "papers.parquet").read_bytes()
    assert not list(delta.glob("papers.*.parquet"))
    assert len(rows(delta / "changes.parquet")) == 2 * COUNT, "what became of papers can be read nevertheless"
    patch(first, delta, tmp_path / "out")


def test_a_table_that_is_smaller_than_its_changes_is_there_whole(tmp_path) -> None:
    before, after = base(), base()
    before["paper_aliases"] = aliases(dict.fromkeys(range(70, 80), 1))
    after["paper_aliases"] = aliases({**dict.fromkeys(range(72, 81), 1), 79: 2})
    first, _, delta = pair(tmp_path, before, after)
    told = plan(delta).tables["paper_aliases"]
    assert (told.way, told.why) == (Way.WHOLE, "it is smaller than its changes")
    assert (told.added, told.changed, told.removed) == (1, 1, 2)
    assert [path.name for path in delta.glob("paper_aliases*")] == ["paper_aliases.parquet"]
    patch(first, delta, tmp_path / "out")


def test_other_conditions_are_told(tmp_path) -> None:
    _, _, delta = pair(tmp_path, base(), base(), where="year > 2020")
    assert (plan(delta).base.where, plan(delta).next.where) == (None, "year > 2020")
    assert "different conditions" in plan(delta).notes[0]


def rewritten(folder, select: str) -> None:
    """Puts other columns into the papers of a release, as an earlier version of the software would have had them."""
    path = folder / "papers.parquet"
    with duckdb.connect() as connection:
        aside = folder / "aside.parquet"
        connection.execute(f"COPY (SELECT {select} FROM '{path}') TO '{aside}' (FORMAT parquet)")
    aside.replace(path)


@pytest.mark.parametrize(
    ("select", "told"),
    [
        ("* EXCLUDE (venue)", {"columns_added": ["venue"], "added": 0, "changed": 1}),
        ("*, 1 AS old", {"columns_removed": ["old"], "added": 0, "changed": 1}),
        ("* REPLACE (year::VARCHAR AS year)", {"columns_retyped": ["year"], "added": 0, "changed": 1}),
        ("venue, * EXCLUDE (venue)", {"added": 0, "changed": 1}),
        ("* EXCLUDE (paper_id)", {"added": None, "changed": None}),
        ("* REPLACE (1 AS paper_id)", {"added": None, "changed": None}),
    ],
    ids=["new", "gone", "retyped", "order", "key gone", "key retyped"],
)
def test_a_table_with_other_columns_is_there_whole(tmp_path, select, told) -> None:
    first = deltas.draft(tmp_path, 1, base())
    rewritten(first.folder, select)
    first = deltas.with_files(deltas.replace(first, files=()), deltas.write_parquet(first.snapshot))
    folder = deltas.finish(first)
    second = deltas.draft(tmp_path, 2, base() | {"papers": deltas.papers({**ALL, 1: {"title": "Other"}})})
    write_deltas(second, {deltas.version(1): folder})
    delta = second.folder / "delta" / deltas.version(1)
    found = plan(delta).tables["papers"]
    assert (found.change, found.way) == (TableChange.SCHEMA, Way.WHOLE)
    assert {name: getattr(found, name) for name in told} == told
    patch(folder, delta, tmp_path / "out")


def test_rows_that_are_equal_in_other_bytes_are_rebuilt(tmp_path) -> None:
    """As when the words that describe a column changed."""
    first = deltas.draft(tmp_path, 1, base())
    rewritten(first.folder, "*")
    folder = deltas.finish(deltas.with_files(deltas.replace(first, files=()), deltas.write_parquet(first.snapshot)))
    second = deltas.draft(tmp_path, 2, base())
    write_deltas(second, {deltas.version(1): folder})
    delta = second.folder / "delta" / deltas.version(1)
    found = plan(delta).tables["papers"]
    assert (found.change, found.way) == (TableChange.EQUAL, Way.ROWS)
    assert [path.name for path in delta.iterdir()] == ["delta.json"]
    patch(folder, delta, tmp_path / "out")


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_damaged_base_gives_no_delta_and_a_warning(tmp_path, damage) -> None:
    folder = deltas.finish(deltas.draft(tmp_path, 1, base()))
    path = folder / "papers.parquet"
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    second = deltas.draft(tmp_path, 2, following())
    written, warnings = write_deltas(second, {deltas.version(1): folder})
    assert [one.path for one in written] == ["delta/2025.03.01.1/delta.json"]
    assert warnings == ["there is no delta from 2025.03.01.1: papers.parquet of release 2025.03.01.1 is damaged"]
    with pytest.raises(ReleaseError, match=r"holds no changes: papers\.parquet"):
        patch(folder, second.folder / "delta" / deltas.version(1), tmp_path / "out")


def test_a_table_that_comes_out_different_stops_the_release(tmp_path, monkeypatch) -> None:
    folder = deltas.finish(deltas.draft(tmp_path, 1, base()))
    second = deltas.draft(tmp_path, 2, following())
    monkeypatch.setattr("assets.release.delta.apply.rebuilt", lambda *_: f"FROM '{folder / 'papers.parquet'}'")
    with pytest.raises(ReleaseError, match=r"do not give papers\.parquet"):
        write_deltas(second, {deltas.version(1): folder})
    assert not list(second.snapshot.work.glob("proof*"))


def test_deltas_of_the_same_releases_are_the_same(made, tmp_path) -> None:
    first = base()
    first["paper_listings"] = owners({**LISTINGS, "l4b": 4})
    shuffled = {name: frame.reverse() for name, frame in following().items()}
    _, _, delta = pair(tmp_path / "else where [x]", first, shuffled)
    assert {path.name: sha256_of(path) for path in delta.iterdir()} == {
        path.name: sha256_of(path) for path in made[2].iterdir()
    }


def test_a_release_without_parquet_has_no_delta(tmp_path) -> None:
    second = deltas.draft(tmp_path, 2, following())
    folder = deltas.finish(deltas.replace(deltas.draft(tmp_path, 1, base()), files=()))
    _, warnings = write_deltas(second, {deltas.version(1): folder})
    assert warnings == ["there is no delta from 2025.03.01.1: release 2025.03.01.1 has no Parquet files"]
    bare = deltas.replace(deltas.draft(tmp_path, 3, following()), files=())
    _, warnings = write_deltas(bare, {deltas.version(1): folder})
    assert warnings == ["there is no delta from 2025.03.01.1: this release has no Parquet files"]


def test_a_base_that_is_not_there_is_said_before_anything_is_done(tmp_path) -> None:
    first, second, _ = pair(tmp_path / "releases", base(), base())
    deltas.enter(tmp_path / "releases", first, second)
    with pytest.raises(SelectionError, match=r"no release 2031.* to compare with; releases are 2025.03.01.1, 2025.03"):
        release(tmp_path, tmp_path / "none", Selection(), datetime(2026, 1, 1, tzinfo=UTC), bases=["2031.01.01.1"])
    assert {path.name for path in (tmp_path / "releases").iterdir()} == {first.name, second.name, "versions.json"}
