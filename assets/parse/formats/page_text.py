"""Page text: the text copy of result pages of a daily-papers site, titles and abstracts in turn.

Reads header lines, pairs the paragraphs between them, and says of each record whether it can be stood behind. A
record's place is the bytes from the first of its title to the last of its abstract.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import fmean

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.parse.formats.page_header import Section, find_blocks, find_sections, is_certain
from assets.parse.pairing import ONE_RECORD, resemblance, sound_pairs
from assets.parse.paragraphs import find_paragraphs
from assets.parse.reader import NO_HINTS, Content, Head, Hints, Reader, statements
from assets.parse.spans import Offsets, Spans
from assets.parse.texts import Texts, decode_spans, ends_inside_character
from schemas.formats import Format
from schemas.vocabulary import RejectReason

Bools = npt.NDArray[np.bool_]

COMPARED_CHARACTERS = 20_000
"""Characters of a paragraph that are compared with its neighbours: more than any abstract has."""
END_CHARACTERS = 400
"""Characters at the end of the last abstract that show whether it is complete: room for a link."""
FEWEST_PAIRS, MOST_PAIRS = 3, 50
"""Records that prove a page without header lines, and how many are looked at."""
TITLE_BYTES, ABSTRACT_BYTES = (12, 300), (250, 10_000)
"""Lengths that all titles and abstracts of such a page have."""
TIMES_LONGER = 3
"""An abstract of such a page is at least this many times as long as its title."""
TITLE_WORDS = 3
"""Words that a title of such a page has on average; headings of a document have one or two."""

_CLOSING = r"[\s\"'\u2019\u201d\u00bb\u300d\u300f)\]}*$\\]*$"
ENDS_WELL = re.compile(
    rf"[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964]{_CLOSING}"
    rf"|(?:https?://|www\.)\S+{_CLOSING}|\b[\w-]+(?:\.[\w-]+)+/\S*{_CLOSING}"
    rf"|\b[\w-]+\.(?:com|org|net|edu|gov|io|ai|dev|app|me|co){_CLOSING}"
)
"""Closing punctuation or a link, with quotes and brackets after it."""
ENDS_WITH_ABBREVIATION = re.compile(r"(?<!\w)(?:e\.g|i\.e|cf|vs|et al|Fig|Eq|Sec|Tab)\.$")
"""A stop that does not close a sentence."""


def recognises(head: Head) -> bool:
    """Whether a text is page text: by its header lines, or without them by its records.

    Without header lines every one of the first records, three at least, must have a title of a title's length, an
    abstract of an abstract's length, and on average most of the words of the title in the abstract, and not in the
    abstract before.
    """
    paragraphs = find_paragraphs(head.data)
    texts = decode_spans(head.data, paragraphs)
    blocks = find_blocks(texts.values, paragraphs.lengths)
    if is_certain(blocks):
        return True
    header = {row for block in blocks for row in range(block.start, block.stop)}
    body = [row for row in range(len(paragraphs) - (not head.is_whole)) if row not in header]
    return _are_records(paragraphs.lengths[body], texts.values.gather(body))


def read(content: Content, hints: Hints = NO_HINTS) -> Iterator[pl.DataFrame]:  # noqa: ARG001 a reader's signature
    """Reads all records of a page text.

    Args:
        content: The dump after unpacking.
        hints: Not needed.

    Yields:
        One record per pair of paragraphs and one per paragraph without a partner: every paragraph that is no header
        line is part of exactly one. `defect` says which of them are not to be relied on.

    Raises:
        RefusalError: TOO_LARGE, if there are more paragraphs than any dump has.
    """
    paragraphs = find_paragraphs(content)
    texts = decode_spans(content, paragraphs)
    blocks = find_blocks(texts.values, paragraphs.lengths)
    is_body = np.ones(len(paragraphs), dtype=np.bool_)
    for block in blocks:
        is_body[block.start : block.stop] = False
    body = np.flatnonzero(is_body)
    sections = find_sections(blocks, body, paragraphs.lengths)
    records = _pair(body, sections)
    is_shifted = _shifted(records, paragraphs, texts)
    is_truncated = _truncated(records, content, paragraphs, texts)
    yield _frame(records, paragraphs, texts, is_shifted, is_truncated)


@dataclass(frozen=True)
class Records:
    """Which paragraphs make which record; one value per record, in the order of the dump."""

    title: Offsets
    """Index of the paragraph in the title's place."""
    abstract: Offsets
    """Index of the paragraph in the abstract's place; that of the title where there is none."""
    section: Offsets
    """Index of the section."""
    page: Offsets
    """Number of the page."""
    position: Offsets
    """Rank on the page; paragraphs without a partner rank after the records."""
    date_raw: Sequence[str | None]
    """Date line of the page."""

    @property
    def is_single(self) -> Bools:
        """Whether the record is a paragraph without a partner."""
        return np.equal(self.title, self.abstract)


def _pair(body: Offsets, sections: Sequence[Section]) -> Records:
    """Pairs the paragraphs of each section in order.

    Args:
        body: Indices of the paragraphs that are no header lines.
        sections: Where pages begin.
    """
    starts = np.array([section.start for section in sections])
    section = np.searchsorted(starts, body, side="right") - 1
    first = np.searchsorted(section, np.arange(len(sections)))
    count = np.bincount(section, minlength=len(sections))
    place = np.arange(len(body)) - first[section]
    is_loose = np.array([section.is_loose for section in sections])[section]
    is_last = place + 1 == count[section]
    begins = np.flatnonzero(is_loose | (place % 2 == 0))
    is_single = (is_loose | is_last)[begins]
    title = body[begins]
    abstract = np.where(is_single, title, body[np.minimum(begins + 1, len(body) - 1)])
    page = np.array([section.page for section in sections])[section[begins]]
    position = np.where(is_single, 0, place[begins] // 2 + 1)
    for row in np.flatnonzero(is_single).tolist():
        on_page = slice(np.searchsorted(page, page[row]), np.searchsorted(page, page[row], side="right"))
        position[row] = position[on_page].max() + 1
    dates = [section.date_raw for section in sections]
    return Records(title, abstract, section[begins], page, position, [dates[at] for at in section[begins].tolist()])


def _shifted(records: Records, paragraphs: Spans, texts: Texts) -> Bools:
    """Says of each record whether its page is shifted there."""
    is_shifted = np.zeros(len(records.title), dtype=np.bool_)
    is_single = records.is_single
    borders = np.flatnonzero(np.diff(records.section, prepend=-1, append=-1)).tolist()
    for begin, end in pairwise(borders):
        rows = np.stack((records.title[begin:end], records.abstract[begin:end]), axis=1).ravel()
        single = is_single[begin:end]
        if single[:-1].any() or single.all():
            continue
        if single[-1]:
            rows = rows[:-1]

        @lru_cache(maxsize=4096)
        def text_of(at: int, rows: Offsets = rows) -> str:
            return str(texts.values[int(rows[at])])[:COMPARED_CHARACTERS].lower()

        sound = sound_pairs(paragraphs.lengths[rows], text_of)
        is_shifted[begin : begin + len(sound)] = ~sound
    return is_shifted


def _truncated(records: Records, content: Content, paragraphs: Spans, texts: Texts) -> Bools:
    """Says of each record whether the dump ends in the middle of it; only the last one can."""
    is_truncated = np.zeros(len(records.title), dtype=np.bool_)
    last = len(paragraphs) - 1
    if len(records.title) and records.abstract[-1] == last and not records.is_single[-1] and not texts.is_cut[last]:
        raw = content[int(paragraphs.starts[last]) : int(paragraphs.ends[last])]
        end = texts.values[last][-END_CHARACTERS:]
        ends_well = ENDS_WELL.search(end) and not ENDS_WITH_ABBREVIATION.search(end)
        is_truncated[-1] = ends_inside_character(raw) or not (ends_well or texts.is_invalid[last])
    return is_truncated


def _frame(records: Records, paragraphs: Spans, texts: Texts, is_shifted: Bools, is_truncated: Bools) -> pl.DataFrame:
    """Puts the columns of the records together; the first defect in the order below is the one that is told."""
    is_cut, is_invalid = (flags[records.title] | flags[records.abstract] for flags in (texts.is_cut, texts.is_invalid))
    defects = {
        RejectReason.UNPAIRED_PARAGRAPH: records.is_single,
        RejectReason.SHIFTED_PAIRS: is_shifted,
        RejectReason.RECORD_TOO_LARGE: is_cut,
        RejectReason.TRUNCATED_RECORD: is_truncated,
        RejectReason.INVALID_ENCODING: is_invalid,
    }
    defect = pl.Series([None], dtype=pl.String).new_from_index(0, len(records.title))
    for reason, rows in reversed(defects.items()):
        if rows.any():
            defect = defect.scatter(np.flatnonzero(rows), str(reason))
    abstracts = texts.values.gather(records.abstract)
    if records.is_single.any():
        abstracts = abstracts.scatter(np.flatnonzero(records.is_single), None)
    return statements(
        {
            "page": records.page,
            "position": records.position,
            "byte_start": paragraphs.starts[records.title],
            "byte_end": paragraphs.ends[records.abstract],
            "page_date_raw": records.date_raw,
            "title_raw": texts.values.gather(records.title),
            "abstract_raw": abstracts,
            "defect": defect,
        }
    )


def _are_records(lengths: Offsets, texts: pl.Series) -> bool:
    """Whether paragraphs are titles and abstracts in turn, beyond doubt."""
    pairs = min(len(lengths) // 2, MOST_PAIRS)
    titles, abstracts = lengths[: 2 * pairs : 2], lengths[1 : 2 * pairs : 2]
    if pairs < FEWEST_PAIRS or (titles * TIMES_LONGER > abstracts).any():
        return False
    for sizes, (least, most) in ((titles, TITLE_BYTES), (abstracts, ABSTRACT_BYTES)):
        if sizes.min() < least or sizes.max() > most:
            return False
    lower = texts[: 2 * pairs].str.to_lowercase().to_list()
    own = fmean(map(resemblance, lower[0::2], lower[1::2]))
    others = fmean(map(resemblance, lower[2::2], lower[1::2]))
    words = fmean(title.count(" ") + 1 for title in lower[0::2])
    return words >= TITLE_WORDS and own > max(ONE_RECORD, 2 * others)


READER = Reader(
    Format.PAGE_TEXT,
    version=2,
    recognises=recognises,
    read=read,
    detection="Two header lines of a result page in a row, or the line of credit or the box for a mailing list; "
    "without header lines, three or more paragraphs in turn, as long as titles and abstracts, that share words.",
    delivers=("page_date_raw", "title_raw", "abstract_raw"),
    definition="Text copies of the daily-papers pages, <https://huggingface.co/papers>",
)
