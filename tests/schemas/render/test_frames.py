import json

import pyarrow as pa
import pytest

from schemas.catalog import TABLES
from schemas.render import arrow_schema, column_facts, polars_schema

MODELS = [pytest.param(model, id=name) for name, model in TABLES.items()]


@pytest.mark.parametrize("model", MODELS)
def test_an_empty_frame_of_the_schema_satisfies_the_model(model) -> None:
    frame = polars_schema(model).to_frame()
    assert model.validate(frame, lazy=True).schema == polars_schema(model)


@pytest.mark.parametrize("model", MODELS)
def test_arrow_fields_say_what_the_model_says(model) -> None:
    schema = arrow_schema(model)
    assert schema.metadata[b"description"].decode() == model.__doc__
    for field, facts in zip(schema, column_facts(model), strict=True):
        assert (field.name, field.nullable) == (facts.name, facts.nullable)
        assert field.metadata[b"description"].decode() == facts.description
        assert field.metadata.get(b"unit", b"").decode() == (facts.unit or "")
        assert field.metadata.get(b"source", b"").decode() == (facts.source or "")


def test_arrow_types_and_key() -> None:
    schema = arrow_schema(TABLES["papers"])
    assert pa.types.is_large_list(schema.field("authors").type)
    assert schema.field("published_on").type == pa.date32()
    assert arrow_schema(TABLES["paper_vectors"]).field("vector").type == pa.list_(pa.float32(), 128)
    assert arrow_schema(TABLES["runs"]).field("started_at").type == pa.timestamp("us", "UTC")
    assert json.loads(arrow_schema(TABLES["ledger"]).metadata[b"primary_key"]) == ["stage", "dump_id"]
