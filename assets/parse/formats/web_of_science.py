"""Field-tagged text of Web of Science, also called ISI: a record from `PT` to `ER`, its further lines indented."""

import re
from collections.abc import Iterator

import numpy as np
import polars as pl

from assets.parse.formats.tagged_columns import Columns, Strings, named_together, on_one_line
from assets.parse.formats.tagged_lines import (
    Bytes,
    Grammar,
    Marks,
    TaggedRecords,
    read_tagged,
    two_places,
    with_line_feeds,
)
from assets.parse.reader import Content, Head, Hints, Reader, statements
from assets.parse.spans import Offsets
from schemas.formats import Format
from schemas.vocabulary import RejectReason

BEGINS = re.compile(rb"PT [A-Z]\s")
TAG_LINE = re.compile(rb"^[A-Z][A-Z0-9](?= [^\s-]|[ ]?\r?$)", re.MULTILINE)
FEWEST_TAGS = 4
STATED_ONCE = ("TI", "DI", "UT")
LISTED = ("AU", "AF", "BA", "BF", "CA", "CR", "C1", "C3")
"""Tags of which every line is a value of its own."""
PERSONAL = ("EM",)
BETWEEN = r"\s*;\s*|\n"

IS_LETTER = np.zeros(256, dtype=np.bool_)
IS_LETTER[65:91] = True
IS_SECOND = IS_LETTER.copy()
IS_SECOND[48:58] = True
IS_AFTER = np.zeros(256, dtype=np.bool_)
IS_AFTER[list(b" \r\n")] = True


def marks(data: Bytes, lines: Offsets) -> Marks:
    """Finds tags: two letters or a letter and a digit at the beginning of a line, and a blank."""
    is_tag = IS_LETTER[data[lines]] & IS_SECOND[data[lines + 1]] & IS_AFTER[data[lines + 2]]
    return Marks(is_tag, two_places(data, lines), np.full(len(lines), 2))


GRAMMAR = Grammar(marks, begins=BEGINS, first="PT", last="ER", envelope=frozenset({"FN", "VR", "EF"}))


def recognises(head: Head) -> bool:
    """Whether a dump begins with the tags `FN` and `VR`, or with a record, and other tags follow."""
    lines = with_line_feeds(head.data)
    begins = head.data.startswith((b"FN ", b"VR ")) or BEGINS.match(head.data) is not None
    tags = {match[0] for match in TAG_LINE.finditer(lines[:20_000])}
    return begins and len(tags) >= FEWEST_TAGS and b"PT" in tags


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all records of a dump of Web of Science.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per record, from `PT` to `ER`.

    Raises:
        RefusalError: NO_RECORDS, if there is no line with a tag.
    """
    return read_tagged(content, GRAMMAR, _state)


def _state(records: TaggedRecords) -> pl.DataFrame:
    columns = Columns(records, LISTED)
    is_doubled = columns.states_two(*STATED_ONCE)
    columns.drop(columns.rows(*PERSONAL))
    authors = _authors(columns)
    given = {
        "position": np.arange(1, len(records) + 1),
        "source_key": columns.first("UT"),
        "title_raw": columns.first("TI"),
        "abstract_raw": columns.joined("AB"),
        "authors_raw": named_together(authors),
        "authors": authors,
        "published_raw": _published(columns),
        "doi_raw": columns.first("DI"),
        "pmid_raw": columns.first("PM"),
        "categories": columns.lists(columns.rows("DE", "ID"), separator=BETWEEN),
        "venue": columns.first("SO", "JI", "J9"),
        "volume": columns.first("VL"),
        "issue": columns.first("IS"),
        "pages": _pages(columns),
        "type_raw": columns.first("DT", "PT"),
        "defect": pl.Series([None, str(RejectReason.DUPLICATE_KEYS)]).gather(is_doubled.astype(np.int64)),
    }
    return statements({**given, "source_fields": columns.rest()})


def _authors(columns: Columns) -> pl.Series:
    """Takes full names where a record has them, short ones where not."""
    found = columns.find("AF", "AU")
    return columns.lists(np.sort(found[found >= 0]), separator=BETWEEN)


def _published(columns: Columns) -> Strings:
    """Takes the year, and before it month and day where they stand by themselves: `JUN 14 2006`."""
    year, day = columns.take_dates(columns.find("PY")), columns.find("PD")
    date = on_one_line(columns.peek(day))
    is_part = (date.str.contains("[A-Za-z]") & ~date.str.contains(r"\d{4}") & year.is_not_null()).fill_null(value=False)
    columns.take_dates(np.where(is_part.to_numpy(), day, -1))
    return (date + " " + year).zip_with(is_part, year)


def _pages(columns: Columns) -> Strings:
    """Takes first and last page as one range; else the range or the number of the article."""
    first, last = columns.find("BP"), columns.find("EP")
    is_range = (first >= 0) & (last >= 0)
    start, end = columns.take(first), columns.take(np.where(is_range, last, -1))
    other = columns.take(np.where(first < 0, columns.find("PS", "AR"), -1))
    return pl.select(pl.coalesce(pl.lit(start + "-" + end), pl.lit(start), pl.lit(other))).to_series()


READER = Reader(
    Format.WEB_OF_SCIENCE,
    version=1,
    recognises=recognises,
    read=read,
    detection="Begins with `FN`, `VR` or `PT`, and other tags of two places and a blank follow.",
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "published_precision",
        "doi",
        "pmid",
        "categories",
        "venue",
        "volume",
        "issue",
        "pages",
        "type_raw",
    ),
    definition="Web of Science Core Collection Field Tags, https://webofscience.help.clarivate.com",
)
