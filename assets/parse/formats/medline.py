"""MEDLINE's text, as PubMed saves it: a record from `PMID` to a blank line, each of its fields a tag of four places."""

import re
from collections.abc import Iterator

import numpy as np
import polars as pl

from assets.parse.formats.tagged_columns import Columns, Strings, named_together
from assets.parse.formats.tagged_lines import Bytes, Grammar, Marks, TaggedRecords, read_tagged, with_line_feeds
from assets.parse.reader import Content, Head, Hints, Reader, statements
from assets.parse.spans import Offsets
from schemas.formats import Format
from schemas.vocabulary import RejectReason

BEGINS = re.compile(rb"PMID-[ \t]*\d")
TAG_LINE = re.compile(rb"^[A-Z][A-Z0-9 ]{3}-(?= |\r?$)", re.MULTILINE)
FEWEST_TAGS = 3
STATED_ONCE = ("PMID", "TI")
DOI = r"^(?:doi:\s*)?(10\.\S+)(?:\s+\[doi\])?$"
"""A DOI among the identifiers of an article: `10.1000/1 [doi]`."""

IS_LETTER = np.zeros(256, dtype=np.bool_)
IS_LETTER[65:91] = True
IS_MORE = IS_LETTER.copy()
IS_MORE[[*range(48, 58), 32]] = True
IS_AFTER = np.zeros(256, dtype=np.bool_)
IS_AFTER[list(b" \r\n0123456789")] = True
HYPHEN = 45


def marks(data: Bytes, lines: Offsets) -> Marks:
    """Finds tags: two to four letters and digits, filled up with blanks, and a hyphen."""
    is_tag = IS_LETTER[data[lines]] & IS_MORE[data[lines + 1]] & IS_MORE[data[lines + 2]] & IS_MORE[data[lines + 3]]
    is_tag &= (data[lines + 4] == HYPHEN) & IS_AFTER[data[lines + 5]]
    tags = np.zeros(len(lines), dtype=np.uint32)
    for place in range(4):
        tags |= data[lines + place].astype(np.uint32) << np.uint32(24 - 8 * place)
    return Marks(is_tag, tags, np.full(len(lines), 5))


GRAMMAR = Grammar(marks, begins=BEGINS, first="PMID", parted_by_blanks=True)


def recognises(head: Head) -> bool:
    """Whether a dump begins with the identifier of a record, and other tags follow."""
    lines = with_line_feeds(head.data)
    return BEGINS.match(head.data) is not None and len(TAG_LINE.findall(lines[:10_000])) >= FEWEST_TAGS


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all records of a MEDLINE dump.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per record. Fields after a blank line that do not begin with `PMID` are malformed.

    Raises:
        RefusalError: NO_RECORDS, if there is no line with a tag.
    """
    return read_tagged(content, GRAMMAR, _state)


def _state(records: TaggedRecords) -> pl.DataFrame:
    columns = Columns(records)
    is_doubled = columns.states_two(*STATED_ONCE)
    pmid = columns.first("PMID")
    authors = _authors(columns)
    given = {
        "position": np.arange(1, len(records) + 1),
        "source_key": pmid,
        "title_raw": columns.first("TI", "BTI"),
        "abstract_raw": columns.joined("AB"),
        "authors_raw": named_together(authors),
        "authors": authors,
        "published_raw": columns.take_dates(columns.find("DP")),
        "doi_raw": _doi(columns),
        "pmid_raw": pmid,
        "categories": columns.lists(columns.rows("MH", "OT")),
        "venue": columns.first("JT", "TA", "CTI"),
        "volume": columns.first("VI"),
        "issue": columns.first("IP"),
        "pages": columns.first("PG"),
        "type_raw": columns.first("PT"),
        "defect": pl.Series([None, str(RejectReason.DUPLICATE_KEYS)]).gather(is_doubled.astype(np.int64)),
    }
    return statements({**given, "source_fields": columns.rest()})


def _authors(columns: Columns) -> pl.Series:
    """Takes full names where a record has them, short ones where not; the short ones say nothing else."""
    full, short = columns.rows("FAU"), columns.rows("AU")
    has_full = np.zeros(len(columns.records), dtype=np.bool_)
    has_full[columns.records.record[full]] = True
    columns.drop(short)
    rest = short[~has_full[columns.records.record[short]]]
    return columns.lists(np.sort(np.concatenate((full, rest, columns.rows("CN")))))


def _doi(columns: Columns) -> Strings:
    """Takes the DOI among the identifiers."""
    is_doi = columns.values.str.contains(DOI).to_numpy()
    repeated = columns.rows("LID", "AID")
    columns.drop(repeated[is_doi[repeated]])
    return columns.peek(columns.find("AID", "LID", among=is_doi)).str.extract(DOI)


READER = Reader(
    Format.MEDLINE,
    version=1,
    recognises=recognises,
    read=read,
    detection="Begins with `PMID-` and a number, and other tags of four places follow.",
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
    definition="MEDLINE/PubMed Data Element Descriptions, https://www.nlm.nih.gov/bsd/mms/medlineelements.html",
)
