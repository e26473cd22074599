"""The dedupe step: clean listings become papers, and every merge is explained."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import dagster as dg
import polars as pl

from assets.checks import deliver, table_checks, table_out
from assets.dedupe import golden, identity, survive
from assets.dedupe.blocking import candidate_pairs
from assets.dedupe.cluster import clusters
from assets.dedupe.decide import decide
from assets.dedupe.features import COMPARED, compare
from assets.dedupe.keys import listing_keys
from assets.home import Home
from schemas.vocabulary import Decision, Role

PAPERS = ("papers", "paper_listings", "paper_values", "paper_aliases", "paper_keys")


def of_feeds(clean_listings: pl.LazyFrame, dumps: pl.DataFrame) -> pl.LazyFrame:
    """The listings that are papers of the data set; those of reference dumps only add values to such papers."""
    feeds = dumps.lazy().filter(pl.col("role") == Role.FEED).select("dump_id")
    return clean_listings.join(feeds, on="dump_id", how="semi", maintain_order="left")


@dg.multi_asset(
    outs={"match_pairs": table_out("match_pairs")}, check_specs=table_checks("match_pairs"), group_name="dedupe"
)
def match(dumps: pl.DataFrame, clean_listings: pl.LazyFrame) -> Iterator[Any]:
    """Compares the listings that share a key and decides which are the same paper."""
    started = time.monotonic()
    compared = of_feeds(clean_listings, dumps).select("listing_id", *COMPARED).collect()
    pairs = decide(compare(candidate_pairs(listing_keys(compared)), compared))
    counts = {
        "matched": pairs.filter(pl.col("decision") == Decision.MATCH).height,
        "seconds": round(time.monotonic() - started, 3),
    }
    yield from deliver({"match_pairs": pairs}, {"match_pairs": counts}, clean_listings=clean_listings)


@dg.multi_asset(outs={name: table_out(name) for name in PAPERS}, check_specs=table_checks(*PAPERS), group_name="dedupe")
def resolve(
    home: Home, dumps: pl.DataFrame, listings: pl.LazyFrame, clean_listings: pl.LazyFrame, match_pairs: pl.DataFrame
) -> Iterator[Any]:
    """Groups listings into papers, gives each its lasting id, and chooses the values of its golden record."""
    started = time.monotonic()
    clean = of_feeds(clean_listings, dumps).collect()
    groups = clusters(clean, match_pairs)
    known, aliases = home.published("paper_keys"), home.published("paper_aliases")
    who = identity.resolve(groups, listing_keys(clean), known, aliases, datetime.now(UTC).date())
    members = golden.members(clean, listings, dumps, groups.join(who.paper_ids, on="cluster"))
    stated = survive.stated_values(members)
    chosen = survive.choose(stated)
    papers = golden.papers(members, chosen)
    counts = {
        "rows_in": clean.height,
        "rows_out": papers.height,
        "rows_merged": clean.height - papers.height,
        "new_ids": who.minted_count,
        "split_papers": who.split_count,
        "seconds": round(time.monotonic() - started, 3),
    }
    tables = {
        "papers": papers,
        "paper_listings": golden.paper_listings(members, match_pairs),
        "paper_values": survive.paper_values(stated, chosen),
        "paper_aliases": who.aliases,
        "paper_keys": who.keys,
    }
    yield from deliver(tables, {"papers": counts}, clean_listings=clean_listings)
