"""Keys: what two records of one work very likely have in common, so that comparing those that do is enough.

Each kind of key survives another kind of difference: a typo at the end of a title leaves its beginning, a reordered
title its longest words, a translated one volume and page. Equal keys prove nothing; they only bring two together.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from assets.dedupe.records import ID_COLUMNS
from assets.dedupe.signatures.bands import band_keys
from schemas.match_vocabulary import BlockingKind

START = 18
"""Letters of a title's beginning or end that make a key."""
LONGEST = 3
"""How many of the longest words of a title make a key."""
ABSTRACT = 60
"""Letters of an abstract's beginning that make a key."""


def _text(*parts: pl.Expr | str) -> pl.Expr:
    """One text of several parts; null where one of them is."""
    return pl.concat_str([pl.col(one) if isinstance(one, str) else one for one in parts], separator=" ")


def _long_enough(name: str, letters: int) -> pl.Expr:
    return pl.when(pl.col(name).str.len_chars() >= letters).then(pl.col(name))


def _author(at: int) -> pl.Expr:
    """A word of the authors' names, in alphabetical order: lists may have any."""
    return pl.col("author_words").list.get(at, null_on_oob=True)


_YEAR = pl.col("year").cast(pl.String)
_LETTERS = pl.element().str.len_chars()
_LONG_WORDS = pl.element().filter(_LETTERS > 3).unique()
_LONGEST_WORDS = (
    pl.col("title_words")
    .list.eval(
        _LONG_WORDS.sort_by([_LONG_WORDS.str.len_chars(), _LONG_WORDS], descending=[True, False]).head(LONGEST).sort()
    )
    .list.join(" ")
)

KEYS: tuple[tuple[BlockingKind, tuple[pl.Expr, ...]], ...] = (
    (BlockingKind.IDENTIFIER, tuple(pl.concat_str(pl.lit(f"{name}:"), name) for name in ID_COLUMNS)),
    (BlockingKind.TITLE, (_long_enough("title_key", 4),)),
    (BlockingKind.TITLE_WORDS, (pl.when(pl.col("title_words").list.len() >= LONGEST).then(_LONGEST_WORDS),)),
    (BlockingKind.TITLE_START, (_long_enough("title_key", START).str.head(START),)),
    (BlockingKind.TITLE_END, (_long_enough("title_key", START).str.tail(START),)),
    (
        BlockingKind.AUTHOR_YEAR,
        (
            _text(pl.col("author_first").list.first(), _YEAR, pl.col("title_key").str.head(3)),
            _text(_author(0), _YEAR, pl.col("title_key").str.head(3)),
            _text(_author(0), _author(1), _YEAR),
            _text(_author(-2), _author(-1), _YEAR),
        ),
    ),
    (
        BlockingKind.PAGES,
        (
            _text("page_first", "volume", "year"),
            _text("page_first", "page_last", "year"),
            _text("page_first", "page_last", "volume"),
        ),
    ),
    (BlockingKind.RENDERED, (pl.col("rendered"),)),
    (BlockingKind.ABSTRACT, (_long_enough("abstract_search", ABSTRACT).str.head(ABSTRACT),)),
)
"""Kind -> the keys of that kind, each a text."""


def keyed(forms: pl.DataFrame, keys: Sequence[pl.Expr], name: str = "listing_id") -> pl.DataFrame:
    """Makes the keys of records that are of one kind.

    Args:
        forms: As `forms.forms` makes them.
        keys: The expressions of a kind; what two of them make may be equal, and then counts as one key.
        name: The column that stands for a record.

    Returns:
        That column and key (String), unsorted; a record may have several keys, or one key twice.
    """
    return pl.concat(forms.select(name, key=one).filter(pl.col("key") != "") for one in keys)


def each_kind(forms: pl.DataFrame) -> Iterator[tuple[BlockingKind, pl.DataFrame]]:
    """Makes the keys of records, one kind after another: all kinds at once would not fit into memory.

    Args:
        forms: As `forms.forms` makes them.

    Yields:
        The kind, and columns listing_id and key (String or UInt64), unsorted; a record may have several of a kind.
    """
    for kind, expressions in KEYS:
        yield kind, keyed(forms, expressions)
    yield BlockingKind.SIGNATURE, band_keys(forms["listing_id"], forms["signature"], shared_only=forms.height > 2)


def blocking_keys(forms: pl.DataFrame) -> pl.DataFrame:
    """All keys of some records, for a reader.

    Args:
        forms: As `forms.forms` makes them, of few records.

    Returns:
        Columns listing_id, kind, key; sorted.
    """
    parts = [
        keys.select("listing_id", kind=pl.lit(str(kind)), key=pl.col("key").cast(pl.String))
        for kind, keys in each_kind(forms)
    ]
    return pl.concat(parts).unique().sort("listing_id", "kind", "key")
