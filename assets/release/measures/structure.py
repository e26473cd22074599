"""Structure: how far the tables of a release keep what their models declare, and the account its balance."""

from collections.abc import Iterator

import duckdb
import polars as pl

from assets.release.measures.reading import Reading, share
from assets.release.snapshot import Snapshot
from schemas.catalog import TABLES, metadata
from schemas.release_vocabulary import Measure
from schemas.render import column_facts
from schemas.render.sql import identifier, literal
from schemas.vocabulary import Role


def structure(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> Iterator[Reading]:
    """Measures keys, vocabularies, references, aliases and the account.

    Args:
        connection: The tables of the snapshot, in the order of their keys.
        snapshot: What is released.

    Yields:
        The readings of all tables that are there.
    """
    filled = [name for name in snapshot.selection.tables if snapshot.rows[name]]
    for name in filled:
        yield from _unique(connection, name)
        yield from _known(connection, name)
        yield from _pointing(connection, name, snapshot)
    yield from _aliases(connection, snapshot)
    yield from _balanced(connection, snapshot)


def _counts(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return tuple(int(count or 0) for count in connection.execute(query).fetchall()[0])


def _unique(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[Reading]:
    """Keys that occur once: rows are in the order of their key, so that equal ones stand beside each other."""
    key = ", ".join(identifier(column) for column in metadata(TABLES[name])["primary_key"])
    query = (
        f"SELECT count(*), count(*) FILTER (again) FROM (SELECT ({key}) = lag(({key})) OVER () AS again FROM {name})"
    )
    rows, again = _counts(connection, query)
    yield from share(Measure.UNIQUE, name, rows - again, rows)


def _known(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[Reading]:
    """Values of closed vocabularies, one by one, also those in lists."""
    columns = [facts for facts in column_facts(TABLES[name]) if facts.vocabulary]
    counts = []
    for facts in columns:
        column = identifier(facts.name)
        members = ", ".join(literal(member) for member in facts.vocabulary or ())
        if isinstance(facts.dtype, pl.List):
            counts += [f"sum(len({column}))", f"sum(len(list_filter({column}, lambda one: one NOT IN ({members}))))"]
        else:
            counts += [f"count({column})", f"count(*) FILTER ({column} NOT IN ({members}))"]
    if not columns:
        return
    found = _counts(connection, f"SELECT {', '.join(counts)} FROM {name}")
    for facts, values, strange in zip(columns, found[::2], found[1::2], strict=True):
        yield from share(Measure.KNOWN, f"{name}.{facts.name}", values - strange, values)


def _pointing(connection: duckdb.DuckDBPyConnection, name: str, snapshot: Snapshot) -> Iterator[Reading]:
    """Values that lead to a row, where the table that they point at is part of the release."""
    for column, target in metadata(TABLES[name])["foreign_keys"].items():
        table, key = target.split(".")
        if table not in snapshot.selection.tables:
            continue
        query = f"""
            SELECT count({identifier(column)}), count(*) FILTER ({identifier(column)} IN (SELECT {key} FROM {table}))
            FROM {name}
        """
        values, leading = _counts(connection, query)
        yield from share(Measure.POINTING, f"{name}.{column}", leading, values)


def _aliases(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> Iterator[Reading]:
    """Identifiers that were merged away: that they lead on in one step, and that they lead somewhere."""
    if "papers" not in snapshot.selection.tables or not snapshot.rows.get("paper_aliases"):
        return
    query = """
        SELECT count(*),
               count(*) FILTER (paper_id NOT IN (SELECT old_paper_id FROM paper_aliases)
                                AND old_paper_id NOT IN (SELECT paper_id FROM papers)),
               count(*) FILTER (paper_id NOT IN (SELECT paper_id FROM papers))
        FROM paper_aliases
    """
    aliases, resolved, dangling = _counts(connection, query)
    yield from share(Measure.RESOLVED, "paper_aliases", resolved, aliases)
    yield from share(Measure.DANGLING, "paper_aliases", dangling, aliases)


BALANCES = (
    (
        "ledger",
        {"ledger"},
        "SELECT count(*), count(*) FILTER (rows_in = rows_out + rows_merged + rows_rejected) FROM audit.ledger",
    ),
    (
        "listings",
        {"listings", "clean_listings", "rejected_listings"},
        """
        SELECT count(*), count(*) FILTER (
            (listing_id IN (SELECT listing_id FROM clean_listings))
            <> (listing_id IN (SELECT listing_id FROM audit.rejected_listings))
        ) FROM listings
        """,
    ),
    (
        "papers",
        {"papers", "paper_listings"},
        f"""
        SELECT count(*), count(*) FILTER (
            paper_id IN (SELECT paper_id FROM paper_listings WHERE role = '{Role.FEED}')
        ) FROM papers
        """,
    ),
)
"""What is accounted for: its name, the tables that tell, and the query that counts all and those that are."""


def _balanced(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> Iterator[Reading]:
    """Rows of the account that add up, listings that are either clean or rejected, papers that a feed lists."""
    for subject, tables, query in BALANCES:
        if tables <= set(snapshot.tables):
            whole, part = _counts(connection, query)
            yield from share(Measure.BALANCED, subject, part, whole)
