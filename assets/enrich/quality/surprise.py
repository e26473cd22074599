"""Surprise: how well the characters of a text can be foretold by those of all the other texts.

The model counts which character follows which two, over titles and abstracts of the corpus itself: nothing is shipped,
nothing is learned elsewhere, and counts do not depend on any order. A text is judged by the others alone, its own
counts taken out, so that few papers do not make each seem ordinary; and what follows two characters is trusted only as
far as it was seen, leaning on what follows one, and on how frequent a character is.
"""

from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.enrich.quality.portions import Floats, Ints, Kernels, Portion, measure

ALPHABET = 64
"""Symbols that are told apart; their triples fit into the cache of a processor."""
MARKS = (".!?", ",;:", "-")
"""Marks of ASCII that are one symbol each; all others are a fourth, and the space a fifth."""
LEAN = 20.0
"""Occurrences that a context needs to be trusted as much as the shorter one."""
LEAST_READ = 10_000
"""Characters that the other texts must have for a judgement: seven abstracts, or two hundred titles."""
LEAST_CHARACTERS = 20
"""Characters that a text must have: in a shorter one a single rare name decides."""
SCALE = 1 << 20
"""Bits are added up as whole numbers of this fraction, so that a sum depends on no order."""


def _symbols() -> NDArray[np.uint8]:
    """Byte -> symbol: digits are one, case is folded, and letters beyond ASCII are told by their last five bits.

    Those keep apart the letters of each alphabet (Greek, Cyrillic, Hebrew and Arabic have about 32 in a row), and are
    in the last byte of a letter in UTF-8, so that nothing has to be decoded. Signs are measured elsewhere.
    """
    space, digit, other, letters = 26, 27, 28, 32
    symbols = np.full(256, other, np.uint8)
    symbols[: ord(" ") + 1] = space  # control characters are spaces
    symbols[ord("0") : ord("9") + 1] = digit
    for number, marks in enumerate(MARKS, start=other + 1):
        symbols[[ord(mark) for mark in marks]] = number
    for letter in range(26):
        symbols[[ord("a") + letter, ord("A") + letter]] = letter
    symbols[0x80:0xC0] = letters + np.arange(0x80, 0xC0) % 32
    return symbols


SYMBOLS = _symbols()


class Totals(NamedTuple):
    """Counts of all texts, by symbols in a row a, b, c."""

    abc: Ints
    ab: Ints
    """Of a and b, with anything behind."""
    bc: Ints
    """Of b and c, with anything before."""
    b: Ints
    """Of b, with anything on both sides."""
    c: Ints
    """Of c, with anything before."""


@dataclass
class Model:
    """What follows what, in all texts that were read."""

    counts: Ints = field(default_factory=lambda: np.zeros(ALPHABET**3, np.int64))
    """How often three symbols stood in a row; the first one counts most in the index."""

    def read(self, texts: pl.Series) -> None:
        """Counts the symbols of some texts.

        Args:
            texts: Strings; a null has none.
        """
        turn = Lock()

        def count(kernels: Kernels, portion: Portion) -> Floats:
            found = kernels.triples(portion)
            with turn:
                self.counts += found
            return np.empty((0, 0))

        measure(texts, count, 0)

    def surprise(self, texts: pl.Series) -> Floats:
        """Tells how many bits a character of each text takes, given all other texts that were read.

        Args:
            texts: Strings, all of which were read; a null counts as empty.

        Returns:
            Bits per character; NaN where the text or all others together are too short. Shape (texts,).
        """
        followers = self.counts.reshape(ALPHABET, ALPHABET, ALPHABET)
        pairs = followers.sum(axis=0)
        totals = Totals(self.counts, followers.sum(axis=2).ravel(), pairs.ravel(), pairs.sum(axis=1), pairs.sum(axis=0))
        return measure(texts, lambda kernels, portion: kernels.surprise(totals, portion), 1)[:, 0]
