"""The quarantine: which rows are turned away, with which reasons, and what stops the run instead."""

import polars as pl
import pytest

from assets import contracts
from assets.validate import rejects
from schemas.audit import RejectedListings
from schemas.listings import CleanListings
from schemas.vocabulary import Stage
from tests.frames import clean, dump_id, listing_id, table


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        pytest.param({}, [], id="sound"),
        pytest.param({"abstract": None}, [], id="without an abstract"),
        pytest.param({"title": ""}, ["empty_title"], id="empty title"),
        pytest.param({"title": "?!"}, ["empty_title"], id="title without a letter"),
        pytest.param({"title": "Ωмега 量子"}, [], id="letters of any script"),
        pytest.param({"title": "x" * 500}, [], id="longest title"),
        pytest.param({"title": "x" * 501}, ["title_too_long"], id="title too long"),
        pytest.param({"abstract": " … "}, ["empty_abstract"], id="abstract without a letter"),
        pytest.param({"abstract": "x" * 20_001}, ["abstract_too_long"], id="abstract too long"),
        pytest.param({"abstract": "A title"}, ["abstract_is_title"], id="abstract repeats the title"),
        pytest.param(
            {"title": "!", "abstract": "!"}, ["empty_title", "empty_abstract", "abstract_is_title"], id="three reasons"
        ),
    ],
)
def test_reasons(row: dict[str, object], reasons: list[str]) -> None:
    passed, failed = rejects.split(clean({"id": "a", **row}), CleanListings)
    assert failed["reason"].to_list() == reasons
    assert passed.height == (0 if reasons else 1)


def test_rows_are_numbered_across_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contracts, "BATCH", 3)
    rows = clean(*({"id": str(n), "title": "" if n % 4 == 3 else f"T{n}"} for n in range(10)))
    passed, failed = rejects.split(rows, CleanListings)
    assert failed["row"].to_list() == [3, 7]
    assert passed["title"].to_list() == [f"T{n}" for n in range(10) if n % 4 != 3]


def test_what_only_a_bug_can_break_stops_the_run() -> None:
    broken = clean({"id": "a"}).with_columns(record_type=pl.lit("novel"))
    with pytest.raises(rejects.ContractBrokenError, match="record_type"):
        rejects.split(broken, CleanListings)


def test_quarantine_has_one_row_per_listing() -> None:
    rows = clean({"id": "a"}, {"id": "b", "title": "!", "abstract": "!"}, {"id": "c", "title": "y" * 600})
    passed, failed = rejects.split(rows, CleanListings)
    rejected = rejects.quarantine(rows, failed, Stage.VALIDATE, "1")
    RejectedListings.validate(rejected, lazy=True)
    found = {row["listing_id"]: row for row in rejected.iter_rows(named=True)}
    assert passed["listing_id"].to_list() == [listing_id("a")]
    assert found[listing_id("b")]["reason"] == "empty_title"
    assert found[listing_id("b")]["other_reasons"] == ["empty_abstract", "abstract_is_title"]
    assert found[listing_id("c")]["detail"] == "y" * rejects.DETAIL_CHARACTERS


def test_nothing_rejected_is_an_empty_table() -> None:
    rows = clean({"id": "a"})
    _, failed = rejects.split(rows, CleanListings)
    RejectedListings.validate(rejects.quarantine(rows, failed, Stage.VALIDATE, "1"), lazy=True)


def test_defective_listings_keep_the_reason_of_their_reader() -> None:
    listings = table(
        "listings",
        [
            {"listing_id": listing_id("a"), "title_raw": "Alone", "defect": "unpaired_paragraph"},
            {"listing_id": listing_id("b"), "title_raw": "Sound"},
        ],
        dump_id=dump_id("dump"),
    )
    versions = pl.DataFrame({"dump_id": [dump_id("dump")], "reader_version": ["page_text 1"]})
    rejected = rejects.defective(listings, versions)
    RejectedListings.validate(rejected, lazy=True)
    assert rejected.select("reason", "stage", "detail", "rule_version").rows() == [
        ("unpaired_paragraph", "parse", "Alone", "page_text 1")
    ]
