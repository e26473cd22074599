"""The dedupe step: clean listings become papers, and every merge is explained."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.dedupe import golden, identity, survive
from assets.dedupe import judgements as told
from assets.dedupe.blocking import candidate_pairs
from assets.dedupe.cluster import cluster
from assets.dedupe.decide import RULE_VERSION, decide
from assets.dedupe.features import compare
from assets.dedupe.forms import forms
from assets.dedupe.identity_keys import ID_KINDS, identity_keys
from assets.dedupe.linkage import conclude
from assets.dedupe.records import ID_COLUMNS, of_listings
from assets.dedupe.reuse import Before, describe
from assets.home import Home
from assets.spill import BATCH, Spill, SpillWriter, batches
from schemas.matches import MatchPairs
from schemas.vocabulary import CutReason, Decision, Role

COMPARED = ("match_pairs", "blocking_keys")
PAPERS = (
    "papers",
    "paper_listings",
    "paper_values",
    "paper_aliases",
    "paper_splits",
    "paper_keys",
    "cluster_cuts",
)
MOST_TOLD = 10
"""Splits that the metadata name."""


def of_feeds(clean_listings: pl.LazyFrame, dumps: pl.DataFrame) -> pl.LazyFrame:
    """The listings that are papers of the data set; those of reference dumps only add values to such papers."""
    feeds = dumps.lazy().filter(pl.col("role") == Role.FEED).select("dump_id")
    return clean_listings.join(feeds, on="dump_id", how="semi", maintain_order="left")


@dg.multi_asset(
    outs={"judgements": table_out("judgements")}, check_specs=table_checks("judgements"), group_name="dedupe"
)
def judgements(home: Home) -> Iterator[Any]:
    """Takes in what people decided on pairs of listings."""
    rows = told.read(home.folder)
    yield from deliver({"judgements": rows}, {"judgements": {"in_force": told.active(rows).height}})


@dg.multi_asset(
    outs={name: table_out(name) for name in COMPARED}, check_specs=table_checks(*COMPARED), group_name="dedupe"
)
def match(home: Home, dumps: pl.DataFrame, clean_listings: pl.LazyFrame, judgements: pl.DataFrame) -> Iterator[Any]:
    """Compares the listings that have something in common and decides which are the same paper."""
    started = time.monotonic()
    records = of_listings(of_feeds(clean_listings, dumps))
    made_of = describe(RULE_VERSION, home.stage / "clean_listings.parquet", dumps)
    before = Before.load(home.stage, home.cache, made_of)
    in_force = told.active(judgements)
    made = before.forms_of(records, forms)
    candidates = candidate_pairs(made, in_force)
    compared = conclude(candidates, before.pairs_of(candidates.pairs, records, lambda some: decide(compare(some, made))), in_force)
    pairs = compared.pairs
    before.save(home.cache)
    counts = {
        "matched": pairs.filter(pl.col("decision") == Decision.MATCH).height,
        "unsure": pairs.filter(pl.col("decision") == Decision.UNSURE).height,
        "records_keyed": before.fresh_records,
        "pairs_compared": before.fresh_pairs,
        "seconds": round(time.monotonic() - started, 3),
    }
    with SpillWriter(home.scratch / "match_pairs.parquet", MatchPairs, made_of) as writer:
        for some in pairs.iter_slices(BATCH):
            writer.write(some)
    tables: dict[str, pl.DataFrame | Spill] = {
        "match_pairs": writer.done(),
        "blocking_keys": compared.blocking,
    }
    yield from deliver(tables, {"match_pairs": counts}, clean_listings=clean_listings)


@dg.multi_asset(outs={name: table_out(name) for name in PAPERS}, check_specs=table_checks(*PAPERS), group_name="dedupe")
def resolve(
    home: Home,
    dumps: pl.DataFrame,
    listings: pl.LazyFrame,
    clean_listings: pl.LazyFrame,
    match_pairs: pl.DataFrame,
    judgements: pl.DataFrame,
) -> Iterator[Any]:
    """Groups listings into papers, gives each its lasting id, and chooses the values of its golden record."""
    started = time.monotonic()
    feeds = of_feeds(clean_listings, dumps)
    in_force = told.active(judgements)
    stating = feeds.select("listing_id", *ID_COLUMNS, source="dump_id").collect()
    found = cluster(stating, match_pairs, in_force)
    groups, cuts = found.groups, found.cuts
    who = identity.resolve(groups, _identity_keys(clean_listings, dumps), _known(home), datetime.now(UTC).date())
    members = golden.members(feeds.collect(), listings, dumps, groups.join(who.paper_ids, on="cluster"))
    stated = survive.stated_values(members)
    chosen = survive.choose(stated)
    papers = golden.papers(members, chosen)
    counts = {
        "rows_in": groups.height,
        "rows_out": papers.height,
        "rows_merged": groups.height - papers.height,
        "new_ids": who.minted_count,
        "merged_ids": who.merged_count,
        "splits": who.new_splits.height,
        "cuts": cuts.height,
        "judgements": in_force.height,
        "judgement_conflicts": cuts.filter(pl.col("reason") == CutReason.JUDGEMENT_CONFLICT).height,
        "seconds": round(time.monotonic() - started, 3),
    }
    tables = {
        "papers": papers,
        "paper_listings": golden.paper_listings(members, match_pairs),
        "paper_values": survive.paper_values(stated, chosen),
        "paper_aliases": who.aliases,
        "paper_splits": who.splits,
        "paper_keys": who.keys,
        "cluster_cuts": cuts,
    }
    split = [f"{new} took {count} listings of {old}" for old, new, _, count in who.new_splits.head(MOST_TOLD).rows()]
    yield from deliver(tables, {"papers": counts, "paper_splits": {"new": split}}, clean_listings=clean_listings)


def _identity_keys(clean_listings: pl.LazyFrame, dumps: pl.DataFrame) -> pl.DataFrame:
    """The identity keys of the listings of feeds; texts are read piece by piece, and only their hashes are kept."""
    needed = clean_listings.select(
        "listing_id", "dump_id", "title_search", "abstract_search", "authors", "year", *ID_KINDS.values()
    )
    return pl.concat(identity_keys(of_feeds(batch.lazy(), dumps).collect()) for batch in batches(needed))


def _known(home: Home) -> identity.Known:
    """What the published file remembers."""
    return identity.Known(
        keys=home.published("paper_keys"),
        aliases=home.published("paper_aliases"),
        splits=home.published("paper_splits"),
        listings=home.published("paper_listings").select("paper_id", "listing_id"),
    )
