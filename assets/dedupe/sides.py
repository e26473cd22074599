"""Sides: the two records of each pair, of which no more is copied than is looked at.

A list of pairs repeats its records, some a hundred times, and forms are wide. So a pair is two row numbers, fields are
put side by side when they are compared, and a text becomes a Python string once, however many pairs it is in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, LCSseq
from rapidfuzz.process import cpdist

from assets.dedupe.signatures.minhash import matrix
from assets.dedupe.signatures.shingles import SIGNATURE_LENGTH

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

OF_ONE = (Indel.normalized_similarity, LCSseq.normalized_similarity)
"""Scorers that give 1 to equal texts; others give 100."""
SIGNED_AT_ONCE = 1 << 13
"""Pairs whose signatures are compared at a time: they take 8 MB."""


@dataclass(frozen=True)
class Sides:
    """Pairs of rows of one table."""

    forms: pl.DataFrame
    """As `forms.forms` makes them."""
    left: Rows
    """Row of the one record of each pair."""
    right: Rows
    """Row of the other."""

    def __len__(self) -> int:
        return len(self.left)

    def some(self, chosen: Mask | slice) -> Self:
        """Some of the pairs."""
        return type(self)(self.forms, self.left[chosen], self.right[chosen])

    def both(self, *names: str) -> pl.DataFrame:
        """Columns of the left records, and with `_b` to their names those of the right ones."""
        fields = self.forms.select(names)
        return pl.concat([fields[self.left], fields[self.right].rename(lambda name: f"{name}_b")], how="horizontal")

    def ratio(self, name: str, scorer: Callable[..., float], *, letters: int, least: float = 0.0) -> pl.Series:
        """Similarity of two texts from 0 to 1, rounded to what is the same on every machine.

        Args:
            name: Column of texts without nulls.
            scorer: Of rapidfuzz.
            letters: How many from the beginning are looked at.
            least: A smaller similarity becomes 0.

        Returns:
            Float64, one of each pair.
        """
        top = 1.0 if scorer in OF_ONE else 100.0
        texts = self._texts(name, letters)
        scores = cpdist(*texts, scorer=scorer, score_cutoff=least * top, workers=-1, dtype=np.float32)
        return (pl.Series(name, scores, dtype=pl.Float64) / top).round(4)

    def _texts(self, name: str, letters: int) -> list[list[str]]:
        used = np.zeros(self.forms.height, np.bool_)
        used[self.left] = used[self.right] = True
        number = np.cumsum(used) - 1
        texts = np.array(self.forms[name].filter(pl.Series(used)).str.head(letters).to_list(), dtype=np.object_)
        return [texts[number[rows]].tolist() for rows in (self.left, self.right)]

    def agreement(self, name: str) -> pl.Series:
        """The share of values in which two signatures agree: an estimate of how far the texts overlap.

        Args:
            name: Column of signatures; a null has nothing to compare.

        Returns:
            Float64, one of each pair; null where one of the signatures is.
        """
        known, signed = self.forms[name].is_not_null().to_numpy(), matrix(self.forms[name])
        is_known = known[self.left] & known[self.right]
        left, right = self.left[is_known], self.right[is_known]
        shares = np.empty(len(left))
        for start in range(0, len(left), SIGNED_AT_ONCE):
            part = slice(start, start + SIGNED_AT_ONCE)
            shares[part] = np.count_nonzero(signed[left[part]] == signed[right[part]], axis=1) / SIGNATURE_LENGTH
        return scattered(name, shares, is_known, None)


def scattered(name: str, values: NDArray[np.float64] | pl.Series, rows: Mask, otherwise: float | None) -> pl.Series:
    """Puts values into the rows that a mask names.

    Args:
        name: Of the result.
        values: One of each row that is named.
        rows: The rows.
        otherwise: What the others have.

    Returns:
        Float64, as long as the mask.
    """
    empty = pl.Series(name, [otherwise], dtype=pl.Float64).new_from_index(0, len(rows))
    return empty.scatter(np.flatnonzero(rows), pl.Series(values, dtype=pl.Float64))
