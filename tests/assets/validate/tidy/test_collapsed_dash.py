import polars as pl
import pytest

from assets.validate.tidy.collapsed_dash import has_collapsed_dash


def is_flagged(text: str) -> bool:
    return pl.select(has_collapsed_dash(pl.lit(text))).item()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It reaches a low error (3.2%)-their sum shows a limit.", id="after a bracket"),
        pytest.param("Models make slips-outputs that nobody asked for-and errors-answers that are wrong.", id="plural"),
        pytest.param("We study pruning-a method to remove weights.", id="article"),
        pytest.param("We collect many tasks-including riddles.", id="preposition"),
        pytest.param("We compare four methods-ranging from rules to trees.", id="participle"),
        pytest.param("The gain is small-due to noise.", id="phrase"),
    ],
)
def test_a_clause_behind_a_hyphen_is_seen(text: str) -> None:
    assert is_flagged(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("state-of-the-art, out-of-the-box and end-to-end systems", id="compounds of many parts"),
        pytest.param("a decoder-only model for decision-making in medicine", id="compounds of two"),
        pytest.param("zero- or few-shot, in- and out-of-domain", id="suspended hyphens"),
        pytest.param("a decades-old sports-related requirements-driven study", id="plural in a compound"),
        pytest.param("see https://example.org/tasks-including-riddles", id="address"),
        pytest.param("humans-in-the-loop and a human-in-the loop", id="in the loop"),
        pytest.param("an instance-based, weights-sharing network", id="participle as second part"),
    ],
)
def test_compounds_are_not(text: str) -> None:
    assert not is_flagged(text)
