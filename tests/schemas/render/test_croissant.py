import polars as pl
import pytest

from schemas.catalog import TABLES
from schemas.render import column_facts
from schemas.render.croissant import croissant_record_set, croissant_type


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_described(name: str) -> None:
    told = croissant_record_set(name, TABLES[name], f"{name}.parquet", TABLES)
    assert [field["@id"] for field in told["field"]] == [f"{name}/{one.name}" for one in column_facts(TABLES[name])]
    assert {field["source"]["fileObject"]["@id"] for field in told["field"]} == {f"{name}.parquet"}


@pytest.mark.parametrize(
    ("dtype", "told"),
    [
        (pl.String, {"dataType": "sc:Text"}),
        (pl.Int64, {"dataType": "cr:Int64"}),
        (pl.Datetime("us", "UTC"), {"dataType": "sc:DateTime"}),
        (pl.List(pl.String), {"dataType": "sc:Text", "isArray": True, "arrayShape": "-1"}),
        (pl.Array(pl.Float32, 3), {"dataType": "cr:Float32", "isArray": True, "arrayShape": "3"}),
    ],
    ids=["text", "integer", "moment", "list", "vector"],
)
def test_types(dtype: pl.DataType, told: dict[str, object]) -> None:
    assert croissant_type(dtype) == told


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(TypeError, match="Struct"):
        croissant_type(pl.Struct({"a": pl.String}))
