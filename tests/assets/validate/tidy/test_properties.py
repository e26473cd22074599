# ruff: noqa: RUF001  typographic marks are part of what is tested
"""What holds for every tidying rule, whatever the text."""

import string

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.validate import catalogue
from assets.validate.restore import characters
from assets.validate.rules import Rule, apply_rules
from assets.validate.tidy import collapsed_dash, endings, glued, words
from schemas.vocabulary import RuleFamily

TIDY = tuple(rule for rule in catalogue.RULES if rule.family == RuleFamily.TIDY)
RULES = (*characters.RULES, *TIDY)
DETECTORS = (
    *characters.DETECTORS,
    *words.DETECTORS,
    *glued.DETECTORS,
    *endings.DETECTORS,
    *collapsed_dash.DETECTORS,
)

PIECES = st.sampled_from(
    [
        *"abXZ019 .,;:?!()[]{}'\"`-–—/\\$%~_=|\n\t\x00",
        *("the", "of", "and", "We", "In", "model", "infor", "mation", "state", "art", "LLMs", "CNN", "Transformer"),
        *("--", "---", " -- ", "``", "''", " -", "- ", "...", "i.e.", "e.g.", "et al.", "(1)", "(i).", "2)", "3–5"),
        *("https://example.org/a--b", "x.y.org", "$a,b$", "\\alpha", "(LLMs)have", "Models(LMs)", "Abstract", "95%"),
        *("é", "模", "\u200b", "\u00ad", "\x92", "â€™", "ﬁ", "\ufdd0", "\ufdd1", "\ufffd", "😀"),
    ]
)
BROKEN_TEXTS = st.lists(PIECES, max_size=40).map("".join)
TEXTS = st.one_of(st.text(max_size=80), BROKEN_TEXTS)
SOUND = (
    "we show that the model of a hive learns from data and its size is small but Bee-Net beats GPT-4 by 3.5% in 2020"
    " zero-shot state-of-the-art numpy.array f(x) model(s) U.S. e.g., (see below) don't Smith's 1,400"
)
SOUND_WORDS = st.sampled_from(SOUND.split())
SOUND_TEXTS = st.lists(SOUND_WORDS, min_size=1, max_size=30).map(lambda found: f"{' '.join(found)}.")


def apply(rules: tuple[Rule, ...], texts: list[str]) -> list[str]:
    frame = pl.DataFrame(
        {"title": [""] * len(texts), "abstract": texts}, schema={"title": pl.String, "abstract": pl.String}
    )
    return apply_rules(frame, rules)["abstract"].to_list()


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_rules_crash_on_nothing_and_a_second_time_changes_nothing(texts: list[str]) -> None:
    once = apply(RULES, texts)
    assert apply(RULES, once) == once


@settings(max_examples=40, deadline=None)
@given(st.lists(SOUND_TEXTS, min_size=1, max_size=8))
def test_a_text_without_damage_is_unchanged(texts: list[str]) -> None:
    assert apply(RULES, texts) == texts


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_tidying_touches_no_letter_and_no_figure(texts: list[str]) -> None:
    def kept(text: str) -> str:
        return "".join(character for character in text if character.isalnum())

    without_labels = tuple(rule for rule in TIDY if rule.name != "abstract_label")
    assert [kept(text) for text in apply(without_labels, texts)] == [kept(text) for text in texts]


@settings(max_examples=15, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_a_text_does_not_depend_on_its_neighbours(texts: list[str]) -> None:
    assert apply(RULES, texts) == [apply(RULES, [text])[0] for text in texts]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), TEXTS), max_size=6))
def test_detectors_crash_on_nothing(texts: list[str | None]) -> None:
    column = pl.Series(texts, dtype=pl.String)
    for detector in DETECTORS:
        answers = pl.select(detector.detect(pl.lit(column))).to_series()
        assert answers.dtype == pl.Boolean
        assert answers.len() in (len(texts), 1)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in RULES])
def test_nulls_stay_null(rule: Rule) -> None:
    assert pl.select(rule.apply(pl.lit(None, dtype=pl.String))).item() is None


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in RULES])
def test_a_hostile_text_takes_no_time(rule: Rule) -> None:
    rows = ["(" * 20_000, "a(" * 10_000, "``a" * 7_000, "''a " * 5_000, "a- " * 7_000, "a," * 10_000, "\\(" * 10_000]
    rows += ["a" * 20_000, "Abc." * 5_000, " --a" * 5_000, "$a" * 10_000, "word / " * 3_000, "{a, b,c" * 3_000]
    pl.select(rule.apply(pl.lit(pl.Series(rows))))


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert len(TIDY) > 25
    assert all(set(name) <= set(string.ascii_lowercase + "_") for name in names)
