import polars as pl
import pytest

from assets.validate.record_type import record_type


def kind(title: str | None, abstract: str | None = None) -> str:
    return pl.select(record_type(pl.lit(title, dtype=pl.String), pl.lit(abstract, dtype=pl.String))).item()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Erratum: Bees in the Hive", "erratum", id="erratum"),
        pytest.param("Correction to: Bees in the Hive", "erratum", id="correction to"),
        pytest.param("Retraction Note: Bees", "erratum", id="retraction"),
        pytest.param("Correction of Errors in Bee Counts", "article", id="correction as a topic"),
        pytest.param("Grammatical Error Correction", "article", id="error correction"),
        pytest.param("Editorial", "front_matter", id="editorial"),
        pytest.param("Introduction to the Special Issue on Bees", "front_matter", id="special issue"),
        pytest.param("Table of Contents", "front_matter", id="contents"),
        pytest.param("Editorial Bias in the News", "article", id="editorial as a topic"),
        pytest.param("Preface: A Prior for Hive Synthesis", "article", id="preface as a name"),
        pytest.param("Proceedings of the 3rd Workshop on Bees", "proceedings", id="proceedings"),
        pytest.param("Mining Court Proceedings", "article", id="proceedings as a topic"),
        pytest.param("A Survey of Bees", "survey", id="survey of"),
        pytest.param("Bees: A Comprehensive Review", "survey", id="review"),
        pytest.param("A Systematic Literature Review of Hives", "survey", id="systematic review"),
        pytest.param("An Overview of Hives", "survey", id="overview"),
        pytest.param("A Tutorial on Wax", "survey", id="tutorial"),
        pytest.param("Analysing Survey Data with Bees", "article", id="survey data"),
        pytest.param("A Survey of Beekeepers' Attitudes", "article", id="questionnaire"),
        pytest.param("Bots in Peer Review", "article", id="peer review"),
        pytest.param("Overview of the Hive Shared Task", "article", id="shared task"),
        pytest.param("How Bees Fly", "article", id="article"),
        pytest.param(None, "article", id="null"),
    ],
)
def test_title(title: str | None, expected: str) -> None:
    assert kind(title) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        pytest.param("Bees fly. In this thesis, we ask why.", "thesis", id="in this thesis"),
        pytest.param("This thesis presents a hive.", "thesis", id="this thesis presents"),
        pytest.param("This is the 1st part of the dissertation on bees.", "thesis", id="part of the dissertation"),
        pytest.param("The central thesis of this paper is wax.", "article", id="claim"),
        pytest.param("The Church-Turing thesis holds for bees.", "article", id="named thesis"),
        pytest.param("This thesis proposal asks why.", "article", id="proposal"),
    ],
)
def test_abstract(abstract: str, expected: str) -> None:
    assert kind("Bees", abstract) == expected
