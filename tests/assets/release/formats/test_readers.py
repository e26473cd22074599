"""Readers: what people load releases with reads the tables back equal, and what their columns mean."""

import json

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from assets.release.build import WRITERS
from assets.release.formats.parquet import copy_table
from assets.release.snapshot import Selection
from schemas.catalog import TABLES
from schemas.release_vocabulary import ReleaseFormat
from schemas.render import column_facts
from schemas.render.sql import literal
from tests.releases import paper_id
from tests.snapshots import belongings_of, hostile_papers, snapshot_of

FORMATS = ["parquet", "jsonl", "nested", "csv", "bibtex"]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    papers = hostile_papers()
    others = belongings_of([paper_id(number) for number in range(1, len(papers) + 1)])
    chosen = Selection.of(None, FORMATS, None)
    found = snapshot_of(tmp_path_factory.mktemp("release") / "1", papers, selection=chosen, **others)
    with duckdb.connect() as connection:
        for name, path in found.tables.items():
            rows = path.rename(found.work / path.name)
            copy_table(connection, name, f"FROM read_parquet({literal(str(rows))})", path)
    for form in FORMATS:
        WRITERS[ReleaseFormat(form)](found)
    return found


@pytest.fixture(scope="module")
def papers(snapshot) -> pl.DataFrame:
    return pl.read_parquet(snapshot.work / "papers.parquet")


def test_polars_reads_every_table(snapshot) -> None:
    for name, path in snapshot.tables.items():
        assert pl.read_parquet(path).equals(pl.read_parquet(snapshot.work / f"{name}.parquet")), name


def test_duckdb_reads_every_table(snapshot) -> None:
    with duckdb.connect() as connection:
        for name, path in snapshot.tables.items():
            expected = pl.read_parquet(snapshot.work / f"{name}.parquet")
            found = connection.sql(f"FROM {literal(str(path))}").pl()
            assert found.cast(expected.schema).equals(expected), name


def test_pandas_reads_every_table(snapshot) -> None:
    for name, path in snapshot.tables.items():
        found = pl.from_pandas(pd.read_parquet(path, dtype_backend="pyarrow"))
        expected = pl.read_parquet(snapshot.work / f"{name}.parquet")
        assert found.columns == expected.columns
        if expected.height:
            assert found.cast(expected.schema).equals(expected), name


def test_arrow_reads_what_the_columns_mean(snapshot) -> None:
    for name, path in snapshot.tables.items():
        told = {key.decode(): value.decode() for key, value in pq.read_metadata(path).metadata.items()}
        assert told["description"] == TABLES[name].__doc__
        columns = json.loads(told["columns"])
        assert {one: columns[one]["description"] for one in columns} == {
            facts.name: facts.description for facts in column_facts(TABLES[name])
        }


@pytest.mark.slow  # importing it takes seconds
def test_datasets_reads_every_format(snapshot, papers, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    datasets = pytest.importorskip("datasets")

    def load(kind: str, name: str, **options: object) -> pl.DataFrame:
        place = {"data_files": str(snapshot.folder / name), "split": "train", "cache_dir": str(tmp_path / kind)}
        return pl.DataFrame(pl.from_arrow(datasets.load_dataset(kind, **place, **options).data.table))

    assert load("parquet", "papers.parquet").cast(papers.schema).equals(papers)
    assert _typed(load("json", "papers.jsonl.zst", features=_features(datasets, papers)), papers).equals(papers)
    for name in ("papers-nested.jsonl.zst", "samples/papers-1k.jsonl.zst"):
        nested = load("json", name)
        assert nested["paper_id"].to_list() == papers["paper_id"].to_list()
        assert nested["terms"].list.len().sum() == snapshot.rows["terms"]
    texts = datasets.Features(dict.fromkeys(papers.columns, datasets.Value("string")))
    found = load("csv", "papers.csv.gz", features=texts, keep_default_na=False, na_values=[""])
    plain = found.with_columns(pl.all().str.strip_prefix("'"))
    assert _typed(plain, papers).equals(papers)


def _typed(found: pl.DataFrame, papers: pl.DataFrame) -> pl.DataFrame:
    """Columns as they were read, as those of a table: days and lists from texts."""
    columns = []
    for name, dtype in papers.schema.items():
        column = pl.col(name)
        if dtype == pl.Date:
            column = column.cast(pl.String).str.slice(0, 10).str.to_date()
        elif isinstance(dtype, pl.List) and found.schema[name] == pl.String:
            column = column.str.json_decode(dtype)
        columns.append(column)
    return found.with_columns(columns).cast(papers.schema)


def _features(datasets, papers: pl.DataFrame):
    kinds = {pl.String: "string", pl.Int64: "int64", pl.Date: "string"}
    columns = {
        name: datasets.List(datasets.Value("string")) if dtype == pl.List else datasets.Value(kinds[dtype])
        for name, dtype in papers.schema.items()
    }
    return datasets.Features(columns)
