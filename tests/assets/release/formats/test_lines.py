"""JSON lines: valid, complete, and read back equal by everybody."""

import io
import json
from datetime import date

import duckdb
import pandas as pd
import polars as pl
import pytest

from assets.parse.unpack import zstd
from assets.release.formats import lines
from assets.release.manifest import Written
from schemas.catalog import TABLES
from schemas.release_vocabulary import FileRole
from schemas.render import polars_schema
from tests.snapshots import hostile_papers, snapshot_of

NAME = "papers.jsonl.zst"


def strict(line: bytes) -> dict:
    """An object of JSON as RFC 8259 has it, with no name twice."""

    def refuse(word: str) -> None:
        raise ValueError(word)

    def once(pairs: list) -> dict:
        assert len({name for name, _ in pairs}) == len(pairs)
        return dict(pairs)

    return json.loads(line.decode("utf-8"), parse_constant=refuse, object_pairs_hook=once)


def objects(path) -> list[dict]:
    content = zstd.decompress(path.read_bytes())
    assert content.endswith(b"\n")
    return [strict(line) for line in content.split(b"\n")[:-1]]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return snapshot_of(tmp_path_factory.mktemp("release") / "1", hostile_papers())


@pytest.fixture(scope="module")
def papers(snapshot) -> pl.DataFrame:
    assert lines.write(snapshot) == [Written(NAME, FileRole.DATA, snapshot.rows["papers"], "papers")]
    return pl.read_parquet(snapshot.tables["papers"])


def test_every_line_is_an_object_with_every_column(snapshot, papers) -> None:
    found = objects(snapshot.folder / NAME)
    days = [name for name, dtype in papers.schema.items() if dtype == pl.Date]
    expected = papers.with_columns(pl.col(days).dt.to_string("%Y-%m-%d")).to_dicts()
    assert found == expected
    assert all(list(one) == papers.columns for one in found)


def test_polars_reads_it_back(snapshot, papers) -> None:
    found = pl.read_ndjson(snapshot.folder / NAME, schema=_texts(papers))
    assert found.with_columns(pl.col(_days(papers)).str.to_date()).equals(papers)


def test_duckdb_reads_it_back(snapshot, papers) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW there AS FROM '{snapshot.tables['papers']}'")
        types = dict(connection.execute("SELECT column_name, column_type FROM (DESCRIBE there)").fetchall())
        found = connection.sql(f"FROM read_json('{snapshot.folder / NAME}', columns = {types})").pl()
    assert found.cast(papers.schema).equals(papers)


def test_pandas_reads_it_back(snapshot, papers) -> None:
    text = io.BytesIO(zstd.decompress((snapshot.folder / NAME).read_bytes()))  # its own way needs one more package
    found = pd.read_json(text, lines=True, dtype=False)
    for name, dtype in papers.schema.items():
        values = [None if not isinstance(one, list) and pd.isna(one) else one for one in found[name]]
        expected = papers[name].dt.to_string() if dtype == pl.Date else papers[name]
        assert values == expected.to_list(), name


def test_numbers_come_back_as_they_were(tmp_path) -> None:
    large = 2**63 - 1
    snapshot = snapshot_of(
        tmp_path / "release", [{"title": "T", "listing_count": large, "published_on": date(1, 1, 1)}]
    )
    lines.write(snapshot)
    (found,) = objects(snapshot.folder / NAME)
    assert found["listing_count"] == large
    assert found["published_on"] == "0001-01-01"
    assert found["authors"] == []
    assert found["abstract"] is None


def _texts(papers: pl.DataFrame) -> dict:
    schema = polars_schema(TABLES["papers"])
    return {**schema, **dict.fromkeys(_days(papers), pl.String)}


def _days(papers: pl.DataFrame) -> list[str]:
    return [name for name, dtype in papers.schema.items() if dtype == pl.Date]
