"""Forgetting: Dagster's records lose what a removed paper said, whatever it was wrapped in, and nothing else."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.forget import GONE, forget
from pipeline.history import FOLDER

TITLE = 'Tide "Tables" for Pätient Readers \U0001f600'
ABSTRACT = "Almanacs of the last century print the tides of harbours\nthat no longer exist. " * 3
ID = "p0123456789abcdef"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A file of records that quote a paper in several ways."""
    path = tmp_path / FOLDER / "history" / "index.db"
    path.parent.mkdir(parents=True)
    events = [
        json.dumps({"faults": [f"title: {TITLE!r} is too long", "another fault"], "rows": 7}),
        json.dumps({"inner": json.dumps({"value": ABSTRACT})}),
        json.dumps({"new": [f"{ID} took 2 listings of p9999999999999999"], TITLE: 1}),
        json.dumps({"description": "Tide"}),
        f"no JSON: {TITLE}",
    ]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE event_logs (id INTEGER PRIMARY KEY, event TEXT, n INTEGER, blank TEXT)")
        connection.executemany("INSERT INTO event_logs (event, n) VALUES (?, 1)", [(event,) for event in events])
        connection.execute('CREATE TABLE "odd ""name" ("a column" TEXT)')
        connection.commit()
    return path


def test_what_a_paper_said_is_gone_from_records_and_from_their_free_space(tmp_path: Path, records: Path) -> None:
    assert forget(tmp_path, [TITLE, ABSTRACT, ID]) == 4
    content = records.read_bytes()
    for word in (b"Readers", b"Almanacs", ID.encode()):
        assert word not in content
    with closing(sqlite3.connect(records)) as connection:
        events = [row[0] for row in connection.execute("SELECT event FROM event_logs ORDER BY id")]
    assert json.loads(events[0]) == {"faults": [GONE, "another fault"], "rows": 7}
    assert json.loads(events[1]) == {"inner": GONE}
    assert json.loads(events[2])["new"] == [GONE]
    assert json.loads(events[3]) == {"description": "Tide"}
    assert len(events) == 4, "what is no JSON goes as a whole"
    assert forget(tmp_path, [TITLE, ABSTRACT, ID]) == 0


def test_what_dagster_needs_to_read_its_records_stays(tmp_path: Path, records: Path) -> None:
    event = {"__class__": "Asset Materialization Planned", "label": "of Asset Materialization Planned"}
    with closing(sqlite3.connect(records)) as connection:
        connection.execute("UPDATE event_logs SET event = ?", (json.dumps(event),))
        connection.commit()
    forget(tmp_path, ["Asset Materialization: Planned"])
    with closing(sqlite3.connect(records)) as connection:
        (found,) = connection.execute("SELECT DISTINCT event FROM event_logs").fetchone()
    assert json.loads(found) == {**event, "label": GONE}


@pytest.mark.parametrize("text", ["", "Materialization", "a-b c d"], ids=["empty", "one word", "short"])
def test_what_is_too_short_to_tell_is_not_looked_for(tmp_path: Path, records: Path, text: str) -> None:
    before = records.read_bytes()
    assert forget(tmp_path, [text]) == 0
    assert records.read_bytes() == before


def test_without_records_there_is_nothing_to_forget(tmp_path: Path) -> None:
    assert forget(tmp_path, [TITLE]) == 0


def test_records_that_are_damaged_are_told_by_name(tmp_path: Path, records: Path) -> None:
    records.write_bytes(b"no database" * 100)
    with pytest.raises(OSError, match="cannot be changed"):
        forget(tmp_path, [TITLE])
