# ruff: noqa: RUF001  letters of other alphabets are what is tested
"""How well texts can be foretold from all the others."""

import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.quality.surprise import ALPHABET, LEAST_READ, SYMBOLS, Model
from tests.assets.enrich.quality import plain
from tests.works import abstract

CORPUS = [abstract(random.Random(f"surprise {number}")) for number in range(27)]
ORDINARY = abstract(random.Random("one more"))
ODD = {
    "keyboard": "".join(random.Random("keys").choice("asdfghjklqwe rtyuiopzxcv bnm") for _ in range(400)),
    "base64": "".join(
        random.Random("code").choice("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        for _ in range(400)
    ),
    "other language": "Žluťoučký kůň úpěl ďábelské ódy a hned nato utekl zpátky přes zamrzlou řeku do lesa. " * 3,
    "other script": "Приливы и отливы меняют берег каждый день, а таблицы переписывают от руки. " * 3,
}


def surprise(texts: list[str | None]) -> list[float]:
    model, series = Model(), pl.Series(texts, dtype=pl.String)
    model.read(series)
    return list(model.surprise(series))


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ODD.items()])
def test_odd_texts_surprise_even_among_few(text: str) -> None:
    *others, ordinary, odd = surprise([*CORPUS, ORDINARY, text])
    assert odd > max(others) + 1
    assert ordinary < max(others) + 0.3


def test_case_and_digits_do_not_matter() -> None:
    ordinary, capitals = surprise([*CORPUS, ORDINARY])[-1], surprise([*CORPUS, ORDINARY.upper()])[-1]
    assert capitals == pytest.approx(ordinary)
    text = "In 1 of 27 harbours 345 gulls were counted by 6 people in 1987."
    other = "In 9 of 81 harbours 102 gulls were counted by 5 people in 2003."
    assert surprise([*CORPUS, text])[-1] == pytest.approx(surprise([*CORPUS, other])[-1])


def test_a_text_is_no_witness_for_itself() -> None:
    alone = surprise([*CORPUS, ODD["keyboard"]])[-1]
    assert alone == pytest.approx(plain.surprise(ODD["keyboard"], plain.counts_of(CORPUS)), abs=1e-5)
    assert surprise([*CORPUS, ODD["keyboard"], ODD["keyboard"]])[-1] < alone - 1


@pytest.mark.parametrize(
    ("texts", "is_told"),
    [
        pytest.param([*CORPUS, "Short."], False, id="short text"),
        pytest.param([*CORPUS, None], False, id="no text"),
        pytest.param([*CORPUS, "Twenty-three characters"], True, id="long enough"),
        pytest.param([ORDINARY], False, id="alone"),
        pytest.param(["x" * LEAST_READ, ORDINARY], False, id="little to compare with"),
    ],
)
def test_what_cannot_be_told_is_not(texts: list[str | None], is_told: bool) -> None:
    assert np.isnan(surprise(texts)[-1]) != is_told


@settings(max_examples=10)
@given(st.lists(st.text(max_size=80) | st.text("abc .", min_size=30, max_size=200), max_size=4), st.randoms())
def test_as_in_plain_python_in_any_order(texts: list[str], chance: random.Random) -> None:
    texts = [*CORPUS, *(text.encode("utf-8", "ignore").decode() for text in texts)]
    found = dict(zip(texts, surprise(texts), strict=True))
    last = texts[-1]
    if texts.count(last) == 1:
        expected = plain.surprise(last, plain.counts_of(texts[:-1]))
        np.testing.assert_allclose(found[last], expected, atol=1e-5)
    chance.shuffle(texts)
    np.testing.assert_array_equal([found[text] for text in texts], surprise(texts))


def test_symbols_fit_into_the_alphabet() -> None:
    assert SYMBOLS.max() < ALPHABET
    assert len({SYMBOLS[ord(one)] for one in "abcdefghijklmnopqrstuvwxyz .,-(0"}) == 32
    assert len({SYMBOLS[ord(one)] for one in "()[]{}<>=+*/&%$@'`\""}) == 1
    assert len({SYMBOLS[one.encode()[-1]] for one in "абвгдежзийклмнопрстуфхцчшщъыьэюя"}) == 32
