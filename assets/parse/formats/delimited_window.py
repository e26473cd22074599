"""Windows on a delimited table: how it is written, a stretch of its bytes, and the records found there."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assets.parse.spans import Offsets, Spans
from schemas.vocabulary import RejectReason

QUOTE, TAB, LF, CR = 0x22, 0x09, 0x0A, 0x0D
NONE = np.empty(0, dtype=np.int64)
NO_SPANS = Spans(NONE, NONE)

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Dialect:
    """How a table is written."""

    delimiter: int
    """The byte between fields."""
    line_end: int
    """LF, also for CR LF; or CR."""
    width: int
    """Number of columns."""

    @property
    def has_literal_quotes(self) -> bool:
        """Whether a quotation mark that encloses no field is a character like any other, as it is between tabs."""
        return self.delimiter == TAB


@dataclass(frozen=True)
class Window:
    """A stretch of a table that begins with a record."""

    data: Bytes
    offset: int
    """Where it begins in the dump."""
    is_last: bool
    """Whether the dump ends with it."""
    dialect: Dialect

    def positions(self, *values: int) -> Offsets:
        """Where any of these bytes are."""
        is_meant = np.zeros(256, dtype=np.bool_)
        is_meant[list(values)] = True
        return np.flatnonzero(is_meant[self.data])


@dataclass(frozen=True)
class Rows:
    """Records of one window, in offsets of the dump."""

    sound: Spans
    """Those that have as many fields as the table has columns."""
    fields: Spans
    """The fields of the sound ones, in order, as many as the table has columns for each; with their quotation marks."""
    broken: Spans
    defects: tuple[RejectReason, ...]
    """What is wrong with each of the broken ones."""


def broken(offset: int, start: int, end: int, defect: RejectReason) -> Rows:
    """One record that is no good, and nothing else."""
    return Rows(NO_SPANS, NO_SPANS, Spans(np.array([offset + start]), np.array([offset + end])), (defect,))
