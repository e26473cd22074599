"""Stable hashes: the same text gives the same identifier on every machine and in every version.

`Expr.hash` of Polars and `hash` of Python promise neither, so identifiers are BLAKE2b, which hashlib computes at about
a million short texts a second.
"""

from hashlib import blake2b

import polars as pl


def blake2b_hex(texts: pl.Series, *, digits: int) -> pl.Series:
    """Hashes each text.

    Args:
        texts: Strings without nulls.
        digits: Length of the hash in hexadecimal digits; even.

    Returns:
        Lower-case hexadecimal strings of that length, in the same order.
    """
    size = digits // 2
    return pl.Series(
        texts.name, [blake2b(text.encode(), digest_size=size).hexdigest() for text in texts], dtype=pl.String
    )
