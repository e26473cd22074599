"""Where numbers are: every run of digits and every number word that can begin a quantity, with the words around it.

Digits are found in the bytes of all texts at once; number words only where a word that can follow them occurs.
"""

import numpy as np
import polars as pl

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
"""Number words and their values."""

HEAD, TAIL = 200, 160
"""Bytes before and after the beginning of a number within which all that is said of it is looked for."""

_FOLLOWING = (
    "fold", "-fold", " fold", " times", " orders of magnitude", " order of magnitude", " thousand", " million",
    " billion", "-billion", "-million", " trillion", "-trillion", " percent",
)  # fmt: skip
_FOLLOWING_ANY = r"fold|times|magnitude|million|billion|trillion|thousand|percent"
"""A cheap look at what `_FOLLOWING` holds."""
_PHRASES = [
    *(form + after for word in WORDS for form in (word, word.capitalize()) for after in _FOLLOWING),
    *("an order of magnitude", "An order of magnitude"),
]


def mentions(texts: pl.DataFrame) -> pl.DataFrame:
    """Finds every place where a number may begin.

    Args:
        texts: Columns `row` (ascending) and `text` (String; null has no numbers).

    Returns:
        Columns row, text, start (byte of the text where the number begins), head (the text before it, at most HEAD
        bytes) and tail (the text from it on, at most TAIL bytes), sorted by row and start.
    """
    has_word = pl.col("text").str.contains(_FOLLOWING_ANY)
    held = texts.select("row", "text", has_word=has_word).filter(
        pl.col("has_word") | pl.col("text").str.contains("[0-9]")
    )
    buffer, offsets = _bytes(held["text"])
    starts = np.union1d(_digit_runs(buffer, offsets), _word_starts(held, offsets))
    row = np.searchsorted(offsets, starts, side="right") - 1
    first, last = offsets[row], offsets[row + 1]
    begin = _forward(buffer, np.maximum(first, starts - HEAD), starts)
    end = _backward(buffer, np.minimum(last, starts + TAIL), last)
    places = pl.DataFrame(
        {"place": row, "start": starts - first, "begin": begin - first, "end": end - first}
    ).with_columns(held.select("row", "text")[row])
    raw = pl.col("text").cast(pl.Binary)
    return places.select(
        "row",
        "text",
        "start",
        head=raw.bin.slice(pl.col("begin"), pl.col("start") - pl.col("begin")).cast(pl.String),
        tail=raw.bin.slice(pl.col("start"), pl.col("end") - pl.col("start")).cast(pl.String),
    )


def _bytes(texts: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    """All texts as one array of bytes, and the offset of each text in it and of the end."""
    array = texts.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = array.buffers()
    places = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    if data is None or not len(places):
        return np.zeros(0, np.uint8), np.zeros(1, np.int64)
    return np.frombuffer(data, dtype=np.uint8), places


def _digit_runs(buffer: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Where runs of ASCII digits begin that are not glued to a letter or underscore."""
    is_digit = (buffer - np.uint8(ord("0"))) < np.uint8(10)
    starts = np.flatnonzero(is_digit[1:] > is_digit[:-1]) + 1
    before = buffer[starts - 1]
    is_letter = (((before | np.uint8(32)) - np.uint8(ord("a"))) < np.uint8(26)) | (before == ord("_"))
    firsts = offsets[:-1][offsets[:-1] < offsets[1:]]  # what stands before them is another text
    return np.union1d(starts[~is_letter], firsts[is_digit[firsts]])


def _word_starts(held: pl.DataFrame, offsets: np.ndarray) -> np.ndarray:
    """Where a number word begins that something countable follows."""
    found = (
        held.with_row_index("place")
        .filter("has_word")
        .select("place", at=pl.col("text").str.find_many(_PHRASES))
        .explode("at")
        .drop_nulls()
    )
    starts: np.ndarray = offsets[found["place"].to_numpy()] + found["at"].to_numpy().astype(np.int64)
    return starts


def _forward(buffer: np.ndarray, places: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Moves places that are inside a character to the next one."""
    for _ in range(3):
        inside = (buffer[np.minimum(places, len(buffer) - 1)] & 0xC0) == 0x80
        places = np.minimum(places + inside, most)
    return places


def _backward(buffer: np.ndarray, places: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Moves places that are inside a character to its beginning."""
    for _ in range(3):
        inside = ((buffer[np.minimum(places, len(buffer) - 1)] & 0xC0) == 0x80) & (places < ends)
        places = places - inside
    return places
