"""The checks of tables bite: a broken table never reaches the next step."""

import polars as pl
import pytest

from assets.checks import contract_faults, deliver, foreign_key_faults, table_checks
from schemas.papers import PaperListings, Papers
from tests.frames import clean, listing_id, table

PAPER, OTHER = "p" + "0" * 16, "p" + "1" * 16


def papers(**columns: object) -> pl.DataFrame:
    row = {
        "paper_id": PAPER,
        "title": "T",
        "record_type": "article",
        "listing_count": 1,
        "reference_count": 0,
        "dump_count": 1,
        "best_position": 1,
        "conflict_count": 0,
        **columns,
    }
    return table("papers", [row])


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        pytest.param(papers(title=None), "title: not_nullable", id="null"),
        pytest.param(papers(listing_count=0), "listing_count: greater_than_or_equal_to(1)", id="value"),
        pytest.param(papers(record_type="novel"), "record_type: isin", id="vocabulary"),
        pytest.param(papers(flags=["math_loss", "moody"]), "flags: 'moody' is no Flag", id="vocabulary of a list"),
        pytest.param(papers(paper_id="7"), "paper_id: str_matches", id="identifier"),
        pytest.param(papers().drop("year"), "year", id="column missing"),
        pytest.param(papers().with_columns(year=pl.lit("2024")), "year: dtype", id="type"),
        pytest.param(pl.concat([papers(), papers()]), "paper_id is not unique", id="key"),
    ],
)
def test_contract_bites(rows: pl.DataFrame, fault: str) -> None:
    assert any(fault in found for found in contract_faults(rows, Papers)), contract_faults(rows, Papers)


def test_contract_holds() -> None:
    assert contract_faults(papers(), Papers) == []
    assert contract_faults(papers().clear(), Papers) == []


def test_foreign_keys_bite() -> None:
    rows = table("paper_listings", [{"paper_id": OTHER, "listing_id": listing_id("a")}])
    known = {"papers": papers(), "clean_listings": clean({"id": "a"})}
    known = {name: one.lazy() for name, one in known.items()}
    assert foreign_key_faults(rows.lazy(), PaperListings, known) == [
        f"paper_id: 1 rows point at no papers, first {OTHER!r}"
    ]


def test_results_are_those_that_were_promised() -> None:
    results = list(deliver({"papers": papers(title=None)}, {"papers": {"seconds": 1}}))
    promised = {spec.name: spec for spec in table_checks("papers")}
    assert promised["contract"].blocking
    assert [result.check_name for result in results[1:]] == list(promised)
    assert [result.passed for result in results[1:]] == [False]
