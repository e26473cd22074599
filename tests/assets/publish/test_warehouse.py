"""The published file: complete, described, swapped in whole, and never half."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.publish import warehouse
from assets.publish.views import VIEWS
from schemas.catalog import TABLES, qualified
from tests.frames import clean, dump_id, listing_id, table

PAPER, OLD = "p" + "0" * 16, "p" + "1" * 16


def tables() -> dict[str, pl.DataFrame]:
    """One paper with one listing, and nothing else."""
    filled = {name: table(name, []) for name in TABLES}
    filled["dumps"] = table(
        "dumps",
        [{"dump_id": dump_id("d"), "uri": "d.txt", "format": "page_text", "compression": "none", "role": "feed"}],
        size_bytes=9,
        page_count=1,
        listing_count=1,
        status="read",
    )
    filled["listings"] = table(
        "listings",
        [{"listing_id": listing_id("a"), "dump_id": dump_id("d"), "page": 1, "position": 1, "source_fields": "{}"}],
        locator="0-9",
        byte_start=0,
        byte_end=9,
    )
    filled["clean_listings"] = clean({"id": "a", "dump": "d"})
    filled["papers"] = table(
        "papers",
        [{"paper_id": PAPER, "title": 'It\'s "quoted"', "abstract": "About it.", "authors": ["A", "B"]}],
        record_type="article",
        listing_count=1,
        reference_count=0,
        dump_count=1,
        best_position=1,
        conflict_count=0,
    )
    filled["paper_listings"] = table(
        "paper_listings",
        [{"paper_id": PAPER, "listing_id": listing_id("a"), "match_reason": "only_listing"}],
        role="feed",
        relation="same",
    )
    return filled


def write(folder: Path, frames: dict[str, pl.DataFrame]) -> dict[str, Path]:
    folder.mkdir(exist_ok=True)
    paths = {name: folder / f"{name}.parquet" for name in frames}
    for name, frame in frames.items():
        frame.write_parquet(paths[name])
    return paths


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "papers.duckdb"
    warehouse.publish(write(tmp_path / "stage", tables()), path)
    return path


def test_every_table_and_view_is_there_and_described(target: Path) -> None:
    with warehouse.open_private(target) as connection:
        for name in TABLES:
            connection.sql(f"FROM {qualified(name)}").fetchall()
        for name in VIEWS:
            connection.sql(f"FROM {name}").fetchall()
        undescribed = connection.sql(
            "SELECT t.table_name, column_name FROM duckdb_columns() c JOIN duckdb_tables() t USING (table_oid) "
            "WHERE c.comment IS NULL OR t.comment IS NULL"
        )
        assert undescribed.fetchall() == []
        assert connection.sql(
            "SELECT count(*) FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
        ).fetchall() == [(0,)]


def test_counts_are_returned(tmp_path: Path) -> None:
    counts = warehouse.publish(write(tmp_path / "stage", tables()), tmp_path / "papers.duckdb")
    assert counts == {name: frame.height for name, frame in tables().items()}


def test_views_answer(target: Path) -> None:
    with warehouse.open_private(target) as connection:
        assert connection.sql("SELECT title, uri, position FROM listed").fetchall() == [('It\'s "quoted"', "d.txt", 1)]
        values = dict(connection.sql("SELECT field, value FROM paper_field_values").fetchall())
        assert values == {
            "title": 'It\'s "quoted"',
            "abstract": "About it.",
            "authors": '["A","B"]',
            "record_type": "article",
        }


def test_contradictions_are_listed_and_counted(tmp_path: Path) -> None:
    frames = tables()
    told = [("venue", "Sea", True, False), ("venue", "SEA", False, False), ("venue", "Tide", False, True)]
    told += [("doi", "10.5555/a", True, False), ("doi", "10.5555/a", True, False)]
    names = {"value": 1, "chosen": 2, "differs": 3}
    frames["paper_values"] = table(
        "paper_values",
        [
            {"field": row[0], "listing_id": listing_id(str(number)), **{name: row[at] for name, at in names.items()}}
            for number, row in enumerate(told)
        ],
        paper_id=PAPER,
        rule="precedence",
    )
    target = tmp_path / "papers.duckdb"
    warehouse.publish(write(tmp_path / "stage", frames), target)
    with warehouse.open_private(target) as connection:
        found = connection.sql(
            "SELECT field, chosen_value, other_values, agreeing_count, differing_count FROM conflicts"
        )
        assert found.fetchall() == [("venue", "Sea", ["Tide"], 2, 1)]
        assert connection.sql("FROM audit.conflicts_by_field").fetchall() == [("venue", 1, 1), ("doi", 1, 0)]


def test_an_alias_leads_to_its_paper(tmp_path: Path) -> None:
    frames = tables()
    frames["paper_aliases"] = table(
        "paper_aliases", [{"old_paper_id": OLD, "paper_id": PAPER, "since": date(2026, 1, 1)}]
    )
    target = tmp_path / "papers.duckdb"
    warehouse.publish(write(tmp_path / "stage", frames), target)
    with warehouse.open_private(target) as connection:
        assert connection.execute("SELECT current_paper_id(?), current_paper_id(?)", [OLD, PAPER]).fetchall() == [
            (PAPER, PAPER)
        ]


def test_readable_by_older_duckdb_and_the_browser(target: Path) -> None:
    with warehouse.open_private(target) as connection:
        tags = connection.sql("SELECT tags FROM duckdb_databases() WHERE NOT internal AND path IS NOT NULL").fetchall()
    assert "v1.0.0" in str(tags)


def test_a_build_that_fails_leaves_the_old_file(target: Path, tmp_path: Path) -> None:
    before = target.read_bytes()
    frames = tables()
    frames["papers"] = pl.concat([frames["papers"], frames["papers"]])
    with pytest.raises(duckdb.ConstraintException):
        warehouse.publish(write(tmp_path / "stage", frames), target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["papers.duckdb"]


def test_nothing_can_be_fetched_from_the_network(target: Path) -> None:
    with warehouse.open_private(target) as connection, pytest.raises(duckdb.Error):
        connection.sql("FROM read_csv('https://example.org/x.csv')")


def test_a_published_file_cannot_be_changed(target: Path) -> None:
    with warehouse.open_private(target) as connection, pytest.raises(duckdb.InvalidInputException):
        connection.execute("DELETE FROM papers")
