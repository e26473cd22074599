import polars as pl
import pytest

from assets.validate.clean import Step, clean_listings, trace
from assets.validate.rules import Detector, Rule
from assets.validate.tidy import brackets, dashes, endings, quotes, spacing, stops
from schemas.listings import CleanListings
from schemas.render import polars_schema
from tests.frames import dump_id, listing_id, table

RULES: tuple[Rule, ...] = (*spacing.RULES, *quotes.RULES, *dashes.RULES, *stops.RULES, *brackets.RULES)
DETECTORS: tuple[Detector, ...] = endings.DETECTORS


def listings(*texts: tuple[str | None, str | None]) -> pl.DataFrame:
    rows = [
        {
            "listing_id": listing_id(str(number)),
            "dump_id": dump_id("dump"),
            "page": 1,
            "position": number + 1,
            "title_raw": title,
            "abstract_raw": abstract,
        }
        for number, (title, abstract) in enumerate(texts)
    ]
    return table("listings", rows, byte_start=0, byte_end=1, source_fields="{}")


ROWS = listings(
    ("Bees  in ``Hives''", "We count bees in a hive and we show that the method is fast.We release it."),
    ("A Survey of Wax", None),
    (None, "To address this gap, we build the"),
)


def test_rows_satisfy_the_contract_but_for_what_rejects_them() -> None:
    clean = clean_listings(ROWS, RULES, DETECTORS)
    CleanListings.validate(clean.head(2))
    assert clean.schema == polars_schema(CleanListings)
    assert clean["listing_id"].to_list() == ROWS["listing_id"].to_list()


def test_values() -> None:
    clean = clean_listings(ROWS, RULES, DETECTORS)
    assert clean["title"].to_list() == ['Bees in "Hives"', "A Survey of Wax", ""]
    assert clean["abstract"][0].endswith("is fast. We release it.")
    assert clean["title_search"].to_list() == ["bees in hives", "a survey of wax", ""]
    assert clean["abstract_search"].to_list()[1] is None
    assert clean["record_type"].to_list() == ["article", "survey", "article"]
    assert clean["language"].to_list() == ["en", None, None]
    assert clean["flags"].to_list() == [[], [], ["truncated_end", "truncated_start"]]
    assert clean["repairs"].to_list() == [["white_space", "tex_double_quotes", "space_after_stop"], [], []]
    assert clean["authors"].to_list() == [[], [], []]
    assert clean["year"].null_count() == clean.height


@pytest.mark.parametrize("rows", [pytest.param(0, id="none"), pytest.param(2, id="two")])
def test_without_rules_and_detectors(rows: int) -> None:
    clean = clean_listings(ROWS.head(rows), (), ())
    assert clean.height == rows
    assert clean.schema == clean_listings(ROWS, RULES, DETECTORS).schema


def test_a_blank_abstract_is_a_missing_one() -> None:
    rows = ROWS.head(2).with_columns(abstract_raw=pl.Series([" \n", ""]))
    assert clean_listings(rows, RULES, DETECTORS)["abstract"].to_list() == [None, None]


def test_cleaning_leaves_the_listings_alone() -> None:
    before = ROWS.clone()
    clean_listings(ROWS, RULES, DETECTORS)
    assert ROWS.equals(before)


def test_trace_tells_each_step() -> None:
    text = "In this part we count bees in a hive and show that it is fast.We use ``wax'' for Language Models(LMs)."
    steps = trace(text, "abstract", RULES)
    assert [step.rule for step in steps] == ["tex_double_quotes", "space_after_stop", "space_before_bracket"]
    assert steps[1] == Step(
        "space_after_stop", 1, '…that it is fast.We use "wax" for…', '…that it is fast. We use "wax" for…'
    )


def test_trace_honours_the_fields_of_a_rule() -> None:
    assert trace("PINE -- a tree", "title", RULES) == []
    assert [step.rule for step in trace("PINE -- a tree", "abstract", RULES)] == ["spaced_double_hyphen"]
    with pytest.raises(ValueError, match="field must be one of"):
        trace("PINE", "authors", RULES)


def test_trace_of_two_places_shows_both() -> None:
    text = "one  two three four five six seven eight nine ten  eleven"
    (step,) = trace(text, "abstract", RULES)
    assert step.before == "one  two three four… …seven eight nine ten  eleven"
    assert step.after == "one two three four… …seven eight nine ten eleven"
