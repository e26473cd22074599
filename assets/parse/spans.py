"""Spans: stretches of a dump's bytes, in order and without overlap. What they hold is decided elsewhere."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Spans:
    """Stretches of a dump: the bytes from starts[i] to ends[i], the end exclusive."""

    starts: Offsets
    ends: Offsets

    def __len__(self) -> int:
        """Number of spans."""
        return len(self.starts)

    @property
    def lengths(self) -> Offsets:
        """Length of each in bytes."""
        return self.ends - self.starts
