"""Earlier: the release that a new one is compared with, as it would be without what was taken down since."""

import json

import duckdb

from assets.release.documents.question import fill
from assets.release.draft import Draft
from assets.release.manifest import Manifest, ReleaseError
from schemas.catalog import TABLES
from schemas.render import column_facts
from schemas.render.sql import literal
from schemas.vocabulary import RejectReason

STATISTICS = "statistics.json"
TAKEN_DOWN = "taken_down"
"""Table of the papers that were taken down since, with their listings."""


class Earlier:
    """A release that lies beside the new one."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, draft: Draft, manifest: Manifest) -> None:
        """Notes what was taken down since.

        Args:
            connection: The tables of the new release.
            draft: The new release.
            manifest: The earlier one.
        """
        self.connection = connection
        self.manifest = manifest
        self.folder = draft.folder.parent / manifest.version
        self.taken_down = self._note_taken_down(set(draft.snapshot.rows))

    def table(self, name: str) -> str | None:
        """A table of it in SQL; None where it has no such file."""
        path = f"{name}.parquet"
        return f"read_parquet({literal(str(self.folder / path))})" if self.manifest.file(path) else None

    def rows(self, name: str) -> int:
        """The rows of a table that has not been taken down; 0 where it has no such table."""
        total = int(self.manifest.tables[name]["rows"]) if name in self.manifest.tables else 0
        columns = {facts.name for facts in column_facts(TABLES[name])}
        key = next((one for one in ("paper_id", "listing_id") if one in columns), None)
        table = self.table(name)
        if not self.taken_down or key is None or table is None or name == "listings":
            return total  # what was taken down keeps its place in listings
        return self._count(f"FROM {table} WHERE {key} NOT IN (SELECT {key} FROM {TAKEN_DOWN})")

    def filled(self) -> dict[str, int]:
        """Column of papers -> papers that had a value in it, as its statistics tell; empty if they do not.

        Raises:
            ReleaseError: If the statistics cannot be read.
        """
        papers = self.table("papers")
        if self.taken_down and papers is not None:
            kept = f"(FROM {papers} WHERE paper_id NOT IN (SELECT paper_id FROM {TAKEN_DOWN}))"
            try:
                return {row[0]: row[1] for row in self.connection.execute(fill(kept)).fetchall()}
            except duckdb.BinderException:  # papers had other columns then
                return self._stated()
        return self._stated()

    def _stated(self) -> dict[str, int]:
        if not self.manifest.file(STATISTICS):
            return {}
        path = self.folder / STATISTICS
        try:
            told = json.loads(path.read_bytes())["statistics"]
            return {row["field"]: int(row["filled"]) for row in told["fill"]["rows"]} if "fill" in told else {}
        except (OSError, ValueError, KeyError, TypeError) as wrong:
            raise ReleaseError(f"{path} cannot be read: {type(wrong).__name__}: {wrong}") from wrong

    def _note_taken_down(self, tables: set[str]) -> int:
        """How many of its papers are gone because they were taken down: their listings say so."""
        places = self.table("paper_listings")
        if places is None or not {"papers", "listings"} <= tables:
            return 0
        self.connection.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE {TAKEN_DOWN} AS SELECT paper_id, listing_id FROM {places}
            WHERE listing_id IN (SELECT listing_id FROM listings WHERE defect = {literal(RejectReason.REMOVED)})
              AND paper_id NOT IN (SELECT paper_id FROM papers)
            """
        )
        return self._count(f"FROM (SELECT DISTINCT paper_id FROM {TAKEN_DOWN})")

    def _count(self, source: str) -> int:
        return int(self.connection.execute(f"SELECT count(*) {source}").fetchall()[0][0])
