import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.enrich.topics.words import BREAK, fold, is_telling, texts_of, words
from tests.assets.enrich.topics.themes import titled


def terms_of(text: str) -> list[str | None]:
    found = words(pl.Series([text]))
    return [None if number == BREAK else found.terms[int(number)] for number in found.term]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("Kettles boil", ["kettle", "boil"], id="case and plural"),
        pytest.param("tea-time kettle", ["tea", "time", "kettle"], id="hyphen"),
        pytest.param("tea, kettle", ["tea", None, "kettle"], id="a mark parts"),
        pytest.param("the keeper's tea", ["the", "keeper", "tea"], id="possessive"),
        pytest.param("naïve teapot", ["naive", "teapot"], id="accent"),
        pytest.param("see https://a.example/tea?x=1 kettle", ["see", None, "kettle"], id="address"),
        pytest.param("x" * 41, [None], id="too long"),
        pytest.param("<b>tea</b> \x00 $$", ["b", "tea", "b"], id="marks are no words"),
        pytest.param("", [], id="empty"),
    ],
)
def test_words(text, terms) -> None:
    assert terms_of(text) == terms


def test_a_null_has_no_word() -> None:
    found = words(pl.Series([None, "tea"], dtype=pl.String))
    assert found.row.tolist() == [1]


@pytest.mark.parametrize(
    ("term", "telling"),
    [
        pytest.param("kettle", True, id="word"),
        pytest.param("3d", True, id="number and letter"),
        pytest.param("the", False, id="function word"),
        pytest.param("propose", False, id="word of abstracts"),
        pytest.param("approache", False, id="folded word of abstracts"),
        pytest.param("2024", False, id="number"),
        pytest.param("x", False, id="letter"),
        pytest.param("epsilon", False, id="Greek letter"),
    ],
)
def test_telling(term, telling) -> None:
    assert is_telling(pl.Series([term])).to_list() == [telling]


def test_surfaces_of_one_term() -> None:
    surfaces = pl.Series(["Kettle", "kettles", "KETTLE-", "kettle's", "(", "½"])
    assert fold(surfaces).to_list() == ["kettle"] * 4 + [None, None]


def test_a_paper_without_an_abstract_has_its_title() -> None:
    assert texts_of(titled(("Tea", None), ("Tea", "Boil it."))).to_list() == ["Tea . ", "Tea . Boil it."]


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_is_divided(texts: list[str]) -> None:
    found = words(pl.Series(texts, dtype=pl.String))
    assert len(found.row) == len(found.surface) == len(found.term)
    assert (np.diff(found.row.astype(int)) >= 0).all()
    for row, surface in zip(found.row, found.surface, strict=True):
        assert found.surfaces[int(surface)] in texts[int(row)] or "://" in texts[int(row)] or "www." in texts[int(row)]
