"""Acronyms: every labelled sentence gives the definitions that it holds, and no others."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.terms.acronyms import acronyms

LINES = (Path(__file__).parent / "acronym_cases.txt").read_text(encoding="utf-8").splitlines()
CASES = [[part.strip() for part in line.split("||")] for line in LINES if line and not line.startswith("#")]


def found_in(texts: list[str]) -> pl.DataFrame:
    return acronyms(
        pl.DataFrame({"row": range(len(texts)), "text": texts}, schema={"row": pl.UInt32, "text": pl.String})
    )


@pytest.fixture(scope="module")
def found() -> pl.DataFrame:
    return found_in([case[0] for case in CASES])


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case[0][:40] for case in CASES])
def test_labelled_sentence(found: pl.DataFrame, number: int) -> None:
    told = found.filter(pl.col("row") == number)
    pairs = set(told.select(pl.format("{} = {}", "surface", "expansion")).to_series())
    assert pairs == set(CASES[number][1:])


def test_the_set_is_large_enough_to_tell() -> None:
    assert sum(len(case) - 1 for case in CASES) >= 200
    assert sum(len(case) == 1 for case in CASES) >= 30


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        pytest.param("LLMs", "LLM", id="plural"),
        pytest.param("GPU's", "GPU", id="plural with an apostrophe"),
        pytest.param("QoS", "QoS", id="a capital S is part of it"),
        pytest.param("fps", "fps", id="lower case is no plural"),
    ],
)
def test_name_is_the_singular(surface: str, name: str) -> None:
    long = {
        "LLMs": "large language models",
        "GPU's": "graphics processing units",
        "QoS": "quality of service",
        "fps": "frames per second",
    }[surface]
    assert found_in([f"We study {long} ({surface}) here."])["name"].to_list() == [name]


PARTS = st.sampled_from(
    ["large language models", " (LLM", ")", "(", " [RL]", "RL (", "reinforcement learning", "**", "\\textbf{", "}", " ",
     "é", "vision\u2013language", ". ", "\x00", "дом", ", or ", "dubbed ABC.", "stands for ", "i.e., ", "\n",
     "\U0001d6fc", "%s", "'; --"]
)  # fmt: skip


@settings(max_examples=30)
@given(st.lists(st.lists(PARTS, max_size=14).map("".join), min_size=2, max_size=9))
def test_spans_hold_what_was_found(texts: list[str]) -> None:
    found = found_in(texts)
    assert not found.select("row", "span_start").is_duplicated().any()
    for one in found.to_dicts():
        text = texts[one["row"]]
        assert text[one["span_start"] : one["span_end"]] == one["surface"]
        assert text[one["expansion_start"] : one["expansion_end"]] == one["expansion"]


@pytest.mark.real
def test_spans_of_labelled_text_are_no_definitions(shared: Path) -> None:
    gold = pl.read_ndjson(shared / "gold" / "cleaning.jsonl")
    labelled = (
        gold.select(text=pl.concat_str(pl.lit("This "), pl.col("clean"), pl.lit(" holds."))).unique().sort("text")
    )
    assert found_in(labelled["text"].to_list()).height == 0
