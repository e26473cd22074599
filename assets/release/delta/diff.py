"""Diff: how two releases differ, table by table, without writing anything."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.release.delta.compare import Columns
from assets.release.delta.papers import PAPERS, changes
from assets.release.delta.plan import End, TablePlan
from assets.release.delta.sides import Side, look, names_of
from assets.release.layout import MANIFEST, RELEASES, VERSIONS
from assets.release.manifest import ReleaseError
from assets.release.snapshot import working_connection
from assets.release.store import Releases, read_manifest
from assets.release.versions import Versions, is_version
from schemas.release_vocabulary import TableChange

CURRENT = "current"
"""What stands for the current release of a home."""


@dataclass(frozen=True)
class PaperChange:
    """What became of a paper, or of one of its fields."""

    paper_id: str
    """The paper."""
    change: str
    """`added`, `changed` or `removed`."""
    field: str | None
    """The field that changed."""
    old_value: str | None
    """Its value in the earlier release, as JSON."""
    new_value: str | None
    """Its value in the later release, as JSON."""


@dataclass(frozen=True)
class Difference:
    """How two releases differ."""

    before: End
    """The earlier release: the one that was named first."""
    after: End
    """The later."""
    tables: Mapping[str, TablePlan]
    """Every table that was compared -> what became of it."""
    papers: Sequence[PaperChange] = ()
    """What became of papers, as many as were asked for."""

    @property
    def is_equal(self) -> bool:
        """Whether all tables have the same rows."""
        return all(table.change is TableChange.EQUAL for table in self.tables.values())


def find_release(named: str, home: Path) -> Path:
    """The folder of a release.

    Args:
        named: Its version, or `current`; or the path of its folder; or of a home or a folder of releases, which stands
            for the current one there.
        home: The home that versions belong to.

    Raises:
        ReleaseError: If there is none.
    """
    is_here = (Path(named) / MANIFEST).is_file()
    if is_version(named) and not (is_here and named not in Releases(home).versions().items):
        return Releases(home).path(named)
    place = home if named == CURRENT else Path(named)
    if (place / MANIFEST).is_file():
        return place
    for folder in (place / RELEASES, place):
        try:
            current = Versions.from_json((folder / VERSIONS).read_bytes()).last_successful
        except OSError:
            continue
        except ReleaseError as wrong:
            raise ReleaseError(f"{folder / VERSIONS}: {wrong}") from wrong
        if current is None:
            raise ReleaseError(f"{folder} has no release yet")
        return folder / current
    raise ReleaseError(f"there is no release {named}: neither a version, nor a folder with {MANIFEST} or {VERSIONS}")


def diff(before: Path, after: Path, tables: Sequence[str] | None = None, papers: int = 0) -> Difference:
    """Compares two releases.

    Args:
        before: Folder of the earlier.
        after: Folder of the later.
        tables: Names of the tables to compare; all without it.
        papers: How many lines at most to tell of papers.

    Raises:
        ReleaseError: If they cannot be compared.
    """
    sides = [Side.of(folder, read_manifest(folder)) for folder in (before, after)]
    old, new = sides
    for side in sides:
        if not side.files:
            raise ReleaseError(f"release {side.end.version} has no Parquet files to compare")
    known = names_of(old, new)
    if strange := [name for name in tables or () if name not in known]:
        raise ReleaseError(f"neither release has a table {strange[0]}; tables are {', '.join(known)}")
    found: dict[str, TablePlan] = {}
    told: list[PaperChange] = []
    try:
        with tempfile.TemporaryDirectory(prefix="sheaf-diff-") as work, working_connection(Path(work)) as connection:
            for name in known if tables is None else tables:
                found[name], columns = look(connection, name, old, new)
                if name == PAPERS and papers and columns is not None:
                    told = _papers(connection, old, new, columns, papers)
    except (duckdb.Error, OSError) as error:
        raise ReleaseError(next(iter(str(error).splitlines()), type(error).__name__)) from error
    return Difference(old.end, new.end, found, told)


def _papers(
    connection: duckdb.DuckDBPyConnection, before: Side, after: Side, columns: Columns, limit: int
) -> list[PaperChange]:
    """What became of the first papers that are not equal."""
    query = changes(before.paths[PAPERS], after.paths[PAPERS], columns)
    return [PaperChange(*row) for row in connection.execute(f"{query} LIMIT {limit}").fetchall()]
