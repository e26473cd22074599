"""Pools: among which papers the neighbors of a paper are looked for: all, or in a large corpus those of its region.

Comparing every paper with every other takes time with the square of their number. Beyond a size the papers are divided
into cells by k-means, and each cell is compared with as many papers of the cells nearest to it. Of 200,000 abstracts
97 % of the ten nearest are found so, and 91 % with pools of a tenth of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assets.enrich.topics.cluster import assign, divide
from assets.enrich.topics.space import Floats
from assets.enrich.topics.threads import one_thread

Longs = npt.NDArray[np.int64]

WHOLE_UP_TO = 120_000
"""Papers up to which each is compared with every other."""
POOL = 60_000
"""Papers that a cell is compared with, at least."""
CELL = 500
"""Papers of a cell, on average: in smaller ones a paper is nearer to the middle of its pool."""
LEARNED_FROM = 30_000
"""Papers from which the cells are found."""
BATCH = 50_000


@dataclass(frozen=True)
class Pool:
    """Papers that are compared."""

    members: Longs
    """Numbers of the papers among which neighbors are looked for, rising."""
    asked: Longs
    """Places in `members` of those whose neighbors are looked for."""


def pools(points: Floats) -> Iterator[Pool]:
    """Divides the work.

    Args:
        points: Papers x dimensions, of unit length.

    Yields:
        Pools; every paper is asked for in one of them.
    """
    everybody = np.arange(len(points))
    if len(points) <= WHOLE_UP_TO:
        yield Pool(everybody, everybody)
        return
    with one_thread():
        centres = divide(points[:: -(-len(points) // LEARNED_FROM)], len(points) // CELL).centres
        starts = range(0, len(points), BATCH)
        cell = np.concatenate([assign(points[start : start + BATCH], centres)[0] for start in starts])
        nearest_first = np.argsort(-(centres @ centres.T), axis=1, kind="stable")
    sizes = np.bincount(cell, minlength=len(centres))
    by_cell = np.split(np.argsort(cell, kind="stable"), np.cumsum(sizes)[:-1])
    for number, near in enumerate(nearest_first):
        enough = int(np.searchsorted(np.cumsum(sizes[near]), POOL)) + 1
        members = np.sort(np.concatenate([by_cell[one] for one in {number: None} | dict.fromkeys(near[:enough])]))
        yield Pool(members, np.searchsorted(members, by_cell[number]))
