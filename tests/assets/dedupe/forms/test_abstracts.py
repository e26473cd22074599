"""Abstracts: a note that there is none is none."""

import polars as pl
import pytest

from assets.dedupe.forms.abstracts import abstract_forms
from assets.validate.search_form import search_forms

LONG = "the gulls of three harbours were counted by night and by day in two winters"


def form_of(abstract: str | None) -> dict[str, object]:
    return abstract_forms(search_forms(pl.Series([abstract], dtype=pl.String))).row(0, named=True)


@pytest.mark.parametrize(
    "abstract",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param("[No abstract available]", id="none available"),
        pytest.param("Sorry, no abstract available for this article.", id="none for this article"),
        pytest.param("This article has no abstract.", id="none of this article"),
        pytest.param("Abstract not available.", id="not available"),
        pytest.param("Abstract", id="the heading alone"),
        pytest.param("N/A", id="n/a"),
    ],
)
def test_no_abstract(abstract: str | None) -> None:
    form = form_of(abstract)
    assert form["abstract_search"] is None
    assert form["signature"] is None


@pytest.mark.parametrize(
    "abstract",
    [
        pytest.param(LONG, id="an abstract"),
        pytest.param(f"No abstract theory of gulls is needed here, for {LONG}", id="that begins alike"),
        pytest.param(f"{LONG}, no abstract", id="that ends alike"),
        pytest.param("Unknown gulls were counted", id="unknown something"),
    ],
)
def test_an_abstract(abstract: str) -> None:
    form = form_of(abstract)
    assert form["abstract_search"] == search_forms(pl.Series([abstract])).item()
    assert len(form["signature"]) == 128


def test_two_words_have_no_signature() -> None:
    assert form_of("Counted gulls") == {"abstract_search": "counted gulls", "signature": None}
