"""RIS: a record from `TY` to `ER`, each of its fields a line with a two-letter tag.

Every program has its dialect: the tags of the title, the journal, the date and the abstract are tried in turn. What
the standard lets no record state twice, and this one does in different words, makes it a defect.
"""

import re
from collections.abc import Iterator

import numpy as np
import polars as pl

from assets.parse.formats.bibliography import ARXIV_MENTION, HOME_PATH
from assets.parse.formats.ris_dates import publication_dates
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

TITLES = ("TI", "T1", "CT", "BT", "ST")
"""Tags of the title, the most telling first; `BT` is the title of a whole book, `ST` a short one."""
VENUES = ("JF", "T2", "JO", "BT", "J1", "JA", "J2")
"""Tags of journal, proceedings or book: full names before abbreviations."""
AUTHORS = ("AU", "A1")
LINKS = ("UR", "L1", "L2", "L3", "L4", "LK")
STATED_ONCE = ("TY", "TI", "T1", "DO")
"""Tags that a record may not state twice in different words."""
IS_LINKS = r"(?i)^(?:https?:|ftp:)?//\S+(?:[;,\s]+(?:https?|ftp)://\S+)*$"
BETWEEN_LINKS = r"(?i)[;,\s]+((?:https?|ftp)://)"
"""A value that is one link, or several."""
PUBMED = r"(?i)pubmed|medline|\bNLM\b"

TAG_LINE = re.compile(rb"^([A-Z][A-Z0-9])(?:[ \t]{1,2}-(?=[ \t\r\n]|$)|  -)[^\r\n]*", re.MULTILINE)
BEGINS = re.compile(rb"TY(?:[ \t]{1,2}-(?=[ \t\r\n]|$)|  -)")
MOST_LINES_BEFORE = 20
"""Lines before the first tag: `1.`, and what a database says of a search."""

IS_LETTER = np.zeros(256, dtype=np.bool_)
IS_LETTER[65:91] = True
IS_SECOND = IS_LETTER.copy()
IS_SECOND[48:58] = True
IS_GAP = np.zeros(256, dtype=np.bool_)
IS_GAP[list(b"\t ")] = True
IS_AFTER = IS_GAP.copy()
IS_AFTER[list(b"\r\n")] = True
HYPHEN = 45
"""Bytes that a tag line may have at each of its places."""


def marks(data: Bytes, lines: Offsets) -> Marks:
    """Finds tags: two letters or a letter and a digit, one or two blanks, a hyphen."""
    at = lines[IS_LETTER[data[lines]] & IS_SECOND[data[lines + 1]] & IS_GAP[data[lines + 2]]]
    wide = IS_GAP[data[at + 3]] & (data[at + 4] == HYPHEN)
    narrow = (data[at + 3] == HYPHEN) & IS_AFTER[data[at + 4]]
    is_tag = np.zeros(len(lines), dtype=np.bool_)
    widths = np.zeros(len(lines), dtype=np.int64)
    tags = np.zeros(len(lines), dtype=np.uint32)
    rows = np.searchsorted(lines, at)
    is_tag[rows] = wide | narrow
    widths[rows] = np.where(wide, 5, 4)
    tags[rows] = two_places(data, at)
    return Marks(is_tag, tags, widths)


GRAMMAR = Grammar(marks, begins=BEGINS, first="TY", last="ER")


def recognises(head: Head) -> bool:
    """Whether a dump begins with lines of RIS, `TY` or `ER` among them; a few other lines may come before."""
    lines = with_line_feeds(head.data)
    found = [match for match, _ in zip(TAG_LINE.finditer(lines), range(200), strict=False)]
    if len(found) < 2 or lines.count(b"\n", 0, found[0].start()) > MOST_LINES_BEFORE:
        return False
    tags = [match[1] for match in found]
    return tags[0] == b"TY" or (b"ER" in tags and len(set(tags)) > 3)


def read(content: Content, _hints: Hints) -> Iterator[pl.DataFrame]:
    """Reads all records of a RIS dump.

    Args:
        content: The dump after unpacking.

    Yields:
        One statement per record, from `TY` to `ER`. Fields between records are a record without a beginning: malformed.

    Raises:
        RefusalError: NO_RECORDS, if there is no line with a tag.
    """
    return read_tagged(content, GRAMMAR, _state)


def _state(records: TaggedRecords) -> pl.DataFrame:
    """States the records of a window."""
    columns = Columns(records)
    is_doubled = columns.states_two(*STATED_ONCE)
    links = columns.rows(*LINKS)
    columns.drop(links[columns.values.gather(links).str.contains(HOME_PATH).to_numpy()])
    kind = columns.first("TY")
    venue = _venues(columns, kind)
    identifier = columns.first("ID")
    accession = columns.find("AN")
    arxiv = _arxiv(columns)
    pmid = _pmid(columns, accession)
    is_key = (accession >= 0) & identifier.is_null().to_numpy()
    key = columns.take(np.where(is_key, accession, -1))
    defect = pl.Series([None, str(RejectReason.DUPLICATE_KEYS)]).gather(is_doubled.astype(np.int64))
    authors = columns.lists(columns.rows(*AUTHORS), separator=r"\s*;\s*|\s*\n\s*")
    given = {
        "position": np.arange(1, len(records) + 1),
        "source_key": identifier.zip_with(identifier.is_not_null(), on_one_line(key)),
        "title_raw": columns.first(*TITLES),
        "abstract_raw": columns.joined("AB", "N2"),
        "authors_raw": named_together(authors),
        "authors": authors,
        "published_raw": publication_dates(columns),
        "arxiv_raw": arxiv,
        "doi_raw": columns.first("DO"),
        "pmid_raw": pmid,
        "categories": columns.lists(columns.rows("KW"), separator=r"\s*;\s*|\s*\n\s*"),
        "venue": venue,
        "volume": columns.first("VL", "VO"),
        "issue": columns.first("IS"),
        "pages": _pages(columns),
        "type_raw": kind,
        "urls": _urls(columns, links),
        "defect": defect,
    }
    return statements({**given, "source_fields": columns.rest()})


def _venues(columns: Columns, kind: Strings) -> Strings:
    """Takes where the work appeared: for a conference paper the proceedings first, if they are named."""
    is_conference = kind.str.contains("^(?:CPAPER|CONF)").fill_null(value=False).to_numpy()
    of_conference = is_conference[columns.records.record]
    free = ~columns.is_taken
    proceedings = columns.find("C3", among=free & of_conference)
    found = columns.find(*VENUES, among=free)
    return on_one_line(columns.take(np.where(proceedings >= 0, proceedings, found)))


def _pages(columns: Columns) -> Strings:
    """Takes first and last page as one range, or the first as it stands where it is a range already."""
    first, last = columns.find("SP"), columns.find("EP")
    start = columns.take(first)
    end = columns.peek(last)
    is_range = start.str.contains("[-\u2013]").fill_null(value=False)
    is_told = pl.select(pl.lit(start).str.ends_with(pl.lit(end)).fill_null(value=False)).to_series()
    is_end = (start.is_not_null() & end.is_not_null() & (~is_range | is_told)).to_numpy()
    columns.drop(last[is_end])
    return start.zip_with(is_range | end.is_null(), start + "-" + end)


def _urls(columns: Columns, links: Offsets) -> pl.Series:
    """Takes the links, several in one value as several; what is no link stays behind."""
    values = columns.values.gather(links)
    is_link = values.str.contains(IS_LINKS).to_numpy() & ~columns.is_taken[links]
    rows = links[is_link]
    columns.drop(rows)
    parts = values.filter(is_link).str.replace_all(BETWEEN_LINKS, "\x1f$1").str.split("\x1f")
    frame = pl.DataFrame({"record": columns.records.record[rows], "value": parts}).explode("value")
    return columns.as_lists(frame.unique(maintain_order=True))


def _arxiv(columns: Columns) -> Strings:
    """The arXiv identifier that a link, a journal or an accession number names; where it stands, it stays."""
    rows = columns.rows("AN", "VL", "DO", "M1", "PB", *LINKS, *VENUES)
    values = columns.values.gather(rows)
    near = values.str.contains_any(["arxiv", "abs/"], ascii_case_insensitive=True).to_numpy()
    found = values.filter(near).str.extract(ARXIV_MENTION, 1)
    frame = pl.DataFrame({"record": columns.records.record[rows[near]], "value": found}).drop_nulls()
    return columns.as_lists(frame).list.first()


def _pmid(columns: Columns, accession: Offsets) -> Strings:
    """Takes the PubMed identifier: a number marked so, or the accession number of a record from PubMed."""
    marked = columns.values.str.contains(r"^\d{1,8}\s?\[pmid\]$").to_numpy()
    found = columns.find("U1", "U2", "U3", "U4", "U5", "AN", "N1", among=marked)
    source = columns.rows("DB", "DP")
    is_pubmed = np.zeros(len(columns.records), dtype=np.bool_)
    is_pubmed[columns.records.record[source[columns.values.gather(source).str.contains(PUBMED).to_numpy()]]] = True
    is_number = columns.peek(accession).str.contains(r"^\d{1,8}$").fill_null(value=False).to_numpy()
    found = np.where((found < 0) & is_pubmed & is_number, accession, found)
    return columns.take(found).str.extract(r"^(\d+)")


READER = Reader(
    Format.RIS,
    version=1,
    recognises=recognises,
    read=read,
    detection="A line of the tag `TY` comes first, after 20 other lines at most; or four other tags, `ER` among them.",
    delivers=(
        "source_key",
        "title_raw",
        "abstract_raw",
        "authors_raw",
        "authors",
        "published_on",
        "published_precision",
        "arxiv_id",
        "arxiv_version",
        "doi",
        "pmid",
        "categories",
        "venue",
        "volume",
        "issue",
        "pages",
        "type_raw",
        "urls",
    ),
    definition="RIS Format Specifications (ResearchSoft, 2011), https://web.archive.org/web/2012/http://www.refman.com/support/risformat_intro.asp",
)
