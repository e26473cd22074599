"""Traces: which earlier releases still hold a paper, found in their files as they lie on the disk.

A release names the papers of its delta that are gone by their ids alone, so its delta is not looked into; and a listing
that is withheld has its place in a release, and nothing else.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from assets.publish.warehouse import open_private
from assets.release.layout import DELTA
from schemas.render.sql import identifier, literal

PACKED = {".zst": "zstd", ".gz": "gzip"}
PIECE = 1 << 22
"""Bytes that are looked at together."""
OF_PAPERS = ("paper_id", "old_paper_id", "from_paper_id", "neighbor_id")
"""Columns that name papers."""
TEXTS = ("title", "title_raw")
"""Columns of tables whose listings say something."""


@dataclass(frozen=True)
class Sought:
    """What is looked for."""

    paper_ids: Collection[str]
    """All ids of a paper."""
    listing_ids: Collection[str] = ()
    """The listings that made it up."""


def holds(release: Path, sought: Sought) -> list[str]:
    """The files of a release in which a paper stands, or a listing of it that says something.

    Args:
        release: Its folder.
        sought: The paper.

    Returns:
        Paths below the folder, sorted.

    Raises:
        OSError: If a file cannot be read.
    """
    files = sorted(path for path in release.rglob("*") if path.is_file())
    data = [path for path in files if path.relative_to(release).parts[0] != DELTA]
    return [path.relative_to(release).as_posix() for path in data if _is_in(path, sought)]


def _is_in(path: Path, sought: Sought) -> bool:
    if path.suffix == ".parquet":
        return _is_in_parquet(path, sought)
    if path.suffix == ".duckdb":
        return _is_in_database(path, sought)
    return _is_in_bytes(path, sought.paper_ids)


def _is_in_parquet(path: Path, sought: Sought) -> bool:
    source = f"read_parquet({literal(str(path))})"
    with open_private() as connection:
        names = [row[0] for row in connection.execute(f"DESCRIBE FROM {source}").fetchall()]
        return _is_in_rows(connection, source, names, sought)


def _is_in_database(path: Path, sought: Sought) -> bool:
    try:
        with open_private(path) as connection:
            rows = connection.execute(
                "SELECT schema_name, table_name, list(column_name) FROM duckdb_columns() "
                "JOIN duckdb_tables() USING (schema_name, table_name) GROUP BY ALL ORDER BY ALL"
            ).fetchall()
            return any(
                _is_in_rows(connection, f"{identifier(schema)}.{identifier(table)}", names, sought)
                for schema, table, names in rows
            )
    except duckdb.Error as error:
        raise OSError(f"{path} cannot be opened: {str(error).splitlines()[0]}") from error


def _is_in_rows(connection: duckdb.DuckDBPyConnection, source: str, names: list[str], sought: Sought) -> bool:
    conditions = [f"{name} IN (SELECT unnest($papers))" for name in names if name in OF_PAPERS]
    if "listing_id" in names and not {*names}.isdisjoint(TEXTS):
        says = " AND defect IS DISTINCT FROM 'removed'" if "defect" in names else ""
        conditions.append(f"listing_id IN (SELECT unnest($listings)){says}")
    given = {"papers": sorted(sought.paper_ids), "listings": sorted(sought.listing_ids)}
    used = {name: ids for name, ids in given.items() if any(f"${name}" in one for one in conditions)}
    query = f"SELECT 1 FROM {source} WHERE {' OR '.join(conditions)} LIMIT 1"  # noqa: S608 names from here only
    return bool(conditions) and connection.execute(query, used).fetchone() is not None


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
