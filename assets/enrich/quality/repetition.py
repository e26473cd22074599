"""Repetition: how far a text could be shortened by pointing back at what stood in it before.

A compressor's own output would change with its version (zlib has successors that pack better, and zstd promises the
format, not the size); this is the arithmetic of one, fixed for ever.
"""

import polars as pl

from assets.enrich.quality.portions import Floats, measure

LEAST_COPY = 6
"""Bytes from which on pointing back is shorter than saying it again."""
POINTER = 3
"""Bytes that a pointer would take."""
REACH = 1000
"""Bytes that a pointer reaches back: long texts have no advantage over those of ordinary length."""


def compression(texts: pl.Series) -> Floats:
    """Tells by which factor texts would shrink.

    Each LEAST_COPY bytes that stood in the text before, at most REACH bytes ago, are copied from where they stood
    last; what is copied in one stretch from one distance takes one pointer, and what is never copied is written out.

    Args:
        texts: Strings; a null counts as empty.

    Returns:
        Bytes of the text by bytes of its short form, 1 where nothing is repeated; NaN for an empty text. Shape
        (texts,).
    """
    return measure(texts, lambda kernels, portion: kernels.compression(portion), 1)[:, 0]
