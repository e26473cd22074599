"""Sweeps: cached copies and tables lose what a removed paper says, once, and get it back by being read again."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from assets.removals import sweep
from assets.removals.store import label, labelled
from assets.removals.sweep import STATE, give_back, look_through, strike_known, strike_table
from assets.spill import SpillWriter, made_of
from schemas.listings import Listings
from tests.frames import listing_id
from tests.removals import ABSTRACT, TITLE, listings, removal

GONE = {"id": "gone", "title_raw": TITLE, "abstract_raw": ABSTRACT, "arxiv_id": "2403.00001"}
STAYS = {"id": "stays", "title_raw": "Counting Gulls with Two Cameras", "arxiv_id": "2403.00002"}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache of two files, of which one has a listing of the removed paper."""
    folder = tmp_path / "cache" / "listings"
    folder.mkdir(parents=True)
    listings(GONE, STAYS).write_parquet(folder / "a.parquet")
    listings({**STAYS, "id": "also"}).write_parquet(folder / "b.parquet")
    return tmp_path / "cache"


def paths(cache: Path) -> list[Path]:
    return sorted((cache / "listings").iterdir())


def defects(path: Path) -> list[str | None]:
    return pl.read_parquet(path)["defect"].to_list()


def test_files_lose_what_was_removed_and_are_looked_through_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = removal(GONE)
    untouched = (cache / "listings" / "b.parquet").stat().st_mtime_ns
    assert look_through(paths(cache), cache, [one]) == 1
    assert defects(paths(cache)[0]) == ["removed", None]
    assert TITLE.encode() not in paths(cache)[0].read_bytes()
    assert paths(cache)[1].stat().st_mtime_ns == untouched
    monkeypatch.setattr(sweep, "_found", lambda *_: pytest.fail("nothing is new"))
    assert look_through(paths(cache), cache, [one]) == 0


def test_a_new_removal_and_a_new_file_are_looked_for(cache: Path) -> None:
    one, other = removal(GONE), removal(STAYS, paper_id="p" + "b" * 16)
    look_through(paths(cache), cache, [one])
    listings({**GONE, "id": "again"}).write_parquet(cache / "listings" / "c.parquet")
    assert look_through(paths(cache), cache, [one]) == 1
    assert look_through(paths(cache), cache, [one, other]) == 2
    listings({**GONE, "id": "once more"}).write_parquet(cache / "listings" / "c.parquet")
    assert look_through(paths(cache), cache, [one, other]) == 1, "a file that was written anew is looked through again"


def test_a_removal_that_is_taken_back_throws_files_with_gaps_away(cache: Path) -> None:
    one = removal(GONE)
    look_through(paths(cache), cache, [one])
    give_back(cache, [one])
    assert len(paths(cache)) == 2
    back = replace(one, undone_at=datetime(2025, 3, 2, tzinfo=UTC))
    give_back(cache, [back])
    assert [path.name for path in paths(cache)] == ["b.parquet"]
    assert look_through(paths(cache), cache, [back]) == 0
    assert json.loads((cache / STATE).read_text())["applied"] == []


@pytest.mark.parametrize("note", [pytest.param(None, id="lost"), pytest.param("{", id="damaged")])
def test_without_its_note_everything_is_looked_through_again(cache: Path, note: str | None) -> None:
    one = removal(GONE)
    look_through(paths(cache), cache, [one])
    (cache / STATE).unlink()
    if note is not None:
        (cache / STATE).write_text(note)
    give_back(cache, [one])
    assert [path.name for path in paths(cache)] == ["b.parquet"], "whose gaps they are cannot be told"


def test_without_removals_nothing_is_noted(cache: Path) -> None:
    give_back(cache, [])
    assert look_through(paths(cache), cache, []) == 0
    assert not (cache / STATE).exists()


def test_what_was_never_published_is_thrown_away_when_listings_are_struck(cache: Path) -> None:
    nothing = pl.DataFrame(schema={"dump_id": pl.String, "reader_version": pl.String})
    strike_known(cache, pl.Series([listing_id("gone")]), removal(GONE), nothing)
    assert paths(cache) == [], "no file is of a dump that was looked through"


def test_a_table_is_struck_unless_it_says_that_it_was(tmp_path: Path) -> None:
    one, before = removal(GONE), label(["0" * 32])
    path = tmp_path / "listings.parquet"
    with SpillWriter(path, Listings, before) as writer:
        writer.write(listings(GONE, STAYS))
    strike_table(path, [one])
    assert defects(path) == ["removed", None]
    assert labelled(made_of(path)) == {"0" * 32, one.removal_id}
    struck = path.read_bytes()
    strike_table(path, [one])
    assert path.read_bytes() == struck
