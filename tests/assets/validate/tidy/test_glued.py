import polars as pl
import pytest

from assets.validate.tidy import glued

FLAGS = {detector.flag: detector for detector in glued.DETECTORS}


def tidy(text: str) -> str:
    for rule in glued.RULES:
        text = pl.select(rule.apply(pl.lit(text))).item()
    return text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("the size ofthe model is in the paper", "the size of the model is in the paper", id="short words"),
        pytest.param("we show themodel of the hive is good", "we show the model of the hive is good", id="the"),
        pytest.param("the complexityof a hive is in the data", "the complexity of a hive is in the data", id="of"),
        pytest.param(
            "we study swarminvariantlanguage models of the hive; the swarminvariant language models are",
            "we study swarminvariant language models of the hive; the swarminvariant language models are",
            id="side by side elsewhere",
        ),
        pytest.param("we test 28LLMs, and LLMs win", "we test 28 LLMs, and LLMs win", id="count and plural"),
        pytest.param(
            "we got 27submissions, ranked 6thplace", "we got 27 submissions, ranked 6th place", id="count and word"
        ),
        pytest.param(
            "CNN-Transformer hybrids; CNNs and Transformers; CNNTransformer hybrids",
            "CNN-Transformer hybrids; CNNs and Transformers; CNN-Transformer hybrids",
            id="acronym and name",
        ),
    ],
)
def test_glued_words_are_parted(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("3D, 7B, 28nm, 2x, 10k, 32bit, 100times and 2RNNs", id="units and names"),
        pytest.param("a conductor of the band and a constructor, the personas", id="words with such ends"),
        pytest.param("the combinations thereof and therewith of the hive", id="there"),
        pytest.param("the timestep and the time step of the workflow", id="compound in two ways"),
        pytest.param("the themodel-x and https://example.org/ofthe in the text", id="names and addresses"),
        pytest.param("YouTube and ImageNet, NPMatch and NP-Match", id="names in two ways"),
        pytest.param("la termesspatiaux et de la langue ofthe", id="another language"),
    ],
)
def test_other_words_stay(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("flag", "text", "seen"),
    [
        pytest.param("glued_words", "the resultingdataset is large", True, id="two common words"),
        pytest.param("glued_words", "an electroencephalography study", False, id="long word"),
        pytest.param("glued_words", "its discoverability and developability", False, id="ability"),
        pytest.param("glued_name", "it beats Alpaca-3.18B-Instruct", True, id="version and size"),
        pytest.param("glued_name", "it beats GPT-3.5Turbo", True, id="version and edition"),
        pytest.param("glued_name", "OPT-6.7B, GPT-3.5 and a 2.55M model", False, id="sizes"),
    ],
)
def test_doubts_are_flagged(flag: str, text: str, seen: bool) -> None:
    assert pl.select(FLAGS[flag].detect(pl.lit(text))).item() is seen
