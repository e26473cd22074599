"""Neighbors: the papers most like each paper, by comparing every paper with every other, block by block.

A block's similarities are one matrix product. The best are found without sorting: the best ten lie in the ten runs of
papers whose best is best, so that only those runs are looked into.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.enrich.topics.space import Floats
from assets.enrich.topics.threads import side_by_side

NEAREST = 10
"""Neighbors of a paper."""
SCALE = 10_000
"""Similarities are rounded to four decimals before they are compared: equal ones go by id."""
RUN = 32
"""Papers of a run."""
BLOCK_ITEMS = 1 << 24
"""Similarities that are in memory at once, for each processor: 64 MB."""
PIECE = 20_000
"""Papers whose neighbors are handed over at a time."""
NOBODY = -2.0
"""Similarity of a paper with itself, and of the padding at the end: below any cosine."""

Longs = npt.NDArray[np.int64]


def neighbors(vectors: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Finds the neighbors of all papers.

    Args:
        vectors: Rows of `paper_vectors`, any order.

    Yields:
        Rows of `neighbors`, sorted by paper and rank.
    """
    ordered = vectors.sort("paper_id")
    ids, points = ordered["paper_id"], _padded(ordered["vector"].to_numpy())
    for start in range(0, len(ids), PIECE):
        near, similarity = nearest(points, len(ids), range(start, min(start + PIECE, len(ids))))
        paper, place = np.nonzero(similarity > 0)
        yield pl.DataFrame(
            {
                "paper_id": ids.gather(paper + start),
                "rank": place + 1,
                "neighbor_id": ids.gather(near[paper, place]),
                "similarity": similarity[paper, place] / SCALE,
            }
        )


def nearest(points: Floats, count: int, asked: range) -> tuple[Longs, Longs]:
    """The most similar of all points, for some of the points.

    Args:
        points: Points x dimensions, of unit length; those after the first `count` are padding.
        count: How many points there are.
        asked: Numbers of the points whose neighbors are wanted.

    Returns:
        Two arrays of so many points x NEAREST: numbers of the most similar points, and the similarities times SCALE,
        falling; equal ones by number. A negative similarity may stand for nobody.
    """
    width = int(np.clip(BLOCK_ITEMS // len(points), 16, 512))
    starts = range(asked.start, asked.stop, width)
    found = side_by_side(lambda start: _best(points, count, range(start, min(start + width, asked.stop))), starts)
    return np.concatenate([near for near, _ in found]), np.concatenate([similarity for _, similarity in found])


def _padded(points: Floats) -> Floats:
    """The points and as many zeros as make whole runs, and enough of them."""
    runs = max(-(-len(points) // RUN), NEAREST)
    padded = np.zeros((runs * RUN, points.shape[1]), np.float32)
    padded[: len(points)] = points
    return padded


def _best(points: Floats, count: int, asked: range) -> tuple[Longs, Longs]:
    """The same for one block."""
    width = len(asked)
    similar = points @ points[asked.start : asked.stop].T
    similar[np.arange(asked.start, asked.stop), np.arange(width)] = NOBODY
    similar[count:] = NOBODY
    best_of_run = similar.reshape(-1, RUN, width).max(axis=1).T
    keys = _rank_keys(best_of_run, np.arange(best_of_run.shape[1]))
    runs = np.argpartition(-keys, NEAREST - 1, axis=1)[:, :NEAREST]
    numbers = (runs[:, :, None] * RUN + np.arange(RUN)).reshape(width, -1)
    column = np.arange(width)[:, None]
    order = np.argsort(-_rank_keys(similar[numbers, column], numbers), axis=1)[:, :NEAREST]
    near = np.take_along_axis(numbers, order, axis=1)
    return near, _rounded(similar[near, column])


def _rounded(similarity: Floats) -> Longs:
    return np.rint(similarity * SCALE).astype(np.int64).clip(max=SCALE)


def _rank_keys(similarity: Floats, numbers: Longs) -> Longs:
    """Whole numbers that are greater the better: greater similarity, then smaller number."""
    return (_rounded(similarity) << 32) - numbers
