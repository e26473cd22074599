"""Made-up abstracts with planted near-duplicates, the same for one seed on every machine.

Words are drawn by Zipf's law from a made-up vocabulary behind the commonest words of English; an abstract has about 150
of them. Of all records one in twenty is a copy of another with 0 to 6 words replaced, put in or left out.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COMMON = (
    "the of and to in a is for that with we are on this by as it from be an which our can using based data model these "
    "results show between has have at or not more method such paper also two new than their both been proposed approach"
)
SYLLABLES = "ba co di fe gu lan mor tis ver qua ne pro tra ing ent ol ar ty cal sen mi ro lex phi dom un re"
VOCABULARY = 30_000
MEAN_WORDS, DEVIATION, LEAST_WORDS, MOST_WORDS = 150, 35, 50, 300
COPIES = 20
"""One record in so many is a copy."""
MOST_EDITS = 6
BATCH = 50_000


def vocabulary() -> list[str]:
    """The words, the commonest first."""
    rng = np.random.default_rng(1)
    syllables = SYLLABLES.split()
    words = dict.fromkeys(COMMON.split())
    while len(words) < VOCABULARY:
        count = int(rng.integers(1, 3 + len(words) // 10_000)) + 1
        words["".join(rng.choice(syllables, count))] = None
    return list(words)


class Author:
    """Draws abstracts as lists of word numbers."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        weights = 1 / (np.arange(VOCABULARY) + 2.7)  # Zipf and Mandelbrot
        self.shares = np.cumsum(weights / weights.sum())

    def words(self, count: int) -> np.ndarray:
        """So many words in a row."""
        return np.searchsorted(self.shares, self.rng.random(count)).astype(np.int32)

    def lengths(self, count: int) -> np.ndarray:
        """Words of so many abstracts."""
        return np.clip(self.rng.normal(MEAN_WORDS, DEVIATION, count).astype(np.int64), LEAST_WORDS, MOST_WORDS)

    def edited(self, words: np.ndarray, edits: int) -> np.ndarray:
        """A copy with so many words replaced, put in or left out."""
        copy = words.tolist()
        for kind in self.rng.integers(0, 3, edits):
            place = int(self.rng.integers(len(copy)))
            copy[place : place + (kind != 1)] = self.words(int(kind != 2)).tolist()
        return np.array(copy, np.int32)


def as_text(words: np.ndarray, lengths: np.ndarray, dictionary: pa.Array) -> pa.Array:
    """Joins word numbers to texts."""
    edges = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(edges), dictionary.take(pa.array(words))), " ")


def make_corpus(count: int, folder: Path, seed: int = 7) -> tuple[Path, Path]:
    """Writes abstracts and the pairs of near-duplicates among them.

    Args:
        count: Records.
        folder: Where to.
        seed: Another one gives other texts.

    Returns:
        A Parquet file with the columns id and text, and a file of pairs of rows (original, copy), shape (pairs, 2).
    """
    author, dictionary = Author(seed), pa.array(vocabulary())
    copies = count // COPIES
    originals = count - copies
    chosen = np.sort(author.rng.choice(originals, copies, replace=False))
    names = np.char.add("r", np.char.zfill(author.rng.permutation(count).astype(str), 8))
    corpus, truth = folder / f"corpus-{count}.parquet", folder / f"truth-{count}.npy"
    edited: list[np.ndarray] = []
    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    with pq.ParquetWriter(corpus, schema, compression="lz4") as writer:

        def write(begin: int, words: np.ndarray, lengths: np.ndarray) -> None:
            ids = pa.array(names[begin : begin + len(lengths)])
            writer.write(pa.table([ids, as_text(words, lengths, dictionary)], schema=schema))

        for begin in range(0, originals, BATCH):
            lengths = author.lengths(min(BATCH, originals - begin))
            words, ends = author.words(int(lengths.sum())), np.cumsum(lengths)
            write(begin, words, lengths)
            for row in chosen[(chosen >= begin) & (chosen < begin + len(lengths))] - begin:
                edits = int(author.rng.integers(MOST_EDITS + 1))
                edited.append(author.edited(words[ends[row] - lengths[row] : ends[row]], edits))
        for begin in range(0, copies, BATCH):
            batch = edited[begin : begin + BATCH]
            write(originals + begin, np.concatenate(batch), np.array([len(words) for words in batch]))
    np.save(truth, np.stack([chosen, np.arange(originals, count)], axis=1))
    return corpus, truth


PATHOLOGICAL = ("equal", "empty", "one block", "one half")


def pathological(kind: str, count: int) -> pl.Series:
    """Texts that break linkage by pairs: all equal, empty, near one another, or with half of their text in common."""
    author, dictionary = Author(3), pa.array(vocabulary())
    seed = author.words(MEAN_WORDS)
    if kind in ("equal", "empty"):
        return (
            pl.Series([""]).new_from_index(0, count)
            if kind == "empty"
            else pl.Series(as_text(seed, np.array([len(seed)]), dictionary)).new_from_index(0, count)
        )
    if kind == "one block":
        batch = [author.edited(seed, 3) for _ in range(count)]
    else:
        batch = [np.concatenate([seed[:70], author.words(40)]) for _ in range(count)]
    return pl.Series(as_text(np.concatenate(batch), np.array([len(words) for words in batch]), dictionary))
