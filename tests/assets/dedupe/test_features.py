"""Features: what depends on two records alone, and is the same from either side."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.dedupe import features as kernel
from assets.dedupe.features import LETTERS, LETTERS_INSIDE, compare
from assets.dedupe.forms import forms
from assets.dedupe.records import ID_COLUMNS
from tests.assets.dedupe.references import FIRST, ROWS, SECOND, Row, features, records

TITLE = "Adaptive Mapping of Tidal Gulls under Heavy Rain"
AUTHORS = ["Anker, Ada", "Brandt, Bo", "Castell, Carla"]
SIDES = {"title_rest": "title_rest_b", "title_rest_b": "title_rest", "listing_a": "listing_b", "listing_b": "listing_a"}


def every_pair(rows: list[Row]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All pairs of some records in either order, and their forms."""
    made = forms(records(rows))
    ids = made["listing_id"].to_list()
    pairs = [(one, other) for one in ids for other in ids if one != other]
    return pl.DataFrame(pairs, schema={"listing_a": pl.String, "listing_b": pl.String}, orient="row"), made


@given(rows=st.lists(ROWS, min_size=2, max_size=5))
@settings(max_examples=8, deadline=None)
def test_either_side_may_come_first(rows: list[Row]) -> None:
    compared = compare(*every_pair(rows))
    swapped = compared.rename(SIDES).select(compared.columns).sort("listing_a", "listing_b")
    assert compared.sort("listing_a", "listing_b").equals(swapped)


@given(rows=st.lists(ROWS, min_size=2, max_size=5))
@settings(max_examples=8, deadline=None)
def test_other_records_and_other_pairs_do_not_matter(rows: list[Row]) -> None:
    pairs, made = every_pair(rows)
    two = made.filter(pl.col("listing_id").is_in([FIRST, SECOND]))
    alone = compare(pairs.filter(listing_a=FIRST, listing_b=SECOND), two)
    assert compare(pairs.reverse(), made.reverse()).filter(listing_a=FIRST, listing_b=SECOND).equals(alone)


@pytest.mark.parametrize(
    ("pairs_at_once", "items_at_once"),
    [
        pytest.param(1, 10**6, id="a pair at a time"),
        pytest.param(7, 10**6, id="seven at a time"),
        pytest.param(10**6, 0, id="a pair at a time, for each has too many words"),
        pytest.param(10**6, 60, id="as many as have sixty words"),
    ],
)
def test_slices_give_the_same_as_one_whole(
    monkeypatch: pytest.MonkeyPatch, pairs_at_once: int, items_at_once: int
) -> None:
    pairs, made = every_pair([{"title": f"{TITLE} {n}", "authors": AUTHORS[: n % 4]} for n in range(4)])
    whole = compare(pairs, made)
    monkeypatch.setattr(kernel, "SLICE", pairs_at_once)
    monkeypatch.setattr(kernel, "ITEMS", items_at_once)
    assert compare(pairs, made).equals(whole)


def test_no_pairs() -> None:
    pairs, made = every_pair([{}, {"title": TITLE}])
    none = compare(pairs.clear(), made)
    assert none.height == 0
    assert none.schema == compare(pairs, made).schema


UNSTATED = {
    "year": ("year_gap",),
    "volume": ("same_volume",),
    "pages": ("same_pages", "same_range", "page_gap"),
    "abstract": ("abstract_similarity",),
    "authors": ("author_share", "same_first_author", "same_initials_of_authors"),
} | {name: (f"same_{name}",) for name in ID_COLUMNS}
WHOLE: Row = {
    "title": TITLE,
    "authors": AUTHORS,
    "year": 2015,
    "volume": "12",
    "issue": "3",
    "pages": "101-110",
    "abstract": "the gulls were counted by night and by day",
    **dict.fromkeys(ID_COLUMNS, "7"),
}


def test_null_where_a_side_states_nothing() -> None:
    without = {field: {name: value for name, value in WHOLE.items() if name != field} for field in UNSTATED}
    sides = [pair for one in without.values() for pair in ((WHOLE, one), (one, WHOLE), (one, one))]
    stated, unstated = features(sides[0], (WHOLE, WHOLE))[1], features(*sides)
    for at, names in enumerate(UNSTATED.values()):
        assert not stated.select(pl.any_horizontal(pl.col(names).is_null())).item(), names
        assert unstated[3 * at : 3 * at + 3].select(pl.all_horizontal(pl.col(names).is_null().all())).item(), names


VALUES = [
    pytest.param("title_similarity", {"title": TITLE}, {"title": TITLE.upper()}, 1, id="titles but for case"),
    pytest.param("title_begins", {"title": TITLE}, {"title": f"{TITLE}: A Survey"}, True, id="a subtitle"),
    pytest.param("title_begins", {"title": TITLE}, {"title": f"On {TITLE}"}, False, id="a word before"),
    pytest.param("title_ends", {"title": TITLE}, {"title": f"On {TITLE}"}, True, id="an end"),
    pytest.param("title_reordered", {"title": TITLE},
                 {"title": "Under heavy rain, adaptive mapping of tidal gulls"},
                 1, id="other order"),
    pytest.param("title_rest", {"title": TITLE}, {"title": f"{TITLE} and Bells"}, 0, id="nothing left over"),
    pytest.param("title_rest_b", {"title": "Gulls"}, {"title": "Gulls Anker"}, 1, id="a word left over"),
    pytest.param("title_rest_b", {"title": "Gulls", "authors": AUTHORS}, {"title": "Gulls Anker"}, 0,
                 id="a word that is the other's author"),
    pytest.param("same_numbers", {"title": "Gulls II"}, {"title": "Gulls, part 2"}, True, id="numbers"),
    pytest.param("only_years", {"title": "Gulls 2008"}, {"title": "Gulls"}, True, id="years on one side"),
    pytest.param("only_years", {"title": "Gulls 2008"}, {"title": "Gulls 3"}, False, id="years on both"),
    pytest.param("same_kind", {"title": "Erratum: gulls"}, {"title": "Gulls"}, False, id="an erratum"),
    pytest.param("same_kind", {"title": "Gulls"}, {"title": "Bells"}, True, id="two papers"),
    pytest.param("author_share", {"authors": AUTHORS}, {"authors": AUTHORS[:1]}, 1, id="one of three authors"),
    pytest.param("author_share", {"authors": ["Anker, A.", "Brandt, B."]}, {"authors": ["Anker, A.", "Li, X."]},
                 0.5, id="half the names"),
    pytest.param("author_people", {"authors": [" ".join(["Ada Anker Brandt"] * 2 + ["Bo Li Wu"])]},
                 {"authors": AUTHORS}, 2, id="people of a list that was not told apart"),
    pytest.param("same_first_author", {"authors": AUTHORS}, {"authors": ["B. Brandt"]}, False, id="another first"),
    pytest.param("year_gap", {"year": 2015}, {"year": 2012}, 3, id="years apart"),
    pytest.param("same_volume", {"volume": "12"}, {"volume": "3", "issue": "12"}, True, id="volume as issue"),
    pytest.param("same_pages", {"pages": "101-110"}, {"pages": "e101"}, True, id="first pages"),
    pytest.param("same_range", {"pages": "101-110"}, {"pages": "101-10"}, True, id="a range cut short"),
    pytest.param("same_range", {"pages": "1-10"}, {"pages": "1-10"}, False, id="every issue has a page 1"),
    pytest.param("page_gap", {"pages": "101"}, {"pages": "103"}, 2, id="pages apart"),
    pytest.param("one_place", {"volume": "1"}, {"pages": ""}, True, id="a place on one side"),
    pytest.param("both_places", {"volume": "1"}, {"pages": "3"}, True, id="a place on both"),
    pytest.param("is_acronym", {"venue": "SPTS"}, {"venue": "Symposium on Principles of Tidal Systems"}, True,
                 id="an acronym"),
    pytest.param("is_acronym", {"venue": "TS"}, {"venue": "Tidal Systems"}, False, id="two letters are none"),
    pytest.param("venue_shared", {"venue": "Diabetes"}, {"venue": "Diabetologia"}, 0, id="a stem in common"),
    pytest.param("venue_shared", {"venue": "Diabet"}, {"venue": "Diabetologia"}, 1, id="a beginning"),
    pytest.param("one_preprint", {"venue": "arXiv"}, {"venue": "J Harb Eng"}, True, id="a preprint"),
    pytest.param("one_preprint", {"venue": "arXiv"}, {"venue": "CoRR"}, False, id="two preprints"),
    pytest.param("abstract_similarity", {"abstract": "a b c d"}, {"abstract": "A b: c d."}, 1, id="abstracts"),
    pytest.param("abstract_similarity", {"abstract": "a b c d"}, {"abstract": "x y z"}, 0, id="other abstracts"),
]  # fmt: skip


@pytest.fixture(scope="module")
def seen() -> pl.DataFrame:
    """What is seen of the records of each of VALUES, from either side."""
    sides = [case.values[1:3] for case in VALUES]
    return features(*sides, *((other, one) for one, other in sides))


@pytest.mark.parametrize("at", [pytest.param(at, id=str(case.id)) for at, case in enumerate(VALUES)])
def test_values(seen: pl.DataFrame, at: int) -> None:
    name, _, _, value = VALUES[at].values
    found = seen[name][at], seen[SIDES.get(name, name)][at + len(VALUES)]
    assert found == (value, value)
    assert [isinstance(one, bool) for one in found] == [isinstance(value, bool)] * 2


@pytest.mark.parametrize(
    ("row", "is_same"),
    [
        pytest.param({"title": "Counting Gulls", "abstract": "Gulls, counted."}, True, id="a title that tells"),
        pytest.param({"title": "Editorial", "abstract": "Gulls, counted."}, False, id="a generic title"),
        pytest.param({"title": "Editorial", "abstract": "Gulls, counted. " * 9}, True, id="and an abstract"),
        pytest.param({"title": "Counting Gulls", "abstract": "[No abstract available]"}, False, id="no abstract"),
    ],
)
def test_equal_texts(row: Row, is_same: bool) -> None:
    assert (features((row, row))["same_text"].item() or False) is is_same


def test_a_closer_look_is_for_pairs_that_it_may_join() -> None:
    other = {"title": "Bells", "authors": ["Olga Zu"]}
    assert features(({"title": TITLE, "authors": AUTHORS}, other))["author_similarity"].item() is None
    assert features(({"title": TITLE, "authors": AUTHORS}, {"title": TITLE}))["author_similarity"].item() is not None


@pytest.mark.parametrize(
    ("letters", "one", "other"),
    [
        pytest.param(LETTERS, {"title": "x" * LETTERS}, {"title": "x" * LETTERS + "y" * 50_000}, id="a title"),
        pytest.param(
            LETTERS_INSIDE, {"title": "gull" * 9_000}, {"title": "bell" + "gull" * 9_000}, id="within a title"
        ),
        pytest.param(LETTERS, {"authors": ["Ada Anker"] * 30_000}, {"authors": ["Anker, A."]}, id="authors"),
        pytest.param(
            LETTERS,
            {"title": "Gulls", "authors": [f"Ada Name{n}" for n in range(20_000)]},
            {"title": "Gulls", "authors": [f"Bo Other{n}" for n in range(20_000)]},
            id="lists of authors",
        ),
    ],
)
def test_time_does_not_grow_with_what_is_no_title(letters: int, one: Row, other: Row) -> None:
    assert letters <= LETTERS
    assert features((one, other))["title_similarity"].item() is not None
