"""Near-duplicates: texts that are nearly equal, found among millions without comparing all with all.

Texts are signed, signatures cut into bands, and the texts of a band with one key become pairs. **Every pair is then
verified** on the texts themselves: the share of their shingles that both have, exactly. Groups are what verified pairs
connect. The bands are taken one after another, and a pair that earlier bands already connected is not looked at again:
that changes no group, and keeps a thousand copies of one text from becoming half a million pairs.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.groups.graph import components
from assets.dedupe.signatures import shingles
from assets.dedupe.signatures.bands import BANDS, HALF, band_matrix, fold
from assets.dedupe.signatures.minhash import sign
from assets.dedupe.signatures.overlap import overlap, shingle_overlap

__all__ = ["near_duplicates", "overlap", "shingle_overlap"]

LEAST_JACCARD = 0.5
"""Share of common shingles, of all that two texts have, from which they are near-duplicates. Unrelated abstracts stay
below .05; six changed words of 150 leave .78, of 60 words .53."""
BLOCK_CAP = 10
"""Texts with one key up to which all their pairs are compared: 45 at most."""
NEIGHBORS = 4
"""Texts that follow with which each text of a larger block is compared, similar ones beside each other."""

Places = NDArray[np.int64]
"""Texts, told by their place in the order of their identifiers: what is made of them is then free of the input's."""


def _keys(texts: pl.Series, place: Places) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Signs texts and keeps of each signature only its keys, cut to 32 bits: what collides is verified anyway.

    Returns:
        Keys, shape (BANDS + 1, texts), of which the last is a hash of all the others, and whether there is a
        signature; both in the order of `place`.
    """
    keys = np.empty((BANDS + 1, len(texts)), np.uint32)
    is_signed = np.empty(len(texts), np.bool_)
    sizes = shingles.byte_sizes(texts)
    size = int(sizes.sum())

    def work(part: slice) -> None:
        signed, has_shingles = sign(texts[part], size)
        matrix = band_matrix(signed)
        to = place[part]
        keys[:BANDS, to] = matrix >> HALF
        keys[BANDS, to] = fold(matrix, BANDS) >> HALF
        is_signed[to] = has_shingles

    shingles.each(work, shingles.batches(sizes))
    return keys, is_signed


def _blocks(keys: NDArray[np.uint32], members: Places) -> tuple[Places, NDArray[np.int64]]:
    """Puts members with one key beside each other, ascending; returns them, but for those alone, and their blocks."""
    packed = (keys[members].astype(np.uint64) << HALF) | members.astype(np.uint64)
    packed.sort()  # three times as fast as an argsort
    ordered = (packed >> HALF).astype(np.uint32)
    is_first = np.ones(len(ordered), np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    is_shared = ~is_first
    is_shared[:-1] |= ~is_first[1:]
    return packed[is_shared].astype(np.uint32).astype(np.int64), np.cumsum(is_first[is_shared])


def _candidates(keys: NDArray[np.uint32], beside: NDArray[np.uint32], members: Places) -> tuple[Places, Places]:
    """Pairs the members of one band that share a key, all of a small block and the neighbours of a large one.

    Args:
        keys: Key of every text.
        beside: Key by which a large block is put in order: that of another band, which similar texts share too.
        members: Texts to pair, ascending.

    Returns:
        The smaller and the larger end of each pair, sorted.
    """
    found, block = _blocks(keys, members)
    size = np.bincount(block)[block] if len(block) else block
    order = np.lexsort((found, np.where(size > BLOCK_CAP, beside[found], 0), block))
    found = found[order]  # the order keeps the blocks together, so block and size stay as they are
    reach = np.where(size > BLOCK_CAP, NEIGHBORS, BLOCK_CAP)
    ends = []
    for step in range(1, BLOCK_CAP):
        is_pair = (block[step:] == block[:-step]) & (reach[step:] >= step)
        ends.append(np.stack([found[:-step][is_pair], found[step:][is_pair]]))
    pairs = np.concatenate(ends, axis=1)
    left, right = pairs.min(axis=0), pairs.max(axis=0)
    order = np.lexsort((right, left))
    return left[order], right[order]


def _joined(labels: Places, left: Places, right: Places) -> Places:
    """Labels every text with the smallest one that it is connected to, given the labels before and new pairs."""
    nodes, ends = np.unique(np.concatenate([labels[left], labels[right]]), return_inverse=True)
    if not len(nodes):
        return labels
    became = np.arange(len(labels))
    became[nodes] = nodes[components(ends[: len(left)], ends[len(left) :], len(nodes))]
    return became[labels]


def near_duplicates(ids: pl.Series, texts: pl.Series, *, least: float = LEAST_JACCARD) -> pl.DataFrame:
    """Groups texts that are nearly equal.

    Args:
        ids: Identifier of each text, unique.
        texts: Strings in search form; one with fewer than three words stays alone.
        least: Share of common word 3-shingles (Jaccard) from which two texts are joined, 0 to 1; below .4 the bands
            miss a share of the pairs that `bands` tells.

    Returns:
        Columns listing_id and cluster (the smallest listing_id of the group); every text once, sorted. The same for
        any order of the input and any number of threads.

    Raises:
        ValueError: An identifier stands twice.
    """
    order = ids.arg_sort()
    listings = ids.gather(order)
    if listings.is_duplicated().any():
        raise ValueError("every text needs an identifier of its own")
    row_of = order.cast(pl.Int64).to_numpy()
    place = np.empty_like(row_of)
    place[row_of] = np.arange(len(row_of))
    keys, is_signed = _keys(texts, place)
    labels, members = np.arange(len(row_of)), np.flatnonzero(is_signed)

    found, block = _blocks(keys[BANDS], members)  # first the equal ones, of which one stands for all from here on
    is_first = np.diff(block, prepend=0) > 0
    left, right = found[is_first][block - 1], found
    is_equal = (shingle_overlap(texts, row_of[left], row_of[right]) == 1) & (left != right)
    labels = _joined(labels, left[is_equal], right[is_equal])
    members = np.setdiff1d(members, right[is_equal], assume_unique=True)

    for band in range(BANDS):
        left, right = _candidates(keys[band], keys[(band + 1) % BANDS], members)
        is_open = labels[left] != labels[right]
        left, right = left[is_open], right[is_open]
        is_near = shingle_overlap(texts, row_of[left], row_of[right]) >= least
        labels = _joined(labels, left[is_near], right[is_near])
    return pl.DataFrame({"listing_id": listings, "cluster": listings.gather(labels)})
