"""Rows: how many records each file really holds, counted in a stream that a packed bomb cannot fill.

A record of JSON lines is a line, one of CSV ends at a line end outside quotes, one of BibTeX begins with `@` at the
beginning of a line.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import duckdb
import numpy as np

from assets.parse.reader import RefusalError
from assets.parse.unpack import CHUNK, Limits, unpacked
from assets.release.manifest import ReleasedFile
from assets.release.verification.outcome import Candidate, Finding, Outcome, number, outcome
from assets.release.verification.tables import one_line, source
from schemas.release_vocabulary import ReleaseCheck
from schemas.vocabulary import Compression

LIMITS = Limits(content_bytes=1 << 40, ratio=1_000)
"""Most content that a file is unpacked to: long runs of equal values shrink to a hundredth, a bomb to a millionth."""
ENTRY = re.compile(rb"(?m)^@")

QUOTE, LINE_END = ord('"'), ord("\n")


class UncountableError(Exception):
    """The records of a file cannot be counted; one line."""


def check_rows(candidate: Candidate) -> Outcome:
    """Counts the records of every file that the manifest gives a number for."""
    files = [file for file in candidate.files() if file.rows is not None]
    total = sum(file.rows or 0 for file in files)
    findings = (found for file in files for found in _row_findings(candidate, file))
    told = f"{number(total, 'row')} in {number(len(files), 'file')}"
    return outcome(ReleaseCheck.ROWS, told, [*findings, *_table_findings(candidate)], is_done=bool(files))


def _row_findings(candidate: Candidate, file: ReleasedFile) -> Iterator[Finding]:
    try:
        counted = count_rows(candidate, file)
    except (UncountableError, RefusalError, duckdb.Error, OSError) as wrong:
        yield Finding(file.path, one_line(wrong))
        return
    if counted is not None and counted != file.rows:
        yield Finding(file.path, f"it holds {number(counted, 'row')}, not {file.rows:,}")


def _table_findings(candidate: Candidate) -> Iterator[Finding]:
    """Where the manifest says one number of a table and another of its file."""
    for name, file in candidate.tables().items():
        table = candidate.manifest.tables.get(name)
        if table is None:
            yield Finding(file.path, f"the manifest has no table {name}")
        elif table["rows"] != file.rows:
            yield Finding(name, f"the manifest says {table['rows']:,} rows, and {file.rows:,} of its file")


def count_rows(candidate: Candidate, file: ReleasedFile) -> int | None:
    """The records of a file; None for kinds that have none.

    Raises:
        UncountableError, RefusalError, duckdb.Error, OSError: If it cannot be read to its end.
    """
    if file.path.endswith(".parquet"):
        row = candidate.connection.execute(f"SELECT count(*) FROM {source(candidate, file)}").fetchone()
        return int(row[0]) if row else None
    for ending, count in COUNTERS.items():
        if file.path.endswith(ending):
            return count(content(candidate.path(file.path), file.bytes))
    return None


def content(path: Path, size: int) -> Iterator[bytes]:
    """What a file holds, unpacked, piece by piece.

    Raises:
        UncountableError: If it unpacks to more than any release does.
    """
    packing = {".zst": Compression.ZSTD, ".gz": Compression.GZIP}.get(path.suffix)
    most, seen = LIMITS.largest_from(size), 0
    with path.open("rb") as file:
        pieces = unpacked(file, packing) if packing else iter(lambda: file.read(CHUNK), b"")
        for piece in pieces:
            seen += len(piece)
            if seen > most:
                raise UncountableError(f"it unpacks to more than {most:,} bytes")
            yield piece


def count_lines(pieces: Iterable[bytes]) -> int:
    """Lines of a text, each of which ends with a line feed.

    Raises:
        UncountableError: If the last does not.
    """
    count, last = 0, LINE_END
    for piece in pieces:
        count += piece.count(b"\n")
        last = piece[-1]
    if last != LINE_END:
        raise UncountableError("its last line is cut off")
    return count


def count_csv_records(pieces: Iterable[bytes]) -> int:
    """Records of a CSV file as RFC 4180 has it, without its heading.

    Raises:
        UncountableError: If there is no heading, or the last record is cut off.
    """
    count, is_quoted, last = 0, False, LINE_END
    for piece in pieces:
        octets = np.frombuffer(piece, np.uint8)
        quotes = np.cumsum(octets == QUOTE, dtype=np.int64) + is_quoted
        count += int(np.count_nonzero((octets == LINE_END) & (quotes % 2 == 0)))
        is_quoted, last = bool(quotes[-1] % 2), piece[-1]
    if not count or is_quoted or last != LINE_END:
        raise UncountableError("it has no heading, or its last record is cut off")
    return count - 1


def count_entries(pieces: Iterable[bytes]) -> int:
    """Entries of a BibTeX file: lines that begin with `@`."""
    count, last = 0, b"\n"
    for piece in pieces:
        count += len(ENTRY.findall(last + piece)) - (last == b"@")
        last = piece[-1:]
    return count


COUNTERS: Mapping[str, Callable[[Iterable[bytes]], int]] = {
    ".jsonl.zst": count_lines,
    ".csv.gz": count_csv_records,
    ".bib": count_entries,
}
"""Ending of a file's name -> how its records are counted."""
