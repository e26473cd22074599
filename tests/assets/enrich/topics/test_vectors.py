from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from assets.enrich.topics import vectors as module
from assets.enrich.topics.neighbors import neighbors
from assets.enrich.topics.vectors import standing_for_all, vectors
from assets.publish.views import MACROS
from assets.spill import SpillWriter
from schemas.catalog import TABLES
from schemas.enrich_vocabulary import VectorMethod
from schemas.render import duckdb_ddl, polars_schema
from schemas.topics import DIMENSIONS, PaperVectors
from tests.assets.enrich.topics.themes import papers
from tests.frames import table


def made(rows: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(vectors(rows.lazy(), VectorMethod.TFIDF))


def test_batches_change_nothing(monkeypatch) -> None:
    rows = papers(40)
    whole = made(rows)
    monkeypatch.setattr(module, "BATCH", 7)
    assert made(rows).equals(whole)
    assert whole.schema == polars_schema(PaperVectors)


def test_a_large_corpus_is_stood_for_by_a_sample(monkeypatch) -> None:
    monkeypatch.setattr(module, "SAMPLE", 15)
    rows = papers(40)
    chosen = standing_for_all(rows.lazy())
    assert chosen.height == 15
    assert chosen["paper_id"].is_sorted()
    assert made(rows).height == 40


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_say(count) -> None:
    assert made(papers(count)).is_empty()


def published(path: Path, rows: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    """A database of papers, vectors and neighbors, by way of the files of a run, with the macros."""
    told = rows.select("paper_id", "title", "abstract").to_dicts()
    counts = dict.fromkeys(("listing_count", "dump_count", "best_position"), 1)
    given = table("papers", told, record_type="article", conflict_count=0, reference_count=0, **counts)
    alias = [{"old_paper_id": "pffffffffffffffff", "paper_id": rows["paper_id"][0], "since": "2025-01-01"}]
    tables = {"papers": [given], "paper_vectors": vectors(rows.lazy(), VectorMethod.TFIDF)}
    tables["neighbors"] = neighbors(made(rows))
    con = duckdb.connect(str(path / "papers.duckdb"), config={"storage_compatibility_version": "v1.0.0"})
    for name in (*tables, "paper_aliases"):
        for statement in duckdb_ddl(name, TABLES[name]):
            con.execute(statement)
    for name, pieces in tables.items():
        with SpillWriter(path / f"{name}.parquet", TABLES[name]) as writer:
            for piece in pieces:
                writer.write(piece)
        assert not writer.done().faults
        con.execute(f"INSERT INTO {name} BY NAME FROM read_parquet('{path}/{name}.parquet')")
    con.execute("INSERT INTO paper_aliases VALUES (?, ?, ?)", list(alias[0].values()))
    for name in ("current_paper_id", "related"):
        con.execute(MACROS[name])
    return con


def test_related_papers_in_sql(tmp_path) -> None:
    rows = papers(12)
    with published(tmp_path, rows) as con:
        first = rows["paper_id"][0]
        related = con.execute("SELECT rank, paper_id, similarity, title FROM related(?)", [first]).fetchall()
        assert [row[0] for row in related] == list(range(1, len(related) + 1))
        of_theme = set(rows.filter(pl.col("theme") == "lighthouse")["paper_id"]) - {first}
        assert {row[1] for row in related[:3]} == of_theme
        assert con.execute("SELECT rank, paper_id, similarity, title FROM related('pffffffffffffffff')").fetchall() == (
            related
        )
        assert con.execute("FROM related('no such paper')").fetchall() == []
        cosine = "SELECT max(abs(array_cosine_similarity(a.vector, b.vector) - similarity)) FROM neighbors "
        cosine += "JOIN paper_vectors AS a USING (paper_id) JOIN paper_vectors AS b ON b.paper_id = neighbor_id"
        assert con.execute(cosine).fetchone()[0] < 1e-4
        vector = con.execute("SELECT vector FROM paper_vectors ORDER BY paper_id LIMIT 1").fetchone()[0]
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
        assert len(vector) == DIMENSIONS
