"""Formats: whether files of other formats hold the papers of the Parquet files, and each sample those of the next."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

import duckdb

from assets.parse.reader import RefusalError
from assets.release.layout import FORMAT_FILES
from assets.release.manifest import ReleasedFile
from assets.release.shape import ShapeError
from assets.release.verification.outcome import Candidate, Finding, Outcome, number, outcome
from assets.release.verification.rows import UncountableError, content
from assets.release.verification.tables import ARRAY, described, one_line, source
from schemas.release_vocabulary import FileRole, ReleaseCheck, ReleaseFormat
from schemas.render.sql import identifier, literal

PAPERS, KEY = "papers", "paper_id"
ENTRY = re.compile(rb"(?m)^@\w+\{([^,\s]{1,200}),")
LINE_BEGIN = 512
"""Bytes of a line in which its entry begins; the rest of it can be as long as it likes."""
LONGEST_RECORD = 64 << 20
"""Bytes of the longest line of JSON that is read."""
BATCH = 100_000

Unreadable = (duckdb.Error, UncountableError, RefusalError, ShapeError, OSError)


def check_formats(candidate: Candidate) -> Outcome:
    """Compares the papers of every format with those of the Parquet file, and the tables of the database with all."""
    known = candidate.tables().get(PAPERS)
    names = set(FORMAT_FILES.values())
    files = [file for file in candidate.files() if file.path in names]
    lists = [file for file in files if known is not None and not file.path.endswith(".duckdb")]
    findings = [found for file in lists if known for found in _order_findings(candidate, known, file)]
    if FORMAT_FILES[ReleaseFormat.DUCKDB] in {file.path for file in files}:
        findings += _database_findings(candidate)
    told = f"{number(len(files), 'file')} beside Parquet"
    return outcome(ReleaseCheck.FORMATS, told, findings, is_done=bool(files))


def _order_findings(candidate: Candidate, known: ReleasedFile, file: ReleasedFile) -> Iterator[Finding]:
    try:
        if _digest(ids_of(candidate, file)) != _digest(ids_of(candidate, known)):
            yield Finding(file.path, f"its papers are not those of {known.path}, in the same order")
    except Unreadable as wrong:
        yield Finding(file.path, one_line(wrong))


def _digest(ids: Iterable[str]) -> str:
    found = sha256()
    for one in ids:
        found.update(one.encode() + b"\n")
    return found.hexdigest()


def ids_of(candidate: Candidate, file: ReleasedFile) -> Iterator[str]:
    """The papers of a file, in its order.

    Raises:
        duckdb.Error, UncountableError, RefusalError, OSError: If it cannot be read.
    """
    if file.path.endswith(".bib"):
        yield from _keys_of(content(candidate.path(file.path), file.bytes))
        return
    cursor = candidate.connection.cursor()
    cursor.execute(f"SELECT {KEY}::VARCHAR FROM {_reader(candidate, file)}")
    while rows := cursor.fetchmany(BATCH):
        yield from (str(row[0]) for row in rows)


def _reader(candidate: Candidate, file: ReleasedFile) -> str:
    """A file as a table of a query."""
    if file.path.endswith(".parquet"):
        return source(candidate, file)
    path = source(candidate, file).removeprefix("read_parquet(").removesuffix(")")
    if file.path.endswith(".csv.gz"):
        options = "header = true, all_varchar = true, auto_detect = true, delim = ',', quote = '\"', escape = '\"'"
        return f"read_csv({path}, {options}, compression = 'gzip', max_line_size = {LONGEST_RECORD >> 3})"
    options = f"compression = 'zstd', maximum_object_size = {LONGEST_RECORD}"
    return f"read_ndjson({path}, columns = {{{KEY}: 'VARCHAR'}}, {options})"


def _keys_of(pieces: Iterable[bytes]) -> Iterator[str]:
    """The citation keys of a BibTeX file; only beginnings of lines are kept from piece to piece."""
    begun = b""
    for piece in pieces:
        whole, found, rest = (begun + piece).rpartition(b"\n")
        if found:
            yield from (key.decode(errors="replace") for key in ENTRY.findall(whole))
        begun = rest[:LINE_BEGIN]
    yield from (key.decode(errors="replace") for key in ENTRY.findall(begun))


def _database_findings(candidate: Candidate) -> Iterator[Finding]:
    name = FORMAT_FILES[ReleaseFormat.DUCKDB]
    if f"{name}.wal" in candidate.found:
        yield Finding(name, "a log lies beside it")
        return
    connection = candidate.connection.cursor()
    try:
        connection.execute(f"ATTACH {literal(str(candidate.path(name)))} AS released (READ_ONLY)")
    except duckdb.Error as error:
        yield Finding(name, one_line(error))
        return
    try:
        for table in candidate.manifest.tables:
            yield from _table_findings(candidate, connection, name, table)
    finally:
        connection.execute("DETACH released")


def _table_findings(
    candidate: Candidate, connection: duckdb.DuckDBPyConnection, name: str, table: str
) -> Iterator[Finding]:
    """Compares a table of the database with its Parquet file; where there is none, with the manifest."""
    there = f"released.main.{identifier(table)}"
    file = candidate.tables().get(table)
    try:
        is_table = connection.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE (database_name, schema_name, table_name) = "
            "('released', 'main', ?)",
            [table],
        ).fetchone()
        if is_table != (1,):
            yield Finding(f"{name} {table}", "there is no such table in it")
            return
        rows = connection.execute(f"SELECT count(*) FROM {there}").fetchone()
        expected = candidate.manifest.tables[table]["rows"]
        if rows != (expected,):
            yield Finding(f"{name} {table}", f"it holds {rows[0] if rows else 0:,} rows, not {expected:,}")
        elif file is not None:
            sums = _sum_of_rows(candidate, file)
            here = connection.execute(f"SELECT {sums} FROM {source(candidate, file)}").fetchone()
            if connection.execute(f"SELECT {sums} FROM {there}").fetchone() != here:
                yield Finding(f"{name} {table}", f"its rows are not those of {file.path}")
    except (duckdb.Error, ShapeError) as error:
        yield Finding(f"{name} {table}", one_line(error))


def _sum_of_rows(candidate: Candidate, file: ReleasedFile) -> str:
    """A query for one number that follows from all rows of a table, in whatever order."""
    values = [
        f"{identifier(column)}::{ARRAY.sub('[]', kind)}" if ARRAY.search(kind) else identifier(column)
        for column, kind in described(candidate, file).types.items()
    ]
    return f"bit_xor(hash({', '.join(values)}))"


def check_samples(candidate: Candidate) -> Outcome:
    """Looks up the papers of every sample in the next larger one of its format, and in the whole."""
    samples = [file for file in candidate.files("", [FileRole.SAMPLE]) if file.rows is not None]
    findings = (found for pair in _nested(candidate, samples) for found in _sample_findings(candidate, *pair))
    return outcome(ReleaseCheck.SAMPLES, number(len(samples), "sample"), findings, is_done=bool(samples))


def _nested(candidate: Candidate, samples: list[ReleasedFile]) -> Iterator[tuple[ReleasedFile, ReleasedFile]]:
    """Each sample and what it is part of: the next one in size of all formats, and the whole."""
    in_order = sorted(samples, key=lambda file: (file.rows or 0, file.path))
    whole = candidate.tables().get(PAPERS)
    larger = [*in_order[1:], *([whole] if whole else [])]
    yield from zip(in_order, larger, strict=False)


def _sample_findings(candidate: Candidate, sample: ReleasedFile, larger: ReleasedFile) -> Iterator[Finding]:
    try:
        lost = set(ids_of(candidate, sample)).difference(ids_of(candidate, larger))
    except Unreadable as wrong:
        yield Finding(sample.path, one_line(wrong))
        return
    if lost:
        yield Finding(
            sample.path, f"{number(len(lost), 'paper')} of it {'is' if len(lost) == 1 else 'are'} not in {larger.path}"
        )
