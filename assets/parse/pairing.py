"""Pairing: which neighbouring paragraphs of a page are title and abstract, and from where on they are not.

Titles and abstracts alternate. A paragraph too many or too few shifts every pair that follows it; nothing else in the
text says so. This module finds such a shift from two kinds of evidence, the lengths of neighbouring paragraphs and the
words they share, and says which pairs can be stood behind. It never re-pairs: what is shifted stays as it was found.

The evidence is put together as the cheapest labelling of the paragraphs of a page as titles and abstracts in turn.
Wherever two titles or two abstracts meet, and where a page starts with an abstract or ends with a title, something
must be missing or extra; each such break has a price that the odd record, however odd, does not reach on its own.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from statistics import fmean

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.int8]
TextOf = Callable[[int], str]
"""Gives the text of a paragraph by its index on the page, in lower case."""

BREAK_COST = 8.0
"""Price of a paragraph that is missing or extra; an even page needs two of them. At this price no record of 174,000 (18
years of arXiv, a computational-linguistics library, conference proceedings, feeds) is marked on an undamaged page."""
LENGTH_CAP = 4.0
"""Most that the lengths of one pair of neighbours can say."""
WORDS_CAP = 3.0
"""Most that the words of one pair of neighbours can say."""
TYPICAL_RATIO = 2.5
"""Natural logarithm of the ratio, abstract to title, from which on a pair is as expected. Medians are 2.3 to 2.9; one
in twenty is below 1.2 where abstracts are terse."""
CLEAR_RATIO = 0.7
"""Logarithm of the ratio below which lengths alone do not settle what a pair of neighbours is: twice as long."""
HIT, MISS = 0.62, -0.75
"""What one title word that occurs in the neighbour, or does not, says for their being one record: half the logarithm
of the odds 0.82 : 0.24 and 0.18 : 0.76, because the words of a title are not independent."""
ONE_RECORD = 0.5
"""Resemblance above which texts are of one record: halfway between 0.82 and 0.24, rounded."""
MOST_WORDS = 40
"""Words of the shorter text that are looked up: all of a title, enough of an abstract."""
NO_DIFFERENCE = 0.05
"""Difference of two mean resemblances that says nothing: where all papers share their words, lengths decide."""
MOST_COMPARED = 100
"""Pairs of a shifted stretch whose words are compared to make sure."""
LONGEST_SEARCH = 20_000
"""Spans that are labelled together, an even number: bounds the memory for a page of millions."""
AROUND = 3
"""Links on either side of an unclear one whose words are compared too."""

TITLE, ABSTRACT, EXTRA = 0, 1, 2

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2}|[^\W\d_]{3,}")  # scripts without spaces: two characters


def sound_pairs(lengths: Ints, text_of: TextOf) -> Bools:
    """Says which pairs of a page, taken in order from its start, are a title and its abstract.

    Args:
        lengths: Lengths in bytes of the paragraphs of one page.
        text_of: Text of a paragraph, asked for only where lengths leave a doubt.

    Returns:
        One value per pair, `len(lengths) // 2`: False from where a shift begins to where it ends, if it ends before
        the page does. An odd paragraph at the end is no pair.
    """
    if len(lengths) > LONGEST_SEARCH:
        parts = range(0, len(lengths), LONGEST_SEARCH)
        return np.concatenate(
            [sound_pairs(lengths[at : at + LONGEST_SEARCH], partial(_offset, text_of, at)) for at in parts]
        )
    sound = np.ones(len(lengths) // 2, dtype=np.bool_)
    if len(lengths) < 2:
        return sound
    sizes = np.log(np.maximum(lengths, 1))
    doubtful = np.flatnonzero(np.diff(sizes)[0::2] < CLEAR_RATIO)
    if len(lengths) % 2 == 0 and not len(doubtful):
        return sound
    # Nothing before the first doubt can be shifted: start two pairs ahead of it, so that the search has firm ground.
    first = int(doubtful[0]) if len(doubtful) else len(sound) - 1
    skip = 2 * max(0, first - 2)
    text_at = partial(_offset, text_of, skip)
    labels = label_paragraphs(sizes[skip:], text_at)
    sound[skip // 2 :] = (labels[0:-1:2] == TITLE) & (labels[1::2] == ABSTRACT)
    for begin, end in _runs(~sound):
        to_page_end = 2 * end + 1 >= len(lengths)
        if not _is_shift(labels, begin - skip // 2, end - skip // 2, text_at, to_page_end=to_page_end):
            sound[begin:end] = True
    return sound


def _is_shift(labels: Labels, begin: int, end: int, text_of: TextOf, *, to_page_end: bool) -> bool:
    """Asks the words alone whether the pairs from begin to end are shifted, now that lengths have proposed it.

    A run of records that have no abstract to speak of ("Withdrawn.") looks shifted by its lengths. What tells it apart
    is that the proposed partners do not resemble each other either.
    """
    proposed = [
        (at, at + reach)
        for at in range(max(0, 2 * begin - 1), min(2 * end, len(labels) - 1))
        for reach in (1, 2)
        if labels[at] == TITLE and list(labels[at + 1 : at + reach + 1]) == [EXTRA] * (reach - 1) + [ABSTRACT]
        if at % 2 or reach == 2
    ]
    if not proposed:
        return False
    as_proposed = _mean_resemblance(proposed, text_of)
    as_found = _mean_resemblance([(2 * pair, 2 * pair + 1) for pair in range(begin, end)], text_of)
    if to_page_end and as_proposed > as_found:
        return True
    return as_proposed > ONE_RECORD and as_proposed > as_found - NO_DIFFERENCE


def _mean_resemblance(links: Sequence[tuple[int, int]], text_of: TextOf) -> float:
    """Mean over links between paragraphs, or over a sample of them that is spread evenly."""
    step = -(-len(links) // MOST_COMPARED)
    return fmean(resemblance(text_of(one), text_of(other)) for one, other in links[::step])


def _offset(text_of: TextOf, offset: int, at: int) -> str:
    return text_of(offset + at)


def _runs(mask: Bools) -> list[tuple[int, int]]:
    """Begin and end of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))).tolist()
    return list(zip(edges[0::2], edges[1::2], strict=True))


def label_paragraphs(sizes: Floats, text_of: TextOf) -> Labels:
    """Finds the cheapest labelling of paragraphs as titles, abstracts and paragraphs that belong to no record.

    Args:
        sizes: Natural logarithm of the length of each paragraph; at least two paragraphs.
        text_of: Text of a paragraph.

    Returns:
        TITLE, ABSTRACT or EXTRA for each paragraph. Ties go to the plain alternation.
    """
    words, words_over = _word_evidence(sizes, text_of)
    steps = _step_costs(np.diff(sizes), words)
    leaps = _step_costs(sizes[2:] - sizes[:-2], words_over)
    # Cheapest way to each paragraph as a title and as an abstract, and for both how long its last step was: 1 from the
    # other kind, 0 from the same kind, 2 from the other kind over an extra paragraph.
    title, abstract = [0.0], [BREAK_COST]
    came: list[tuple[int, int]] = [(0, 0)]
    for at, (within, between, alike) in enumerate(zip(*steps, strict=True)):
        to_title = [(abstract[at] + between, 1), (title[at] + BREAK_COST + alike, 0)]
        to_abstract = [(title[at] + within, 1), (abstract[at] + BREAK_COST + alike, 0)]
        if at:
            to_title.append((abstract[at - 1] + BREAK_COST + leaps[1][at - 1], 2))
            to_abstract.append((title[at - 1] + BREAK_COST + leaps[0][at - 1], 2))
        else:
            to_title.append((BREAK_COST, 2))  # the very first paragraph is extra
        (best_title, how_title), (best_abstract, how_abstract) = (
            min(ways, key=lambda way: way[0]) for ways in (to_title, to_abstract)
        )
        title.append(best_title)
        abstract.append(best_abstract)
        came.append((how_title, how_abstract))
    return _trace_back(title, abstract, came)


def _trace_back(title: list[float], abstract: list[float], came: list[tuple[int, int]]) -> Labels:
    labels = np.full(len(title), EXTRA, dtype=np.int8)
    at = len(title) - 1
    ends = {(ABSTRACT, at): abstract[-1], (TITLE, at): title[-1] + BREAK_COST}
    ends[ABSTRACT, at - 1] = abstract[-2] + BREAK_COST
    label, at = min(ends, key=lambda end: ends[end])
    while at >= 0:
        labels[at] = label
        step = came[at][label]
        at -= step or 1
        label = 1 - label if step else label
    return labels


def _step_costs(ratios: Floats, words: Floats) -> tuple[list[float], list[float], list[float]]:
    """Costs of two paragraphs being title and abstract of one record, abstract and next title, or two of a kind.

    Args:
        ratios: Logarithm of the second length divided by the first.
        words: What shared words say for their being one record.
    """
    one_record, two_records = (WORDS_CAP - words) / 2, (WORDS_CAP + words) / 2
    within = _shortfall(ratios) + one_record
    between = _shortfall(-ratios) + two_records
    alike = np.minimum(np.maximum(np.abs(ratios) - 1, 0) ** 2, LENGTH_CAP)
    return within.tolist(), between.tolist(), alike.tolist()


def resemblance(one: str, other: str) -> float:
    """Share of the words of the shorter text that occur in the longer one.

    Words have three letters or more; of a long text the first ones are looked up. Texts are in lower case.

    Returns:
        0 to 1; 0 where the shorter text has no word. Of a title's words, 0.82 occur in its abstract, 0.24 in another.
    """
    hits, count = _shared_words(one, other)
    return hits / count if count else 0.0


def _shared_words(one: str, other: str) -> tuple[int, int]:
    shorter, longer = sorted((one, other), key=len)
    words: dict[str, None] = {}
    for match in WORD.finditer(shorter):
        words[match[0]] = None
        if len(words) == MOST_WORDS:
            break
    return sum(word in longer for word in words) if one != other else 0, len(words)


def _word_evidence(sizes: Floats, text_of: TextOf) -> tuple[Floats, Floats]:
    """Compares the words of neighbours, and of next neighbours, wherever lengths leave a doubt; 0 elsewhere.

    Lengths leave none where they alternate clearly, be it as they should or, after a shift, the other way round.
    """
    ratios = np.diff(sizes)
    expected = np.where(np.arange(len(ratios)) % 2 == 0, ratios, -ratios)
    direction = np.where(np.abs(expected) < CLEAR_RATIO, 0, np.sign(expected))
    turns = np.diff(direction, prepend=1) != 0
    unclear = (direction == 0) | turns
    unclear[:-1] |= turns[1:]
    if len(sizes) % 2:  # something is missing or extra; it may be the last paragraph
        unclear[-1] = True
    near = np.convolve(unclear, np.ones(2 * AROUND + 1))[AROUND : AROUND + len(unclear)] > 0
    evidence = np.zeros((2, len(ratios)))
    for link in np.flatnonzero(near).tolist():
        for reach in (1, 2):
            if link + reach < len(sizes):
                hits, count = _shared_words(text_of(link), text_of(link + reach))
                says = HIT * hits + MISS * (count - hits)
                evidence[reach - 1, link] = min(WORDS_CAP, max(-WORDS_CAP, says))
    return evidence[0], evidence[1, :-1]


def _shortfall(ratios: Floats) -> Floats:
    """Cost of a second paragraph that is not as much longer than the first as an abstract is than its title."""
    return np.minimum(np.maximum(TYPICAL_RATIO - ratios, 0) ** 2 / 2, LENGTH_CAP)
