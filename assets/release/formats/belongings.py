"""Belongings: which tables have rows of a paper, and how those rows look inside it. Nothing here is computed.

A table belongs to papers when it names them in a column `paper_id`; so a new one is inside of them by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.catalog import TABLES, metadata
from schemas.render import ColumnFacts, column_facts

LEFT_OUT = ("papers", "paper_vectors")
"""The paper itself, and numbers that mean nothing outside of their table."""
PREFIX = "paper_"


@dataclass(frozen=True)
class Detail:
    """Columns of another table that a row is told with."""

    table: str
    """The other table."""
    key: str
    """Its key, a column of the row too."""
    columns: tuple[str, ...]
    """What it tells."""


DETAILS: Mapping[str, tuple[Detail, ...]] = {
    "paper_listings": (
        Detail("listings", "listing_id", ("dump_id", "page", "position", "locator", "page_date_raw", "source_key")),
        Detail("dumps", "dump_id", ("uri", "format")),
    ),
    "paper_topics": (Detail("topics", "topic_id", ("label",)),),
    "showings": (Detail("dumps", "dump_id", ("uri",)),),
}
"""Table -> what its rows mean little without: where a listing stands, what a topic is called."""


@dataclass(frozen=True)
class Belonging:
    """A table whose rows belong to papers."""

    table: str
    """Its name."""
    details: tuple[Detail, ...]
    """What its rows are told with, each by a column of the row or of a detail before it."""

    @property
    def name(self) -> str:
        """What its rows are called inside a paper: `listings`, `links`."""
        return self.table.removeprefix(PREFIX)

    @property
    def is_single(self) -> bool:
        """Whether a paper has one row at most: an object then, or null; else a list, or an empty one."""
        return self.keys == ("paper_id",)

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of the table, the order of the rows of a paper."""
        return tuple(metadata(TABLES[self.table])["primary_key"])

    @property
    def is_by_paper(self) -> bool:
        """Whether the table is in the order of its papers, and its rows need nothing else."""
        return self.keys[0] == "paper_id" and not self.details

    def columns(self) -> list[ColumnFacts]:
        """The columns of a row inside a paper, which need not name it again."""
        own = [one for one in column_facts(TABLES[self.table]) if one.name != "paper_id"]
        told = [
            one for detail in self.details for one in column_facts(TABLES[detail.table]) if one.name in detail.columns
        ]
        return own + told


def belongings(tables: Sequence[str]) -> list[Belonging]:
    """The tables that belong to papers, in the order of the catalog.

    Args:
        tables: Those that there are; of others nothing is told.
    """
    found = []
    for name in tables:
        if name not in LEFT_OUT and any(one.name == "paper_id" for one in column_facts(TABLES[name])):
            details = DETAILS.get(name, ())
            missing = next((place for place, one in enumerate(details) if one.table not in tables), len(details))
            found.append(Belonging(name, details[:missing]))
    return found
