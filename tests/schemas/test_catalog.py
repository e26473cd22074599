"""What must hold for every table that is declared."""

import enum
from enum import StrEnum

import pandera.polars as pa
import polars as pl
import pytest

from schemas import (
    agreement,
    enrich_vocabulary,
    formats,
    match_vocabulary,
    quantity_vocabulary,
    release_vocabulary,
    vocabulary,
)
from schemas.base import Table
from schemas.catalog import TABLES, metadata, qualified
from schemas.dumps import Dumps
from schemas.listings import CleanListings
from schemas.render import column_facts, polars_schema, row_checks, vocabulary_definitions
from schemas.vocabulary import RejectReason
from tests.frames import table

COLUMNS = [
    pytest.param(facts, id=f"{name}.{facts.name}") for name, model in TABLES.items() for facts in column_facts(model)
]
MODELS = [pytest.param(model, id=name) for name, model in TABLES.items()]
VOCABULARIES = [
    pytest.param(member, id=member.__name__)
    for module in (
        vocabulary,
        match_vocabulary,
        enrich_vocabulary,
        quantity_vocabulary,
        release_vocabulary,
        agreement,
        formats,
    )
    for member in vars(module).values()
    if isinstance(member, enum.EnumType) and member is not StrEnum
]


@pytest.mark.parametrize("facts", COLUMNS)
def test_every_column_says_what_it_means(facts) -> None:
    assert facts.description.endswith(".")
    assert facts.description[0].isupper() or facts.description[0] in "`a"
    assert not facts.source or not facts.source.endswith("."), "the stop is added where the source is printed"


@pytest.mark.parametrize("model", MODELS)
def test_every_table_says_what_a_row_is(model) -> None:
    assert model.__doc__.endswith(".")
    assert model.__doc__ != Table.__doc__
    assert metadata(model)["schema"] in {"main", "audit", "search"}


@pytest.mark.parametrize("model", MODELS)
def test_keys_are_columns_that_are_never_empty(model) -> None:
    columns = {facts.name: facts for facts in column_facts(model)}
    key = metadata(model)["primary_key"]
    assert key
    assert not [name for name in key if columns[name].nullable]
    if len(key) == 1:
        assert columns[key[0]].unique, "a key of one column says unique, so that Pandera checks it too"


@pytest.mark.parametrize("model", MODELS)
def test_foreign_keys_point_to_the_key_of_a_table(model) -> None:
    columns = {facts.name: facts for facts in column_facts(model)}
    for name, target in metadata(model)["foreign_keys"].items():
        table, column = target.split(".")
        assert metadata(TABLES[table])["primary_key"] == (column,)
        assert columns[name].dtype == polars_schema(TABLES[table])[column]


@pytest.mark.parametrize("words", VOCABULARIES)
def test_every_member_of_a_vocabulary_is_defined(words) -> None:
    assert issubclass(words, StrEnum)
    assert words.__doc__.endswith(".")
    definitions = vocabulary_definitions()[words.__name__]
    assert list(definitions) == [member.value for member in words]
    assert not [value for value, meaning in definitions.items() if not meaning.endswith(".")]


@pytest.mark.parametrize("model", MODELS)
def test_rules_for_rows_reject_with_a_reason_and_say_why(model) -> None:
    for check in row_checks(model):
        assert RejectReason(check.reason)
        assert check.meaning.endswith(".")


def test_qualified_names() -> None:
    assert qualified("papers") == "papers"
    assert qualified("ledger") == "audit.ledger"
    with pytest.raises(KeyError):
        qualified("no_such_table")


GOOD_DUMP = {
    "dump_id": "a" * 64,
    "uri": "page.txt",
    "also_at": [],
    "format": "page_text",
    "compression": "none",
    "role": "feed",
    "size_bytes": 1,
    "captured_at": None,
    "captured_from": None,
    "page_date_raw": "Feb 21",
    "page_count": 1,
    "listing_count": 1,
    "status": "read",
    "reason": None,
    "detail": None,
    "reader_version": "page_text 1",
}
GOOD_LISTING = table(
    "clean_listings",
    [
        {
            "listing_id": "b" * 32,
            "dump_id": "a" * 64,
            "title": "Kettles That Learn",
            "abstract": "We teach a kettle to whistle in tune.",
            "title_search": "kettles that learn",
            "abstract_search": "we teach a kettle to whistle in tune",
            "language": "en",
            "record_type": "article",
        }
    ],
).row(0, named=True)


@pytest.mark.parametrize(
    ("model", "row"),
    [pytest.param(Dumps, GOOD_DUMP, id="dumps"), pytest.param(CleanListings, GOOD_LISTING, id="clean_listings")],
)
def test_a_good_frame_passes(model, row) -> None:
    frame = pl.DataFrame([row], schema=polars_schema(model))
    assert model.validate(frame, lazy=True).equals(frame)


@pytest.mark.parametrize(
    ("model", "row", "check"),
    [
        pytest.param(Dumps, GOOD_DUMP | {"format": "papyrus"}, "isin", id="value outside its vocabulary"),
        pytest.param(Dumps, GOOD_DUMP | {"size_bytes": -1}, "greater_than_or_equal_to", id="negative size"),
        pytest.param(Dumps, GOOD_DUMP | {"dump_id": "A" * 64}, "str_matches", id="identifier in capitals"),
        pytest.param(Dumps, GOOD_DUMP | {"uri": None}, "not_nullable", id="value missing"),
        pytest.param(CleanListings, GOOD_LISTING | {"title": " - "}, "empty_title", id="title without a letter"),
        pytest.param(CleanListings, GOOD_LISTING | {"title": "x" * 501}, "title_too_long", id="title too long"),
        pytest.param(
            CleanListings, GOOD_LISTING | {"abstract": "..."}, "empty_abstract", id="abstract without a letter"
        ),
        pytest.param(
            CleanListings, GOOD_LISTING | {"abstract": "x" * 20_001}, "abstract_too_long", id="abstract too long"
        ),
        pytest.param(
            CleanListings,
            GOOD_LISTING | {"abstract_search": "kettles that learn"},
            "abstract_is_title",
            id="abstract is title",
        ),
        pytest.param(CleanListings, GOOD_LISTING | {"year": 99}, "in_range", id="year out of range"),
    ],
)
def test_a_bad_frame_is_refused(model, row, check) -> None:
    frame = pl.DataFrame([row], schema=polars_schema(model))
    with pytest.raises(pa.errors.SchemaErrors) as failure:
        model.validate(frame, lazy=True)
    assert check in " ".join(failure.value.failure_cases["check"].to_list())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda frame: frame.drop("uri"), id="a column is missing"),
        pytest.param(lambda frame: frame.with_columns(extra=1), id="a column too many"),
        pytest.param(lambda frame: frame.select(reversed(frame.columns)), id="columns in another order"),
        pytest.param(
            lambda frame: frame.with_columns(pl.col("size_bytes").cast(pl.String)), id="a column of another type"
        ),
        pytest.param(lambda frame: pl.concat([frame, frame]), id="a key twice"),
    ],
)
def test_a_frame_of_another_shape_is_refused(change) -> None:
    frame = pl.DataFrame([GOOD_DUMP], schema=polars_schema(Dumps))
    with pytest.raises(pa.errors.SchemaErrors):
        Dumps.validate(change(frame), lazy=True)
