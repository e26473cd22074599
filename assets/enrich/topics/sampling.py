"""Sampling: which papers stand for all, chosen by a hash of their ids: without chance, and whatever else is there."""

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.hashing import blake2b_hex

DIGITS = 8


def spread(ids: pl.Series, salt: str) -> npt.NDArray[np.uint32]:
    """A number for each id, even over 0 to 2^32: the same on every machine and in every corpus.

    Args:
        ids: Identifiers.
        salt: Numbers of different salts have nothing to do with each other.
    """
    hashes = blake2b_hex(pl.select(pl.lit(f"{salt}:") + ids).to_series(), digits=DIGITS)
    return hashes.str.to_integer(base=16, dtype=pl.UInt32).to_numpy()


def sample(ids: pl.Series, size: int, salt: str) -> pl.Series:
    """Chooses so many ids, or all where there are not more; sorted."""
    if len(ids) <= size:
        return ids.sort()
    frame = pl.DataFrame({"id": ids, "number": spread(ids, salt)})
    return frame.sort("number", "id").head(size)["id"].sort().alias(ids.name)
