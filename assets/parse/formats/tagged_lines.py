"""Tagged lines: records and values of a format that begins every field with a tag on a line of its own.

RIS, MEDLINE, ISI and Refer are such formats. What a tag looks like is a `Grammar`; what it means is decided elsewhere.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.parse.formats.record_windows import windows
from assets.parse.paragraphs import release
from assets.parse.reader import BATCH_BYTES, Content, RefusalError
from assets.parse.spans import Offsets, Spans
from assets.parse.texts import KEPT_BYTES, decode_spans
from schemas.vocabulary import DumpReason, RejectReason

Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
Tags = npt.NDArray[np.uint32]

LF, CR = 0x0A, 0x0D
PADDING = b"\n" * 8
"""Put after a window, so that the bytes of a tag can be looked at without asking whether they are there."""
BLANKS = b"\x00\t\n\x0b\x0c\r "
IS_BLANK = np.zeros(256, dtype=np.bool_)
IS_BLANK[list(BLANKS)] = True
STEPS = 16
"""Bytes that are cut from the ends of all records at once; what has more blanks at its end is cut one by one."""


@dataclass(frozen=True)
class Marks:
    """What the lines of a window begin with; one value per line."""

    is_tag: Bools
    tags: Tags
    """The tag as a number, `tag_number` of its letters."""
    widths: Offsets
    """Bytes from the beginning of the line to the value."""


@dataclass(frozen=True)
class Grammar:
    """How a format writes its tags."""

    marks: Callable[[Bytes, Offsets], Marks]
    """Looks at the lines that begin at the given offsets; the last 8 bytes of the window are padding."""
    begins: re.Pattern[bytes]
    """The line that begins a record."""
    first: str
    """Tag that begins a record."""
    last: str | None = None
    """Tag that ends a record."""
    envelope: frozenset[str] = frozenset()
    """Tags of the dump itself; they belong to no record."""
    parted_by_blanks: bool = False
    """Whether a blank line before a tag begins a record too."""


@dataclass(frozen=True)
class TaggedRecords:
    """The records of a window, and their values in the order of the dump."""

    spans: Spans
    """From the first tag of each to the end of its last line, in the dump."""
    is_begun: Bools
    """Whether the record begins with the tag that it has to begin with."""
    is_ended: Bools
    """Whether it ends with the tag that ends a record; all true where the format has none."""
    is_cut: Bools
    is_invalid: Bools
    record: Offsets
    """Index of the record of each value."""
    tags: Tags
    """Tag of each value."""
    values: pl.Series
    """Values without blanks at their ends, continued lines included; none is empty."""

    def __len__(self) -> int:
        """Number of records."""
        return len(self.spans)


def tag_number(tag: str) -> int:
    """The letters of a tag, four at most, as one number."""
    return int.from_bytes(tag.encode().ljust(4), "big")


def tag_letters(number: int) -> str:
    """The tag that a number stands for."""
    return int(number).to_bytes(4, "big").decode("latin-1").rstrip()


def with_line_feeds(data: bytes) -> bytes:
    """The same bytes with a line feed for every kind of line end, so that `^` finds all lines."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def two_places(data: Bytes, lines: Offsets) -> Tags:
    """The first two bytes of each line as a tag."""
    first, second = data[lines].astype(np.uint32), data[lines + 1].astype(np.uint32)
    filled = np.uint32(int.from_bytes(b"\0\0  ", "big"))
    tags: Tags = (first << np.uint32(24)) | (second << np.uint32(16)) | filled
    return tags


def read_tagged(
    content: Content, grammar: Grammar, state: Callable[[TaggedRecords], pl.DataFrame], *, window: int = BATCH_BYTES
) -> Iterator[pl.DataFrame]:
    """Reads all records of a dump of tagged lines.

    Args:
        content: The dump after unpacking.
        grammar: How its tags are written.
        state: Turns the records of a window into statements; place and defect are filled in here, and a defect that it
            states itself is kept where nothing worse is found.
        window: Bytes that are read at once, more only for a record that is larger.

    Yields:
        Statements of each window, in the order of the dump.

    Raises:
        RefusalError: NO_RECORDS, if there is no tagged line.
    """

    def is_beginning(content: Content, at: int) -> bool:
        return content[at - 1] in (LF, CR) and grammar.begins.match(content, at) is not None

    count, any_ended = 0, False
    for start, stop in windows(content, window, grammar.first.encode(), is_beginning):
        is_giant = stop - start > 2 * window
        data = content[start : start + KEPT_BYTES if is_giant else stop]
        records = find_records(data, grammar, start)
        release(content, start, stop)
        if not len(records):
            continue
        if is_giant:
            records = _as_one(records, stop)
        is_open = np.zeros(len(records), dtype=np.bool_)
        if stop == len(content) and not records.is_ended[-1]:
            is_open[-1] = any_ended or records.is_ended.any() or count + len(records) == 1
        frame = state(records).with_columns(
            pl.Series("position", np.arange(count + 1, count + len(records) + 1)),
            pl.Series("byte_start", records.spans.starts),
            pl.Series("byte_end", records.spans.ends),
        )
        yield _with_defects(frame, records, is_open)
        any_ended |= bool(records.is_ended.any())
        count += len(records)
    if not count:
        raise RefusalError(DumpReason.NO_RECORDS, "The text has no line that begins with a tag.")


@dataclass(frozen=True)
class TagLines:
    """The lines of a window that begin with a tag."""

    tags: Tags
    starts: Offsets
    value_starts: Offsets
    line_ends: Offsets
    """End of the line itself."""
    value_ends: Offsets
    """End of the value: where the next tag begins."""

    def __getitem__(self, rows: Bools) -> "TagLines":
        """The chosen lines."""
        return TagLines(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def find_records(data: bytes, grammar: Grammar, offset: int = 0) -> TaggedRecords:
    """Finds the records of a window.

    A record goes from the tag that begins it to the one that ends it. Where the last one is missing, the next record
    ends it; tags that follow an end without a beginning are a record all the same, `is_begun` tells. Lines that no tag
    begins continue the value before them; between records they are nobody's.

    Args:
        data: The window, from the beginning of a line.
        grammar: How tags are written.
        offset: Where the window is in the dump.
    """
    lines, is_parted = _tag_lines(data, grammar)
    is_first = lines.tags == tag_number(grammar.first)
    is_last = np.equal(lines.tags, tag_number(grammar.last or ""))
    begins = _begins(is_first, is_last, is_parted)
    record = np.searchsorted(begins, np.arange(len(lines.tags)), side="right") - 1
    before = np.cumsum(is_last) - is_last
    is_after_end = (before - before[begins][record]) > 0 if len(begins) else is_last
    row_ends = np.where(is_last | is_after_end, lines.line_ends, lines.value_ends)
    final = np.append(begins[1:], len(lines.tags)) - 1 if len(begins) else begins
    is_value = ~is_last & (record >= 0)
    texts = decode_spans(data, Spans(lines.value_starts[is_value], row_ends[is_value]))
    values = texts.values.str.strip_chars(" \t\r\n\x0b\x0c\x00")
    is_stated = (values.str.len_bytes() > 0).to_numpy()

    def of_records(flags: Bools, rows: Offsets) -> Bools:
        return np.bincount(rows[flags], minlength=len(begins)) > 0

    return TaggedRecords(
        Spans(lines.starts[begins] + offset, _trimmed(data, lines.starts[begins], row_ends[final]) + offset),
        is_first[begins],
        of_records(is_last & (record >= 0), record) | (grammar.last is None),
        of_records(texts.is_cut, record[is_value]),
        of_records(texts.is_invalid, record[is_value]),
        record[is_value][is_stated],
        lines.tags[is_value][is_stated],
        values.filter(is_stated),
    )


def _begins(is_first: Bools, is_last: Bools, is_parted: Bools) -> Offsets:
    """Which tags begin a record.

    Tags between an end and a beginning are a record that lost its beginning if an end of their own follows; else they
    are remarks on the record before, as some programs write them.
    """
    is_orphan = _shifted(is_last) & ~is_last & ~is_first
    is_orphan[:1] = ~is_first[:1] & ~is_last[:1]
    begins = np.flatnonzero((is_first & ~_shifted(is_first)) | is_orphan | (is_parted & ~is_last))
    ends_until = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(is_last)))
    has_end = ends_until[np.append(begins[1:], len(is_last))] > ends_until[begins] if len(begins) else is_orphan[:0]
    kept = ~is_orphan[begins] | has_end | is_parted[begins]
    kept[:1] = True
    return begins[kept]


def _tag_lines(data: bytes, grammar: Grammar) -> tuple[TagLines, Bools]:
    """The tagged lines of a window without those of the envelope, and which of them part a record from the last."""
    padded = np.frombuffer(data + PADDING, dtype=np.uint8)
    is_break = padded[: len(data)] == LF
    if b"\r" in data:
        is_break |= (padded[: len(data)] == CR) & (padded[1 : len(data) + 1] != LF)
    breaks = np.flatnonzero(is_break)
    starts = np.concatenate((np.zeros(1, dtype=np.int64), breaks + 1))
    marks = grammar.marks(padded, starts)
    at = np.flatnonzero(marks.is_tag)
    value_ends = np.append(starts[at][1:], len(data))
    value_starts = np.minimum(starts[at] + marks.widths[at], value_ends)
    lines = TagLines(marks.tags[at], starts[at], value_starts, np.append(breaks, len(data))[at], value_ends)
    is_parted = np.zeros(len(at), dtype=np.bool_)
    if grammar.parted_by_blanks:
        is_blank = (padded[starts] == LF) | (padded[starts] == CR)
        is_parted = is_blank[np.maximum(at - 1, 0)] & (at > 0)
    kept = ~np.isin(lines.tags, [tag_number(tag) for tag in grammar.envelope])
    return (lines[kept], is_parted[kept]) if grammar.envelope else (lines, is_parted)


def _trimmed(data: bytes, starts: Offsets, ends: Offsets) -> Offsets:
    """Moves the end of each stretch to just after its last byte that is not blank."""
    array = np.frombuffer(data, dtype=np.uint8)
    ends = ends.copy()
    for _ in range(STEPS):
        ends -= IS_BLANK[array[ends - 1]]
    for row in np.flatnonzero(IS_BLANK[array[ends - 1]]).tolist():
        ends[row] = starts[row] + len(data[starts[row] : ends[row]].rstrip(BLANKS))
    return ends


def _shifted(flags: Bools) -> Bools:
    """Whether the one before is flagged."""
    return np.concatenate((np.zeros(1, dtype=np.bool_), flags))[:-1]


def _as_one(records: TaggedRecords, stop: int) -> TaggedRecords:
    """The first record of a window that is far too large: all the rest of the window belongs to it."""
    kept = records.record == 0
    return TaggedRecords(
        Spans(records.spans.starts[:1], np.array([stop])),
        records.is_begun[:1],
        np.ones(1, dtype=np.bool_),
        np.ones(1, dtype=np.bool_),
        records.is_invalid[:1],
        records.record[kept],
        records.tags[kept],
        records.values.filter(kept),
    )


def _with_defects(frame: pl.DataFrame, records: TaggedRecords, is_open: Bools) -> pl.DataFrame:
    """Adds what is wrong with the records; the first in the order below is the one that is told."""
    defects = {
        RejectReason.RECORD_TOO_LARGE: records.is_cut,
        RejectReason.TRUNCATED_RECORD: is_open,
        RejectReason.MALFORMED_RECORD: ~records.is_begun,
        RejectReason.INVALID_ENCODING: records.is_invalid,
    }
    defect = pl.col("defect")
    for reason, rows in reversed(defects.items()):
        if rows.any():
            defect = pl.when(pl.Series(rows)).then(pl.lit(str(reason))).otherwise(defect)
    return frame.with_columns(defect.alias("defect"))
