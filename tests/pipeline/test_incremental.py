"""A run that has work of an earlier run at hand publishes what a run in a fresh home publishes."""

import shutil
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.dedupe.judgements import store as judgements
from assets.home import Home
from pipeline.engine import run as run_pipeline
from schemas.match_vocabulary import Verdict
from tests.papers import papers
from tests.writers import arxiv_atom, arxiv_snapshot, bibtex, ris

MATCHED = ("clean_listings", "match_pairs", "blocking_keys", "cluster_cuts")
"""Tables that depend on the dumps alone, not on the age of ids."""
OF_PAPERS = ("papers", "paper_listings", "paper_values", "paper_keys", "paper_aliases", "paper_splits")


class Place:
    """One home and its folder of dumps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.raw = folder / "raw"
        self.raw.mkdir(parents=True)

    def put(self, *names: str, at: str = "") -> None:
        """Adds dumps, which overlap: every paper is in two of them."""
        (self.raw / at).mkdir(exist_ok=True)
        for name in names:
            (self.raw / at / name).write_bytes(DUMPS[name])

    def run(self, **settings: Any) -> dict[str, Any]:
        """Runs the pipeline and returns what its steps told."""
        outcome = run_pipeline(Home(path=str(self.folder / "home"), raw=[str(self.raw)], **settings), lambda _: None)
        assert outcome.success, outcome.faults
        return dict(outcome.counts)

    def digests(self, *tables: str) -> dict[str, str]:
        stage = self.folder / "home" / "stage"
        return {name: sha256((stage / f"{name}.parquet").read_bytes()).hexdigest() for name in tables}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.folder / "home" / "papers.duckdb"), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def papers(self) -> dict[str, str]:
        return dict(self.rows("SELECT listing_id, paper_id FROM paper_listings"))


DUMPS = {
    "a.json": arxiv_snapshot.write(papers(8)),
    "b.xml": arxiv_atom.write(papers(8, first=4)),
    "c.bib": bibtex.write(papers(8, first=8)),
    "d.ris": ris.write(papers(8, first=10)),
}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "grown")


def fresh(place: Place) -> Place:
    """The same dumps in a home of their own."""
    other = Place(place.folder.parent / f"fresh-{len(list(place.folder.parent.iterdir()))}")
    shutil.copytree(place.raw, other.raw, dirs_exist_ok=True)
    return other


@pytest.mark.slow
def test_a_dump_more_is_all_that_is_compared(place: Place) -> None:
    place.put("a.json", "b.xml", "c.bib")
    first = place.run()["match_pairs"]
    ids = place.papers()
    assert (first["records_keyed"], first["pairs_compared"]) == (24, first["rows"])
    place.put("d.ris")
    second = place.run()["match_pairs"]
    assert second["records_keyed"] == 8
    assert 0 < second["pairs_compared"] <= second["rows"] - first["rows"]
    assert ids.items() <= place.papers().items(), "no id has changed"
    alone = fresh(place)
    alone.run()
    assert place.digests(*MATCHED) == alone.digests(*MATCHED)
    grouped = "SELECT list(listing_id ORDER BY listing_id) FROM paper_listings GROUP BY paper_id ORDER BY ALL"
    assert place.rows(grouped) == alone.rows(grouped)


@pytest.mark.slow
def test_the_order_of_dumps_of_one_format_leaves_no_trace(place: Place) -> None:
    place.put("b.xml")
    place.run()
    place.put("a.json")
    place.run()
    alone = fresh(place)
    alone.run()
    assert place.digests(*MATCHED, *OF_PAPERS) == alone.digests(*MATCHED, *OF_PAPERS)


@pytest.mark.slow
def test_dumps_come_go_move_and_change_their_role(place: Place) -> None:
    place.put("a.json", "b.xml", "c.bib")
    place.put("d.ris", at="reference")
    place.run()
    ids = place.papers()
    (place.raw / "a.json").unlink()
    (place.raw / "c.bib").rename(place.raw / "renamed.bib")
    (place.raw / "reference" / "d.ris").rename(place.raw / "d.ris")
    told = place.run()["match_pairs"]
    assert told["records_keyed"] == 0, "what is compared of a record does not depend on its role"
    alone = fresh(place)
    alone.run()
    assert place.digests(*MATCHED) == alone.digests(*MATCHED)
    place.put("a.json")
    place.run()
    assert ids.items() <= place.papers().items(), "what comes back is known again"


@pytest.mark.slow
def test_other_cleaning_rules_begin_anew_and_change_no_id(place: Place) -> None:
    place.put("a.json", "b.xml")
    before, ids = place.run(), place.papers()
    after = place.run(without_rules=["tex_en_dash"])
    assert after["match_pairs"]["pairs_compared"] == before["match_pairs"]["rows"]
    assert place.papers() == ids


@pytest.mark.slow
def test_a_judgement_splits_is_told_and_can_be_taken_back(place: Place) -> None:
    place.put("a.json", "b.xml")
    place.run()
    ids, matched = place.papers(), place.digests(*MATCHED)
    one, other = place.rows(
        "SELECT listing_a, listing_b FROM audit.match_pairs WHERE decision = 'match' ORDER BY ALL LIMIT 1"
    )[0]
    home = place.folder / "home"
    judgements.record(home, one, other, Verdict.DIFFERENT, author="ann", now=datetime(2026, 5, 1, tzinfo=UTC))
    told = place.run()
    assert (told["judgements"]["in_force"], told["papers"]["splits"], told["papers"]["new_ids"]) == (1, 1, 1)
    assert told["match_pairs"]["pairs_compared"] == 0
    now = place.papers()
    moved = [listing for listing in (one, other) if now[listing] != ids[listing]]
    assert len(moved) == 1
    assert place.rows("SELECT from_paper_id, paper_id, listing_count FROM paper_splits") == [
        (ids[one], now[moved[0]], 1)
    ]
    judgements.undo(home, (one, other))
    told = place.run()
    assert place.papers() == ids
    assert place.rows("SELECT old_paper_id, paper_id FROM paper_aliases") == [(now[moved[0]], ids[one])]
    assert told["match_pairs"]["pairs_compared"] == 1, "what a person decided says nothing of the rules"
    assert place.digests(*MATCHED) == matched
