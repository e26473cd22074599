"""The dedupe step: clean listings become papers, and every merge is explained."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.dedupe.blocking import candidate_pairs
from assets.dedupe.decide import RULE_VERSION
from assets.dedupe.forms import forms
from assets.dedupe.groups.cluster import cluster
from assets.dedupe.judgements import store as told
from assets.dedupe.linkage import compare_and_decide, conclude
from assets.dedupe.papers import golden, identity
from assets.dedupe.papers.identity_keys import ID_KINDS, identity_keys
from assets.dedupe.papers.page_dates import page_dates
from assets.dedupe.papers.portions import portions
from assets.dedupe.reach import compare_reached
from assets.dedupe.records import ID_COLUMNS, of_listings, with_rendered
from assets.dedupe.reuse import Before, code_version, describe
from assets.home import Home
from assets.removals import store as removals
from assets.removals.describe import remember
from assets.spill import BATCH, Spill, SpillWriter, batches
from schemas.match_vocabulary import Decision, Relation
from schemas.matches import MatchPairs
from schemas.papers import Papers, PaperValues
from schemas.render import polars_schema
from schemas.repairs import TextRepairs
from schemas.vocabulary import Role

COMPARED = ("match_pairs", "blocking_keys")
PAPERS = (
    "papers",
    "paper_listings",
    "paper_values",
    "text_repairs",
    "pages",
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


def stating(clean_listings: pl.LazyFrame, dumps: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The listings that may make up papers, with what they are grouped by: those of feeds, and what was compared."""
    compared = pl.concat(pairs.lazy().select(listing_id=side) for side in ("listing_a", "listing_b"))
    listings = pl.concat([of_feeds(clean_listings, dumps).select("listing_id"), compared]).unique()
    grouped_by = clean_listings.select("listing_id", *ID_COLUMNS, source="dump_id")
    return grouped_by.join(listings, on="listing_id", how="semi", maintain_order="left").collect()


def with_feeds(groups: pl.DataFrame, clean_listings: pl.LazyFrame, dumps: pl.DataFrame) -> pl.DataFrame:
    """The groups that hold a listing of a feed: references make no papers of their own."""
    listed = groups.join(of_feeds(clean_listings, dumps).select("listing_id").collect(), on="listing_id", how="semi")
    return groups.join(listed.select("cluster"), on="cluster", how="semi", maintain_order="left")


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
def match(
    home: Home,
    dumps: pl.DataFrame,
    listings: pl.LazyFrame,
    clean_listings: pl.LazyFrame,
    judgements: pl.DataFrame,
) -> Iterator[Any]:
    """Compares the listings that have something in common and decides which are the same paper."""
    started = time.monotonic()
    records = of_listings(clean_listings)
    made_of = describe(f"{RULE_VERSION} {code_version()}", home.stage / "clean_listings.parquet")
    before = Before.load(home.stage, home.cache, made_of)
    in_force = told.active(judgements)
    made = before.forms_of(records, lambda new: forms(with_rendered(new, listings)))
    records = records.select("listing_id", "source")  # the forms say the rest
    candidates = candidate_pairs(made, in_force)
    decided = compare_reached(
        candidates.pairs,
        of_feeds(clean_listings, dumps).select("listing_id").collect(),
        in_force,
        lambda pairs: before.pairs_of(pairs, records, lambda some: pl.concat(compare_and_decide(some, made))),
    )
    compared = conclude(candidates, decided, in_force)
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
    match_pairs: pl.LazyFrame,
    judgements: pl.DataFrame,
) -> Iterator[Any]:
    """Groups listings into papers, gives each its lasting id, and chooses the values of its golden record."""
    started = time.monotonic()
    in_force = told.active(judgements)
    pairs = match_pairs.select("listing_a", "listing_b", "decision", "reason", "score").collect()
    found = cluster(stating(clean_listings, dumps, pairs), pairs, in_force)
    groups = with_feeds(found.groups, clean_listings, dumps)
    keys = _identity_keys(clean_listings, groups)
    known = remember(_known(home), keys, removals.read(home.folder))
    who = identity.resolve(groups, keys, known, datetime.now(UTC).date())
    placed = golden.places(groups.join(who.paper_ids, on="cluster"), listings, dumps)
    stated = clean_listings.select("listing_id", "published_on", "published_precision")
    published = stated.join(placed.lazy().select("listing_id"), on="listing_id", how="semi").collect()
    pages = page_dates(placed, published, dumps)
    made = _golden(home, clean_listings, listings, golden.with_days(placed, pages))
    related = placed.select("paper_id", "listing_id", "role").join(made.relations, on="listing_id", how="left")
    tables: dict[str, pl.DataFrame | Spill] = {
        "papers": made.papers,
        "paper_listings": related.with_columns(pl.col("relation").fill_null(str(Relation.SAME))).join(
            golden.match_reasons(placed, pairs, in_force), on="listing_id", maintain_order="left"
        ),
        "paper_values": made.values,
        "text_repairs": made.repairs,
        "pages": pages,
        "paper_aliases": who.aliases,
        "paper_splits": who.splits,
        "paper_keys": who.keys,
        "cluster_cuts": found.cuts,
    }
    split = [f"{new} took {count} listings of {old}" for old, new, _, count in who.new_splits.head(MOST_TOLD).rows()]
    counts: dict[str, dict[str, Any]] = {
        "papers": {
            "rows_in": placed.height,
            "rows_out": made.papers.rows,
            "rows_merged": placed.height - made.papers.rows,
            "references": placed.filter(pl.col("role") == Role.REFERENCE).height,
            "new_ids": who.minted_count,
            "merged_ids": who.merged_count,
            "splits": who.new_splits.height,
            "seconds": round(time.monotonic() - started, 3),
        },
        "paper_values": {"conflicts": made.conflicts},
        "text_repairs": dict(made.repairs.group_by("proof").agg(pl.len()).sort("proof").iter_rows()),
        "pages": {"dated": pages["listed_on"].count(), "open": pages["listed_on"].null_count()},
        "paper_splits": {"new": split},
        "cluster_cuts": dict(found.cuts.group_by("reason").agg(pl.len()).sort("reason").iter_rows()),
    }
    yield from deliver(tables, counts, clean_listings=clean_listings, dumps=dumps)


@dataclass(frozen=True)
class _Golden:
    papers: Spill
    values: Spill
    relations: pl.DataFrame
    repairs: pl.DataFrame
    conflicts: dict[str, int]
    """Field -> papers whose listings contradict each other in it."""


def _golden(home: Home, clean_listings: pl.LazyFrame, listings: pl.LazyFrame, placed: pl.DataFrame) -> _Golden:
    """Makes the golden records in portions, and writes them in the order of their ids."""
    related = [pl.DataFrame(schema={"listing_id": pl.String, "relation": pl.String})]
    repairs = [polars_schema(TextRepairs).to_frame()]
    conflicts: Counter[str] = Counter()
    with (
        SpillWriter(home.scratch / "papers.parquet", Papers) as papers,
        SpillWriter(home.scratch / "paper_values.parquet", PaperValues) as values,
    ):
        for portion in portions(clean_listings, listings, placed, home.scratch / "portions"):
            papers.write(portion.papers)
            values.write(portion.values)
            related.append(portion.relations)
            repairs.append(portion.repairs)
            differing = portion.values.filter("differs").unique(["paper_id", "field"])
            conflicts.update(dict(differing.group_by("field").agg(pl.len()).iter_rows()))
    return _Golden(
        papers.done(), values.done(), pl.concat(related), pl.concat(repairs), dict(sorted(conflicts.items()))
    )


def _identity_keys(clean_listings: pl.LazyFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """The identity keys of the listings of papers; texts are read piece by piece, and only their hashes are kept."""
    needed = clean_listings.select(
        "listing_id", "title_search", "abstract_search", "authors", "year", *ID_KINDS.values()
    )
    return pl.concat(
        identity_keys(batch.join(groups, on="listing_id", how="semi", maintain_order="left"))
        for batch in batches(needed)
    )


def _known(home: Home) -> identity.Known:
    """What the published file remembers."""
    return identity.Known(
        keys=home.published("paper_keys"),
        aliases=home.published("paper_aliases"),
        splits=home.published("paper_splits"),
        listings=home.published("paper_listings").select("paper_id", "listing_id"),
    )
