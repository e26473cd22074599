import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.parse.names import display_names

SHOWN = [
    ("Ann Lee", "Ann Lee"),
    ("Lee, Ann", "Ann Lee"),
    ("Lee,Ann", "Ann Lee"),
    ("Lee , Ann", "Ann Lee"),
    ("  Lee,\n  Ann\u00a0B. ", "Ann B. Lee"),
    ("d'Ibsen, Éloïse", "Éloïse d'Ibsen"),
    ("van der Berg, Jan", "Jan van der Berg"),
    ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
    ("Martin Luther King, Jr.", "Martin Luther King Jr."),
    ("von Last, Jr, First", "First von Last Jr"),
    ("Lee, Ann, II", "Ann Lee II"),
    ("Lee, III", "Lee III"),
    ("Petrov, IV", "IV Petrov"),
    ("Lee, MD", "MD Lee"),
    ("van der Berg, JR", "JR van der Berg"),
    ("Lee, M.D.", "M.D. Lee"),
    ("Hasan, Md.", "Md. Hasan"),
    ("Gow, AG", "AG Gow"),
    ("Kweon, In So", "In So Kweon"),
    ("Pham, The Nghia", "The Nghia Pham"),
    ("Dice, P F 2nd", "P F Dice 2nd"),
    ("Lee, Ann Jr.", "Ann Lee Jr."),
    ("Lee, Jr.", "Lee Jr."),
    ("Harbour Tide Study, Group", "Harbour Tide Study Group"),
    ("Office of Tides, the North", "Office of Tides, the North"),
    ("Ann Lee, MD", "Ann Lee, MD"),
    ("Lee,", "Lee"),
    ("Liu R.", "Liu R."),
    ("李 明", "李 明"),
    ("Robert (Bob) Smith", "Robert (Bob) Smith"),
    ("Harbour Boats, Inc.", "Harbour Boats, Inc."),
    ("University of Harbour, Southside", "University of Harbour, Southside"),
    ("the Tide Collaboration", "the Tide Collaboration"),
    ("Team, Harbour", "Harbour Team"),
    ("Lee, Ann, Dept. of Tides, Harbour", "Lee, Ann, Dept. of Tides, Harbour"),
    ("Ann Lee (Harbour University (South))", "Ann Lee"),
    ("Lee (Harbour), Ann", "Ann Lee"),
    ("Ann Lee [1] *", "Ann Lee"),
    ("Ann Lee <ann@harbour.example>", "Ann Lee"),
    ("Ann Lee ann@harbour.example", "Ann Lee"),
    ("Ann Lee et al.", "Ann Lee"),
    ("Ann Lee 0002", "Ann Lee"),
    ("Ann\u202e Lee\x00", "Ann Lee"),
]
NOBODY = ["", "  ", "et al.", "and others", "others", "ann@harbour.example", "[1]", "[Anonymous]", "12", "...", "N/A"]


@pytest.mark.parametrize(("raw", "shown"), SHOWN, ids=[raw for raw, _ in SHOWN])
def test_a_name_is_shown_with_the_given_name_first(raw: str, shown: str) -> None:
    assert display_names(pl.Series([[raw, "Bo Anker"], [shown]])).to_list() == [[shown, "Bo Anker"], [shown]]


@pytest.mark.parametrize("raw", NOBODY)
def test_what_is_no_name_is_dropped(raw: str) -> None:
    assert display_names(pl.Series([[raw, "Lee, Ann", raw], [raw], []])).to_list() == [["Ann Lee"], [], []]


def test_order_and_repetition_stay() -> None:
    assert display_names(pl.Series([["B, A", None, "D C", "B, A"], None])).to_list() == [["A B", "D C", "A B"], []]


_WORDS = ["Ann", "Lee", "Jr.", "II", "MD", "(x)", "[1]", "et al.", "Inc.", "Team", "of", "a@b.cd", "0001", "*"]
_PIECES = st.lists(st.sampled_from([", ", ",", " ", "\n", "(", ")", ";", *_WORDS]), max_size=8).map("".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text() | _PIECES)))
def test_shown_names_stay_as_they_are(authors: list[list[str]]) -> None:
    authors = [[name.encode(errors="replace").decode() for name in names] for names in authors]
    once = display_names(pl.Series(authors, dtype=pl.List(pl.String)))
    assert display_names(once).to_list() == once.to_list()
    assert all(name.strip() == name != "" for names in once for name in names)
