"""Identity: which id each paper has, resolved before it is minted.

A paper is known again by its keys. Its id stays for good: adding a dump changes no id, a merge keeps one id and leaves
an alias for each other, a split keeps the id with the larger part, mints a new one and says whose it was, and an id
that was ever given is never given to another paper, also when its dump is gone. A paper that leaves the one it was
merged into has the id again that it had before.

A key that two papers of this run state tells nothing about either: it decides nothing and is not remembered. Title,
first author and year are no proof either: they lead a new paper to an id that nobody else claims, and merge nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

import polars as pl

from assets.dedupe.papers.identity_keys import EXCLUSIVE_KINDS, ID_KINDS, KINDS, LISTING, WORK
from assets.hashing import blake2b_hex
from schemas.papers import PaperAliases, PaperKeys, PaperListings, PaperSplits
from schemas.render import polars_schema


@dataclass(frozen=True)
class Known:
    """What is remembered of the data set that was published last; nothing the first time."""

    keys: pl.DataFrame
    """Rows of `paper_keys`."""
    aliases: pl.DataFrame
    """Rows of `paper_aliases`."""
    splits: pl.DataFrame
    """Rows of `paper_splits`."""
    listings: pl.DataFrame
    """Columns paper_id, listing_id of `paper_listings`."""
    reserved: frozenset[str] = frozenset()
    """Ids that are in none of these tables and are still never given to another paper: those of removed ones."""

    @classmethod
    def nothing(cls) -> Self:
        """Before the first publication."""
        keys, aliases, splits, listings = (
            polars_schema(model).to_frame() for model in (PaperKeys, PaperAliases, PaperSplits, PaperListings)
        )
        return cls(keys, aliases, splits, listings.select("paper_id", "listing_id"))


@dataclass(frozen=True)
class Identities:
    """Who is who after a run."""

    paper_ids: pl.DataFrame
    """cluster, paper_id: one row per paper, sorted by cluster."""
    keys: pl.DataFrame
    """Rows of `paper_keys`: all keys ever seen that name one paper."""
    aliases: pl.DataFrame
    """Rows of `paper_aliases`: all ids ever merged away, each with the paper it now leads to."""
    splits: pl.DataFrame
    """Rows of `paper_splits`: all splits ever made."""
    minted_count: int
    """Papers that got a new id."""
    merged_count: int
    """Ids that were merged away in this run."""
    new_splits: pl.DataFrame
    """Rows of `paper_splits` of this run."""


def resolve(clusters: pl.DataFrame, keys: pl.DataFrame, known: Known, today: date) -> Identities:
    """Gives every cluster its paper id.

    Args:
        clusters: Columns listing_id, cluster.
        keys: As `identity_keys` returns them, of the same listings.
        known: What is remembered.
        today: Day of the run, for new aliases and splits.

    Returns:
        The ids, and the registers to publish with them.
    """
    owned = _cluster_keys(clusters, keys)
    register = _register(known)
    claims = _claims(owned, register, known.listings)
    won = _won(claims, known.splits)
    kept = won.unique("cluster", keep="first", maintain_order=True)
    found_again = _found_again(owned, register, won)

    settled = pl.concat([kept.select("cluster", "paper_id"), found_again])
    nameless = owned.join(settled, on="cluster", how="anti").unique("cluster", keep="first", maintain_order=True)
    given_back = _given_back(nameless, owned, register, known.aliases)
    mint = nameless.join(given_back, on="cluster", how="anti", maintain_order="left")
    minted = mint.select("cluster", paper_id=_mint(mint["key"], _taken(register, known)))
    paper_ids = pl.concat([settled, given_back, minted]).sort("cluster")
    aliases = known.aliases.join(given_back, left_on="old_paper_id", right_on="paper_id", how="anti")

    merged = won.join(kept, on="cluster", suffix="_kept").filter(pl.col("paper_id") != pl.col("paper_id_kept"))
    new_aliases = merged.select(old_paper_id="paper_id", paper_id="paper_id_kept", since=pl.lit(today))
    new_splits = _splits(owned, register, paper_ids, new_aliases, today)
    return Identities(
        paper_ids=paper_ids,
        keys=_remembered(register, owned, paper_ids, new_aliases),
        aliases=pl.concat([_follow(aliases, new_aliases), new_aliases]).sort("old_paper_id"),
        splits=_with(known.splits, new_splits),
        minted_count=minted.height,
        merged_count=new_aliases.height,
        new_splits=new_splits,
    )


def _cluster_keys(clusters: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """The keys of each cluster, those that no other states first, then the strongest first.

    Columns cluster, kind, key, is_shared.
    """
    return (
        clusters.join(keys, on="listing_id")
        .select("cluster", "kind", "key")
        .unique()
        .with_columns(is_shared=pl.len().over("key") > 1)
        .sort("cluster", "is_shared", "kind", "key")
    )


def _register(known: Known) -> pl.DataFrame:
    """Which paper owns each key: key, paper_id, kind. The listings of a paper belong to it, whatever else is known."""
    listed = known.listings.select(key=pl.lit(f"{LISTING}:") + pl.col("listing_id"), paper_id="paper_id")
    rest = known.keys.select("key", "paper_id").join(listed, on="key", how="anti")
    kind = pl.col("key").str.split_exact(":", 1).struct.field("field_0")
    return pl.concat([listed, rest]).with_columns(kind=kind.cast(pl.Enum(KINDS), strict=False))


def _claims(owned: pl.DataFrame, register: pl.DataFrame, listings: pl.DataFrame) -> pl.DataFrame:
    """Which known papers each cluster states proof of: cluster, paper_id, listed, shared, first_key.

    `listed` counts the listings that the paper had when it was published last, `shared` all keys in common.
    """
    published = listings.select(key=pl.lit(f"{LISTING}:") + pl.col("listing_id"), was_listed=True)
    proofs = (
        owned.filter(~pl.col("is_shared") & (pl.col("kind") != WORK))
        .join(register.select("key", "paper_id"), on="key")
        .join(published, on="key", how="left")
    )
    claims = proofs.group_by("cluster", "paper_id").agg(
        listed=pl.col("was_listed").sum(),
        shared=pl.len(),
        first_key=pl.concat_str(pl.col("kind").to_physical().cast(pl.String).str.zfill(2), "key").min(),
        is_certain=pl.col("kind").is_in([*ID_KINDS, LISTING]).any(),
    )
    doubted = claims.filter(~pl.col("is_certain"))
    return claims.join(_contradicted(doubted, owned, register), on=["cluster", "paper_id"], how="anti")


def _contradicted(claims: pl.DataFrame, owned: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """The claims without a common identifier, where both sides state one of the same kind."""
    is_exclusive = pl.col("kind").is_in(EXCLUSIVE_KINDS)
    stated = owned.filter(is_exclusive).select("cluster", "kind")
    remembered = register.filter(is_exclusive).select("paper_id", "kind").unique()
    return (
        claims.select("cluster", "paper_id")
        .join(remembered, on="paper_id")
        .join(stated, on=["cluster", "kind"], how="semi")
    )


def _won(claims: pl.DataFrame, splits: pl.DataFrame) -> pl.DataFrame:
    """Which cluster each claimed paper goes to: that with most of its listings, then most of its keys.

    Sorted so that the first paper of a cluster is that whose id it keeps; of equal ones not that which was split off.
    """
    best = ["listed", "shared"]
    is_split_off = pl.col("paper_id").is_in(splits["paper_id"].implode())
    return (
        claims.sort("paper_id", *best, "first_key", descending=[False, True, True, False])
        .unique("paper_id", keep="first", maintain_order=True)
        .sort("cluster", *best, is_split_off, "paper_id", descending=[False, True, True, False, False])
        .select("cluster", "paper_id")
    )


def _found_again(owned: pl.DataFrame, register: pl.DataFrame, won: pl.DataFrame) -> pl.DataFrame:
    """Papers that nobody has proof of, found by clusters that have no id yet: cluster, paper_id."""
    likely = (
        owned.filter(~pl.col("is_shared") & (pl.col("kind") == WORK))
        .join(won, on="cluster", how="anti")
        .join(register.select("key", "paper_id"), on="key")
        .join(won, on="paper_id", how="anti")
    )
    likely = likely.join(_contradicted(likely, owned, register), on=["cluster", "paper_id"], how="anti")
    return (
        likely.sort("key")
        .unique("paper_id", keep="first", maintain_order=True)
        .unique("cluster", keep="first", maintain_order=True)
        .select("cluster", "paper_id")
    )


def _given_back(
    nameless: pl.DataFrame, owned: pl.DataFrame, register: pl.DataFrame, aliases: pl.DataFrame
) -> pl.DataFrame:
    """Papers that leave the one they were merged into, with the id that they had before: cluster, paper_id.

    Such a paper would be given the very id that its key gave it then, and which is now an alias of the paper it leaves.
    """
    left = (
        owned.filter(pl.col("kind") == LISTING)
        .join(register.select("key", "paper_id"), on="key")
        .select("cluster", "paper_id")
        .unique()
    )
    before = nameless.select("cluster", old_paper_id=_id_of(nameless["key"]))
    return (
        before.join(aliases.select("old_paper_id", "paper_id"), on="old_paper_id")
        .join(left, on=["cluster", "paper_id"], how="semi")
        .select("cluster", paper_id="old_paper_id")
        .sort("cluster")
        .unique("paper_id", keep="first", maintain_order=True)
    )


def _taken(register: pl.DataFrame, known: Known) -> pl.Series:
    """Every id that was ever given."""
    given = [register["paper_id"], known.aliases["old_paper_id"], known.aliases["paper_id"]]
    reserved = pl.Series(sorted(known.reserved), dtype=pl.String)
    return pl.concat([*given, known.splits["paper_id"], known.splits["from_paper_id"], reserved]).unique()


def _id_of(keys: pl.Series) -> pl.Series:
    return "p" + blake2b_hex(keys, digits=16)


def _mint(keys: pl.Series, taken: pl.Series) -> pl.Series:
    """New ids from keys; where one is taken, the key is salted until it is free."""
    ids = _id_of(keys)
    salt = 0
    while (clash := ids.is_in(taken.implode()) | ~ids.is_first_distinct()).any():
        salt += 1
        salted = _id_of(keys + f"#{salt}")
        ids = pl.select(pl.when(clash).then(salted).otherwise(ids)).to_series()
    return ids.alias("paper_id")


def _splits(
    owned: pl.DataFrame, register: pl.DataFrame, paper_ids: pl.DataFrame, new_aliases: pl.DataFrame, today: date
) -> pl.DataFrame:
    """Listings that are now in another paper than before, although their paper was not merged into that one."""
    moved = (
        owned.filter(pl.col("kind") == LISTING)
        .join(register.select("key", from_paper_id="paper_id"), on="key")
        .join(paper_ids, on="cluster")
    )
    merged = new_aliases.select(from_paper_id="old_paper_id", paper_id="paper_id")
    return (
        moved.filter(pl.col("paper_id") != pl.col("from_paper_id"))
        .join(merged, on=["from_paper_id", "paper_id"], how="anti")
        .group_by("paper_id", "from_paper_id")
        .agg(listing_count=pl.len().cast(pl.Int64))
        .with_columns(since=pl.lit(today))
        .select(polars_schema(PaperSplits).names())
        .sort("from_paper_id", "paper_id")
    )


def _with(splits: pl.DataFrame, new_splits: pl.DataFrame) -> pl.DataFrame:
    """All splits; of two on one day, the later one."""
    key = ["from_paper_id", "paper_id", "since"]
    return pl.concat([splits, new_splits]).unique(key, keep="last", maintain_order=True).sort(key)


def _follow(rows: pl.DataFrame, new_aliases: pl.DataFrame) -> pl.DataFrame:
    """Leads the paper ids of rows on to the papers they were merged into."""
    targets = new_aliases.select("old_paper_id", target="paper_id")
    return rows.join(
        targets.rename({"old_paper_id": "paper_id"}), on="paper_id", how="left", maintain_order="left"
    ).select(
        pl.coalesce("target", "paper_id").alias("paper_id") if name == "paper_id" else name for name in rows.columns
    )


def _remembered(
    register: pl.DataFrame, owned: pl.DataFrame, paper_ids: pl.DataFrame, new_aliases: pl.DataFrame
) -> pl.DataFrame:
    """All keys ever seen: those of this run with their papers now, the others with the papers they had.

    A key that several papers state now is forgotten, unless it is all that is left of a paper that is gone.
    """
    current = owned.filter(~pl.col("is_shared")).join(paper_ids, on="cluster").select("key", "paper_id")
    absent = _follow(register.select("key", "paper_id").join(current, on="key", how="anti"), new_aliases)
    useless = absent.join(owned.filter("is_shared"), on="key", how="semi").join(paper_ids, on="paper_id", how="semi")
    return pl.concat([current, absent.join(useless, on="key", how="anti")]).sort("key")
