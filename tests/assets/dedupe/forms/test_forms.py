"""Forms of records: one row each, in order, whatever they hold."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.forms import forms
from tests.assets.dedupe.references import HOSTILE, ROWS, records

SETS = ("title_telling",)
"""Forms that are sets: their order means nothing."""


def forms_of(*rows: dict[str, object]) -> pl.DataFrame:
    return forms(records(rows)).with_columns(pl.col(SETS).list.sort())


def test_no_records() -> None:
    empty, some = forms_of(), forms_of({})
    assert empty.height == 0
    assert empty.schema == some.schema


def test_a_record_that_states_nothing() -> None:
    form = forms_of({}).row(0, named=True)
    assert form["listing_id"] == "a"
    assert {name for name, value in form.items() if value not in (None, "", [], [""], 0, False)} == {
        "listing_id",
        "is_generic",
    }


@given(rows=st.lists(ROWS, max_size=5))
@settings(max_examples=8, deadline=None)
def test_one_row_a_record_in_the_same_order(rows: list[dict[str, object]]) -> None:
    made = records(rows)
    together = forms(made).with_columns(pl.col(SETS).list.sort())
    assert together["listing_id"].equals(made["listing_id"])
    backwards = forms(made.reverse()).with_columns(pl.col(SETS).list.sort())
    assert backwards.reverse().equals(together)


@pytest.mark.parametrize("text", [pytest.param(text, id=repr(text[:15])) for text in HOSTILE])
def test_hostile_text_in_every_field(text: str) -> None:
    fields = ("title", "venue", "volume", "issue", "pages", "abstract", "arxiv_id", "doi")
    row: dict[str, object] = {**dict.fromkeys(fields, text), "authors": [text, text]}
    assert forms_of(row, {}).height == 2
