"""Blocks: the records that have one key, and which of them are paired.

Records are numbers here: their place in an order that puts similar ones side by side. Nothing here knows what a key is
made of.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

BLOCK_CAP = 80
"""Records in a block up to which all pairs are compared: 3,160 pairs at most."""
NEIGHBOURS = 5
"""With how many of the next records a record of a larger block is compared."""
HALF, LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)

Places = NDArray[np.int64]
Keys = NDArray[np.uint64]


@dataclass(frozen=True)
class Blocks:
    """Blocks of two records or more."""

    places: Places
    """The records of one block after another, ascending within it."""
    sizes: Places
    """Records of each block."""


def of_texts(keyed: pl.DataFrame) -> Blocks:
    """Puts records with one key together.

    Args:
        keyed: Columns place (UInt32) and key (any type).

    Returns:
        The blocks, in any order.
    """
    grouped = keyed.group_by("key").agg("place").select("place", size=pl.col("place").list.len())
    shared = grouped.filter(pl.col("size") > 1)
    block = np.repeat(np.arange(shared.height, dtype=np.uint64), shared["size"].to_numpy())
    packed = (block << HALF) | shared["place"].explode(empty_as_null=False).to_numpy()
    packed.sort()
    packed = packed[_begins(packed)]  # a record may have one key twice
    packed = packed[_shared(packed >> HALF)]
    return _of_runs((packed & LOWER).astype(np.int64), packed >> HALF)


def of_numbers(keys: Keys, places: Places) -> Blocks:
    """Puts records with one key together, where the keys are numbers.

    Args:
        keys: Key of each record.
        places: The records, each once.

    Returns:
        The blocks, in any order.
    """
    packed = (keys >> HALF << HALF) | places.astype(np.uint64)
    order = packed.argsort()
    order = order[_shared(keys[order] >> HALF)]  # half of a key is seldom shared by records that do not share all of it
    order = order[np.lexsort((places[order], keys[order]))]
    order = order[_shared(keys[order])]
    return _of_runs(places[order], keys[order])


def _of_runs(places: Places, ordered: Keys) -> Blocks:
    """Blocks of records whose keys are sorted."""
    return Blocks(places, np.diff(np.flatnonzero(_begins(ordered)), append=len(ordered)))


def _begins(ordered: Keys) -> NDArray[np.bool_]:
    """Where another number stands than before."""
    begins = np.ones(len(ordered), np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    return begins


def _shared(ordered: Keys) -> NDArray[np.bool_]:
    """Which of sorted numbers stand more than once."""
    begins = _begins(ordered)
    ends = np.ones(len(ordered), np.bool_)
    ends[:-1] = begins[1:]
    return ~(begins & ends)


def pairs(blocks: Blocks, cap: int) -> tuple[Places, Places]:
    """Pairs the records of blocks.

    Args:
        blocks: Some blocks.
        cap: Size up to which all records of a block are paired with each other; of a larger one, each is paired with
            the NEIGHBOURS that follow.

    Returns:
        The smaller and the larger place of each pair; a pair stands as often as blocks bring it.
    """
    ends = np.repeat(np.cumsum(blocks.sizes), blocks.sizes)
    following = ends - np.arange(1, len(ends) + 1)
    reach = np.where(np.repeat(blocks.sizes, blocks.sizes) > cap, np.minimum(following, NEIGHBOURS), following)
    row = np.repeat(np.arange(len(reach)), reach)
    step = np.arange(1, len(row) + 1) - np.repeat(np.cumsum(reach) - reach, reach)
    return blocks.places[row], blocks.places[row + step]
