"""DOIs and venues of preprint servers, and those that only look like them."""

import re

import pytest

from assets.dedupe.preprints import PREPRINT_DOI, SERVERS, VERSIONED_DOI


@pytest.mark.parametrize(
    ("doi", "preprint", "versioned"),
    [
        pytest.param("10.48550/arxiv.2401.00001", True, True, id="arXiv"),
        pytest.param("10.1101/123456", True, True, id="bioRxiv, old form"),
        pytest.param("10.1101/2020.01.30.927871", True, True, id="bioRxiv, new form"),
        pytest.param("10.1101/gr.123456.78", False, False, id="a journal of the same publisher"),
        pytest.param("10.2139/ssrn.1234567", True, True, id="SSRN"),
        pytest.param("10.31234/osf.io/ab3cd", True, True, id="OSF"),
        pytest.param("10.36227/techrxiv.1234567.v1", True, True, id="TechRxiv"),
        pytest.param("10.5281/zenodo.1234567", False, True, id="a repository"),
        pytest.param("10.5555/harbour.12", False, False, id="a publisher"),
    ],
)
def test_dois(doi: str, preprint: bool, versioned: bool) -> None:
    assert bool(re.search(PREPRINT_DOI, doi)) is preprint
    assert bool(re.search(VERSIONED_DOI, doi)) is versioned


@pytest.mark.parametrize(
    ("venue", "expected"),
    [
        pytest.param("arxiv preprint arxiv 2401 00001", True, id="arXiv"),
        pytest.param("corr", True, id="CoRR"),
        pytest.param("harbour studies", False, id="a journal"),
        pytest.param("corrosion of ropes", False, id="a word that begins alike"),
    ],
)
def test_venues(venue: str, expected: bool) -> None:
    assert bool(re.search(SERVERS, venue)) is expected
