"""Weekly text: blocks of labelled lines, `Title:`, `PDF:` and `Summary:`, closed by a line of dashes.

A title may go on in lines that are indented. Everything after `Summary:` belongs to it, up to the line of dashes that
a new block follows; so a summary may hold labels and dashes of its own. A block that lacks a label, or its place, is a
record with a defect.
"""

import re
from collections.abc import Iterator

import numpy as np
import polars as pl

from assets.parse.formats.weekly_text_blocks import Blocks, Bools, blocks_of_batches
from assets.parse.reader import Content, Head, Hints, Reader, RefusalError, statements
from assets.parse.spans import Spans
from assets.parse.texts import Texts, decode_spans
from schemas.formats import Format
from schemas.vocabulary import DumpReason, RejectReason

BLOCK = re.compile(
    rb"^Title:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,20}PDF:[ \t]*[^\s]+[ \t\r]*\n"
    rb"Summary:",
    re.MULTILINE,
)
"""A block up to its summary, as the format has it."""
FIRST_LABEL = re.compile(rb"(?:Title|PDF|Summary):")
UNINDENTED = r"\n[^ \t\r\n]"
"""A line of a title that is neither its first nor indented: a label got lost."""
ARXIV_LINK = r"(?i)^https?://(?:[a-z]+\.)?arxiv\.org/"
ENDS_WELL = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u2019\u201d)\]}*$]*$|https?://\S+$")
"""The end of a summary that is complete: a stop with quotes and brackets after it, or a link."""
END_CHARACTERS = 400
"""Characters at the end of a summary that show whether it is complete: room for a link."""


def recognises(head: Head) -> bool:
    """Whether a dump begins with a label and one of its first blocks has all three in their order."""
    return FIRST_LABEL.match(head.data) is not None and BLOCK.search(head.data) is not None


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all blocks of a weekly text.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per block: title and summary as they stand, line breaks included, and the link.

    Raises:
        RefusalError: NO_RECORDS, if there is no labelled line.
    """
    count = 0
    for blocks in blocks_of_batches(content):
        yield _statements(content, blocks, count)
        count += len(blocks.whole)
    if not count:
        raise RefusalError(DumpReason.NO_RECORDS, "The text has no line that begins with a label.")


def _statements(content: Content, blocks: Blocks, before: int) -> pl.DataFrame:
    """States a batch of blocks; `before` blocks came earlier in the dump."""
    titles, links, summaries = (
        _decode(content, spans, is_stated)
        for spans, is_stated in (
            (blocks.title, blocks.has_title),
            (blocks.link, blocks.has_link),
            (blocks.summary, blocks.has_summary),
        )
    )
    link = links.values
    # The link of a block without one is null, and so is every comparison with it.
    is_malformed = ~(blocks.has_title & blocks.has_summary) | blocks.begins_badly
    is_malformed |= titles.values.str.contains(UNINDENTED).fill_null(value=False).to_numpy()
    is_malformed |= link.str.contains(r"\s").fill_null(value=False).to_numpy()
    defects = {
        RejectReason.TRUNCATED_RECORD: _truncated(blocks, summaries),
        RejectReason.DUPLICATE_KEYS: blocks.is_doubled,
        RejectReason.MALFORMED_RECORD: is_malformed,
        RejectReason.RECORD_TOO_LARGE: titles.is_cut | links.is_cut | summaries.is_cut,
        RejectReason.INVALID_ENCODING: titles.is_invalid | links.is_invalid | summaries.is_invalid,
    }
    defect = np.full(len(blocks.whole), None, dtype=object)
    for reason, rows in reversed(defects.items()):
        defect[rows] = str(reason)
    return statements(
        {
            "position": np.arange(before + 1, before + 1 + len(blocks.whole)),
            "byte_start": blocks.whole.starts,
            "byte_end": blocks.whole.ends,
            "title_raw": titles.values,
            "abstract_raw": summaries.values,
            "arxiv_raw": link.set(~link.str.contains(ARXIV_LINK).fill_null(value=False), None),
            "urls": link.to_frame("link").select(pl.concat_list("link").list.drop_nulls()).to_series(),
            "defect": defect.tolist(),
        }
    )


def _decode(content: Content, spans: Spans, is_stated: Bools) -> Texts:
    """Decodes one field of the blocks; null where a block has none, or nothing in it."""
    texts = decode_spans(content, spans)
    is_missing = ~is_stated | (spans.lengths == 0)
    values = texts.values.scatter(np.flatnonzero(is_missing), None) if is_missing.any() else texts.values
    return Texts(values, texts.is_invalid, texts.is_cut)


def _truncated(blocks: Blocks, summaries: Texts) -> Bools:
    """Says of each block whether the dump ends in the middle of it; only the last of the dump can."""
    is_truncated = np.zeros(len(blocks.whole), dtype=np.bool_)
    if blocks.is_open:
        end = (summaries.values[-1] or "")[-END_CHARACTERS:]
        is_truncated[-1] = not (summaries.is_cut[-1] or ENDS_WELL.search(end))
    return is_truncated


READER = Reader(
    Format.WEEKLY_TEXT,
    version=1,
    recognises=recognises,
    read=read,
    detection="Begins with a line labelled `Title:`, and a `PDF:` line and a `Summary:` line follow a title.",
    delivers=("title_raw", "abstract_raw", "arxiv_id", "arxiv_version", "urls"),
    definition="Weekly archives of a daily-papers site; the labels are the definition",
)
