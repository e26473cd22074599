"""Authors: what of the names of a record is compared, whatever the order and the abbreviation of their parts.

`Freund, Y.`, `Yoav Freund` and `Y Freund` must agree, and which part is the family name cannot always be told. So a
name is the set of its words, and its keys are each word with the initial of another: `freund y`.

A name is read once, however many records have it; from then on names, words and keys are numbers that sort as they do.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
from numpy.typing import NDArray

from assets.validate.search_form import search_forms

GLUED_INITIALS = r"\b(\p{Lu})(\p{Lu})(\p{Lu}?)\b"
"""`Lee JA` has two initials, not a second name."""
STEM = 4
"""Letters of a name that survive most misreadings of its end: `Ankera` for `Anker`."""
MOST_WORDS = 8
"""Words of one name; what has more is a list that could not be told apart, and would have too many keys."""
NO_NAME = ("and", "et", "al", "jr", "sr", "the", "of", "phd", "md", "others", "for", "group", "ed", "eds")
"""Words in a list of authors that are no part of a name."""
NAME_IN_A_LETTER = r"^[\p{Han}\p{Hangul}]"
"""`李 明` has two names, not two initials."""
HALF = np.uint64(32)

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class _Items:
    """Items of many owners: names of records, words of names."""

    owner: Numbers
    """Owner of each item, ascending."""
    item: Numbers
    """The item, a number of `texts`."""
    texts: pl.Series
    """What the items say: sorted, each once."""

    def of(self, owners: Numbers) -> tuple[Numbers, Numbers]:
        """The items of some owners: for each item, the position of its owner among them, and its number."""
        sizes = np.bincount(self.owner, minlength=int(owners.max(initial=-1)) + 1)
        starts = np.cumsum(sizes) - sizes
        counts = sizes[owners]
        position = np.repeat(np.arange(len(owners)), counts)
        within = np.arange(len(position)) - np.repeat(np.cumsum(counts) - counts, counts)
        return position, self.item[starts[owners][position] + within]

    def lists(self, count: int, *, once: bool = True) -> pl.Series:
        """The texts of each of so many owners as a sorted list, each text once, or as often as it is there."""
        packed = (self.owner.astype(np.uint64) << HALF) | self.item.astype(np.uint64)
        packed.sort()
        if once:
            packed = packed[np.diff(packed, prepend=~packed[:1]) != 0]
        sizes = np.bincount((packed >> HALF).astype(np.int64), minlength=count)
        values = self.texts.gather((packed & np.uint64(0xFFFFFFFF)).astype(np.uint32))
        offsets = pa.array(np.concatenate(([0], np.cumsum(sizes))), pa.int64())
        array = pa.LargeListArray.from_arrays(offsets, values.to_arrow(compat_level=pl.CompatLevel.newest()))
        return pl.Series(array, dtype=pl.List(pl.String))


def author_forms(authors: pl.Series) -> pl.DataFrame:
    """Makes what is compared of lists of authors.

    Args:
        authors: List of String, one name an item.

    Returns:
        Columns author_words (sorted list of the distinct words that are no initials), author_keys (sorted list of
        `word initial`), author_text (the words as one text), author_stems (sorted list of their first letters),
        author_first (words of the first name), author_count, has_given_names; empty lists, an empty text and 0 where
        there is no name.
    """
    named = authors.to_frame("name").with_row_index("record").explode("name", empty_as_null=False).drop_nulls()
    names, name = _numbered(named["name"])
    words = _words(names)
    full = _full(words)
    sizes = np.bincount(full.owner, minlength=len(names))[name]
    record = named["record"].to_numpy().astype(np.int64)[sizes > 0]
    name, sizes = name[sizes > 0], sizes[sizes > 0]
    person, word = full.of(name)
    keys = _keys(full, words)
    keyed, key = keys.of(name)
    is_first = np.diff(record, prepend=-1) > 0
    stems, stem = _numbered(words.texts.str.head(STEM))
    of_word = record[person]
    first = is_first[person]
    count = len(authors)
    people = np.bincount(record, minlength=count)
    return pl.DataFrame(
        {
            "author_words": _Items(of_word, word, words.texts).lists(count),
            "author_keys": _Items(record[keyed], key, keys.texts).lists(count),
            "author_first": _Items(of_word[first], word[first], words.texts).lists(count, once=False),
            "author_count": people,
            "has_given_names": np.bincount(record[sizes > 1], minlength=count) * 2 > people,
            "author_stems": _Items(of_word, stem[word], stems).lists(count),
        }
    ).with_columns(author_text=pl.col("author_words").list.join(" "))


def _numbered(texts: pl.Series) -> tuple[pl.Series, Numbers]:
    """The distinct texts, sorted, and the number of each text among them."""
    distinct = texts.unique().sort().alias("text")
    numbers = texts.to_frame("text").join(
        distinct.to_frame().with_row_index("number"), on="text", how="left", maintain_order="left"
    )
    return distinct, numbers["number"].to_numpy().astype(np.int64)


def _words(names: pl.Series) -> _Items:
    """The words of names, initials among them."""
    spaced = names.to_frame("word").select(_apart(pl.col("word").str.replace_all(r"[.,]", " "))).to_series()
    split = search_forms(spaced).str.split(" ").to_frame("word").with_row_index("name").explode("word")
    words = split.filter(~pl.col("word").is_in(NO_NAME), pl.col("word") != "")
    texts, number = _numbered(words["word"])
    return _Items(words["name"].to_numpy().astype(np.int64), number, texts)


def _full(words: _Items) -> _Items:
    """The words of two letters or more, or of a script in which one letter is a name."""
    is_full = ((words.texts.str.len_chars() > 1) | words.texts.str.contains(NAME_IN_A_LETTER)).to_numpy()[words.item]
    return _Items(words.owner[is_full], words.item[is_full], words.texts)


def _keys(full: _Items, words: _Items) -> _Items:
    """Each full word of a name with the initial of another: `freund y`."""
    sizes = np.bincount(words.owner, minlength=int(full.owner.max(initial=-1)) + 1)
    is_short = sizes[full.owner] <= MOST_WORDS
    owner, item = full.owner[is_short], full.item[is_short]
    position, other = words.of(owner)
    is_other = other != item[position]
    position, other = position[is_other], other[is_other]
    initials, initial = _numbered(words.texts.str.head(1))
    packed = (item[position].astype(np.uint64) << HALF) | initial[other].astype(np.uint64)
    pairs, number = np.unique(packed, return_inverse=True)
    word, letter = (pairs >> HALF).astype(np.uint32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    return _Items(owner[position], number, words.texts.gather(word) + " " + initials.gather(letter))


def _apart(name: pl.Expr) -> pl.Expr:
    """Sets glued initials apart; a name in capitals throughout has none that could be told."""
    return pl.when(name.str.contains(r"\p{Ll}")).then(name.str.replace_all(GLUED_INITIALS, "$1 $2 $3")).otherwise(name)
