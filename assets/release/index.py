"""Index: the search index of some papers, made anew from their texts, without all of their words in memory.

An index of all papers cannot be cut down to some: how much a term weighs depends on how many of the papers have it, how
much a text is held against a paper on how long the others are, and of a common term the best postings alone are kept.
"""

import duckdb
import polars as pl

from assets.publish.search import SLICE, postings_of, term_counts

COUNTS = "counts"
PAPERS_AT_ONCE = 50_000
"""So many papers for each portion of terms: their occurrences, about 100 for each paper, are 200 MB."""


def index_papers(connection: duckdb.DuckDBPyConnection, papers: str) -> None:
    """Makes the tables `temp.search_terms` and `temp.search_postings` of some papers.

    Args:
        connection: Where to; what does not fit into its memory is spilled.
        papers: Query that gives the papers, sorted by `paper_id`.

    Raises:
        duckdb.Error: If the query fails, or the disk is full.
    """
    connection.execute(f"CREATE TEMP TABLE numbered AS SELECT paper_id, title, abstract FROM ({papers})")
    ids = connection.sql("SELECT paper_id FROM numbered ORDER BY rowid").pl()["paper_id"]
    portions = -(-max(ids.len(), 1) // PAPERS_AT_ONCE)
    lengths = []
    for first in range(0, max(ids.len(), 1), SLICE):
        rows = f"SELECT rowid AS row, * FROM numbered WHERE rowid >= {first} AND rowid < {first + SLICE} ORDER BY rowid"
        counts = term_counts(connection.sql(rows).pl().with_columns(pl.col("row").cast(pl.UInt32)))
        lengths.append(counts.group_by("row").agg(length=pl.col("count").sum()))
        _keep(connection, COUNTS, counts, f"hash(term) % {portions} AS portion")
    for portion in range(portions):
        counts = connection.sql(f"SELECT * EXCLUDE (portion) FROM {COUNTS} WHERE portion = {portion}").pl()
        terms, postings = postings_of(counts, pl.concat(lengths), ids)
        _keep(connection, "search_terms", terms)
        _keep(connection, "search_postings", postings)
    connection.execute(f"DROP TABLE {COUNTS}")
    connection.execute("DROP TABLE numbered")


def _keep(connection: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame, more: str | None = None) -> None:
    """Adds rows to a temporary table, which the first of them creates."""
    connection.register("given", rows.to_arrow())
    query = f"SELECT *{f', {more}' if more else ''} FROM given"
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} AS {query} LIMIT 0")
    connection.execute(f"INSERT INTO temp.{table} {query}")
    connection.unregister("given")
