"""Parquet: the bytes of a file follow from its rows alone, whatever gives them."""

import pytest

from assets.release.formats.parquet import copy_table
from assets.release.snapshot import working_connection
from assets.release.store import sha256_of

COUNT = 220_000
SOURCES = {
    "filtered": "SELECT paper_id, rank, neighbor_id, similarity FROM more WHERE keep = 1",
    "joined": "SELECT plain.* FROM plain SEMI JOIN (FROM more WHERE keep = 1) USING (paper_id, rank)",
    "unsorted": "SELECT paper_id, rank, neighbor_id, similarity FROM more WHERE keep = 1 ORDER BY paper_id DESC",
    "read": "FROM read_parquet('{first}')",
    "nullable": "SELECT * REPLACE (nullif(similarity, 0.7) AS similarity) FROM read_parquet('{first}')",
    "halves": "FROM read_parquet('{first}') WHERE rank <= 2 UNION ALL FROM read_parquet('{first}') WHERE rank > 2",
}


@pytest.fixture(params=[1, 2, 3])
def connection(tmp_path, request):
    """Neighbors of many papers, in more than one row group: as a table, and with others among them."""
    with working_connection(tmp_path, threads=str(request.param)) as opened:
        row = "printf('p%016x', i // 4) AS paper_id, i % 4 + 1 AS rank, 'p0000000000000001' AS neighbor_id"
        opened.execute(f"CREATE TABLE plain AS SELECT {row}, 0.5::DOUBLE AS similarity FROM range({COUNT}) t(i)")
        opened.execute("CREATE TABLE more AS SELECT *, (hash(paper_id, rank) % 5 < 3)::INT AS keep FROM plain")
        opened.execute("CREATE TABLE kept AS SELECT paper_id, rank, neighbor_id, similarity FROM more WHERE keep = 1")
        yield opened


def test_the_bytes_are_those_of_the_rows(connection, tmp_path) -> None:
    first = tmp_path / "first.parquet"
    rows = copy_table(connection, "neighbors", "FROM kept", first)
    assert rows > 122_880
    groups = f"SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('{first}') ORDER BY 1"
    assert [rows for _, rows in connection.execute(groups).fetchall()] == [122_880, rows - 122_880]
    for name, query in SOURCES.items():
        other = tmp_path / f"{name}.parquet"
        assert copy_table(connection, "neighbors", query.format(first=first), other) == rows
        assert sha256_of(other) == sha256_of(first), name
