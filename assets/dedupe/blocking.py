"""Blocking: which pairs of records are worth comparing.

Every kind of key brings its own candidates; a block is all records with one key. A block beyond its cap is not compared
all with all, which would be quadratic: its records are put in the order of their titles, authors and years, and each is
compared with the next few.

Between keys and pairs a record is a number, and a pair is one number of 64 bits that holds both: no text is copied, and
pairs sort as their identifiers do. As many kinds of keys are made at a time as there are threads.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.blocks import BLOCK_CAP, HALF, LOWER, NEIGHBOURS, Blocks, Places, of_numbers, of_texts, pairs
from assets.dedupe.keys import KEYS, keyed
from assets.dedupe.signatures.bands import each_band
from assets.dedupe.signatures.minhash import matrix
from schemas.match_vocabulary import BlockingKind

__all__ = ["BLOCK_CAP", "NAMES_CAP", "NEIGHBOURS", "Candidates", "candidate_pairs", "report"]

NAMES_CAP = 20
"""The same for keys of names and year: a name is shared by many who wrote nothing together, the more the larger a
corpus, and two records of one work share another key besides. Of 2.2 million pairs of real records and their 120,000
matches, blocks of 21 to 80 brought 105,000 pairs and 2 matches."""
IN_ORDER = ("title_key", "author_text", "year", "listing_id")
"""What puts those that are most alike side by side."""
PAIR = ("listing_a", "listing_b")

Pairs = NDArray[np.uint64]
"""Pairs of records, told by the number of each in the order of their identifiers: the lower one in the upper half."""


@dataclass(frozen=True)
class Candidates:
    """The pairs worth comparing."""

    pairs: pl.DataFrame
    """listing_a < listing_b, blocked_by (sorted list of kinds); one row per pair, sorted."""
    blocks: pl.DataFrame
    """kind, block_count, largest_block, capped_count: one row per kind that had a key."""


@dataclass(frozen=True)
class _Brought:
    """What one kind of keys brought, or one band of signatures."""

    kind: BlockingKind
    pairs: Pairs
    """In order, each once."""
    sizes: Places
    """Records of each block."""


_BLOCKS_SCHEMA = {
    "kind": pl.String,
    "block_count": pl.Int64,
    "largest_block": pl.Int64,
    "capped_count": pl.Int64,
}


def candidate_pairs(forms: pl.DataFrame, judged: pl.DataFrame | None = None, *, cap: int = BLOCK_CAP) -> Candidates:
    """Pairs the records that share a key.

    Args:
        forms: As `forms.forms` makes them.
        judged: Pairs that are compared whatever their keys: listing_a, listing_b; those of other records do not count.
        cap: Size of a block up to which all its pairs are taken; for keys of names, NAMES_CAP if that is less.

    Returns:
        The pairs, and what was seen of the blocks.
    """
    ids = forms.select("listing_id").with_row_index("row").sort("listing_id")
    order = forms.select(IN_ORDER).with_row_index("row").sort(IN_ORDER)["row"].to_numpy()
    place, number = _inverse(order), _inverse(ids["row"].to_numpy())
    number_of_place = number[order]

    def bring(one: tuple[BlockingKind, Callable[[], Blocks]]) -> _Brought:
        kind, make = one
        blocks = make()
        return _Brought(
            kind, _packed(*(number_of_place[end] for end in pairs(blocks, _cap_of(kind, cap)))), blocks.sizes
        )

    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        brought = list(pool.map(bring, _each_blocks(forms, place)))
    if judged is not None:
        brought.append(_Brought(BlockingKind.JUDGEMENT, _judged(judged, ids["listing_id"]), np.zeros(0, np.int64)))
    kinds = list(dict.fromkeys(one.kind for one in brought))
    found = _union([one.pairs for one in brought])
    bits = np.zeros(len(found), np.uint32)
    for one in brought:
        bits[np.searchsorted(found, one.pairs)] |= np.uint32(1 << kinds.index(one.kind))
    return Candidates(_named(found, bits, ids["listing_id"], kinds), _told(brought, cap))


def _cap_of(kind: BlockingKind, cap: int) -> int:
    return min(cap, NAMES_CAP) if kind is BlockingKind.AUTHOR_YEAR else cap


def _inverse(order: NDArray[np.uint32]) -> Places:
    """From the rows in some order to the place of each row in it."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return place


def _each_blocks(forms: pl.DataFrame, place: Places) -> Iterator[tuple[BlockingKind, Callable[[], Blocks]]]:
    """What makes the blocks of each kind of keys, or of a band of signatures."""
    placed = forms.with_columns(pl.Series("place", place, dtype=pl.UInt32))
    for kind, expressions in KEYS:
        yield kind, partial(lambda keys: of_texts(keyed(placed, keys, "place")), expressions)
    signed = np.flatnonzero(forms["signature"].is_not_null())
    for band in each_band(matrix(forms["signature"])):
        yield BlockingKind.SIGNATURE, partial(lambda make: of_numbers(make()[signed], place[signed]), band)


def _packed(left: Places, right: Places) -> Pairs:
    """Pairs in order, each once."""
    packed = (np.minimum(left, right).astype(np.uint64) << HALF) | np.maximum(left, right).astype(np.uint64)
    return _union([packed])


def _union(parts: list[Pairs]) -> Pairs:
    """All that is in one of the parts, in order, each once."""
    ordered = np.concatenate(parts)
    ordered.sort()
    is_new = np.ones(len(ordered), np.bool_)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_new]


def _judged(judged: pl.DataFrame, ids: pl.Series) -> Pairs:
    """The pairs of records that people judged; a record and itself are none."""
    numbers = ids.to_frame().with_row_index("number").with_columns(pl.col("number").cast(pl.Int64))
    ends = judged.select(PAIR).filter(pl.col(PAIR[0]) != pl.col(PAIR[1]))
    for side in PAIR:
        ends = ends.join(numbers.rename({"listing_id": side, "number": f"number_of_{side}"}), on=side)
    return _packed(*(ends[f"number_of_{side}"].to_numpy() for side in PAIR))


def _told(brought: list[_Brought], cap: int) -> pl.DataFrame:
    """One row for each kind that has a block."""
    rows = []
    for kind, of_kind in groupby(brought, key=lambda one: one.kind):
        sizes = np.concatenate([one.sizes for one in of_kind])
        if len(sizes):
            rows.append((str(kind), len(sizes), int(sizes.max()), int((sizes > _cap_of(kind, cap)).sum())))
    return pl.DataFrame(rows, _BLOCKS_SCHEMA, orient="row")


def _named(found: Pairs, bits: NDArray[np.uint32], ids: pl.Series, kinds: list[BlockingKind]) -> pl.DataFrame:
    """Puts listings in the place of numbers, and names in the place of bits."""
    combinations, combination = np.unique(bits, return_inverse=True)
    names = [sorted(str(kind) for at, kind in enumerate(kinds) if one >> at & 1) for one in combinations.tolist()]
    return pl.DataFrame(
        {
            "listing_a": ids.gather(found >> HALF),
            "listing_b": ids.gather(found & LOWER),
            "blocked_by": pl.Series(names, dtype=pl.List(pl.String)).gather(combination),
        }
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
