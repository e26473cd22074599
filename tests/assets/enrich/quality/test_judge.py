"""Odd papers are outliers for the right reason, ordinary ones are not, and what is said of them is true."""

import random

import polars as pl
import pytest

from assets.checks import contract_faults
from assets.enrich.quality.measures import FIELDS
from schemas.enrich_vocabulary import QualityOutlier as Outlier
from schemas.quality import Outliers, Quality, QualityBounds
from tests.assets.enrich.quality.profiles import Row, ordinary, papers, profile

ORDINARY = [ordinary(number) for number in range(80)]
TITLE, TEXT, _ = ordinary(1000)
LONG = " ".join(ordinary(number)[1] or "" for number in range(2000, 2006))
CHANCE = random.Random("odd")
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
NUMBERS = " ".join(f"{CHANCE.random():.3f}" for _ in range(120))
CODE = "".join(CHANCE.choices(SIGNS, k=900))
KEYS = " ".join("".join(CHANCE.choices("asdfghjklqwertzuiop", k=CHANCE.randint(3, 9))) for _ in range(120))
GERMAN = (
    "Die Gezeiten verändern täglich die Küste, und die Tabellen der Häfen werden noch immer von Hand abgeschrieben. "
    "Wir zeigen, dass ein Leuchtturm weniger Fehler macht als zwei, wenn der Wächter ausgeschlafen ist. "
)
GIBBERISH = " ".join("".join(CHANCE.choices("bcdfgjklmpqvwxz", k=7)) for _ in range(9))
TAGGED = TEXT.replace(". ", ". </p> <p> ", 3) + " Salt &amp; rope &lt;sic&gt;."

ODD: dict[str, tuple[Row, set[Outlier], set[Outlier]]] = {
    "withdrawn": ((TITLE, "This paper has been withdrawn.", "en"), {Outlier.TOO_SHORT}, set()),
    "several records in one": ((TITLE, LONG, "en"), {Outlier.TOO_LONG}, set()),
    "a paragraph twice": ((TITLE, f"{TEXT} {TEXT}", "en"), {Outlier.REPETITIVE}, {Outlier.COMPRESSIBLE}),
    "one sentence over and over": (
        (TITLE, "The tide table of the old harbour was copied by hand every winter. " * 15, "en"),
        {Outlier.REPETITIVE, Outlier.COMPRESSIBLE, Outlier.FEW_TYPES},
        {Outlier.ODD_SPELLING, Outlier.SHORT_WORDS},
    ),
    "keyboard": ((TITLE, KEYS, None), {Outlier.ODD_SPELLING, Outlier.LONG_SENTENCES}, set()),
    "base64": (
        (TITLE, CODE, None),
        {Outlier.LONG_WORDS, Outlier.MANY_CAPITALS, Outlier.ODD_SPELLING, Outlier.MANY_DIGITS},
        {Outlier.TOO_SHORT},
    ),
    "numbers": (
        (TITLE, NUMBERS, None),
        {Outlier.MANY_DIGITS, Outlier.SHORT_WORDS, Outlier.LONG_SENTENCES, Outlier.ODD_SPELLING},
        {Outlier.FEW_TYPES},
    ),
    "another language": ((TITLE, GERMAN, "de"), {Outlier.OTHER_LANGUAGE}, set()),
    "another language that was not noticed": ((TITLE, GERMAN, "en"), {Outlier.ODD_SPELLING}, set()),
    "markup": ((TITLE, TAGGED, "en"), {Outlier.MARKUP}, set()),
    "no stops": ((TITLE, LONG.replace(".", ",")[:1500], "en"), {Outlier.LONG_SENTENCES}, set()),
    "capitals": ((TITLE.upper(), TEXT.upper(), "en"), {Outlier.TITLE_CAPITALS, Outlier.MANY_CAPITALS}, set()),
    "letters spaced out": (
        (TITLE, " ".join(TEXT), "en"),
        {Outlier.SHORT_WORDS, Outlier.FEW_TYPES, Outlier.ODD_SPELLING},
        {Outlier.LONG_SENTENCES, Outlier.TOO_LONG},
    ),
    "words run together": (
        (TITLE, TEXT.replace(" ", ""), "en"),
        {Outlier.LONG_WORDS, Outlier.ODD_SPELLING},
        {Outlier.TOO_SHORT},
    ),
    "no title to speak of": (("X", TEXT, "en"), {Outlier.TITLE_TOO_SHORT}, set()),
    "abstract as title": ((TEXT[:480], TEXT, "en"), {Outlier.TITLE_TOO_LONG}, set()),
    "gibberish as title": ((GIBBERISH, TEXT, "en"), {Outlier.TITLE_ODD}, set()),
}
"""What is odd -> the paper, what must be said of it, and what else may be."""

TABLE = papers([*ORDINARY, *(row for row, _, _ in ODD.values())])


@pytest.fixture(scope="module")
def tables() -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """`quality`, `outliers` and `quality_bounds` of ordinary and odd papers."""
    return profile(TABLE)


@pytest.mark.parametrize("name", ODD)
def test_odd_papers_are_outliers_for_the_right_reason(tables: tuple[pl.DataFrame, ...], name: str) -> None:
    _, must, may = ODD[name]
    found = set(tables[0]["outliers"][len(ORDINARY) + list(ODD).index(name)])
    assert must <= found <= must | may | ({Outlier.TITLE_UNRELATED} & found)


def test_ordinary_papers_are_no_outliers(tables: tuple[pl.DataFrame, ...]) -> None:
    assert tables[0].head(len(ORDINARY)).filter(pl.col("outliers").list.len() > 0).is_empty()


@pytest.mark.parametrize("count", [0, 1, 27])
def test_few_ordinary_papers_are_no_outliers(count: int) -> None:
    quality, found, _ = profile(papers(ORDINARY[:count]))
    assert quality.height == count
    assert found.is_empty()


def test_the_title_of_another_paper() -> None:
    swapped = [
        (ordinary(number)[0], ordinary(number)[0] + ". " + (ordinary(number)[1] or ""), "en") for number in range(60)
    ]
    other = ("Nine Quantum Kittens Juggling Eleven Unlikely Xylophones Beside Volcanoes", *swapped[0][1:])
    quality, _, _ = profile(papers([*swapped, other]))
    assert quality["outliers"].to_list() == [[]] * 60 + [[Outlier.TITLE_ODD, Outlier.TITLE_UNRELATED]]


def test_the_tables_keep_their_contracts(tables: tuple[pl.DataFrame, ...]) -> None:
    for rows, model in zip(tables, (Quality, Outliers, QualityBounds), strict=True):
        assert contract_faults(rows, model) == []


def test_lists_and_rows_say_the_same(tables: tuple[pl.DataFrame, ...]) -> None:
    quality, found, _ = tables
    listed = quality.select("paper_id", outlier="outliers").explode("outlier").drop_nulls()
    assert listed.equals(found.select("paper_id", "outlier"))


def test_an_outlier_says_why(tables: tuple[pl.DataFrame, ...]) -> None:
    said = dict(tables[1].filter(paper_id=f"p{len(ORDINARY):016x}").select("outlier", "explanation").iter_rows())
    assert said["too_short"].startswith("the abstract has 5 words; nine in ten papers: ")
    assert any("the title has 1 character; " in text for text in tables[1]["explanation"])
    others = dict(tables[1].select("outlier", "explanation").iter_rows())
    assert others["many_digits"].split("; ")[0].endswith(" % of the characters are digits")
    assert others["other_language"] == "too few papers are in its language"


def test_order_does_not_matter(tables: tuple[pl.DataFrame, ...]) -> None:
    shuffled = TABLE.sample(fraction=1, shuffle=True, seed=5)
    quality, found, limits = profile(shuffled)
    assert quality.sort("paper_id").equals(tables[0])
    assert found.equals(tables[1])
    assert limits.equals(tables[2])


def test_papers_without_abstract_are_profiled_by_their_titles() -> None:
    quality, found, _ = profile(papers([(title, None, language) for title, _, language in ORDINARY]))
    assert found.is_empty()
    assert quality["abstract_words"].null_count() == quality.height
    assert quality["missing_fields"][0].to_list() == list(FIELDS)
    assert quality["stated_count"].unique().to_list() == [0]


def test_fields_are_those_that_a_source_states() -> None:
    assert {"abstract", "authors", "year", "doi", "venue"} <= set(FIELDS)
    assert not {"paper_id", "title", "flags", "listing_count", "published_precision", "language"} & set(FIELDS)
