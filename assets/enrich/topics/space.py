"""Space: latent semantic analysis: papers become unit vectors, near each other where they use the same words.

Terms are weighted by TF-IDF and projected on the strongest singular vectors of the corpus. Vocabulary and directions
are found on a sample of bounded size, so that a corpus of any size costs one pass and the memory of one batch.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse  # type: ignore[import-untyped]  # ships no types

from assets.enrich.topics.sampling import text_key
from assets.enrich.topics.threads import one_thread
from assets.enrich.topics.words import Words, texts_of, words
from schemas.topics import DIMENSIONS

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.floating[Any]]

SAMPLE = 30_000
"""Papers that vocabulary and directions are found on; with more, neighbors change no more than from run to run."""
MOST_TERMS = 30_000
"""Terms of the vocabulary: those in most papers."""
RARE_SHARE = 1e-4
"""A term is in two papers at least, and in this share of them: a name that hardly anybody else uses joins nobody."""
COMMON_SHARE = 0.5
"""A term in more than half of the papers does not tell them apart; in fewer than COMMON_FROM papers all are kept."""
COMMON_FROM = 50
TITLE_WEIGHT = 2
"""A term in the title counts as so many in the abstract."""
EXACT_UP_TO = 1_000
"""Papers up to which the singular vectors are exact; beyond, the customary randomised method finds them."""
ITERATIONS = 4
NO_DIRECTION = 1e-5
"""Directions with a smaller share of the strongest one's singular value are rounding errors."""


@dataclass(frozen=True)
class Space:
    """What turns texts into vectors."""

    terms: pl.Series
    """The vocabulary, sorted."""
    weights: Floats
    """Inverse document frequency of each term."""
    directions: Floats
    """Terms x DIMENSIONS: what each term adds along each direction; zeros beyond the rank of the corpus."""


def fit(papers: pl.DataFrame) -> Space:
    """Finds vocabulary and directions.

    Args:
        papers: Columns title, abstract of at most SAMPLE papers, in any order.

    Returns:
        The space; with an empty vocabulary where the texts have no word in common.
    """
    papers = papers[text_key(papers).arg_sort()]  # sums depend on the order, which is not that of the ids
    with one_thread():
        found = words(texts_of(papers))
        terms, weights = _vocabulary(found, papers.height)
        empty = Space(terms, weights, np.zeros((len(terms), DIMENSIONS), np.float32))
        if not len(terms):
            return empty
        return Space(terms, weights, _directions(_weigh(papers, found, empty)))


def project(papers: pl.DataFrame, space: Space) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Places papers in a space.

    Args:
        papers: Columns title, abstract.
        space: Where.

    Returns:
        Whether each paper has a place (it uses a word of the vocabulary), and for those that have, in order, unit
        vectors: papers x DIMENSIONS.
    """
    with one_thread():
        weighed = _weigh(papers, words(texts_of(papers)), space)
        return unit(np.asarray(weighed @ space.directions, np.float32))


def unit(points: Floats) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Brings points to unit length.

    Returns:
        Whether each has a direction at all, and the unit vectors of those that have.
    """
    lengths = np.sqrt(np.einsum("ij,ij->i", points, points))
    known = np.isfinite(lengths) & (lengths > NO_DIRECTION)
    return known, points[known] / lengths[known, None]


def _vocabulary(found: Words, papers: int) -> tuple[pl.Series, Floats]:
    """The terms that tell papers apart, and their inverse document frequencies."""
    pairs = pl.DataFrame({"row": found.row, "term": found.term})
    pairs = pairs.filter(pl.col("term") >= 0).unique()
    counts = np.bincount(pairs["term"].to_numpy(), minlength=len(found.terms))
    most = papers if papers < COMMON_FROM else COMMON_SHARE * papers
    kept = found.telling & (counts >= max(2, RARE_SHARE * papers)) & (counts <= most)
    table = pl.DataFrame({"term": found.terms, "count": counts}).filter(pl.Series(kept))
    table = table.sort("count", "term", descending=[True, False]).head(MOST_TERMS).sort("term")
    weights = np.log((1 + papers) / (1 + table["count"].to_numpy())) + 1
    return table["term"], weights.astype(np.float32)


def _weigh(papers: pl.DataFrame, found: Words, space: Space) -> sparse.csr_matrix:
    """TF-IDF: papers x terms, rows of unit length; (1 + ln count) for the count, words of the title counted twice."""
    titles = words(papers["title"])
    total = sparse.csr_matrix((papers.height, len(space.terms)), dtype=np.float32)
    for some, weight in ((found, 1), (titles, TITLE_WEIGHT - 1)):
        column = some.terms.cast(pl.Enum(space.terms), strict=False).to_physical().cast(pl.Int32).fill_null(-1)
        # the last entry is what BREAK, which is -1, points at
        number = np.append(column.to_numpy(), np.int32(-1))[some.term]
        known = number >= 0
        counted = sparse.coo_matrix(
            (np.full(int(known.sum()), weight, np.float32), (some.row[known].astype(np.int32), number[known])),
            shape=(papers.height, len(space.terms)),
        ).tocsr()
        total = total + counted
    total.sum_duplicates()
    total.sort_indices()
    total.data = (1 + np.log(total.data)) * space.weights[total.indices]
    lengths = np.sqrt(np.asarray(total.multiply(total).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, NO_DIRECTION)) @ total, dtype=np.float32)


def _directions(weighed: sparse.csr_matrix) -> Floats:
    """The strongest right singular vectors: terms x DIMENSIONS, each with its largest entry positive."""
    if min(weighed.shape) <= EXACT_UP_TO:
        strengths, vectors = _exact(weighed)
    else:
        strengths, vectors = _randomised(weighed)
    kept = strengths > NO_DIRECTION * max(strengths.max(initial=0), NO_DIRECTION)
    vectors = vectors[:, kept][:, :DIMENSIONS]
    largest = np.abs(vectors).argmax(axis=0)
    signs = np.sign(vectors[largest, np.arange(vectors.shape[1])])
    directions = np.zeros((weighed.shape[1], DIMENSIONS), np.float32)
    directions[:, : vectors.shape[1]] = vectors * signs
    return directions


def _exact(weighed: sparse.csr_matrix) -> tuple[Numbers, Numbers]:
    """Singular values, falling, and right singular vectors, from the smaller Gram matrix."""
    matrix = weighed.astype(np.float64)
    by_terms = matrix.shape[1] <= matrix.shape[0]
    gram = (matrix.T @ matrix if by_terms else matrix @ matrix.T).toarray()
    squares, vectors = np.linalg.eigh(gram)
    falling = np.argsort(-squares, kind="stable")[:DIMENSIONS]
    strengths = np.sqrt(np.maximum(squares[falling], 0))
    vectors = vectors[:, falling]
    if not by_terms:
        vectors = np.asarray(matrix.T @ vectors) / np.maximum(strengths, NO_DIRECTION)
    return strengths, vectors


def _randomised(weighed: sparse.csr_matrix) -> tuple[Numbers, Numbers]:
    """The same, nearly, for a large matrix."""
    from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]  # noqa: PLC0415 - takes .7 s to import

    with one_thread():  # once more: for the libraries that this import has loaded
        _, strengths, vectors = randomized_svd(
            weighed, DIMENSIONS, n_oversamples=10, n_iter=ITERATIONS, random_state=0, flip_sign=False
        )
    return strengths, vectors.T
