import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.enrich.extraction import span_faults
from assets.enrich.quantities.extract import quantities
from schemas.quantities import Quantities
from tests.assets.enrich.abstracts import papers
from tests.assets.enrich.quantities.cases import FIELDS, PROVED, Case, as_frame, find_all, label_of, read_cases, shares

CASES = read_cases()


@pytest.fixture(scope="session")
def found() -> dict[str, list[dict[str, object]]]:
    """What is found in the labelled sentences, all searched in one pass."""
    return find_all([case.text for case in CASES])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_labelled_sentence(found, case: Case) -> None:
    assert sorted(map(label_of, found[case.text])) == sorted(case.labels)


def test_precision_and_recall_of_the_labelled_sentences(found) -> None:
    assert len(CASES) >= 250
    precision, recall = shares(CASES, found, PROVED)
    assert precision >= 0.95
    assert recall >= 0.90


def test_the_sentences_say_the_same_in_one_text(found) -> None:
    """A sentence ends the reach of its words; only of sizes a text says more than its sentences."""
    told = [label_of(one) for case in CASES for one in found[case.text] if one["kind"] != "parameters"]
    together = as_frame("\n".join(case.text for case in CASES)).filter(pl.col("kind") != "parameters")
    assert [label_of(one) for one in together.to_dicts()] == told


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        pytest.param("Sedge-9B wins.", [], id="a name alone proves nothing"),
        pytest.param("Sedge-9B beats a 70B model.", ["9B", "70B"], id="the text has sizes"),
        pytest.param("Sedge-9B beats a 70B model. We use the images of Dock-2B.", ["9B", "70B"], id="a name of data"),
    ],
)
def test_a_size_in_a_name_needs_proof(text: str, surfaces: list[str]) -> None:
    assert as_frame(text)["surface"].to_list() == surfaces


def test_table_keeps_its_contract() -> None:
    Quantities.validate(as_frame(*(case.text for case in CASES), None, ""))


@pytest.mark.parametrize("empty", [papers(), papers(None), papers(""), papers("No number."), papers("Only 3 cats.")])
def test_no_quantities_give_an_empty_table(empty: pl.DataFrame) -> None:
    rows = quantities(empty)
    Quantities.validate(rows)
    assert rows.is_empty()


def test_the_order_of_papers_changes_nothing() -> None:
    table = papers(*(case.text for case in CASES))
    assert quantities(table).equals(quantities(table.reverse()))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ünïcode — naïve ≈ 5% of the 数据 and 7B models", id="letters of more than one byte"),
        pytest.param(
            "\U0001d538\U0001d539 \U0001f680 up to 3\xd7 faster, \U0001d7dbx", id="characters beyond the basic plane"
        ),
        pytest.param("é" * 90 + " 84.3% accuracy " + "é" * 90, id="window ends inside a character"),
        pytest.param("\u200b5% \x00 7B\x1f models\t\n 3x faster", id="control and zero-width characters"),
    ],
)
def test_spans_count_characters(text: str) -> None:
    rows = as_frame(text)
    assert rows.height
    assert not span_faults(rows, papers(text))
    for row in rows.to_dicts():
        if row["subject"] is not None:
            assert text[row["subject_start"] : row["subject_end"]] == row["subject"]


def test_a_text_that_begins_or_ends_with_a_digit_does_not_touch_its_neighbours() -> None:
    rows = as_frame("ends with 5", "7% of it, x", "5", "3x faster is 5")
    assert rows["surface"].to_list() == ["7%", "3x"]


SIGNS = ["%", " ", "x", "\xd7", "$", "-", "\u2013", ",", ".", "\xb1", "\xb2", "{", "}", "(", ")", "/", "~", "\n"]
WORDS = [
    " to ",
    "from ",
    " and ",
    "models",
    "tokens",
    "USD ",
    "two-fold",
    " percent",
    "K",
    " GPU hours",
    "improves ",
    " by ",
]
PIECES = st.sampled_from(["5", "7B", "10^9", "\xe9", *SIGNS, *WORDS])


@settings(max_examples=10)
@given(st.lists(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60), min_size=1, max_size=30))
def test_whatever_the_text_spans_hold_and_do_not_overlap(texts: list[str]) -> None:
    rows = as_frame(*texts)
    Quantities.validate(rows)
    assert not span_faults(rows, papers(*texts))
    subjects = rows.drop_nulls("subject").select(
        "paper_id", surface="subject", span_start="subject_start", span_end="subject_end"
    )
    assert not span_faults(subjects, papers(*texts))
    ends = pl.col("span_end").shift(1).over("paper_id")
    assert rows.filter(pl.col("span_start") < ends).is_empty()
    assert rows.filter(pl.col("low") > pl.col("high")).is_empty()


def test_hostile_lengths_end() -> None:
    texts = ["5% " * 3_000, "1," * 20_000, "9" * 5_000 + "%", "from 5 to " * 2_000, "$" * 5_000 + "5", "7B " * 3_000]
    rows = as_frame(*texts)
    assert not span_faults(rows, papers(*texts))


def test_fields_of_a_label_are_those_of_the_table() -> None:
    assert set(FIELDS) <= set(Quantities.to_schema().columns)


@pytest.mark.real
def test_spans_hold_in_the_real_dumps(shared) -> None:
    texts = [
        paragraph.strip()
        for path in sorted((shared / "dumps").glob("*.txt"))
        for paragraph in path.read_text(encoding="utf-8").split("\n\n")
        if paragraph.strip()
    ]
    rows = as_frame(*texts)
    Quantities.validate(rows)
    assert not span_faults(rows, papers(*texts))
    assert rows.height > 300
