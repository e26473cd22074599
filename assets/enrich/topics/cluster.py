"""Clustering: spherical k-means: unit vectors are divided among centres, each to the one that it is most like.

The starts are chosen as k-means++ chooses them, by a generator with a fixed seed; ties go to the first. How far a
cluster depends on who was there and where it began is measured by Hennig's clusterwise stability: it is looked for in
clusterings of parts.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assets.enrich.topics.space import Floats
from assets.enrich.topics.threads import side_by_side

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

STARTS = 4
"""Clusterings of all points, of which the tightest is taken."""
MOST_ROUNDS = 60
SETTLED = 0.001
"""The share of points that may still move when the clustering ends."""
PARTS = 5
"""Clusterings in which the clusters are looked for; each leaves out another fifth of the points."""


@dataclass(frozen=True)
class Clustering:
    """Points divided among centres."""

    centres: Floats
    """Clusters x dimensions, of unit length."""
    member: Ints
    """Number of the cluster of each point."""
    tightness: float
    """Mean cosine of the points with their centres."""


def cluster(points: Floats, count: int, fewest: int = 1) -> Clustering:
    """Divides points among at most `count` centres.

    Args:
        points: Points x dimensions, of unit length, at least one.
        count: Centres to begin with.
        fewest: Clusters of fewer points are given up, and their points go elsewhere.

    Returns:
        The tightest clustering of several starts.
    """
    tried = side_by_side(lambda seed: divide(points, count, seed), range(STARTS))
    best = max(range(STARTS), key=lambda seed: (round(tried[seed].tightness, 6), -seed))
    return _without_small(points, tried[best], fewest)


def stability(points: Floats, found: Clustering, part: Ints) -> npt.NDArray[np.float64]:
    """How far each cluster is found again without a part of the points.

    Args:
        points: What was clustered.
        found: How.
        part: For each point, the number of the clustering (0 to PARTS - 1) that it is left out of.

    Returns:
        For each cluster, the mean over the clusterings of the best Jaccard similarity with one of their clusters, all
        points being given to those; between 0 and 1.
    """
    count = len(found.centres)

    def again(number: int) -> npt.NDArray[np.float64]:
        kept = points[part != number]
        if not len(kept):
            return np.zeros(count)
        other = divide(kept, count, STARTS + number)
        return _best_jaccard(found.member, assign(points, other.centres)[0], count)

    return np.asarray(np.mean(side_by_side(again, range(PARTS)), axis=0))


def assign(points: Floats, centres: Floats) -> tuple[Ints, Floats, Floats]:
    """Gives each point to the centre that it is most like.

    Returns:
        Number of the centre, the cosine with it, and by how much the next one is less similar.
    """
    similar = points @ centres.T
    member = similar.argmax(axis=1)
    best = similar.max(axis=1)
    similar[np.arange(len(points)), member] = -1
    return member, best, best - similar.max(axis=1)


def divide(points: Floats, count: int, seed: int = 0) -> Clustering:
    """One start, improved until it is settled.

    Args:
        points: Points x dimensions, of unit length, at least one.
        count: Clusters, or as many as there are points.
        seed: Which start.
    """
    centres = _starts(points, min(count, len(points)), np.random.default_rng(seed))
    member = np.full(len(points), -1)
    for _ in range(MOST_ROUNDS):
        before = member
        member, similarity, _ = assign(points, centres)
        if np.count_nonzero(member != before) <= SETTLED * len(points):
            break
        centres = _means(points, member, similarity, centres)
    return Clustering(centres, member, float(similarity.mean(dtype=np.float64)))


def _starts(points: Floats, count: int, generator: np.random.Generator) -> Floats:
    """k-means++: each further start is drawn with a chance that grows with its distance from those before."""
    chosen = [int(generator.integers(len(points)))]
    distance = np.full(len(points), np.inf)
    for _ in range(count - 1):
        distance = np.minimum(distance, (1 - points @ points[chosen[-1]]).astype(np.float64).clip(0))
        distance[chosen[-1]] = 0
        upto = np.cumsum(distance)
        drawn = int(np.searchsorted(upto, generator.random() * upto[-1], side="right"))
        chosen.append(min(drawn, len(points) - 1))
    return points[chosen]


def _means(points: Floats, member: Ints, similarity: Floats, centres: Floats) -> Floats:
    """The mean directions of the clusters; one that is empty begins anew at a point that is served worst."""
    order = np.argsort(member, kind="stable")
    filled, first = np.unique(member[order], return_index=True)
    fresh = centres.copy()
    fresh[filled] = np.add.reduceat(points[order], first, axis=0)
    empty = np.setdiff1d(np.arange(len(centres)), filled)
    fresh[empty] = points[np.argsort(similarity, kind="stable")[: len(empty)]]
    lengths: Floats = np.linalg.norm(fresh, axis=1, keepdims=True)
    return np.divide(fresh, np.maximum(lengths, 1e-9), dtype=np.float32)


def _without_small(points: Floats, found: Clustering, fewest: int) -> Clustering:
    """Gives up clusters that are too small, the smallest first, until none is left."""
    centres, member, similarity = found.centres, *assign(points, found.centres)[:2]
    while len(centres) > 1:
        sizes = np.bincount(member, minlength=len(centres))
        if sizes.min() >= fewest:
            break
        centres = np.delete(centres, sizes.argmin(), axis=0)
        member, similarity, _ = assign(points, centres)
    return Clustering(centres, member, float(similarity.mean(dtype=np.float64)))


def _best_jaccard(member: Ints, other: Ints, count: int) -> npt.NDArray[np.float64]:
    """For each cluster of the one division, its Jaccard similarity with the most similar cluster of the other."""
    both = np.zeros((count, count))
    np.add.at(both, (member, other), 1)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    return np.asarray((both / np.maximum(either, 1)).max(axis=1))
