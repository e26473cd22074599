"""Takedown: a paper leaves the published data set, with every copy of its text that the home holds.

The order is that of safety: the removal is on record first, so that whatever goes wrong afterwards, the next run
applies it. Then the cache and the listings of the stage lose the text, and what is published is made anew from them.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from assets.dedupe.papers.identity import Known
from assets.home import Home
from assets.publish.warehouse import open_private
from assets.release.layout import FAILED, RELEASES
from assets.release.store import BUILDING
from assets.removals import store
from assets.removals.describe import describe, told_apart
from assets.removals.lines import Removal
from assets.removals.marks import NEEDED
from assets.removals.recognise import HITS, Register, recognise
from assets.removals.store import digest, ids_in_force, label
from assets.removals.sweep import strike_known
from assets.removals.withhold import blank
from assets.spill import BATCH, SpillWriter, made_of
from pipeline.io import write_parquet
from schemas.base import Table
from schemas.catalog import TABLES
from schemas.enrich_vocabulary import VectorMethod
from schemas.listings import Listings
from schemas.render import polars_schema
from schemas.vocabulary import RejectReason

LISTINGS = "listings.parquet"
UNKNOWN = "unknown"
"""Stands in a label for removals that may or may not have been applied; the next run reads the dumps again."""
MOST_ROUNDS = 4
"""How often a removal is told apart from other papers; each round drops marks, and one is nearly always enough."""
LONG_TEXT = 40
"""Characters of a title or of the beginning of an abstract that is looked for inside rejected records."""


@dataclass(frozen=True)
class Place:
    """Where a listing of a removed paper stands in a dump."""

    uri: str
    """The dump."""
    role: str
    """What the dump is good for."""
    page: int
    """Page of the dump, from 1."""
    locator: str
    """Where in the dump: `START-END` in bytes, or a row."""


@dataclass(frozen=True)
class Plan:
    """What is to be removed."""

    removal: Removal
    """What will be on record."""
    listing_ids: pl.Series
    """The listings that will be withheld: those of the paper, and others that state the same work."""
    places: tuple[Place, ...]
    """Where they stand in the dumps."""
    doubles: tuple[str, ...]
    """Other papers that have an identifier, a title or an abstract in common with it; they stay."""


def same_settings(folder: Path) -> Home:
    """A home with the settings of the run that published it, so that publishing anew changes nothing else."""
    home = Home(path=str(folder))
    runs = home.published("runs").sort("started_at")
    if runs.is_empty():
        return home
    parameters, versions = json.loads(runs["parameters"][-1]), json.loads(runs["versions"][-1])
    return Home(
        path=str(folder),
        raw=parameters.get("raw", []),
        reference=parameters.get("reference", []),
        without_rules=parameters.get("without_rules", []),
        vectors=versions.get("vectors", VectorMethod.TFIDF.value),
        max_reject_share=1.0,  # these very records were accepted before
    )


def plan(home: Home, paper_id: str, reason: str, author: str, now: datetime) -> Plan:
    """Says what it takes to remove a paper; changes nothing.

    Args:
        home: Where it is published.
        paper_id: The paper.
        reason: Why, in the words of who removes it.
        author: Who does.
        now: The moment, with its zone.

    Raises:
        RemovalError: If reason or author cannot be one.
    """
    owners = home.published("paper_listings").select("listing_id", owner="paper_id")
    own = owners.filter(pl.col("owner") == paper_id)["listing_id"]
    with open_private(home.warehouse) as connection:
        listings = _listings(connection, own)
        removal = describe(paper_id, listings, _known(home), reason=reason, author=author, now=now)
        within = _rejected_with(connection, listings)
        removal = replace(removal, listing_ids=tuple(sorted({*removal.listing_ids, *within})))
        doubles: set[str] = set()
        for _ in range(MOST_ROUNDS):
            hits = _hits(connection, removal)
            others = hits.join(owners, on="listing_id").filter(pl.col("owner") != paper_id)
            if others.is_empty():
                break
            doubles |= set(others["owner"])
            removal = told_apart(removal, others)
        found = hits.join(owners.filter(pl.col("owner") != paper_id), on="listing_id", how="anti")["listing_id"]
        struck = pl.concat([found, own]).unique().sort()
        return Plan(removal, struck, _places(connection, struck), tuple(sorted(doubles)))


def plan_again(home: Home, removal: Removal) -> Plan:
    """Says what it takes to carry out a removal that is on record and not yet in what is published."""
    with open_private(home.warehouse) as connection:
        struck = _hits(connection, removal)["listing_id"].unique().sort()
        return Plan(removal, struck, _places(connection, struck), ())


def strike_home(home: Home, what: Plan) -> None:
    """Takes the text of a paper out of everything in a home but the published file, and lays the listings ready.

    The home is held; the removal is on record.

    Args:
        home: The home.
        what: What is to be removed.

    Raises:
        OSError: If something cannot be written.
    """
    shutil.rmtree(home.scratch, ignore_errors=True)
    _strike_drafts(home.folder / RELEASES)
    applied = _applied(home, what.removal)
    strike_known(home.cache, what.listing_ids, what.removal, home.published("dumps"))
    if home.stage.is_dir():
        for path in home.stage.iterdir():  # tables of an earlier version, and of a run that was killed
            if path.name.removesuffix(".parquet") not in TABLES:
                path.unlink()
    with open_private(home.warehouse) as connection:
        write_parquet(home.published("dumps"), home.stage / "dumps.parquet")
        with SpillWriter(home.scratch / LISTINGS, Listings, label(applied | {what.removal.removal_id})) as writer:
            for batch in _batches(connection, _columns(Listings), Listings):
                writer.write(blank(batch, what.listing_ids))
    writer.done().path.replace(home.stage / LISTINGS)


def _strike_drafts(releases: Path) -> None:
    """Throws away releases that were never finished, and the report of one that failed, which may quote papers."""
    for entry in sorted(releases.glob(f"{BUILDING}*")):
        shutil.rmtree(entry, ignore_errors=True)
    (releases / FAILED).unlink(missing_ok=True)


def is_published(home: Home, removal: Removal) -> bool:
    """Whether what is published still has a removed paper, or a listing of it that says something."""
    if not home.warehouse.exists():
        return False
    with open_private(home.warehouse) as connection:
        row = connection.execute(
            """
            SELECT exists(FROM papers WHERE paper_id = $paper) OR
                   exists(FROM listings WHERE listing_id IN (SELECT unnest($listings)) AND defect IS DISTINCT FROM $why)
            """,
            {"paper": removal.paper_id, "listings": list(removal.listing_ids), "why": str(RejectReason.REMOVED)},
        ).fetchone()
    return bool(row and row[0])


def _known(home: Home) -> Known:
    """What is published of the ids of papers."""
    listed = home.published("paper_listings").select("paper_id", "listing_id")
    keys, aliases, splits = (home.published(name) for name in ("paper_keys", "paper_aliases", "paper_splits"))
    return Known(keys, aliases, splits, listed)


def _applied(home: Home, removal: Removal) -> frozenset[str]:
    """The removals that were applied to what is published."""
    runs = home.published("runs").sort("started_at")
    noted = json.loads(runs["parameters"][-1]).get("removals", "") if len(runs) else ""
    told = made_of(home.stage / LISTINGS)
    before = ids_in_force(store.read(home.folder)) - {removal.removal_id}
    for possible in (told, label(before)):
        if digest(possible) == noted:
            return store.labelled(possible)
    return frozenset({UNKNOWN})


def _columns(model: type[Table]) -> str:
    return ", ".join(f'"{name}"' for name in polars_schema(model))


def _batches(
    connection: duckdb.DuckDBPyConnection, columns: str, model: type[Table], condition: str = ""
) -> Iterator[pl.DataFrame]:
    """The published listings piece by piece, in their order."""
    types = polars_schema(model)
    query = f"SELECT {columns} FROM listings {condition}"  # noqa: S608 names of the schema
    for batch in connection.sql(query).to_arrow_reader(BATCH):
        rows = pl.DataFrame(pl.from_arrow(batch))
        yield rows.cast({name: types[name] for name in rows.columns})


def _listings(connection: duckdb.DuckDBPyConnection, listing_ids: pl.Series) -> pl.DataFrame:
    """Some published listings."""
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted (listing_id VARCHAR)")
    connection.execute("INSERT INTO wanted SELECT unnest(?)", [listing_ids.to_list()])
    condition = "WHERE listing_id IN (FROM wanted)"
    found = list(_batches(connection, _columns(Listings), Listings, condition))
    return pl.concat([polars_schema(Listings).to_frame(), *found])


def _hits(connection: duckdb.DuckDBPyConnection, removal: Removal) -> pl.DataFrame:
    """The published listings that are of a removed paper, with the reasons."""
    register = Register((removal,))
    columns = ", ".join(NEEDED)
    condition = "WHERE defect IS DISTINCT FROM 'removed'"
    found = [recognise(batch, register) for batch in _batches(connection, columns, Listings, condition)]
    return pl.concat([pl.DataFrame(schema=HITS), *found])


def _rejected_with(connection: duckdb.DuckDBPyConnection, listings: pl.DataFrame) -> list[str]:
    """Rejected records that hold a title or an abstract of the paper, for example two records run together."""
    titles, abstracts = listings["title_raw"], listings["abstract_raw"].str.slice(0, 2 * LONG_TEXT)
    texts = pl.concat([titles, abstracts]).drop_nulls().str.strip_chars().unique().sort()
    long = texts.filter(texts.str.len_chars() >= LONG_TEXT).to_list()
    if not long:
        return []
    rows = connection.execute(
        """
        SELECT DISTINCT listing_id FROM listings JOIN audit.rejected_listings USING (listing_id), unnest(?) AS t(text)
        WHERE contains(concat_ws(' ', title_raw, abstract_raw, source_fields), text)
        """,
        [long],
    ).fetchall()
    return [row[0] for row in rows]


def _places(connection: duckdb.DuckDBPyConnection, listing_ids: pl.Series) -> tuple[Place, ...]:
    rows = connection.execute(
        """
        SELECT unnest(list_prepend(uri, also_at)), role, page, locator
        FROM listings JOIN dumps USING (dump_id) WHERE listing_id IN (SELECT unnest(?)) ORDER BY ALL
        """,
        [listing_ids.to_list()],
    ).fetchall()
    return tuple(Place(*row) for row in rows)
