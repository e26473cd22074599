"""Venues: a name, its abbreviation and its acronym have something in common."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe.forms.venues import venue_forms
from tests.assets.dedupe.references import TEXTS

SCHEMA = {"venue": pl.String, "arxiv_id": pl.String, "doi": pl.String}


def forms_of(*rows: dict[str, str | None]) -> pl.DataFrame:
    return venue_forms(pl.DataFrame(list(rows), schema=SCHEMA))


def form_of(venue: str | None, **ids: str) -> dict[str, object]:
    return forms_of({"venue": venue, **ids}).row(0, named=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Journal of Harbour Engineering", "J Harb Eng", id="an abbreviation"),
        pytest.param("Journal of Harbour Engineering", "J. Harb. Eng.", id="with stops"),
        pytest.param("The Lighthouse Quarterly", "Lighthouse Quarterly", id="an article"),
        pytest.param("Proceedings of the 3rd Annual Conference on Tides", "Tides 2003", id="a conference by year"),
        pytest.param("Tides &amp; Sails", "Tides and Sails", id="an entity"),
    ],
)
def test_names_of_one_venue(one: str, other: str) -> None:
    stems = form_of(one)["venue_stems"]
    assert stems
    assert stems == form_of(other)["venue_stems"]


@pytest.mark.parametrize(
    ("venue", "initials"),
    [
        pytest.param("Symposium on Principles of Tidal Systems", "spts", id="in order, without grammar"),
        pytest.param("Proceedings of the 12th Conference", "", id="nothing but grammar and numbers"),
        pytest.param("", "", id="empty"),
        pytest.param(None, "", id="missing"),
        pytest.param("\x1b[31m", "", id="a terminal escape"),
    ],
)
def test_initials(venue: str | None, initials: str) -> None:
    assert form_of(venue)["venue_initials"] == initials


@pytest.mark.parametrize(
    ("row", "is_preprint"),
    [
        pytest.param({"venue": "arXiv preprint arXiv:2401.00001"}, True, id="a server"),
        pytest.param({"venue": "CoRR"}, True, id="another name of it"),
        pytest.param({"venue": None, "arxiv_id": "2401.00001"}, True, id="no venue and an arXiv id"),
        pytest.param({"venue": "Tidal Systems", "arxiv_id": "2401.00001"}, False, id="a venue and an arXiv id"),
        pytest.param({"venue": None, "doi": "10.48550/arxiv.2401.00001"}, True, id="a DOI of a server"),
        pytest.param({"venue": None, "doi": "10.5555/a"}, False, id="a DOI of a publisher"),
        pytest.param({"venue": "Corrosion"}, False, id="a word that begins alike"),
        pytest.param({"venue": None}, False, id="nothing"),
    ],
)
def test_preprints(row: dict[str, str | None], is_preprint: bool) -> None:
    assert forms_of(row)["is_preprint"].item() is is_preprint


@given(venues=st.lists(st.none() | TEXTS, max_size=6))
@settings(max_examples=8, deadline=None)
def test_a_form_depends_on_its_venue_alone(venues: list[str | None]) -> None:
    rows = [{"venue": venue} for venue in venues]
    together = forms_of(*rows)
    assert together.equals(pl.concat([forms_of(), *(forms_of(row) for row in rows)]))
    assert together.null_count().sum_horizontal().item() == 0
