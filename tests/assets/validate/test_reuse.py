"""What the run before made of a dump is used again, and gives what making it anew would give."""

import json
from pathlib import Path

import polars as pl
import pytest

from assets.spill import SpillWriter
from assets.validate.reuse import TABLES, Before, describe
from tests.frames import clean, dump_id, listing_id, table

DUMPS = table("dumps", [{"dump_id": dump_id(name), "reader_version": "ris 1.1"} for name in "abc"])
LISTINGS = table(
    "listings",
    [{"listing_id": listing_id(f"{dump}{at}"), "dump_id": dump_id(dump)} for dump in "abc" for at in range(3)],
).sort("dump_id", maintain_order=True)


def make(listings: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every listing passes but the second of a dump."""
    names = {listing_id(f"{dump}{at}"): (f"{dump}{at}", dump) for dump in "abc" for at in range(3)}
    told = [names[one] for one in listings["listing_id"]]
    passed = [{"id": name, "dump": dump} for name, dump in told if not name.endswith("1")]
    failed = [{"listing_id": listing_id(name), "dump_id": dump_id(dump)} for name, dump in told if name.endswith("1")]
    rejected = table("rejected_listings", failed, stage="validate", reason="empty_title", rule_version="1")
    return clean(*passed) if passed else table("clean_listings", []), rejected.sort("listing_id")


def run_before(stage: Path, dumps: str, version: str = "rules 1") -> None:
    ids = [dump_id(name) for name in dumps]
    listings = LISTINGS.filter(pl.col("dump_id").is_in(ids))
    made = describe(version, DUMPS.filter(pl.col("dump_id").is_in(ids)))
    for (name, model), rows in zip(TABLES.items(), make(listings), strict=True):
        with SpillWriter(stage / f"{name}.parquet", model, made) as writer:
            writer.write(rows)


@pytest.mark.parametrize("before", ["", "a", "bc", "abc"])
def test_the_same_rows_come_out_and_only_new_dumps_are_made(tmp_path: Path, before: str):
    run_before(tmp_path, before)
    asked = []

    def watched(listings: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        asked.extend(listings["dump_id"].unique())
        return make(listings)

    passed, rejected = Before.load(tmp_path, "rules 1", DUMPS).complete(LISTINGS, watched)
    assert passed.equals(make(LISTINGS)[0])
    assert rejected.equals(make(LISTINGS)[1])
    assert set(asked) == {dump_id(name) for name in "abc" if name not in before}


def test_a_batch_that_cuts_a_dump_in_two_is_complete(tmp_path: Path):
    run_before(tmp_path, "abc")
    before = Before.load(tmp_path, "rules 1", DUMPS)
    parts = [before.complete(LISTINGS.slice(start, 2), make) for start in range(0, 9, 2)]
    assert pl.concat([passed for passed, _ in parts]).equals(make(LISTINGS)[0])


@pytest.mark.parametrize(
    ("version", "reader"), [("rules 2", "ris 1.1"), ("rules 1", "ris 2.1")], ids=["other rules", "another reader"]
)
def test_other_rules_or_readers_begin_anew(tmp_path: Path, version: str, reader: str):
    run_before(tmp_path, "abc")
    dumps = DUMPS.with_columns(reader_version=pl.lit(reader))
    assert Before.load(tmp_path, version, dumps).dump_ids == frozenset()


def test_tables_of_two_runs_are_not_mixed(tmp_path: Path):
    run_before(tmp_path, "abc")
    run_before(tmp_path / "later", "ab")
    (tmp_path / "later" / "clean_listings.parquet").replace(tmp_path / "clean_listings.parquet")
    assert Before.load(tmp_path, "rules 1", DUMPS).clean is None


def test_what_tables_are_made_of_does_not_depend_on_order():
    assert describe("1", DUMPS) == describe("1", DUMPS.reverse())
    assert len(json.loads(describe("1", DUMPS))["dumps"]) == 3
