"""Refer, as EndNote writes it: a record begins with `%0`, each of its fields with a percent sign and another sign."""

import re
from collections.abc import Iterator

import numpy as np
import polars as pl

from assets.parse.formats.bibliography import HOME_PATH
from assets.parse.formats.tagged_columns import Columns, Strings, named_together
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

BEGINS = re.compile(rb"%0(?=[ \r\n])")
TAG_LINE = re.compile(rb"^%[!-~](?= |\r?$)", re.MULTILINE)
FEWEST_TAGS = 3
STATED_ONCE = ("%0", "%T")
DOI = r"(10\.\d{4,9}/\S+)"
LINK = r"(?i)^(?:https?|ftp)://\S+$"
PERCENT = 37

IS_SIGN = np.zeros(256, dtype=np.bool_)
IS_SIGN[33:127] = True
IS_AFTER = np.zeros(256, dtype=np.bool_)
IS_AFTER[list(b" \r\n")] = True


def marks(data: Bytes, lines: Offsets) -> Marks:
    """Finds tags: a percent sign and another sign at the beginning of a line, and a blank."""
    is_tag = (data[lines] == PERCENT) & IS_SIGN[data[lines + 1]] & IS_AFTER[data[lines + 2]]
    return Marks(is_tag, two_places(data, lines), np.full(len(lines), 2))


GRAMMAR = Grammar(marks, begins=BEGINS, first="%0")


def recognises(head: Head) -> bool:
    """Whether a dump begins with a type, and other tags follow."""
    lines = with_line_feeds(head.data)
    return BEGINS.match(head.data) is not None and len(set(TAG_LINE.findall(lines[:20_000]))) >= FEWEST_TAGS


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all records of a Refer dump.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per record.

    Raises:
        RefusalError: NO_RECORDS, if there is no line with a tag.
    """
    return read_tagged(content, GRAMMAR, _state)


def _state(records: TaggedRecords) -> pl.DataFrame:
    columns = Columns(records)
    is_doubled = columns.states_two(*STATED_ONCE)
    links = columns.rows("%U", "%>")
    columns.drop(links[columns.values.gather(links).str.contains(HOME_PATH).to_numpy()])
    is_link = columns.values.gather(links).str.contains(LINK).to_numpy()
    authors = columns.lists(columns.rows("%A"), separator=r"\s*;\s*|\n")
    given = {
        "position": np.arange(1, len(records) + 1),
        "type_raw": columns.first("%0"),
        "source_key": columns.first("%F", "%M"),
        "title_raw": columns.first("%T"),
        "abstract_raw": columns.joined("%X"),
        "authors_raw": named_together(authors),
        "authors": authors,
        "published_raw": _published(columns),
        "doi_raw": columns.take(columns.find("%R", among=columns.values.str.contains(DOI).to_numpy())),
        "categories": columns.lists(columns.rows("%K"), separator=r"\s*;\s*|\n"),
        "venue": columns.first("%J", "%B"),
        "volume": columns.first("%V"),
        "issue": columns.first("%N"),
        "pages": columns.first("%P"),
        "urls": columns.lists(links[is_link & ~columns.is_taken[links]]),
        "defect": pl.Series([None, str(RejectReason.DUPLICATE_KEYS)]).gather(is_doubled.astype(np.int64)),
    }
    return statements({**given, "source_fields": columns.rest()})


def _published(columns: Columns) -> Strings:
    """Takes the date, with the year where it stands by itself."""
    year, day = columns.take_dates(columns.find("%D")), columns.find("%8")
    date = columns.peek(day)
    has_year = date.str.contains(r"\d{4}").fill_null(value=False)
    is_part = (date.str.contains("[A-Za-z]") & ~has_year & year.is_not_null()).fill_null(value=False)
    is_full = (has_year & (year.is_null() | date.str.contains(r"\D"))).fill_null(value=False)
    columns.take_dates(np.where((is_part | is_full).to_numpy(), day, -1))
    return (date + " " + year).zip_with(is_part, date.zip_with(is_full, year))


READER = Reader(
    Format.REFER,
    version=1,
    recognises=recognises,
    read=read,
    detection="Begins with `%0`, and other tags of a percent sign and another sign follow.",
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "published_precision",
        "doi",
        "categories",
        "venue",
        "volume",
        "issue",
        "pages",
        "type_raw",
        "urls",
    ),
    definition="EndNote's Refer/BibIX import format, https://support.clarivate.com/Endnote",
)
