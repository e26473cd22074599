"""The gazetteer: wide enough, without contradictions, and found in every spelling."""

import polars as pl
import pytest

from assets.enrich.terms.gazetteer.read import fold, gazetteer, spellings
from assets.enrich.terms.matching import WINDOW


@pytest.mark.parametrize(
    ("kinds", "least"),
    [
        pytest.param(["model"], 300, id="models"),
        pytest.param(["dataset", "benchmark"], 500, id="data sets and benchmarks"),
        pytest.param(["task"], 150, id="tasks"),
        pytest.param(["metric"], 100, id="metrics"),
    ],
)
def test_how_many_names(kinds: list[str], least: int) -> None:
    assert gazetteer().entries.filter(pl.col("kind").is_in(kinds))["name"].n_unique() >= least


def test_a_spelling_leads_to_one_name() -> None:
    entries = gazetteer().entries
    twice = entries.group_by("letters").agg(pl.col("name").unique()).filter(pl.col("name").list.len() > 1)
    assert twice.to_dicts() == []


def test_patterns_fit_the_window() -> None:
    assert max(map(len, gazetteer().patterns)) <= WINDOW


def test_patterns_lead_back_to_names() -> None:
    keys = set(gazetteer().entries["key"])
    assert [one for one in gazetteer().patterns if fold(one) not in keys and fold(one[1:]) not in keys] == []


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        pytest.param("Open Sea 2", "dataset", {"open sea 2", "open-sea-2", "opensea2"}, id="parts of a name"),
        pytest.param("image sorting", "task", {"image sorting", "image-sorting"}, id="words of a task stay apart"),
        pytest.param("ABC", "model", {" abc", "(abc"}, id="a short name needs what stands before it"),
    ],
)
def test_spellings(name: str, kind: str, expected: set[str]) -> None:
    assert expected <= spellings(name, kind)


def test_words_of_a_task_are_not_glued() -> None:
    assert "imagesorting" not in spellings("image sorting", "task")
