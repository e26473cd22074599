"""What a listing is to its paper: told where it is certain."""

import polars as pl
import pytest

from assets.dedupe.papers.relations import relations
from tests.assets.dedupe.members import members
from tests.frames import listing_id

TEXT = (
    "we count gulls with two cameras at the harbour and find that most of them come back before the evening bell rings"
)
CHANGED = (
    "we count gulls with four cameras at the harbour and show that half of them never come back to the town by night"
)
ARXIV, BIBTEX, CROSSREF = {"format": "arxiv_atom"}, {"format": "bibtex"}, {"format": "crossref"}


def related(*rows: dict[str, object], chosen: str | None = TEXT) -> list[str]:
    listed = members(*({"abstract": TEXT, "dump": str(number), **row} for number, row in enumerate(rows)))
    abstracts = pl.DataFrame(
        {"paper_id": [listed["paper_id"][0]], "folded": [chosen]}, schema_overrides={"folded": pl.String}
    )
    found = dict(relations(listed, abstracts).iter_rows())
    return [found[listing_id(str(number))] for number in range(len(rows))]


PAPER_A, PAPER_B = {"arxiv_id": "2401.00001", "arxiv_version": 1}, {"arxiv_id": "2401.00001", "arxiv_version": 3}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([PAPER_A, PAPER_A], ["same", "same"], id="one version"),
        pytest.param([PAPER_A, PAPER_B], ["version", "same"], id="an older version"),
        pytest.param([PAPER_A, {"arxiv_id": "2401.00001"}], ["same", "same"], id="a version that is not told"),
        pytest.param([{}, {"abstract": CHANGED}], ["same", "version"], id="a rewritten abstract"),
        pytest.param([{}, {"abstract": TEXT.replace("bell", "sim bell")}], ["same", "same"], id="damage is no version"),
        pytest.param([{}, {"abstract": TEXT[:40]}], ["same", "same"], id="nor is a beginning"),
        pytest.param(
            [{}, {"abstract": "x" + CHANGED[:60], "flags": ["truncated_end"]}], ["same", "same"], id="nor is a cut"
        ),
        pytest.param([{}, {"abstract": "abstract withheld"}], ["same", "same"], id="nor is a notice"),
        pytest.param([{}, {"abstract": None}], ["same", "same"], id="no abstract"),
    ],
)
def test_versions(rows: list[dict[str, object]], expected: list[str]) -> None:
    assert related(*rows) == expected


JOURNAL, SERVER = {**CROSSREF, "doi": "10.5555/a", "venue": "Harbour Studies"}, {**ARXIV, "arxiv_id": "2401.00001"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([JOURNAL, SERVER], ["same", "preprint_of"], id="arXiv and a journal"),
        pytest.param([SERVER, SERVER], ["same", "same"], id="arXiv alone"),
        pytest.param([JOURNAL, {**SERVER, "doi": "10.5555/a"}], ["same", "preprint_of"], id="arXiv names the DOI"),
        pytest.param([{**SERVER, "doi": "10.5555/a", "venue": "Harbour Studies"}], ["same"], id="no other names it"),
        pytest.param(
            [JOURNAL, {**BIBTEX, "arxiv_id": "2401.00001"}], ["same", "preprint_of"], id="an entry with an arXiv id"
        ),
        pytest.param(
            [JOURNAL, {**BIBTEX, "arxiv_id": "2401.00001", "venue": "Harbour Studies"}],
            ["same", "same"],
            id="an entry of the journal with an arXiv id",
        ),
        pytest.param([JOURNAL, {**BIBTEX, "venue": "CoRR abs/2401.00001"}], ["same", "preprint_of"], id="CoRR"),
        pytest.param(
            [JOURNAL, {**BIBTEX, "doi": "10.1101/2020.05.05.079111"}], ["same", "preprint_of"], id="a bioRxiv DOI"
        ),
        pytest.param([JOURNAL, {**BIBTEX, "doi": "10.1101/gr.079111.1"}], ["same", "same"], id="the same registrant"),
        pytest.param(
            [{"acl_id": "W19-0001", **BIBTEX}, {**BIBTEX, "doi": "10.48550/arxiv.2401.00001"}],
            ["same", "preprint_of"],
            id="the anthology",
        ),
        pytest.param([JOURNAL, {}], ["same", "same"], id="a page tells nothing"),
        pytest.param([{**JOURNAL, **PAPER_B}, {**SERVER, **PAPER_A}], ["same", "preprint_of"], id="before version"),
    ],
)
def test_preprints(rows: list[dict[str, object]], expected: list[str]) -> None:
    assert related(*rows) == expected


def test_papers_are_told_apart() -> None:
    first, second = "p" + "0" * 16, "p" + "1" * 16
    rows = members({"paper": first, **SERVER, "dump": "x"}, {"paper": second, **JOURNAL, "dump": "y"})
    none = pl.DataFrame(schema={"paper_id": pl.String, "folded": pl.String})
    assert relations(rows, none)["relation"].unique().to_list() == ["same"]
