"""Overlap: how many word shingles two texts share, counted exactly. A feature of a pair, and the proof of `near`."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.signatures import shingles


def overlaps(texts: pl.Series, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Counts the shingles that pairs of texts share.

    Args:
        texts: Strings; a null has no shingle.
        left: Row of the one text of each pair, shape (pairs,).
        right: Row of the other.

    Returns:
        Different shingles of the left text, of the right one, and of both, shape (pairs, 3).
    """
    counts = np.empty((len(left), 3), np.int64)
    rows, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    compared = texts.gather(rows)
    one, other = places[: len(left)], places[len(left) :]
    sizes = shingles.byte_sizes(compared)
    weights = sizes[one] + sizes[other]
    size = int(weights.sum())

    def work(part: slice) -> None:
        rows, places = np.unique(np.concatenate([one[part], other[part]]), return_inverse=True)
        packed = shingles.pack(compared.gather(rows))
        middle = len(places) // 2
        counts[part] = shingles.kernels(size).overlaps(packed, places[:middle], places[middle:])

    shingles.each(work, shingles.batches(weights))
    return counts


def _jaccard(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Shared shingles among all of a pair; NaN where a text has none."""
    union = counts[:, 0] + counts[:, 1] - counts[:, 2]
    share = np.full(len(counts), np.nan)
    np.divide(counts[:, 2], union, out=share, where=counts[:, :2].min(axis=1) > 0)
    return share


def _containment(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Shared shingles among those of the text with fewer; NaN where a text has none."""
    fewer = counts[:, :2].min(axis=1)
    share = np.full(len(counts), np.nan)
    np.divide(counts[:, 2], fewer, out=share, where=fewer > 0)
    return share


def shingle_overlap(texts: pl.Series, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Measures how far pairs of texts agree.

    Args:
        texts: Strings in search form; a null has no shingle.
        left: Row of the one text of each pair, shape (pairs,); fastest where sorted.
        right: Row of the other text of each pair.

    Returns:
        Jaccard index of the word 3-shingles, exactly, shape (pairs,), 0 to 1; NaN where a text has fewer than three
        words.
    """
    return _jaccard(overlaps(texts, left, right))


def overlap(texts_a: pl.Series, texts_b: pl.Series) -> pl.DataFrame:
    """Measures how far texts agree, row by row.

    Args:
        texts_a: Strings in search form.
        texts_b: As many others.

    Returns:
        Columns jaccard (shared shingles among all) and containment (among those of the text with fewer: 1 where one
        text is a part of the other), 0 to 1; null where a text has fewer than three words.
    """
    rows = np.arange(len(texts_a), dtype=np.int64)
    counts = overlaps(pl.concat([texts_a, texts_b.alias(texts_a.name)]), rows, rows + len(texts_a))
    measured = pl.DataFrame({"jaccard": _jaccard(counts), "containment": _containment(counts)})
    return measured.with_columns(pl.all().fill_nan(None))
