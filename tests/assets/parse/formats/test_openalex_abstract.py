"""Abstracts that are an index of words become texts again."""

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.parse.formats.openalex_abstract import abstracts
from tests.writers.openalex import inverted

WORDS = st.text(st.characters(exclude_categories=["Cs", "Zs"]), min_size=1).filter(lambda word: " " not in word)


@given(st.lists(WORDS, min_size=1), st.booleans())
def test_any_text_comes_back(words: list[str], is_ascii: bool) -> None:
    index = json.dumps(inverted(" ".join(words)), ensure_ascii=is_ascii)
    assert abstracts(pl.Series([index])).to_list() == [" ".join(words)]


@pytest.mark.parametrize(
    ("index", "text"),
    [
        (None, None),
        ("{}", None),
        ("A text already.", "A text already."),
        ('{"b":[2,9],"a":[0]}', "a b b"),
        ('{ "b" : [ 2 ], "a" : [ 0 ] }', "a b"),
        ('{"\\"q\\"":[0],"]":[1],"\\u00e9[0]":[2]}', '"q" ] é[0]'),
        ('{"a":[99999999999999999999],"b":[0]}', "b"),
        ('{"a":"x","b":[0]}', "b"),
        ('{"a":[]}', None),
    ],
)
def test_indices(index: str | None, text: str | None) -> None:
    assert abstracts(pl.Series(["{}", index, None], dtype=pl.String)).to_list() == [None, text, None]
