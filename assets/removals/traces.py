"""Traces: which earlier releases still hold a paper, found in their files as they lie on the disk.

A release names the papers of its delta that are gone by their ids alone, so its delta is not looked into: what a
release holds of a paper is in its data.
"""

from collections.abc import Collection
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.publish.warehouse import open_private
from assets.release.layout import DELTA
from schemas.render.sql import identifier, literal

PACKED = {".zst": "zstd", ".gz": "gzip"}
PIECE = 1 << 22
"""Bytes that are looked at together."""
ID_COLUMNS = ("paper_id", "listing_id", "old_paper_id", "from_paper_id", "neighbor_id", "listing_a", "listing_b")
"""Columns that name papers or listings."""


def holds(release: Path, ids: Collection[str]) -> list[str]:
    """The files of a release in which papers or listings stand.

    Args:
        release: Its folder.
        ids: Their ids.

    Returns:
        Paths below the folder, sorted.

    Raises:
        OSError: If a file cannot be read.
    """
    files = sorted(path for path in release.rglob("*") if path.is_file())
    data = [path for path in files if path.relative_to(release).parts[0] != DELTA]
    return [path.relative_to(release).as_posix() for path in data if _is_in(path, ids)]


def _is_in(path: Path, ids: Collection[str]) -> bool:
    """Whether one of the ids stands in a file."""
    if path.suffix == ".parquet":
        return _is_in_parquet(path, ids)
    if path.suffix == ".duckdb":
        return _is_in_database(path, ids)
    return _is_in_bytes(path, ids)


def _is_in_parquet(path: Path, ids: Collection[str]) -> bool:
    source = f"read_parquet({literal(str(path))})"
    with open_private() as connection:
        names = [row[0] for row in connection.execute(f"DESCRIBE FROM {source}").fetchall()]
        return _is_in_rows(connection, source, names, ids)


def _is_in_database(path: Path, ids: Collection[str]) -> bool:
    try:
        with open_private(path) as connection:
            rows = connection.execute(
                "SELECT schema_name, table_name, list(column_name) FROM duckdb_columns() "
                "JOIN duckdb_tables() USING (schema_name, table_name) GROUP BY ALL ORDER BY ALL"
            ).fetchall()
            return any(
                _is_in_rows(connection, f"{identifier(schema)}.{identifier(table)}", names, ids)
                for schema, table, names in rows
            )
    except duckdb.Error as error:
        raise OSError(f"{path} cannot be opened: {str(error).splitlines()[0]}") from error


def _is_in_rows(connection: duckdb.DuckDBPyConnection, source: str, names: list[str], ids: Collection[str]) -> bool:
    condition = " OR ".join(f"{identifier(name)} IN (SELECT unnest($ids))" for name in names if name in ID_COLUMNS)
    if not condition:
        return False
    query = f"SELECT 1 FROM {source} WHERE {condition} LIMIT 1"  # noqa: S608 quoted names only
    return connection.execute(query, {"ids": sorted(ids)}).fetchone() is not None


def _is_in_bytes(path: Path, ids: Collection[str]) -> bool:
    """Looks through the bytes of a file, unpacked where it is packed."""
    wanted = [one.encode() for one in ids]
    overlap = max((len(one) for one in wanted), default=1) - 1
    with pa.input_stream(str(path), compression=PACKED.get(path.suffix)) as stream:
        before = b""
        while piece := stream.read(PIECE):
            text = before + piece
            if any(one in text for one in wanted):
                return True
            before = text[-overlap:]
    return False
