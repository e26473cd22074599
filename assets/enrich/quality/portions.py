"""Portions: texts as arrays of bytes, some at a time, and which kernels measure them.

What is measured is said in `words`, `repetition` and `surprise`; each text is measured for itself, so that neither the
cut into portions, nor the number of threads, nor the choice of kernels shows in a result.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.backends import backend
from assets.dedupe.signatures.shingles import Packed, pack

if TYPE_CHECKING:
    from assets.enrich.quality.surprise import Totals

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

PORTION_BYTES = 1 << 19
"""Text that one thread takes at a time: its arrays stay in the cache."""
PORTION_TEXTS = 1 << 11
"""Texts that one thread takes at a time, however short they are."""
ROOM = "assets.enrich.quality"
NUMBA_BYTES = 2_500_000
"""Text from which on numba pays for its import of .6 s: NumPy takes 1.5 s for it, numba .1."""


@dataclass(frozen=True)
class Portion:
    """Some texts, end to end."""

    data: Bytes
    """Their bytes."""
    offsets: Ints
    """Where each text begins and the last one ends, shape (texts + 1,); begins with 0."""

    @property
    def texts(self) -> int:
        """Their number."""
        return len(self.offsets) - 1


class Kernels(Protocol):
    """What a backend computes; both of them the same."""

    def vocabulary(self, portion: Portion) -> Floats:
        """As `words.vocabulary` says, of texts in pairs."""

    def compression(self, portion: Portion) -> Floats:
        """As `repetition.compression` says, shape (texts, 1)."""

    def triples(self, portion: Portion) -> Ints:
        """How often each three symbols stand in a row within a text, shape (ALPHABET ** 3,)."""

    def surprise(self, totals: "Totals", portion: Portion) -> Floats:
        """As `surprise.Model.surprise` says, shape (texts, 1)."""


Work = Callable[[Kernels, Portion], Floats]


def measure(texts: pl.Series, work: Work, columns: int, *, together: int = 1) -> Floats:
    """Measures texts portion by portion, on all threads.

    Args:
        texts: Strings; a null counts as empty.
        work: Some texts -> one row for each, or for each few that stay together; no row depends on the other ones.
        columns: Values in a row.
        together: Texts in a row that belong together and are never parted.

    Returns:
        The rows, in the order of the texts; shape (texts // together, columns).
    """
    packed = pack(texts)
    chosen = kernels(int(packed.offsets[-1] - packed.offsets[0]))
    cuts = [(together * begin, together * end) for begin, end in _cuts(packed.offsets[::together])]
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        parts = list(pool.map(lambda cut: work(chosen, _portion(packed, *cut)), cuts))
    return np.concatenate([np.empty((0, columns)), *parts])


def _portion(packed: Packed, begin: int, end: int) -> Portion:
    offsets = packed.offsets[begin : end + 1]
    return Portion(packed.data[offsets[0] : offsets[-1]], offsets - offsets[0])


def _cuts(offsets: Ints) -> list[tuple[int, int]]:
    """Runs of texts of bounded size, as (begin, end); a single text may be larger."""
    cuts, begin = [], 0
    while begin < len(offsets) - 1:
        fitting = int(np.searchsorted(offsets, offsets[begin] + PORTION_BYTES, side="right")) - 1
        end = min(max(fitting, begin + 1), begin + PORTION_TEXTS, len(offsets) - 1)
        cuts.append((begin, end))
        begin = end
    return cuts


def kernels(size: int) -> Kernels:
    """Chooses between equals: numba is many times as fast, once it is imported.

    Args:
        size: Bytes of text to come.

    Returns:
        The backend.
    """
    return cast(Kernels, backend(ROOM, size, NUMBA_BYTES))
