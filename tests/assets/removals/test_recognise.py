"""Recognition: a removed paper is known again in other words, and another paper is never taken for it."""

import polars as pl
import pytest

from assets.removals.describe import is_recognisable, told_apart
from assets.removals.lines import Removal, line_of
from assets.removals.recognise import Register, recognise
from assets.removals.withhold import KEPT, blank, withheld
from schemas.listings import Listings
from schemas.render import polars_schema
from tests.frames import listing_id
from tests.removals import ABSTRACT, OTHER_ABSTRACT, TITLE, listings, removal

Row = dict[str, object]
AUTHORS = ["Ada Anker", "Bo Brandt"]
PLAIN: Row = {"id": "plain", "title_raw": TITLE, "abstract_raw": ABSTRACT}
FULL: Row = {**PLAIN, "id": "full", "authors": AUTHORS, "arxiv_id": "2403.00001", "doi": "10.5555/tides"}
REWORDED = ABSTRACT.replace("two hundred", "three hundred").replace("nobody went to look", "no one looked")


KNOWN = [
    pytest.param([FULL], {"title_raw": "Almanacs Revisited", "arxiv_id": "2403.00001"}, id="same arXiv id"),
    pytest.param(
        [FULL],
        {"title_raw": TITLE, "arxiv_id": "2403.00001", "doi": "10.5555/journal", "authors": ["C Castell"]},
        id="same arXiv id, another DOI and author",
    ),
    pytest.param([FULL], {"title_raw": TITLE, "doi": "10.5555/tides"}, id="same DOI"),
    pytest.param([FULL], {"title_raw": TITLE, "abstract_raw": ABSTRACT}, id="a page without ids"),
    pytest.param([FULL], {"title_raw": TITLE}, id="a title alone"),
    pytest.param([FULL], {"title_raw": TITLE, "authors": ["Anker, A."]}, id="a citation"),
    pytest.param([FULL], {"title_raw": TITLE.upper() + ".", "abstract_raw": REWORDED}, id="reworded"),
    pytest.param([FULL], {"title_raw": r"{\it Tide} Tables for " + TITLE[16:]}, id="marked up"),
    pytest.param([FULL], {"title_raw": r"\textbf{Tide} tables-for " + TITLE[16:]}, id="in LaTeX"),
    pytest.param([FULL], {"title_raw": "Tide Tabels for Readers", "abstract_raw": REWORDED}, id="misspelt title"),
    pytest.param(
        [PLAIN], {**PLAIN, "authors": AUTHORS, "arxiv_id": "2403.00009"}, id="known without ids, listed with them"
    ),
    pytest.param([PLAIN], {"title_raw": TITLE, "abstract_raw": REWORDED, "doi": "10.5555/new"}, id="published since"),
    pytest.param(
        [{**FULL, "title_raw": "Tides"}], {"title_raw": "Tides", "authors": AUTHORS}, id="short title, same author"
    ),
    pytest.param(
        [FULL],
        {"title_raw": TITLE, "abstract_raw": OTHER_ABSTRACT, "defect": "shifted_pairs"},
        id="a rejected record with its title",
    ),
    pytest.param(
        [FULL],
        {"title_raw": "Counting Gulls", "abstract_raw": ABSTRACT, "defect": "shifted_pairs"},
        id="a rejected record with its abstract",
    ),
]
"""Listings of a paper, and a listing that is of it too."""
OTHERS = [
    pytest.param([FULL], {**FULL, "arxiv_id": "2403.00002", "doi": None}, id="another arXiv id, all else equal"),
    pytest.param([FULL], {**FULL, "arxiv_id": None, "doi": "10.5555/gulls"}, id="another DOI, all else equal"),
    pytest.param([FULL], {"title_raw": TITLE, "authors": ["Carla Castell"]}, id="another author"),
    pytest.param([FULL], {**PLAIN, "authors": ["Carla Castell"]}, id="another author of an equal text"),
    pytest.param([FULL], {"title_raw": TITLE, "abstract_raw": OTHER_ABSTRACT}, id="another abstract"),
    pytest.param([FULL], {"title_raw": TITLE + " and Charts"}, id="a longer title"),
    pytest.param([FULL], {"title_raw": "Tide Tables for Patient Readers"}, id="a shorter title"),
    pytest.param([FULL], {"title_raw": "Tide Tables for Patient Readers of New Almanacs"}, id="one other word"),
    pytest.param(
        [{**FULL, "title_raw": TITLE + ", Part I"}],
        {"title_raw": TITLE + ", Part II", "abstract_raw": ABSTRACT},
        id="the next part",
    ),
    pytest.param([{**FULL, "title_raw": "Editorial"}], {"title_raw": "Editorial"}, id="generic title"),
    pytest.param(
        [{**FULL, "title_raw": "Introduction to the Special Issue"}],
        {"title_raw": "Introduction to the Special Issue", "authors": AUTHORS},
        id="generic title, same author",
    ),
    pytest.param([{**PLAIN, "title_raw": "Tides"}], {"title_raw": "Tides"}, id="short title"),
    pytest.param([{**PLAIN, "title_raw": "潮"}], {"title_raw": "潮"}, id="one sign"),
    pytest.param([FULL], {"title_raw": "", "abstract_raw": ""}, id="nothing"),
    pytest.param([FULL], {"title_raw": None, "abstract_raw": None}, id="null"),
    pytest.param(
        [{**FULL, "abstract_raw": "Withdrawn by its authors."}],
        {"title_raw": "Counting Gulls in Fog", "abstract_raw": "Withdrawn by its authors."},
        id="a formula of politeness",
    ),
    pytest.param(
        [{"id": "bare", "title_raw": None, "abstract_raw": None}], {"title_raw": None}, id="nothing known of it"
    ),
]
"""Listings of a paper, and a listing that is not of it."""


@pytest.fixture(scope="module")
def found() -> set[tuple[str, str]]:
    """Which listing is taken for one of which paper, looked up all at once: case of the listing, its paper."""
    made: dict[str, Removal] = {}
    for case in [*KNOWN, *OTHERS]:
        if repr(case.values[0]) not in made:
            made[repr(case.values[0])] = removal(*case.values[0])
    rows = listings(*({**case.values[1], "id": case.id} for case in [*KNOWN, *OTHERS]))
    names = {listing_id(str(case.id)): str(case.id) for case in [*KNOWN, *OTHERS]}
    told = recognise(rows, Register(tuple(made.values())))
    return {(names[one], list(made)[at]) for one, at in told.select("listing_id", "removal").iter_rows()}


@pytest.mark.parametrize(("case", "removed"), [pytest.param(one.id, one.values[0], id=one.id) for one in KNOWN])
def test_the_paper_is_known_again(found: set[tuple[str, str]], case: str, removed: list[Row]) -> None:
    assert (case, repr(removed)) in found


@pytest.mark.parametrize(("case", "removed"), [pytest.param(one.id, one.values[0], id=one.id) for one in OTHERS])
def test_another_paper_is_not_taken_for_it(found: set[tuple[str, str]], case: str, removed: list[Row]) -> None:
    assert (case, repr(removed)) not in found


HOSTILE = (
    "\x00\r\u2028\u202e" + TITLE,
    "=HYPERLINK(1) ' \" ; DROP TABLE papers",
    "x" * 100_000,
    "{" * 5_000,
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 naïve 猫",
)


def test_hostile_texts_are_known_again_by_their_place_and_none_is_kept() -> None:
    rows = [{"id": text[:9], "title_raw": text, "abstract_raw": text + ABSTRACT, "authors": [text]} for text in HOSTILE]
    one = removal(*rows)
    assert not any(text[-20:] in line_of(one).decode() for text in HOSTILE)
    assert recognise(listings(*rows), Register((one,)))["listing_id"].n_unique() == len(HOSTILE)


def test_many_removals_at_once_and_each_is_told() -> None:
    rows = [{**FULL, "id": f"p{n}", "arxiv_id": f"2403.0{n:04}", "doi": None} for n in range(1, 9)]
    register = Register(tuple(removal(row) for row in rows[:4]))
    hits = recognise(listings(*rows), register)
    assert sorted(hits.filter(pl.col("because") == "arxiv")["removal"]) == [0, 1, 2, 3]
    assert hits["listing_id"].n_unique() == 4
    shuffled = recognise(listings(*rows[::-1]), register)
    assert shuffled.equals(hits), "the order of the listings changes nothing"


def test_a_withheld_listing_says_nothing_but_its_place() -> None:
    before = listings(
        {**FULL, "votes": 3, "urls": ["https://example.org"], "source_fields": '{"a": 1}', "published_raw": "2024"},
        {"id": "other", "title_raw": "Counting Gulls"},
    )
    ids = withheld(before, Register((removal(FULL),)))
    after = blank(before, ids)
    assert after.schema == polars_schema(Listings)
    assert after.select(KEPT).equals(before.select(KEPT))
    said = after.row(0, named=True)
    assert {name: said[name] for name in said if name not in KEPT and said[name] not in (None, [])} == {
        "source_fields": "{}",
        "defect": "removed",
    }
    assert after.row(1) == before.row(1)
    assert withheld(after, Register((removal(FULL),))).is_empty(), "what is blank is not found again"


def test_what_another_paper_states_as_well_no_longer_tells() -> None:
    one = removal(FULL)
    double = listings({**FULL, "id": "double"}, {**PLAIN, "id": "page"})
    for _ in range(3):
        one = told_apart(one, recognise(double, Register((one,))))
    assert recognise(double, Register((one,))).is_empty()
    assert not recognise(listings(FULL), Register((one,))).is_empty(), "its own place still does"
    assert is_recognisable(removal(FULL))
    assert not is_recognisable(one)
