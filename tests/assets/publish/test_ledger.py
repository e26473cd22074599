"""The account: balanced when nothing is lost, and not balanced when one record is."""

import polars as pl
import pytest

from assets.publish.ledger import funnel, ledger, unbalanced, worst_share
from schemas.audit import Ledger
from tests.frames import clean, dump_id, listing_id, table

TABLES = ("dumps", "listings", "clean_listings", "rejected_listings", "paper_listings", "papers")


@pytest.fixture
def tables() -> dict[str, pl.DataFrame]:
    """Dump x: a (merged with c), b (defect); dump y: c, d (rejected), e; dump z could not be read."""
    places = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"}
    papers = {"a": "p" + "0" * 16, "c": "p" + "0" * 16, "e": "p" + "1" * 16}
    return {
        "dumps": table(
            "dumps",
            [
                {"dump_id": dump_id(name), "listing_count": count, "role": "feed"}
                for name, count in (("x", 2), ("y", 3), ("z", 0))
            ],
        ),
        "listings": table(
            "listings",
            [
                {
                    "listing_id": listing_id(n),
                    "dump_id": dump_id(d),
                    "defect": "unpaired_paragraph" if n == "b" else None,
                }
                for n, d in places.items()
            ],
        ),
        "clean_listings": clean(*({"id": n, "dump": places[n]} for n in "ace")),
        "rejected_listings": table(
            "rejected_listings",
            [
                {"listing_id": listing_id(n), "dump_id": dump_id(places[n]), "stage": stage}
                for n, stage in (("b", "parse"), ("d", "validate"))
            ],
        ),
        "paper_listings": table(
            "paper_listings",
            [{"listing_id": listing_id(n), "paper_id": paper, "role": "feed"} for n, paper in papers.items()],
        ),
        "papers": table("papers", [{"paper_id": paper} for paper in sorted(set(papers.values()))]),
    }


SCANNED = ("listings", "clean_listings", "rejected_listings")


def account(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    given = {name: tables[name].lazy() if name in SCANNED else tables[name] for name in TABLES}
    return ledger(**given)


@pytest.mark.parametrize(
    ("feed", "reference", "worst"),
    [
        pytest.param((21, 20), (1000, 0), (20 / 21, 21, 20), id="a ruined feed beside a large reference"),
        pytest.param((1000, 0), (4, 3), (0.75, 4, 3), id="a ruined reference beside a large feed"),
        pytest.param((4, 1), (0, 0), (0.25, 4, 1), id="no reference"),
        pytest.param((0, 0), (0, 0), (0.0, 0, 0), id="nothing at all"),
    ],
)
def test_the_share_of_rejects_is_that_of_each_role(feed, reference, worst) -> None:
    told = [
        {"stage": "parse", "role": role, "rows_in": found, "rows_out": found - rejected, "rows_rejected": rejected}
        for role, (found, rejected) in (("feed", feed), ("reference", reference))
    ]
    rows = pl.DataFrame(told).with_columns(rows_merged=pl.lit(0), rows_unused=pl.lit(0))
    assert worst_share(rows) == worst


def test_a_whole_run_balances(tables: dict[str, pl.DataFrame]) -> None:
    rows = account(tables)
    Ledger.validate(rows, lazy=True)
    assert unbalanced(rows).is_empty()
    assert rows.height == 4 * 3
    assert funnel(rows) == {"found": 5, "parsed": 4, "valid": 3, "merged": 1, "papers": 2, "rejected": 2}


@pytest.mark.parametrize("name", TABLES)
def test_a_lost_row_is_found(tables: dict[str, pl.DataFrame], name: str) -> None:
    position = 0 if name != "dumps" else tables[name].get_column("listing_count").arg_max()
    tables[name] = tables[name].with_row_index("n").filter(pl.col("n") != position).drop("n")
    if name == "dumps":
        assert funnel(account(tables))["found"] < 5
    else:
        assert unbalanced(account(tables)).height


def test_a_row_that_appears_from_nowhere_is_found(tables: dict[str, pl.DataFrame]) -> None:
    tables["clean_listings"] = pl.concat([tables["clean_listings"], clean({"id": "new", "dump": "y"})])
    assert unbalanced(account(tables)).height


def test_what_no_paper_needs_of_a_reference_is_unused(tables: dict[str, pl.DataFrame]) -> None:
    is_reference = pl.col("dump_id") == dump_id("y")
    tables["dumps"] = tables["dumps"].with_columns(
        role=pl.when(is_reference).then(pl.lit("reference")).otherwise("role")
    )
    placed = tables["paper_listings"].filter(pl.col("listing_id") != listing_id("e"))
    is_reference = pl.col("listing_id") == listing_id("c")
    tables["paper_listings"] = placed.with_columns(
        role=pl.when(is_reference).then(pl.lit("reference")).otherwise("role")
    )
    tables["papers"] = tables["papers"].head(1)
    rows = account(tables)
    assert unbalanced(rows).is_empty()
    of_reference = rows.filter(pl.col("dump_id") == dump_id("y"), pl.col("stage") == "dedupe")
    counts = ("role", "rows_in", "rows_out", "rows_merged", "rows_rejected", "rows_unused")
    assert of_reference.select(counts).rows() == [("reference", 1, 0, 1, 0, 1)]
    assert funnel(rows) == {"found": 2, "parsed": 1, "valid": 1, "merged": 0, "papers": 1, "rejected": 1}


def test_no_dumps_no_rows() -> None:
    rows = account({name: table(name, []) for name in TABLES})
    assert rows.is_empty()
    assert funnel(rows) == {"found": 0, "parsed": 0, "valid": 0, "merged": 0, "papers": 0, "rejected": 0}
