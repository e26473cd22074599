"""Neighbors: the papers most like each paper, by comparing papers with each other, block by block.

A block's similarities are one matrix product. The best are found without sorting: the best ten lie in the ten runs of
papers whose best is best, so that only those runs are looked into.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.enrich.topics.pools import Pool, pools
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
PIECE = 50_000
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
    ids, points = ordered["paper_id"], ordered["vector"].to_numpy()
    near = np.zeros((len(ids), NEAREST), np.int32)
    similarity = np.zeros((len(ids), NEAREST), np.int32)
    for pool in pools(points):
        asked = pool.members[pool.asked]
        places, similarity[asked] = nearest(points, pool)
        near[asked] = pool.members[places]
    for start in range(0, len(ids), PIECE):
        paper, place = np.nonzero(similarity[start : start + PIECE] > 0)
        yield pl.DataFrame(
            {
                "paper_id": ids.gather(paper + start),
                "rank": place + 1,
                "neighbor_id": ids.gather(near[paper + start, place]),
                "similarity": similarity[paper + start, place] / SCALE,
            }
        )


def nearest(points: Floats, pool: Pool) -> tuple[Longs, Longs]:
    """The most similar members of a pool, for those that are asked for.

    Args:
        points: Points x dimensions, of unit length.
        pool: Which of them are compared.

    Returns:
        Two arrays of those asked x NEAREST: places in the pool of the most similar members, and the similarities times
        SCALE, falling; equal ones by place. A negative similarity may stand for nobody, its place is the first.
    """
    count = len(pool.members)
    among = np.zeros((max(-(-count // RUN), NEAREST) * RUN, points.shape[1]), np.float32)
    among[:count] = points[pool.members]
    width = int(np.clip(BLOCK_ITEMS // len(among), 16, 512))
    blocks = [pool.asked[start : start + width] for start in range(0, len(pool.asked), width)]
    found = side_by_side(lambda asked: _best(among, count, asked), blocks)
    empty = np.empty((0, NEAREST), np.int64)
    places, similarity = (np.concatenate([empty, *(one[part] for one in found)]) for part in (0, 1))
    return np.where(similarity < 0, 0, places), similarity


def _best(among: Floats, count: int, asked: Longs) -> tuple[Longs, Longs]:
    """The same for one block; the points after the first `count` are padding."""
    column = np.arange(len(asked))
    similar = among @ among[asked].T
    similar[asked, column] = NOBODY
    similar[count:] = NOBODY
    best_of_run = similar.reshape(-1, RUN, len(asked)).max(axis=1).T
    keys = _rank_keys(best_of_run, np.arange(best_of_run.shape[1]))
    runs = np.argpartition(-keys, NEAREST - 1, axis=1)[:, :NEAREST]
    places = (runs[:, :, None] * RUN + np.arange(RUN)).reshape(len(asked), -1)
    order = np.argsort(-_rank_keys(similar[places, column[:, None]], places), axis=1)[:, :NEAREST]
    best = np.take_along_axis(places, order, axis=1)
    return best, _rounded(similar[best, column[:, None]])


def _rounded(similarity: Floats) -> Longs:
    return np.rint(similarity * SCALE).astype(np.int64).clip(max=SCALE)


def _rank_keys(similarity: Floats, places: Longs) -> Longs:
    """Whole numbers that are greater the better: greater similarity, then smaller place."""
    return (_rounded(similarity) << 32) - places
