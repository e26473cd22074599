import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.dedupe.loose_names import loosely_split
from assets.parse.names import display_names


def split(*names: str) -> list[str]:
    lists = pl.Series([["Ann Lee"], names], dtype=pl.List(pl.String))
    return loosely_split(display_names(lists), lists)[1].to_list()


@pytest.mark.parametrize(
    ("names", "apart"),
    [
        pytest.param(["Anker D. R.Ek B.Cai J. C. Jr.Meng X."], ["Anker D. R.", "Ek B.", "Cai J. C. Jr.", "Meng X."],
                     id="a run with a suffix"),
        pytest.param(["Goto M.van Wyl D. G.Downs J. M."], ["Goto M.", "van Wyl D. G.", "Downs J. M."],
                     id="a run with a particle"),
        pytest.param(["anker, m., ek, y."], ["anker m.", "ek y."], id="initials after each name"),
        pytest.param(["ANKER, M, EK, YB, & LI, X"], ["ANKER M", "EK YB", "LI X"], id="initials without stops"),
        pytest.param(["anker, m., li, m., & ek, l. g."], ["anker m.", "li m.", "ek l. g."], id="an ampersand"),
        pytest.param(["anker, n., y. ek, d. p. holm", "m. wade"], ["anker n.", "y. ek", "d. p. holm", "m. wade"],
                     id="the first name turned round"),
        pytest.param(["d. anker, r. ek, j. cai", "r. papp"], ["d. anker", "r. ek", "j. cai", "r. papp"],
                     id="what stood before the last and"),
        pytest.param(["d. anker, r. ek", "j. cai"], ["d. anker", "r. ek", "j. cai"], id="two before the last and"),
    ],
)  # fmt: skip
def test_several_names_in_one(names: list[str], apart: list[str]) -> None:
    assert split(*names) == apart


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Ann Lee", "Bo Anker"], id="names"),
        pytest.param(["J.Smith"], id="no space after an initial"),
        pytest.param(["Anker J.-P.", "A. B. Lee Jr."], id="stops"),
        pytest.param([], id="none"),
        pytest.param(["van Wyl D. G.", "D. G. van Wyl"], id="a particle"),
        pytest.param(["深 度"], id="other scripts"),
    ],
)
def test_single_names_stay(names: list[str]) -> None:
    assert split(*names) == names


@given(st.lists(st.lists(st.text("aB., &\n-é", max_size=20), max_size=4), max_size=5))
def test_no_record_is_lost(lists: list[list[str]]) -> None:
    names = pl.Series("authors", lists, dtype=pl.List(pl.String))
    done = loosely_split(names, names)
    assert len(done) == len(lists)
    assert done.null_count() == 0
    for before, after in zip(lists, done.to_list(), strict=True):
        letters = [character for character in "".join(before) if character.isalpha()]
        assert [character for character in "".join(after) if character.isalpha()] == letters
