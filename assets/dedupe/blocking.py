"""Blocking: which pairs of records are worth comparing.

Every kind of key brings its own candidates; a block is all records with one key. A block beyond its cap is not compared
all with all, which would be quadratic: its records are put in the order of their titles, authors and years, and each is
compared with the next few.
"""

from dataclasses import dataclass

import polars as pl

from assets.dedupe.keys import each_kind
from schemas.match_vocabulary import BlockingKind

BLOCK_CAP = 80
"""Records in a block up to which all pairs are compared: 3,160 pairs at most."""
NEIGHBOURS = 5
"""With how many of the next records a record of a larger block is compared."""
IN_ORDER = ("title_key", "author_text", "year", "listing_id")
"""What puts those that are most alike side by side."""
PAIR = ("listing_a", "listing_b")


@dataclass(frozen=True)
class Candidates:
    """The pairs worth comparing."""

    pairs: pl.DataFrame
    """listing_a < listing_b, blocked_by (sorted list of kinds); one row per pair, sorted."""
    blocks: pl.DataFrame
    """kind, block_count, largest_block, capped_count: one row per kind that had a key."""


def candidate_pairs(forms: pl.DataFrame, judged: pl.DataFrame | None = None, *, cap: int = BLOCK_CAP) -> Candidates:
    """Pairs the records that share a key.

    Args:
        forms: As `forms.forms` makes them.
        judged: Pairs that are compared whatever their keys: listing_a, listing_b; those of other records do not count.
        cap: Size of a block up to which all its pairs are taken.

    Returns:
        The pairs, and what was seen of the blocks.
    """
    order = (
        forms.sort(IN_ORDER).select("listing_id").with_row_index("place").with_columns(pl.col("place").cast(pl.UInt32))
    )
    parts, seen = [], []
    for number, (kind, keys) in enumerate(each_kind(forms)):
        blocks = _blocks(keys.unique(), order)
        if blocks.height:
            seen.append(_told(kind, blocks, cap))
        parts.append(_pairs(blocks, cap).with_columns(bit=pl.lit(1 << number, dtype=pl.UInt32)))
    kinds = [kind for kind, _ in each_kind(forms.clear())]
    if judged is not None and judged.height:
        parts.append(_judged(judged, order).with_columns(bit=pl.lit(1 << len(kinds), dtype=pl.UInt32)))
        kinds.append(BlockingKind.JUDGEMENT)
    merged = pl.concat(parts).group_by("left", "right").agg(pl.col("bit").bitwise_or())
    return Candidates(
        _named(merged, order, kinds), pl.concat(seen) if seen else _told(BlockingKind.TITLE, _NO_BLOCKS, cap).clear()
    )


_NO_BLOCKS = pl.DataFrame(schema={"key": pl.String, "place": pl.List(pl.UInt32), "size": pl.UInt32})


def _blocks(keys: pl.DataFrame, order: pl.DataFrame) -> pl.DataFrame:
    """Blocks of two records or more: place (sorted list), size."""
    shared = keys.filter(pl.len().over("key") > 1)
    return (
        shared.join(order, on="listing_id")
        .group_by("key")
        .agg(pl.col("place").sort())
        .with_columns(size=pl.col("place").list.len())
        .select("place", "size")
    )


def _pairs(blocks: pl.DataFrame, cap: int) -> pl.DataFrame:
    """Pairs of places, the smaller on the left; a pair may stand twice."""
    rows = blocks.with_row_index("block").explode("place").with_columns(at=pl.int_range(pl.len()).over("block"))
    small = rows.filter(pl.col("size") <= cap)
    pairs = [
        small.join(small, on="block", suffix="_b")
        .filter(pl.col("place") < pl.col("place_b"))
        .select(left="place", right="place_b")
    ]
    large = rows.filter(pl.col("size") > cap)
    for step in range(1, NEIGHBOURS + 1):
        later = large.select("block", at=pl.col("at") - step, right="place")
        pairs.append(large.join(later, on=["block", "at"]).select(left="place", right="right"))
    return pl.concat(pairs).unique()


def _told(kind: BlockingKind, blocks: pl.DataFrame, cap: int) -> pl.DataFrame:
    return blocks.select(
        kind=pl.lit(str(kind)),
        block_count=pl.len().cast(pl.Int64),
        largest_block=pl.col("size").max().fill_null(0).cast(pl.Int64),
        capped_count=(pl.col("size") > cap).sum().cast(pl.Int64),
    )


def _judged(judged: pl.DataFrame, order: pl.DataFrame) -> pl.DataFrame:
    places = (
        judged.select(PAIR)
        .join(order.rename({"place": "left"}), left_on="listing_a", right_on="listing_id")
        .join(order.rename({"place": "right"}), left_on="listing_b", right_on="listing_id")
    )
    return places.select(left=pl.min_horizontal("left", "right"), right=pl.max_horizontal("left", "right")).unique()


def _named(merged: pl.DataFrame, order: pl.DataFrame, kinds: list[BlockingKind]) -> pl.DataFrame:
    """Puts listings in the place of numbers, and names in the place of bits."""
    ids = order["listing_id"]
    left, right = ids.gather(merged["left"]), ids.gather(merged["right"])
    named = (
        merged.select("bit")
        .unique()
        .with_columns(
            blocked_by=pl.concat_list(
                pl.when(pl.col("bit") & (1 << number) != 0).then(pl.lit(str(kind))) for number, kind in enumerate(kinds)
            )
            .list.drop_nulls()
            .list.sort()
        )
    )
    return (
        merged.with_columns(first=left, second=right)
        .join(named, on="bit")
        .select(
            listing_a=pl.min_horizontal("first", "second"),
            listing_b=pl.max_horizontal("first", "second"),
            blocked_by="blocked_by",
        )
        .sort(PAIR)
    )


def report(candidates: Candidates, match_pairs: pl.DataFrame) -> pl.DataFrame:
    """Says what each kind of key brought, and what it alone brought.

    Args:
        candidates: As `candidate_pairs` returns them.
        match_pairs: Rows of `match_pairs`: what was decided on them.

    Returns:
        Rows of `blocking_keys`, sorted.
    """
    brought = match_pairs.select(
        kind="blocked_by", only=pl.col("blocked_by").list.len() == 1, matched=pl.col("decision") == "match"
    ).explode("kind")
    counted = brought.group_by("kind").agg(
        pair_count=pl.len().cast(pl.Int64),
        only_count=pl.col("only").sum().cast(pl.Int64),
        match_count=pl.col("matched").sum().cast(pl.Int64),
        only_match_count=(pl.col("only") & pl.col("matched")).sum().cast(pl.Int64),
    )
    joined = candidates.blocks.join(counted, on="kind", how="full", coalesce=True)
    return joined.with_columns(pl.exclude("kind").fill_null(0)).sort("kind")
