"""The header of the card: what the Hugging Face hub wants to know of a data set, in YAML.

The features are made from the models of the tables, and are what `datasets` makes of their Parquet files. A table
without a row has no configuration, since `datasets` loads none.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import yaml
from polars.datatypes import DataTypeClass

from assets.release.documents.queries import answers
from assets.release.documents.statements import KEYWORDS, LICENCE_ID, LICENCE_TITLE, TITLE
from assets.release.draft import Draft
from assets.release.manifest import ReleasedFile
from schemas.catalog import TABLES
from schemas.render import column_facts
from schemas.render.sql import literal

SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
    (1_000_000_000, "100M<n<1B"),
)
"""More than so many papers -> the hub's name of the size."""
LARGEST = "1B<n<10B"
LANGUAGE = re.compile(r"[a-z]{2,3}")
COMMON = 1.0
"""Percentage of the papers from which on a language is one of the data set: below it, much is misjudged."""
DTYPES: Mapping[DataTypeClass, str] = {
    pl.String: "string",
    pl.Boolean: "bool",
    pl.Int32: "int32",
    pl.Int64: "int64",
    pl.Float32: "float32",
    pl.Float64: "float64",
    pl.Date: "date32",
}
"""Type of a column -> what `datasets` calls it."""
FALLBACK = ("papers.jsonl.zst", "papers.csv.gz")
"""What is loaded where there is no Parquet: the first that there is."""


def header(draft: Draft) -> str:
    """Writes the header.

    Args:
        draft: The release.

    Returns:
        YAML between two lines of three hyphens.
    """
    told: dict[str, Any] = {"pretty_name": TITLE}
    if languages := _languages(draft):
        told["language"] = languages
    told["license"] = LICENCE_ID
    told["license_name"] = re.sub(r"[^a-z0-9]+", "-", LICENCE_TITLE.lower()).strip("-")
    if "papers" in draft.snapshot.rows:
        told["size_categories"] = [size_category(draft.snapshot.rows["papers"])]
        told["task_categories"] = ["text-retrieval", "feature-extraction"]
    told["tags"] = [keyword.replace(" ", "-") for keyword in KEYWORDS]
    parquet = [file for file in draft.files if file.path == f"{file.table}.parquet" and file.rows]
    configs = _configs(draft, parquet)
    if configs:
        told["configs"] = configs
    if parquet:
        told["dataset_info"] = _infos(draft, parquet)
    text = yaml.safe_dump(told, sort_keys=False, allow_unicode=False, width=120)
    return f"---\n{text}---\n"


def size_category(count: int) -> str:
    """The hub's name of a size."""
    return next((name for limit, name in SIZES if count < limit), LARGEST)


def _languages(draft: Draft) -> list[str]:
    rows = answers(draft.snapshot).rows("languages")
    return [row["value"] for row in rows if LANGUAGE.fullmatch(row["value"]) and row["percent"] >= COMMON]


def _configs(draft: Draft, parquet: Sequence[ReleasedFile]) -> list[dict[str, Any]]:
    """One configuration a table; that of the papers is taken where none is named."""
    if not parquet:
        paths = {file.path for file in draft.files}
        found = next((path for path in FALLBACK if path in paths), None)
        return [_config("papers", found, is_default=True)] if found else []
    default = "papers" if any(file.table == "papers" for file in parquet) else parquet[0].table
    ordered = sorted(parquet, key=lambda file: file.table != default)
    return [_config(str(file.table), file.path, is_default=file.table == default) for file in ordered]


def _config(name: str, path: str, *, is_default: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"config_name": name, "data_files": [{"split": "train", "path": path}]}
    return {**told, "default": True} if is_default else told


def _infos(draft: Draft, parquet: Sequence[ReleasedFile]) -> list[dict[str, Any]]:
    unpacked = _unpacked_bytes(draft, parquet)
    return [
        {
            "config_name": file.table,
            "features": features(str(file.table)),
            "splits": [{"name": "train", "num_bytes": unpacked[file.path], "num_examples": file.rows}],
            "download_size": file.bytes,
            "dataset_size": unpacked[file.path],
        }
        for file in parquet
    ]


def features(table: str) -> list[dict[str, str]]:
    """The columns of a table as `datasets` writes them.

    Args:
        table: Name of the table.
    """
    return [{"name": facts.name, **_feature(facts.dtype)} for facts in column_facts(TABLES[table])]


def _feature(dtype: pl.DataType | DataTypeClass) -> dict[str, str]:
    if isinstance(dtype, (pl.List, pl.Array)):  # DuckDB writes an array as a list
        return {"list": _dtype(dtype.inner)}
    return {"dtype": _dtype(dtype)}


def _dtype(dtype: pl.DataType | DataTypeClass) -> str:
    if isinstance(dtype, pl.Datetime):
        return (
            f"timestamp[{dtype.time_unit}, tz={dtype.time_zone}]"
            if dtype.time_zone
            else f"timestamp[{dtype.time_unit}]"
        )
    return DTYPES[dtype.base_type()]


def _unpacked_bytes(draft: Draft, parquet: Sequence[ReleasedFile]) -> dict[str, int]:
    """Path of a Parquet file -> its bytes before compression."""
    with draft.snapshot.connect() as connection:
        return {
            file.path: connection.execute(
                f"SELECT coalesce(sum(total_uncompressed_size), 0)::BIGINT "
                f"FROM parquet_metadata({literal(str(draft.folder / file.path))})"
            ).fetchall()[0][0]
            for file in parquet
        }
