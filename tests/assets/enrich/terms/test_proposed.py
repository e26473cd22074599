"""What a paper proposes: from the title's name and the abstract's own words."""

from collections.abc import Callable

import pytest

NEW = ("method", "dataset", "benchmark")


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        pytest.param(
            "HarborNet: Sonar for All",
            "Sonar is hard. We propose HarborNet, a network for sonar.",
            [("method", "HarborNet", "title_name")],
            id="name before the colon, proposed",
        ),
        pytest.param(
            "HarborNet: Sonar for All",
            "HarborNet achieves the best result on all docks.",
            [("method", "HarborNet", "title_name")],
            id="name before the colon, as subject",
        ),
        pytest.param(
            "Sea Glass - Lenses from the Shore",
            "This work introduces Sea Glass, a way to see.",
            [("method", "Sea Glass", "title_name")],
            id="name before a dash",
        ),
        pytest.param(
            "KnotBench: Do Models Tie Knots?",
            "We present KnotBench, a suite of 300 knots.",
            [("benchmark", "KnotBench", "title_name")],
            id="benchmark by its name",
        ),
        pytest.param(
            "RopeSet: Fibres of the North",
            "We release RopeSet, a large-scale dataset of fibres.",
            [("dataset", "RopeSet", "title_name")],
            id="data set by its apposition",
        ),
        pytest.param(
            "Tide2Vec: Vectorizing Datasets",
            "We introduce Tide2Vec, a novel approach that decomposes any dataset.",
            [("method", "Tide2Vec", "title_name")],
            id="a method for data sets is no data set",
        ),
        pytest.param(
            "On Rowing", "We propose RowFormer, which rows.", [("method", "RowFormer", "proposed")], id="proposed alone"
        ),
        pytest.param(
            "On Rowing",
            "We present a new corpus called OarText, collected in spring.",
            [("dataset", "OarText", "proposed")],
            id="called",
        ),
        pytest.param(
            "On Rowing",
            "In this paper, we propose Adaptive Keel Control (AKC), which steers.",
            [("method", "AKC", "proposed")],
            id="acronym of what is proposed",
        ),
        pytest.param(
            "On Rowing",
            "We introduce Tidal Anchor Folding, a simple way to moor.",
            [("method", "Tidal Anchor Folding", "proposed")],
            id="name in full, with what it is",
        ),
        pytest.param(
            "On Rowing",
            "We introduce the Aranel Knot Challenge, a benchmark of knots.",
            [("benchmark", "Aranel Knot Challenge", "proposed")],
            id="name in full, with an article",
        ),
        pytest.param(
            "On Rowing",
            "We propose knotted anchor folding (KAF), which moors.",
            [("method", "KAF", "proposed")],
            id="acronym in small letters, at once",
        ),
        pytest.param(
            "On Rowing",
            "The knotted anchor folding (KAF) is proposed as a simple way.",
            [("method", "KAF", "proposed")],
            id="is proposed",
        ),
        pytest.param(
            "On Rowing",
            "We also release the OarNet dataset, and present the KeelVal benchmark.",
            [("dataset", "OarNet", "proposed")],
            id="the NAME data set",
        ),
        pytest.param(
            "On Rowing", "We propose a knotted anchor folding (KAF) for boats.", [], id="a common noun with its acronym"
        ),
        pytest.param(
            "On Rowing", "Recently, the knotted anchor folding (KAF) is proposed by others.", [], id="recently proposed"
        ),
        pytest.param("On Rowing", "We propose support vector machines (SVM) for boats.", [], id="a known method"),
        pytest.param("On Rowing", "We present Maren of Aranel with a boat.", [], id="a name and no apposition"),
        pytest.param("On Rowing", "We study the OarNet dataset of others.", [], id="a data set that is studied"),
        pytest.param(
            "Rowing: A Survey", "Rowing is old. We list oars.", [], id="a subject before the colon is no name"
        ),
        pytest.param(
            "HarborNet: Sonar for All", "Networks hear docks.", [], id="a name that the abstract does not use"
        ),
        pytest.param(
            "HarborNet: Sonar for All", "SuperHarborNet-2 is a rival.", [], id="part of another name is no name"
        ),
        pytest.param("Review: Docks", "Review is hard. We review docks.", [], id="a kind of article"),
        pytest.param(
            "On Rowing",
            "We propose a study of large language models (LLMs).",
            [],
            id="an acronym of everybody is not proposed",
        ),
        pytest.param("On Rowing", "We propose BERT-based oars for rowers.", [], id="a known name that qualifies"),
        pytest.param(
            "On Rowing", "We introduce Cross-Keel Attention to boats.", [], id="the first word of a longer name"
        ),
    ],
)
def test_what_is_proposed(terms_of: Callable[..., list[dict]], title: str, text: str, found: list[tuple]) -> None:
    terms = [(term["kind"], term["name"], term["rule"]) for term in terms_of(text, *NEW, title=title)]
    assert [term for term in terms if term[2] != "gazetteer"] == found
