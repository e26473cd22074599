"""Bands: keys that two texts share the more likely the more similar they are.

A signature of 128 values is cut into BANDS bands of ROWS values, and the hash of a band is a key. Two texts whose
shingle sets overlap to the share s agree in one value with probability s, in a band with s^ROWS, and share at least one
key with 1 - (1 - s^ROWS)^BANDS. Of texts of 150 words, six changed words leave s = .78, of 60 words .53:

    similarity s          .05     .10    .20    .30    .40    .50    .60    .70    .80
    42 bands of 3 values  .0052   .041   .29    .68    .94    .996   .99997 1      1
    32 bands of 4 values  .0002   .0032  .050   .23    .56    .87    .988   .9998  1
    25 bands of 5 values  .00001  .0002  .0080  .059   .23    .55    .87    .990   .99995

Three values a band lose one in 250 of the pairs at .5, the least that `near` calls near-duplicates, where four lose one
in eight. What three bring too much is little: unrelated abstracts overlap by .001 on average, and of the 12 billion
pairs of 154,000 real abstracts three values a band brought 4,400 that overlap by less than .1, four values 130.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.dedupe.signatures.minhash import matrix
from assets.dedupe.signatures.shingles import MIX, SEED, SIGNATURE_LENGTH

ROWS = 3
"""Values of a band."""
BANDS = SIGNATURE_LENGTH // ROWS
"""Keys of a signature; what is left of the values stays unused."""
HALF = np.uint64(32)


def fold(columns: NDArray[np.unsignedinteger], salt: int) -> NDArray[np.uint64]:
    """Hashes numbers that belong together to one.

    Args:
        columns: Numbers, shape (numbers, records).
        salt: Tells the hashes of equal numbers for different purposes apart.

    Returns:
        Hashes, shape (records,).
    """
    hashes = np.full(columns.shape[1], SEED + np.uint64(salt))
    for column in columns:
        hashes = (hashes ^ column) * MIX
        hashes ^= hashes >> HALF
    return hashes


def band_matrix(signed: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Computes the keys of signatures.

    Args:
        signed: Signatures, shape (records, 128).

    Returns:
        Keys, shape (BANDS, records).
    """
    columns = np.ascontiguousarray(signed.T)
    return np.stack([fold(columns[band * ROWS : (band + 1) * ROWS], band) for band in range(BANDS)])


def each_band(signed: NDArray[np.uint32]) -> Iterator[Callable[[], NDArray[np.uint64]]]:
    """The keys of signatures, one band after another: all keys of 1.5 million records take a gigabyte.

    Args:
        signed: Signatures, shape (signatures, 128).

    Yields:
        What computes the keys of a band, shape (signatures,).
    """
    for band in range(BANDS):
        yield partial(fold, signed[:, band * ROWS : (band + 1) * ROWS].T, band)


def band_keys(ids: pl.Series, signatures: pl.Series, *, shared_only: bool = False) -> pl.DataFrame:
    """Makes blocking keys of signatures.

    Args:
        ids: Identifier of each record.
        signatures: Array(UInt32, 128) each; a null brings no key.
        shared_only: Leave out the keys of one record alone, nearly all of them in a usual corpus.

    Returns:
        Columns listing_id and key (UInt64, distinct for each band), sorted by band and listing_id; BANDS rows a
        signature or fewer.
    """
    listings = ids.filter(signatures.is_not_null()).alias("listing_id")
    order = listings.arg_sort()
    listings, rows = listings.gather(order), order.to_numpy()
    parts = []
    for keys in each_band(matrix(signatures.drop_nulls())):
        part = pl.DataFrame({"listing_id": listings, "key": keys()[rows]})
        parts.append(part.filter(pl.col("key").is_duplicated()) if shared_only else part)
    return pl.concat(parts)
