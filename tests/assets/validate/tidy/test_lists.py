import polars as pl
import pytest

from assets.validate.tidy import lists


def tidy(text: str) -> str:
    for rule in lists.RULES:
        text = pl.select(rule.apply(pl.lit(text))).item()
    return text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(
            "two aspects: (1). there is; (2). by", "two aspects: (1) there is; (2) by", id="stop after number"
        ),
        pytest.param("it fails. (2). For long texts", "it fails. (2) For long texts", id="before a capital"),
        pytest.param("it fails: 1). First", "it fails: 1) First", id="no opening bracket"),
        pytest.param("it is (i).fast", "it is (i) fast", id="neither stop nor space"),
        pytest.param("(1)the first and (2)the last", "(1) the first and (2) the last", id="no space"),
        pytest.param("are: i)fast and ii)small", "are: i) fast and ii) small", id="roman"),
        pytest.param("a)bees b)wasps", "a) bees b) wasps", id="letters"),
        pytest.param("Abstract: We show bees.", "We show bees.", id="label"),
        pytest.param("ABSTRACT—We show bees.", "We show bees.", id="label with a dash"),
        pytest.param("Abstract In this paper", "In this paper", id="label without a mark"),
    ],
)
def test_lists_and_labels(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("This violates assumption (A). Second, we see", id="end of a sentence"),
        pytest.param("as in (a) and (b). We go on", id="end of a sentence after and"),
        pytest.param("as shown in Fig. (2). We then", id="number of a figure"),
        pytest.param("the groups SO(3). This may", id="group"),
        pytest.param("a score (0.67). We win", id="figure"),
        pytest.param("(e)valuation of (a)symmetric forms", id="letters of a word"),
        pytest.param("steps include: * The first step", id="bullet"),
        pytest.param("Abstract Meaning Representation (AMR)", id="title-like beginning"),
        pytest.param("Abstract reasoning is hard.", id="adjective"),
        pytest.param("Objective: To find bees. Methods: We look.", id="labels of a structured abstract"),
    ],
)
def test_others_stay(text: str) -> None:
    assert tidy(text) == text
