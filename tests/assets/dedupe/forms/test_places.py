"""Places: volume, issue and pages are read whatever an export made of them."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.forms.places import place_forms
from tests.assets.dedupe.references import TEXTS

NUMBERS = ("volume", "issue", "page_first", "page_last")


def forms_of(*rows: tuple[str | None, str | None, str | None]) -> pl.DataFrame:
    stated = [pl.Series([row[at] for row in rows], dtype=pl.String) for at in range(3)]
    return place_forms(*stated)


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        pytest.param("1091-1097", 1091, 1097, id="a range"),
        pytest.param("1091-7", 1091, 1097, id="what the end leaves out"),
        pytest.param("1091-107", 1091, 1107, id="three digits of it"),
        pytest.param("1091\u20131097", 1091, 1097, id="a dash"),
        pytest.param("1091--1097", 1091, 1097, id="two hyphens"),
        pytest.param("pp. 1091-1097.", 1091, 1097, id="words about it"),
        pytest.param("H1091-H1097", 1091, 1097, id="letters"),
        pytest.param("e1091", 1091, None, id="an article number"),
        pytest.param("1091", 1091, None, id="one page"),
        pytest.param("13-May", 5, 13, id="a date of a spreadsheet"),
        pytest.param("May-13", 5, 13, id="the other way round"),
        pytest.param("13-may", 5, 13, id="in small letters"),
        pytest.param("a-17", None, 17, id="a beginning without a number"),
        pytest.param("195-20", 195, None, id="an end before the beginning"),
        pytest.param("ii-iv", None, None, id="roman"),
        pytest.param("", None, None, id="empty"),
        pytest.param(None, None, None, id="missing"),
        pytest.param("=1+1", 1, 1, id="a formula"),
        pytest.param("9" * 40, 999999999, 999999999, id="more digits than a page has"),
    ],
)
def test_pages(pages: str | None, first: int | None, last: int | None) -> None:
    form = forms_of((None, None, pages)).row(0, named=True)
    assert (form["page_first"], form["page_last"]) == (first, last)


@pytest.mark.parametrize(
    ("volume", "issue", "numbers"),
    [
        pytest.param("12", "3", (12, 3), id="both"),
        pytest.param("12(3)", None, (12, 3), id="in one"),
        pytest.param("12, no. 3", "", (12, 3), id="in one, with a word"),
        pytest.param("Vol. 12", None, (12, None), id="a word before"),
        pytest.param("12 Suppl 1", None, (12, None), id="a supplement"),
        pytest.param("12", "Suppl 2", (12, 2), id="a supplement as issue"),
        pytest.param("12 Pt 2", None, (12, None), id="a part"),
        pytest.param("1)", None, (None, None), id="the end of something else"),
        pytest.param("12", "3-4", (12, 3), id="two issues"),
        pytest.param("XII", None, (None, None), id="roman"),
        pytest.param("9" * 40, "9" * 40, (999999999, 999999999), id="more digits than a volume has"),
    ],
)
def test_volume_and_issue(volume: str, issue: str | None, numbers: tuple[int | None, int | None]) -> None:
    form = forms_of((volume, issue, None)).row(0, named=True)
    assert (form["volume"], form["issue"]) == numbers


PARTS = st.none() | TEXTS | st.from_regex(r"[0-9]{1,6}(?:-[0-9]{1,6})?", fullmatch=True)


@given(rows=st.lists(st.tuples(PARTS, PARTS, PARTS), max_size=5))
@settings(max_examples=8, deadline=None)
def test_a_form_depends_on_its_record_alone_and_pages_rise(
    rows: list[tuple[str | None, str | None, str | None]],
) -> None:
    together = forms_of(*rows)
    assert together.schema == dict.fromkeys(NUMBERS, pl.Int64)
    assert together.equals(pl.concat([forms_of(), *(forms_of(row) for row in rows)]))
    assert together.filter(pl.col("page_last") < pl.col("page_first")).is_empty()
