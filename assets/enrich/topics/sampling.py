"""Sampling: which papers stand for all, chosen by a hash of their texts: without chance, and whatever else is there.

Never by their ids: which id a paper has depends on the runs that were before, and the same dumps give the same topics.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.hashing import blake2b_hex
from assets.spill import batches

DIGITS = 8
KEY_DIGITS = 32


def text_key(papers: pl.DataFrame) -> pl.Series:
    """What tells papers apart by what they say: a hash of the title and the abstract of each.

    Args:
        papers: Columns title, abstract.
    """
    texts = papers.select(pl.concat_str("title", pl.col("abstract").fill_null(""), separator="\n"))
    return blake2b_hex(texts.to_series().rename("text_key"), digits=KEY_DIGITS)


def text_keys(papers: pl.LazyFrame) -> pl.DataFrame:
    """The keys of many papers, whose texts are not in memory at once.

    Args:
        papers: Columns paper_id, title, abstract: a scan of a file.

    Returns:
        Columns paper_id, text_key.
    """
    pieces = batches(papers.select("paper_id", "title", "abstract"))
    return pl.concat(piece.select("paper_id", text_key(piece)) for piece in pieces)


def spread(keys: pl.Series, salt: str) -> npt.NDArray[np.uint32]:
    """A number for each key, even over 0 to 2^32: the same on every machine and in every corpus.

    Args:
        keys: As `text_key` makes them.
        salt: Numbers of different salts have nothing to do with each other.
    """
    hashes = blake2b_hex(pl.select(pl.lit(f"{salt}:") + keys).to_series(), digits=DIGITS)
    return hashes.str.to_integer(base=16, dtype=pl.UInt32).to_numpy()


def sample(papers: pl.DataFrame, size: int, salt: str) -> pl.DataFrame:
    """Chooses so many papers, or all where there are not more; sorted by their keys.

    Args:
        papers: Columns text_key, paper_id, and any others.
        size: How many.
        salt: As in `spread`.
    """
    numbered = papers.with_columns(number=pl.Series(spread(papers["text_key"], salt)))
    # of papers with equal texts it is no matter which one is taken
    return numbered.sort("number", "text_key", "paper_id").head(size).drop("number").sort("text_key", "paper_id")
