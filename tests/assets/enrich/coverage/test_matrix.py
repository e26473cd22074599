"""The matrix: every listing of a dump is counted once for every field."""

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.coverage.matrix import FIELDS, counts, coverage
from assets.enrich.coverage.reasons import not_understood
from schemas.coverage import Coverage
from tests.assets.enrich.coverage.stating import listings, pages
from tests.frames import dump_id

DATED = pages({"listed_on": date(2031, 5, 4)}, {"page": 2, "missing_reason": "ambiguous"})
ROWS = listings(
    {
        "id": "a",
        "abstract_raw": " ",
        "doi": "10.1000/a",
        "categories": ["x"],
        "votes": 0,
        "page_date_raw": "May 4, 2031",
    },
    {"id": "b", "abstract_raw": "A lamp.", "invalid_ids": ["doi: ?"], "page": 2, "page_date_raw": "May 4"},
    {"id": "c", "invalid_ids": ["doi: 10.1000/a;10.1000/b"], "authors": ["Ann Lee"], "page": 3},
    {"id": "e", "invalid_ids": ["doi: ?"], "defect": "truncated_record"},
    {"id": "f", "dump": "other", "venue": "V"},
)


def matrix(rows: pl.DataFrame, *sizes: int) -> pl.DataFrame:
    """The matrix of listings that are counted in batches of these sizes, and the rest."""
    parts, start = [], 0
    for size in (*sizes, rows.height):
        batch = rows.slice(start, size)
        parts.append(counts(batch, not_understood(batch, DATED), DATED))
        start += size
    made = coverage(parts)
    Coverage.validate(made, lazy=True)
    return made


def test_what_is_counted() -> None:
    made = matrix(ROWS).filter(pl.col("dump_id") == dump_id("d")).rows_by_key("field", named=True, unique=True)
    numbers = {
        field: (row["stated_count"], row["parsed_count"], row["not_parsed_count"], row["ambiguous_count"])
        for field, row in made.items()
        if row["stated_count"]
    }
    assert numbers == {
        "abstract": (1, 1, 0, 0),
        "authors": (1, 1, 0, 0),
        "categories": (1, 1, 0, 0),
        "doi": (3, 1, 1, 1),
        "listed_on": (2, 1, 0, 1),
        "votes": (1, 1, 0, 0),
    }
    assert {row["listing_count"] for row in made.values()} == {3}
    assert made["doi"]["share"] == 0.333333


def test_every_dump_has_every_field() -> None:
    made = matrix(ROWS)
    assert made.height == 2 * len(FIELDS)
    assert made.group_by("dump_id").agg(pl.col("field").n_unique())["field"].to_list() == [len(FIELDS)] * 2


def test_no_listings_make_an_empty_matrix() -> None:
    assert matrix(listings()).is_empty()


@given(st.lists(st.integers(1, 3), max_size=4), st.integers(0, 99))
@settings(max_examples=10)
def test_neither_batches_nor_order_matter(sizes: list[int], seed: int) -> None:
    assert matrix(ROWS.sample(fraction=1, shuffle=True, seed=seed), *sizes).equals(matrix(ROWS))
