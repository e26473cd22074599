"""Croissant: what a table's columns are, as record sets and fields of a machine-learning data set's description.

Croissant 1.1, in JSON-LD: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html
"""

from collections.abc import Collection
from typing import Any

import polars as pl
from polars.datatypes import DataTypeClass

from schemas.base import Table
from schemas.catalog import metadata
from schemas.render.facts import ColumnFacts, column_facts

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"
"""The version of Croissant."""

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""What the names in a description stand for: the context that Croissant 1.1 asks for, word by word."""

CROISSANT_TYPES: dict[DataTypeClass, str] = {
    pl.String: "sc:Text",
    pl.Boolean: "sc:Boolean",
    pl.Int32: "cr:Int32",
    pl.Int64: "cr:Int64",
    pl.Float32: "cr:Float32",
    pl.Float64: "cr:Float64",
    pl.Date: "sc:Date",
    pl.Datetime: "sc:DateTime",
}
"""The types of single values that tables use."""


def croissant_type(dtype: pl.DataType | DataTypeClass) -> dict[str, Any]:
    """The type of a column as Croissant writes it.

    Args:
        dtype: Type of the column in a data frame.

    Returns:
        `dataType`, and for lists `isArray` and `arrayShape`.

    Raises:
        TypeError: If no table has had a column of this type yet; CROISSANT_TYPES is where it belongs.
    """
    if isinstance(dtype, pl.List | pl.Array):
        shape = str(dtype.size) if isinstance(dtype, pl.Array) else "-1"
        return {**croissant_type(dtype.inner), "isArray": True, "arrayShape": shape}
    name = CROISSANT_TYPES.get(dtype.base_type())
    if name is None:
        raise TypeError(f"no Croissant type is known for {dtype!r}; add it to schemas/render/croissant.py")
    return {"dataType": name}


def croissant_record_set(name: str, model: type[Table], file_object: str, tables: Collection[str]) -> dict[str, Any]:
    """Describes a table.

    Args:
        name: Name of the table.
        model: The table.
        file_object: Identifier of the file that holds it, with a column of its own for each of the table.
        tables: Names of the tables that are described beside it; a reference to another one is left out.

    Returns:
        A `cr:RecordSet`, with a field for each column, named `table/column`.

    Raises:
        TypeError: If a column has a type that Croissant cannot hold.
    """
    told = metadata(model)
    targets = {
        column: target.replace(".", "/")
        for column, target in told["foreign_keys"].items()
        if target.partition(".")[0] in tables
    }
    keys = [{"@id": f"{name}/{key}"} for key in told["primary_key"]]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": model.__doc__ or "",
        "key": keys[0] if len(keys) == 1 else keys,
        "field": [_field(name, facts, file_object, targets.get(facts.name)) for facts in column_facts(model)],
    }


def _field(table: str, facts: ColumnFacts, file_object: str, target: str | None) -> dict[str, Any]:
    field = {
        "@type": "cr:Field",
        "@id": f"{table}/{facts.name}",
        "name": facts.name,
        "description": facts.comment,
        **croissant_type(facts.dtype),
        "source": {"fileObject": {"@id": file_object}, "extract": {"column": facts.name}},
    }
    return {**field, "dct:references": {"@id": target}} if target else field
