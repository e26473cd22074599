"""Alignment: which words before a bracket does an acronym stand for?

After Schwartz and Hearst (2003): the letters of the short form occur in the long form in their order, and the first
of them begins a word. Of all ways to find them so, the best by score is taken, not the first from the right: a letter
that begins a word counts most, one that goes on with the beginning of a word counts less (`LoRA`: Lo-w R-ank
A-daptation), one elsewhere is a cost, and so is every word whose beginning goes unused, articles and the like aside.

All pairs of a length are aligned at once, one step per character of the text.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.enrich.terms.characters import FREE, FREE_WORDS, JOINT, PREFIX, PREFIXED, SPOKEN, matrix, same_length

INITIAL, CHAINED, MARKED, INNER = 6, 4, 3, -3
"""Score of a letter that begins a word, of one that goes on with a word's beginning, of a capital inside a word, and
of a letter elsewhere."""
SKIPPED, SKIPPED_PART, SKIPPED_JOINT, COMMA = -5, -2, -2, -2
"""Cost of a word whose beginning is not used, of a part of a word after its hyphen, of `and`, and of a comma."""
LETTERS = 12
"""Letters and digits of the longest short form that is aligned."""
NEVER = -10_000
"""No alignment; far below any score, and in the range of 16 bits with all costs."""


def width(letters: int) -> int:
    """How many characters the long form of a short one may take."""
    return 36 + 14 * letters


def align(pairs: pl.DataFrame, *, whole: bool) -> pl.DataFrame:
    """Finds the long forms of short forms.

    Args:
        pairs: Columns `short` (letters and digits alone, 2 to LETTERS of them, any case) and `long` (the text in
            which the long form ends exactly at the end).
        whole: Whether the long form has to be all of `long`, or may begin anywhere in it.

    Returns:
        The rows as they were, with `start`: where in `long` the long form begins (characters), and `score` per
        letter: 1 where every letter begins a word and no word is left out; both null where there is none.
    """
    numbered = pairs.with_columns(letters=pl.col("short").str.len_chars()).with_row_index("pair")
    done = [_align(part, whole=whole) for part in numbered.partition_by("letters", maintain_order=True)]
    if not done:
        return pairs.with_columns(start=pl.lit(None, pl.Int64), score=pl.lit(None, pl.Float64))
    return pl.concat(done).sort("pair").drop("pair", "letters")


def _align(pairs: pl.DataFrame, *, whole: bool) -> pl.DataFrame:
    """Aligns short forms that have the same number of letters."""
    letters = pairs["letters"][0]
    span = width(letters)
    lengths = pairs["long"].str.len_chars().to_numpy().astype(np.int64)
    text = same_length(pairs["long"].str.slice(-span))
    spoken, skips = text, text
    for pattern, character in SPOKEN:
        spoken = spoken.str.replace_all(pattern, character)
    for pattern, blank in FREE_WORDS:
        skips = skips.str.replace_all(pattern, blank)
    skips = skips.str.replace_all(PREFIXED, PREFIX)
    begins = np.maximum(span - lengths, 0) if whole else None
    at, score = _best(
        matrix(pairs["short"].str.to_lowercase(), letters),
        matrix(text, span),
        matrix(spoken.str.to_lowercase(), span),
        matrix(skips, span),
        begins,
    )
    good = score > NEVER // 2
    if whole:
        good &= lengths <= span
    found = pl.DataFrame({"start": at + lengths - span, "score": score / (INITIAL * letters), "good": good})
    return pairs.with_columns(
        start=pl.select(pl.when(found["good"]).then(found["start"])).to_series(),
        score=pl.select(pl.when(found["good"]).then(found["score"])).to_series(),
    )


def _best(
    short: NDArray[np.uint8],
    text: NDArray[np.uint8],
    spoken: NDArray[np.uint8],
    skips: NDArray[np.uint8],
    begins: NDArray[np.int64] | None,
) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    """Goes through the texts from their last character to their first.

    Args:
        short: Letters of the short forms, in lower case, shape (letters, pairs).
        text: The texts, flush right, shape (width, pairs).
        spoken: The same in lower case, with the signs that may stand for a word in place of its first letter.
        skips: The texts with FREE and JOINT in the place of words that may be passed over.
        begins: Where the long form has to begin, or None.

    Returns:
        Where the best long form begins, and its score; NEVER or less where there is none.
    """
    letters, pairs = short.shape
    span = len(text)
    upper = (text >= ord("A")) & (text <= ord("Z"))
    folded = np.where(upper, text + 32, text).astype(np.uint8)
    starts, parts, cost = _words(folded, skips)
    humps = upper.copy()
    humps[1:] &= ~upper[:-1]
    initials = starts | humps

    so_far = np.full((letters + 1, pairs), NEVER, np.int16)  # letters from here on, found to the right of this place
    so_far[letters] = 0
    chain = np.full((letters + 1, pairs), NEVER, np.int16)  # the same, the first of them right beside this place
    best, at = np.full(pairs, NEVER, np.int16), np.zeros(pairs, np.int64)
    # a long form rather begins with a noun than with an article, and with a compound than with a part of one
    # (`Anchor-aware`): weighs where there is a choice, is not in the score
    ahead = np.where(
        (skips == ord(FREE)) | (skips == ord(JOINT)), np.int16(SKIPPED), parts * np.int16(SKIPPED_PART - 1)
    )
    best_ahead = np.zeros(pairs, np.int16)
    for place in range(span - 1, -1, -1):
        begin = starts[place]
        same = folded[place] == short
        linked = np.maximum(so_far[1:], chain[1:])
        initial = np.where((same & initials[place]) | (begin & (spoken[place] == short)), linked + INITIAL, NEVER)
        inner = np.where(same, so_far[1:] + np.where(upper[place], MARKED, INNER), NEVER)
        chain[:letters] = np.where(same & ~begin, linked + CHAINED, NEVER)
        is_better = (initial[0] + ahead[place] > best + best_ahead) & begin
        if begins is not None:
            is_better &= begins == place
        best, at = np.where(is_better, initial[0], best), np.where(is_better, place, at)
        best_ahead = np.where(is_better, ahead[place], best_ahead)
        np.maximum(so_far[:letters], inner, out=so_far[:letters])
        so_far += cost[place]
        np.maximum(so_far[:letters], initial, out=so_far[:letters])
    return at, best


def _words(
    folded: NDArray[np.uint8], skips: NDArray[np.uint8]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int16]]:
    """Where words begin, where parts of compounds do, and the cost of passing a word's beginning without using it."""
    letter = (folded >= ord("a")) & (folded <= ord("z"))
    word = letter | ((folded >= ord("0")) & (folded <= ord("9"))) | (folded == 0x7F)
    word[1:-1] |= (folded[1:-1] == ord("'")) & letter[:-2] & letter[2:]
    is_mark = (folded == ord("*")) | (folded == ord("}")) | (folded == ord("_"))
    for _ in range(4):  # marks inside a word part nothing: `L**o**w`, `L}arge`
        word[1:] |= is_mark[1:] & word[:-1]
    starts = word.copy()
    starts[1:] &= ~word[:-1]
    starts &= ~is_mark
    in_compound = np.zeros_like(word)
    in_compound[2:] = (folded[1:-1] == ord("-")) & word[:-2]
    missed = np.where(in_compound, np.int16(SKIPPED_PART), np.int16(SKIPPED))
    cost = np.select([skips == ord(FREE), skips == ord(JOINT)], [np.int16(0), np.int16(SKIPPED_JOINT)], missed) * starts
    return starts, in_compound & starts, cost + np.where(folded == ord(","), np.int16(COMMA), np.int16(0))
