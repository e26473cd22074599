import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.parse.name_lists import guess_separator, split_names


@pytest.mark.parametrize(
    ("values", "separator", "names"),
    [
        (["Lee, Ann; Anker, Bo;", "Lee, Ann"], ";", [["Lee, Ann", "Anker, Bo"], ["Lee, Ann"]]),
        (["Ann Lee|Bo Anker", "Ann Lee"], "|", [["Ann Lee", "Bo Anker"], ["Ann Lee"]]),
        (["Lee, Ann\r\nAnker, Bo"], "\n", [["Lee, Ann", "Anker, Bo"]]),
        (["Lee, Ann and Anker, Bo", "Lee, Ann"], "and", [["Lee, Ann", "Anker, Bo"], ["Lee, Ann"]]),
        (["Ann Lee, Bo Anker, and Cy Day"], "and", [["Ann Lee", "Bo Anker", "Cy Day"]]),
        (["Ann Lee, Bo Ek, Cy Day", "Ann Lee, Bo Ek"], ",", [["Ann Lee", "Bo Ek", "Cy Day"], ["Ann Lee", "Bo Ek"]]),
        (["Ann Lee, Bo Anker Jr., Cy Day, Jr."], ",", [["Ann Lee", "Bo Anker Jr.", "Cy Day Jr."]]),
        (["Lee A., Anker B.C."], ",", [["Lee A.", "Anker B.C."]]),
        (["Lee, Ann", "Anker, Bo C."], None, [["Lee, Ann"], ["Anker, Bo C."]]),
        (["Garcia Lopez, Ana Maria", "Lee, Ann"], None, [["Garcia Lopez, Ana Maria"], ["Lee, Ann"]]),
        (["Lee A. B.Anker C."], None, [["Lee A. B.", "Anker C."]]),
        (["Ann B.Lee"], None, [["Ann B.Lee"]]),
        (["Ann Lee & Bo Anker"], None, [["Ann Lee", "Bo Anker"]]),
        (["['Lee, Ann', \"d'Anker, Bo\"]", "[]"], None, [["Lee, Ann", "d'Anker, Bo"], []]),
        (['["Ann \\"A\\" Lee"]'], None, [['Ann "A" Lee']]),
        (["__import__('os').system('x')"], None, [["__import__('os').system('x')"]]),
        ([None, "", " "], None, [[], [], []]),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_a_column_tells_what_stands_between_names(
    values: list[str | None], separator: str | None, names: list[list[str]]
) -> None:
    texts = pl.Series(values, dtype=pl.String)
    found = guess_separator(texts)
    assert found == separator
    assert split_names(texts, found).to_list() == names


def test_a_separator_that_is_told_is_used() -> None:
    assert split_names(pl.Series(["Lee, Ann / Anker, Bo"]), "/").to_list() == [["Lee, Ann", "Anker, Bo"]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.text("aB ,;.&|[]'\"\\\n()")), st.sampled_from([None, ",", ";", "and", "|", "\n"]))
def test_any_text_gives_names_that_show_something(values: list[str | None], separator: str | None) -> None:
    texts = pl.Series(values, dtype=pl.String)
    guess_separator(texts)
    names = split_names(texts, separator)
    assert len(names) == len(values)
    assert all(name == name.strip() != "" for found in names for name in found)
