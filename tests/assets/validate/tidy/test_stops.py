import polars as pl
import pytest

from assets.validate.tidy import stops


def tidy(text: str) -> str:
    for rule in stops.RULES:
        text = pl.select(rule.apply(pl.lit(text))).item()
    return text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("an integer output.We propose", "an integer output. We propose", id="opener"),
        pytest.param(
            "in real-time.Experimental results show", "in real-time. Experimental results show", id="compound"
        ),
        pytest.param("on BEE20K.Code is available", "on BEE20K. Code is available", id="name before"),
        pytest.param("with GPT-4.Our tests", "with GPT-4. Our tests", id="figure before"),
        pytest.param("(2018).However, it", "(2018). However, it", id="bracket before"),
        pytest.param("of the dataset.HiveNet has", "of the dataset. HiveNet has", id="name behind"),
        pytest.param("in the language.A new corpus", "in the language. A new corpus", id="article behind"),
        pytest.param("the structure.which achieves it", "the structure. which achieves it", id="small letter"),
        pytest.param(
            "Can we do it?In this paper, yes!We can", "Can we do it? In this paper, yes! We can", id="other marks"
        ),
        pytest.param("at once (i.e.parallel work)", "at once (i.e. parallel work)", id="i.e."),
        pytest.param("bees (e.g.,the queen)", "bees (e.g., the queen)", id="e.g. and comma"),
        pytest.param("Bee et al.(2019), Wax et al.,2020", "Bee et al. (2019), Wax et al., 2020", id="year"),
    ],
)
def test_a_space_follows(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("DALL.E 2 in the U.S. and Washington D.C.) from", id="names and abbreviations"),
        pytest.param("CUDA.jl, llama.cpp, numpy.array and Node.js", id="files and modules"),
        pytest.param("step l.l., w.r.t metrics, v.s. others, a Ph.D.", id="abbreviations"),
        pytest.param("IV. High Precision, version 3.5B, 0.5x", id="numbers"),
        pytest.param("on wikipedia.org, args.me and schema.org we find", id="domains"),
        pytest.param("see https://example.org/Output.We or me@Mail.The.org", id="addresses"),
        pytest.param("AdaBoost.MH, big.LITTLE, Yandex.Translate are names", id="names with a stop"),
        pytest.param("in section.A we", id="number of a section"),
        pytest.param("Yahoo!Answers and watch?v=Abc", id="names with other marks"),
        pytest.param("by S.Honeywell and R.Wax", id="initials"),
    ],
)
def test_no_space_follows(text: str) -> None:
    assert tidy(text) == text
