"""Detection: what a dump is, by its content alone. The name of a file says nothing here.

To add a format, write a module in `formats/` that builds a `Reader`, and name it in READERS.
"""

import numpy as np

from assets.parse.formats import (
    acl_anthology,
    arxiv_atom,
    arxiv_document,
    arxiv_harvest,
    arxiv_rss,
    arxiv_snapshot,
    arxiv_yearly_xml,
    bibtex,
    crossref,
    daily_papers_json,
    dblp_xml,
    delimited_table,
    endnote_xml,
    json_records,
    medline,
    oai_pmh,
    openalex,
    page_text,
    paper_tables,
    parquet_table,
    refer,
    ris,
    semantic_scholar,
    venue_json,
    web_of_science,
    weekly_text,
)
from assets.parse.paragraphs import first_visible
from assets.parse.reader import HEAD_BYTES, NO_HINTS, Content, Head, Hints, Reader, RefusalError
from schemas.vocabulary import DumpReason

READERS: tuple[Reader, ...] = (
    daily_papers_json.READER,
    arxiv_snapshot.READER,
    arxiv_harvest.READER,
    arxiv_document.READER,
    paper_tables.READER,
    venue_json.READER,
    openalex.READER,
    crossref.READER,
    semantic_scholar.READER,
    json_records.READER,
    arxiv_atom.READER,
    arxiv_rss.READER,
    oai_pmh.OAI_ARXIV,
    oai_pmh.OAI_ARXIV_RAW,
    oai_pmh.OAI_DC,
    arxiv_yearly_xml.READER,
    acl_anthology.READER,
    dblp_xml.READER,
    endnote_xml.READER,
    bibtex.READER,
    ris.READER,
    medline.READER,
    web_of_science.READER,
    refer.READER,
    weekly_text.READER,
    page_text.READER,
    delimited_table.READER,
    parquet_table.READER,
)
"""All formats, the most particular first: the first that recognises a dump reads it."""

EMPTY_VALUES = (b"{}", b"[]")
"""What a service answers when there is nothing, in many formats."""
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b\x08", "a gzip archive within an archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive within an archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"ARROW1\x00\x00", "an Arrow file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
MOST_CONTROLS = 0.05
"""Share of control characters above which content is not text: 0.11 in random bytes, 0 in text."""
MOST_INVALID = 0.05
"""Share of bytes that are not UTF-8 above which a text that no reader knows is in another encoding."""
TAR_MARK_AT = 257
MANY_NULLS, FEW_NULLS = 0.4, 0.02
"""Share of NUL in every other byte, and in the bytes between, that gives UTF-16 away."""
SHOWN_CHARACTERS = 40

IS_CONTROL = np.zeros(256, dtype=np.bool_)
IS_CONTROL[:32] = True
IS_CONTROL[[*b"\t\n\x0b\x0c\r\x1b", 0x7F]] = [False] * 6 + [True]


def choose_reader(content: Content, hints: Hints = NO_HINTS) -> Reader:
    """Finds the reader for a dump.

    Args:
        content: The dump after unpacking.
        hints: What the manifest says of its columns.

    Returns:
        The first reader that recognises its beginning.

    Raises:
        RefusalError: EMPTY_FILE, UNSUPPORTED_ENCODING, BINARY_FILE or UNKNOWN_FORMAT.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content[: len(mark)] == mark:
            detail = f"The text begins with the byte-order mark of {encoding}; only UTF-8 is read."
            raise RefusalError(DumpReason.UNSUPPORTED_ENCODING, detail)
    start = first_visible(content)
    if start == len(content):
        found = f"{len(content):,} bytes of blank space" if len(content) else "nothing"
        raise RefusalError(DumpReason.EMPTY_FILE, f"The file holds {found}.")
    head = Head(content[start : start + HEAD_BYTES], is_whole=start + HEAD_BYTES >= len(content))
    if parquet_table.READER.recognises(head):  # the one format that is no text
        return parquet_table.READER
    _refuse_binary(content, head.data)
    if head.is_whole and head.data.rstrip() in EMPTY_VALUES:
        raise RefusalError(DumpReason.NO_RECORDS, "The file holds an empty JSON value.")
    for reader in READERS:
        if reader.recognises(head):
            return reader
    if delimited_table.recognises_columns(head, hints):
        return delimited_table.READER
    raise _unknown(head)


def _refuse_binary(content: Content, head: bytes) -> None:
    for signature, name in SIGNATURES:
        if content[: len(signature)] == signature:
            raise RefusalError(DumpReason.BINARY_FILE, f"The content is {name}.")
    counted = np.frombuffer(head, dtype=np.uint8)
    null_shares = sorted(float((half == 0).mean()) for half in (counted[0::2], counted[1::2]) if len(half))
    if null_shares[-1] > MANY_NULLS and null_shares[0] < FEW_NULLS:
        detail = "Every other byte is NUL, as in UTF-16 without a byte-order mark; only UTF-8 is read."
        raise RefusalError(DumpReason.UNSUPPORTED_ENCODING, detail)
    if content[TAR_MARK_AT : TAR_MARK_AT + 5] == b"ustar":
        raise RefusalError(DumpReason.BINARY_FILE, "The content is a tar archive.")
    share = float(IS_CONTROL[counted[counted != 0]].mean())  # NUL alone is what a crash leaves in a text
    if share > MOST_CONTROLS:
        raise RefusalError(DumpReason.BINARY_FILE, f"{share:.0%} of the bytes at the beginning are control characters.")


def _unknown(head: Head) -> RefusalError:
    text = head.data.decode("utf-8", errors="replace")
    share = text.count("\ufffd") / len(text)
    controls = float(IS_CONTROL[np.frombuffer(head.data, dtype=np.uint8)].mean())
    if controls > (MOST_CONTROLS if share < MOST_INVALID else 0):
        detail = f"{controls:.1%} of the bytes at the beginning are control characters, {share:.0%} are not UTF-8."
        return RefusalError(DumpReason.BINARY_FILE, detail)
    if share > MOST_INVALID:
        detail = f"{share:.0%} of the characters at the beginning are not UTF-8, the only encoding that is read."
        return RefusalError(DumpReason.UNSUPPORTED_ENCODING, detail)
    beginning = ascii(" ".join(text.split())[:SHOWN_CHARACTERS])
    return RefusalError(DumpReason.UNKNOWN_FORMAT, f"No reader recognises a text that begins with {beginning}.")
