import polars as pl
import pytest

from assets.validate.tidy import words


def join(text: str) -> str:
    return pl.select(words.join_broken_words(pl.lit(text))).item()


def is_doubled(text: str) -> bool:
    return pl.select(words.has_doubled_word(pl.lit(text))).item()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(
            "However, cur rent agents of the hive are slow.", "However, current agents of the hive are slow.", id="pair"
        ),
        pytest.param(
            "The algo rithm in the paper is for bees.", "The algorithm in the paper is for bees.", id="no halves"
        ),
        pytest.param(
            "Exten sive tests of the perfor mance, in full.", "Extensive tests of the performance, in full.", id="marks"
        ),
        pytest.param(
            "We infer ence of the kind, with inference.", "We inference of the kind, with inference.", id="ending"
        ),
    ],
)
def test_broken_words_are_joined(raw: str, clean: str) -> None:
    assert join(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The test bed and the testbed of the lab are for bees.", id="compound in two ways"),
        pytest.param("We fine tune the model and finetune it to the data.", id="verb in two ways"),
        pytest.param("In the hyper parameter space of multi agent models we look.", id="prefixes"),
        pytest.param("Les sons de la langue sont des lessons.", id="another language"),
        pytest.param("The hateful memes of the web, as in hatefulmemes.", id="rare words"),
        pytest.param("The convergence rate of the method is in the paper.", id="common words"),
    ],
)
def test_words_that_stand_apart_stay(text: str) -> None:
    assert join(text) == text


@pytest.mark.parametrize(
    ("text", "doubled"),
    [
        pytest.param("benchmarks that that satisfy it", True, id="that that"),
        pytest.param("the the model", True, id="the the"),
        pytest.param("This work shows shows it", True, id="verb"),
        pytest.param("gains in in-context learning", False, id="compound behind"),
        pytest.param("off-policy policy gradients", False, id="compound before"),
        pytest.param("what it had had before", False, id="had had"),
        pytest.param("the better it is is the question", False, id="end of a clause"),
        pytest.param("O(log log n) and a very very long text", False, id="log log, very very"),
        pytest.param("nous nous intéressons", False, id="French"),
        pytest.param("to see, see also", False, id="mark between"),
        pytest.param(None, False, id="null"),
    ],
)
def test_doubled_words_are_seen(text: str | None, doubled: bool) -> None:
    assert pl.select(words.has_doubled_word(pl.lit(text, dtype=pl.String))).item() is doubled
