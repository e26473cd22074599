"""Signatures: 128 numbers that tell how similar two texts are, without the texts.

A signature is the MinHash of a text's shingles: value i is the least of `shingle * multiplier[i] + increment[i]` over
them, so two texts agree in a value as often as their shingle sets overlap (Broder 1997). Here are signatures and the
form in which they are stored; what a shingle is, is said in `shingles`, what signatures are good for in `bands`.
"""

from hashlib import blake2b

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
from numpy.typing import NDArray

from assets.dedupe.signatures import shingles
from assets.dedupe.signatures.shingles import SHINGLE_WORDS, SIGNATURE_LENGTH, Packed

SIGNATURE_VERSION = "minhash-w3-128-1"
"""Name of the scheme: kind, shingle, length, version of the hashes. Signatures of two schemes cannot be compared."""
SIGNATURE = pl.Array(pl.UInt32, SIGNATURE_LENGTH)
STORED_SCHEMA: dict[str, pl.DataType] = {"listing_id": pl.String(), "signature": SIGNATURE, "version": pl.String()}
"""Columns of stored signatures; the signature of a text with fewer than three words is null."""


class SignatureVersionError(Exception):
    """Stored signatures are of another scheme, or are no signatures."""


def _numbers(purpose: str) -> NDArray[np.uint32]:
    """Fixed numbers, drawn from a hash of their purpose."""
    drawn = b"".join(
        blake2b(f"papersheaf {purpose} {i}".encode(), digest_size=4).digest() for i in range(SIGNATURE_LENGTH)
    )
    return np.frombuffer(drawn, "<u4").astype(np.uint32)


MULTIPLIERS = _numbers("multiplier") | np.uint32(1)
INCREMENTS = _numbers("increment")


def sign(texts: pl.Series, size: int) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Signs one batch of texts.

    Args:
        texts: Strings; nulls have no shingle.
        size: Bytes of the whole task that the batch is of.

    Returns:
        Signatures, shape (texts, 128), and whether each text has a shingle; the signature of one that has none is
        all ones.
    """
    packed: Packed = shingles.pack(texts)
    signed, words = shingles.kernels(size).sign(packed, MULTIPLIERS, INCREMENTS)
    return signed, words >= SHINGLE_WORDS


def signatures(texts: pl.Series) -> pl.Series:
    """Signs texts.

    Args:
        texts: Strings, best in search form: nothing is folded here.

    Returns:
        Series `signature` of 128 UInt32 each, in the same order; null for a text with fewer than three words.
    """
    signed = np.empty((len(texts), SIGNATURE_LENGTH), np.uint32)
    has_shingles = np.empty(len(texts), np.bool_)
    sizes = shingles.byte_sizes(texts)
    size = int(sizes.sum())

    def work(part: slice) -> None:
        signed[part], has_shingles[part] = sign(texts[part], size)

    shingles.each(work, shingles.batches(sizes))
    values = pa.FixedSizeListArray.from_arrays(signed.ravel(), SIGNATURE_LENGTH, mask=pa.array(~has_shingles))
    return pl.Series("signature", values, dtype=SIGNATURE)


def matrix(signed: pl.Series) -> NDArray[np.uint32]:
    """The values of signatures, where they lie.

    Args:
        signed: As `signatures` returns them.

    Returns:
        Values, shape (signatures, 128); the row of a null holds anything.
    """
    array = signed.rechunk().to_arrow()
    inner = array.values
    data = inner.buffers()[1]
    values = (
        np.frombuffer(data, np.uint32)[inner.offset : inner.offset + len(inner)] if data else np.empty(0, np.uint32)
    )
    return values.reshape(-1, SIGNATURE_LENGTH)[array.offset : array.offset + len(array)]


def signature_frame(ids: pl.Series, texts: pl.Series) -> pl.DataFrame:
    """Signs texts for the store.

    Args:
        ids: Identifier of each text.
        texts: Strings in search form.

    Returns:
        Columns STORED_SCHEMA, in the same order.
    """
    columns = {"listing_id": ids, "signature": signatures(texts)}
    return pl.DataFrame(columns).with_columns(version=pl.lit(SIGNATURE_VERSION))


def checked(stored: pl.DataFrame) -> pl.DataFrame:
    """Lets only signatures pass that can be compared with those made today.

    Args:
        stored: What was read back.

    Returns:
        The same frame.

    Raises:
        SignatureVersionError: It has other columns, or a row is of another version.
    """
    if stored.schema != pl.Schema(STORED_SCHEMA):
        raise SignatureVersionError(f"stored signatures have the columns {', '.join(STORED_SCHEMA)}, of fixed types")
    others = stored["version"].unique().drop_nulls().sort().to_list()
    if stored["version"].null_count() or any(version != SIGNATURE_VERSION for version in others):
        raise SignatureVersionError(
            f"stored signatures are of another version than {SIGNATURE_VERSION}: make them anew"
        )
    return stored
