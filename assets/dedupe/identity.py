"""Identity: which id each paper has, resolved before it is minted.

A paper is known again by its keys. Its id stays for good: adding a dump changes no id, a merge keeps one id and leaves
an alias for each other, a split keeps the id with the larger part and mints a new one, and an id that was ever given is
never given to another paper, also when its dump is gone.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from assets.dedupe.keys import KINDS
from assets.hashing import blake2b_hex


@dataclass(frozen=True)
class Identities:
    """Who is who after a run."""

    paper_ids: pl.DataFrame
    """cluster, paper_id: one row per paper, sorted by cluster."""
    keys: pl.DataFrame
    """Rows of `paper_keys`: all keys ever seen."""
    aliases: pl.DataFrame
    """Rows of `paper_aliases`: all ids ever merged away, each with the paper it now leads to."""
    minted_count: int
    """Papers that got a new id."""
    split_count: int
    """Papers that got a new id although their keys belonged to a known paper, which was split."""


def resolve(
    clusters: pl.DataFrame, keys: pl.DataFrame, known: pl.DataFrame, aliases: pl.DataFrame, today: date
) -> Identities:
    """Gives every cluster its paper id.

    Args:
        clusters: Columns listing_id, cluster.
        keys: Columns listing_id, kind, key, of the same listings.
        known: Rows of `paper_keys` of the data set published last; empty the first time.
        aliases: Rows of `paper_aliases` published last.
        today: Day of the run, for new aliases.

    Returns:
        The ids, and the registers to publish with them.
    """
    owned = _cluster_keys(clusters, keys)
    claims = _claims(owned, known)
    kept = claims.sort("cluster", "shared", "paper_id", descending=[False, True, False]).unique("cluster", keep="first")
    mint = owned.join(kept, on="cluster", how="anti").unique("cluster", keep="first")
    taken = pl.concat([known["paper_id"], aliases["old_paper_id"]]).unique()
    minted = mint.select("cluster", paper_id=_mint(mint["key"], taken))
    paper_ids = pl.concat([kept.select("cluster", "paper_id"), minted]).sort("cluster")

    merged = claims.join(kept, on="cluster", suffix="_kept").filter(pl.col("paper_id") != pl.col("paper_id_kept"))
    new_aliases = merged.select(old_paper_id="paper_id", paper_id="paper_id_kept", since=pl.lit(today))
    return Identities(
        paper_ids=paper_ids,
        keys=_register(known, owned.join(paper_ids, on="cluster"), new_aliases),
        aliases=pl.concat([_follow(aliases, new_aliases), new_aliases]).sort("old_paper_id"),
        minted_count=minted.height,
        split_count=mint.join(owned.join(known, on="key", how="semi"), on="cluster", how="semi").height,
    )


def _cluster_keys(clusters: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """The keys of each cluster, strongest first; a cluster without any (no id, no abstract) gets one of its own."""
    order = pl.Enum([*KINDS, "listing"])
    keyed = clusters.join(keys, on="listing_id").select("cluster", pl.col("kind").cast(order), "key")
    unkeyed = clusters.join(keyed, on="cluster", how="anti").select(
        "cluster", kind=pl.lit("listing", dtype=order), key="listing:" + pl.col("listing_id")
    )
    return pl.concat([keyed, unkeyed]).unique().sort("cluster", "kind", "key")


def _claims(owned: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Which known paper ids each cluster may keep: an id belongs to the cluster that shares most keys with it."""
    return (
        owned.join(known, on="key")
        .group_by("cluster", "paper_id")
        .agg(shared=pl.len(), first_key=pl.col("key").min())
        .sort("paper_id", "shared", "first_key", descending=[False, True, False])
        .unique("paper_id", keep="first")
        .select("cluster", "paper_id", "shared")
    )


def _mint(keys: pl.Series, taken: pl.Series) -> pl.Series:
    """New ids from keys; where one is taken, the key is salted until it is free."""
    ids = "p" + blake2b_hex(keys, digits=16)
    salt = 0
    while (clash := ids.is_in(taken.implode()) | ~ids.is_first_distinct()).any():
        salt += 1
        salted = "p" + blake2b_hex(keys + f"#{salt}", digits=16)
        ids = pl.select(pl.when(clash).then(salted).otherwise(ids)).to_series()
    return ids.alias("paper_id")


def _follow(rows: pl.DataFrame, new_aliases: pl.DataFrame) -> pl.DataFrame:
    """Leads the paper ids of rows on to the papers they were merged into."""
    targets = new_aliases.select("old_paper_id", target="paper_id")
    return rows.join(
        targets.rename({"old_paper_id": "paper_id"}), on="paper_id", how="left", maintain_order="left"
    ).select(
        pl.coalesce("target", "paper_id").alias("paper_id") if name == "paper_id" else name for name in rows.columns
    )


def _register(known: pl.DataFrame, owned: pl.DataFrame, new_aliases: pl.DataFrame) -> pl.DataFrame:
    """All keys ever seen: those of this run with their papers now, the others with the papers they had."""
    current = owned.select("key", "paper_id").sort("key", "paper_id").unique("key", keep="first")
    absent = _follow(known.join(current, on="key", how="anti"), new_aliases)
    return pl.concat([current, absent]).sort("key")
